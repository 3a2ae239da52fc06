// Starts what the page holds. Every page works without it.

const { initAll } = await import(document.getElementById("govuk-frontend").href);
initAll();

// Sorting of tables comes from the Ministry of Justice's library, fetched only by pages that have such a table.
const moj = document.getElementById("moj-frontend");
if (moj) (await import(moj.href)).initAll();

// On a narrow screen the filter is folded away, unless something has been chosen in it.
const narrow = window.matchMedia("(max-width: 48.0525em)").matches;
for (const filter of document.querySelectorAll('[data-module="gt-filter"]')) {
  if (narrow && !filter.querySelector(".moj-filter__selected")) filter.open = false;
}

// A table wider than its place can be reached, and so scrolled, with the keyboard.
for (const place of document.querySelectorAll(".gt-scroll")) {
  if (place.scrollWidth <= place.clientWidth) continue;
  place.tabIndex = 0;
  place.setAttribute("role", "region");
  place.setAttribute("aria-label", place.querySelector("caption")?.textContent.trim() ?? "Table");
}

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
