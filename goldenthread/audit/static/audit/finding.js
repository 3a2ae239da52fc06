// Helps to choose a finding's theme: the list holds those that fit the sort and the domain chosen, and themes that the
// words suggest stand beneath it as buttons. Nothing is chosen by itself, and nothing is saved before the form is sent.

const form = document.getElementById("finding");
const theme = form.elements.namedItem("theme");
const text = form.elements.namedItem("text");
const panel = form.querySelector("[data-suggest]");
const shown = panel.querySelector("[data-suggestions]");
const themes = JSON.parse(panel.dataset.fitting);
const PAUSE = 800; // after the last letter
const LEAST = 12; // letters: fewer say nothing

let timer = null;
let asked = "";

const chosen = (name) => form.elements.namedItem(name)?.value ?? "";

function narrow() {
  const kept = theme.value;
  const fits = (mine, theirs) => !mine || !theirs || mine === theirs;
  const fitting = themes.filter(([, , domain, sort]) => fits(domain, chosen("domain")) && fits(sort, chosen("sort")));
  theme.replaceChildren(theme.options[0], ...fitting.map(([key, label]) => new Option(label, key)));
  theme.value = fitting.some(([key]) => key === kept) ? kept : "";
  for (const button of shown.querySelectorAll("button")) {
    button.closest("li").hidden = !fitting.some(([key]) => key === button.value);
  }
}

async function suggest() {
  const words = text.value.trim();
  if (words.length < LEAST || words === asked) return;
  asked = words;
  const body = new URLSearchParams({ text: words, csrfmiddlewaretoken: form.elements.namedItem("csrfmiddlewaretoken").value });
  try {
    const answer = await fetch(panel.dataset.suggest, { method: "POST", body });
    if (answer.ok) show((await answer.json()).suggested);
  } catch {
    asked = ""; // away for the moment: asked again with the next letter
  }
}

function show(suggested) {
  if (!suggested.length) {
    shown.replaceChildren();
    return;
  }
  const head = element("p", "govuk-body-s gt-suggested__head", "Suggested by what you wrote. Choose one, or any other theme:");
  head.id = "suggested-themes";
  const list = element("ul", "gt-suggested__list");
  list.setAttribute("aria-labelledby", head.id);
  for (const each of suggested) {
    const button = element("button", "govuk-button govuk-button--secondary gt-suggested__theme", each.label);
    button.name = "take";
    button.value = each.key;
    const line = element("li");
    line.append(button, " ", element("span", "govuk-hint", each.because));
    list.append(line);
  }
  shown.replaceChildren(head, list);
  narrow();
}

function element(name, classes = "", words = "") {
  const made = document.createElement(name);
  made.className = classes;
  made.textContent = words;
  return made;
}

shown.addEventListener("click", (event) => {
  const button = event.target.closest("button[name=take]");
  if (!button) return;
  event.preventDefault();
  theme.value = button.value;
  theme.focus();
});
form.addEventListener("change", (event) => {
  if (["sort", "domain"].includes(event.target.name)) narrow();
});
text.addEventListener("input", () => {
  clearTimeout(timer);
  timer = setTimeout(suggest, PAUSE);
});
text.addEventListener("blur", suggest);
narrow();
