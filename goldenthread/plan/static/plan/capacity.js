// Works the plan out anew as a number changes: the same page is asked for with the numbers as they stand, and what
// follows from them is put in place of what stood there. A slider stands beside each number and moves with it.
// Without this script the numbers are typed and the button works them out.

const form = document.getElementById("what-if");
const PAUSE = 200; // while a slider is drawn along

let waiting = null; // the timer that ends the pause
let asked = null; // the request under way, given up when the numbers change again

const places = (page) => [...page.querySelectorAll("[data-worked-out]")];

// What the keyboard reaches stays in its reach: a table too wide for its place was made so as the page began.
function put(fresh, place) {
  const tables = fresh.querySelectorAll(".gt-scroll");
  place.querySelectorAll(".gt-scroll[tabindex]").forEach((was, number) => {
    for (const name of ["tabindex", "role", "aria-label"]) tables[number]?.setAttribute(name, was.getAttribute(name));
  });
  place.replaceChildren(...fresh.childNodes);
}

async function workOut() {
  asked?.abort();
  asked = new AbortController();
  const address = `?${new URLSearchParams(new FormData(form))}`;
  places(document).forEach((place) => place.classList.add("gt-waiting"));
  try {
    const answer = await fetch(address, { signal: asked.signal, credentials: "same-origin" });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = places(page);
    if (!answer.ok || !fresh.length) return form.submit(); // signed out, or the year is gone: let the page say so
    places(document).forEach((place, number) => put(fresh[number], place));
    history.replaceState(null, "", address);
  } catch (fault) {
    if (fault.name === "AbortError") return; // newer numbers are on their way
    document.getElementById("result").textContent = "The server did not answer. Press “Work it out” to try again.";
  }
  places(document).forEach((place) => place.classList.remove("gt-waiting"));
}

function changed() {
  clearTimeout(waiting);
  waiting = setTimeout(workOut, PAUSE);
}

for (const slider of form.querySelectorAll("[data-number]")) {
  const number = document.getElementById(slider.dataset.number);
  slider.hidden = false;
  slider.addEventListener("input", () => {
    number.value = slider.value;
    changed();
  });
  number.addEventListener("input", () => {
    if (/^\s*\d+\s*$/.test(number.value)) slider.value = number.value;
    changed();
  });
}
