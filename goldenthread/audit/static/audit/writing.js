// Saves an audit as it is typed. What is typed goes into a queue; one request at a time carries the queue to the server,
// and a request that is not answered is sent again exactly as it was, so that a save whose answer was lost is not taken
// for somebody else's. Nothing is kept in the browser: the page holds what is not saved yet, and says so.

const form = document.getElementById("answers");
const told = document.querySelector("[data-saving]");
const PAUSE = 700;
const AGAIN = [1000, 2000, 5000, 10000];

const waiting = new Map(); // question -> what it now says
const typing = new Map(); // question -> timer
let underway = null; // [[question, value, seen], …] sent and not yet answered
let failures = 0;

const control = (question) => form.elements.namedItem(`q-${question}`);
const seen = (question) => form.elements.namedItem(`seen-${question}`);
const valueOf = (question) => control(question).value;
const state = (question) => document.getElementById(`q-${question}-state`);

function say(text) {
  told.textContent = text;
}

function changed(event, pause) {
  const name = event.target.name ?? "";
  if (!name.startsWith("q-")) return;
  const question = name.slice(2);
  clearTimeout(typing.get(question));
  typing.set(question, setTimeout(() => queue(question), pause));
  waiting.set(question, null);
}

function queue(question) {
  typing.delete(question);
  waiting.set(question, valueOf(question));
  send();
}

async function send() {
  if (underway) return;
  const ready = [...waiting].filter(([, value]) => value !== null);
  if (!ready.length) return;
  underway = ready.map(([question, value]) => [question, value, seen(question).value]);
  for (const [question] of ready) waiting.delete(question);
  await deliver();
}

async function deliver() {
  say("Saving");
  try {
    const body = new FormData();
    for (const [question, value, version] of underway) {
      body.set(`q-${question}`, value);
      body.set(`seen-${question}`, version);
    }
    const token = form.elements.namedItem("csrfmiddlewaretoken").value;
    const answer = await fetch(form.dataset.save, { method: "POST", body, headers: { "X-CSRFToken": token }, redirect: "manual" });
    if (answer.type === "opaqueredirect" || answer.status === 403) return stop("You have been signed out. What is not saved stays on this page: sign in again in another tab, then carry on here.");
    if (answer.status === 409) return refused(await answer.json());
    if (!answer.ok) throw new Error(answer.status);
    kept(await answer.json());
  } catch {
    const pause = AGAIN[Math.min(failures++, AGAIN.length - 1)];
    say("Not saved yet: no connection. Keep this page open; it tries again by itself.");
    setTimeout(deliver, pause);
  }
}

function kept(answer) {
  failures = 0;
  const clashes = [];
  for (const one of answer.saved) {
    const place = state(one.question);
    if (one.clash) {
      clashes.push(one);
      place.innerHTML = "";
      const link = document.createElement("a");
      link.href = `#q-${one.question}-clash`;
      link.className = "govuk-link";
      link.textContent = "choose which to keep";
      link.addEventListener("click", (event) => {
        event.preventDefault();
        location.hash = `q-${one.question}-clash`;
        location.reload();
      });
      place.append(`${one.by} changed this answer while you were writing. Both are kept: `, link, ".");
    } else {
      seen(one.question).value = one.version;
      place.textContent = `Saved ${clock(answer.at)}`;
    }
    mend(one.question);
  }
  underway = null;
  progress();
  say(clashes.length ? "Kept, beside somebody else’s answer. Choose which to keep." : `Saved ${clock(answer.at)}`);
  send();
}

function refused(answer) {
  underway = null;
  for (const [question, sentence] of Object.entries(answer.faults)) {
    if (question && state(question)) {
      state(question).textContent = sentence;
      state(question).classList.add("gt-state--fault");
    }
  }
  say(answer.sentences[0]);
}

function mend(question) {
  state(question).classList.remove("gt-state--fault");
}

function stop(sentence) {
  say(sentence);
  setTimeout(deliver, AGAIN.at(-1));
}

function clock(moment) {
  return new Date(moment).toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit", timeZone: "Europe/London" });
}

function progress() {
  const place = document.querySelector("[data-progress]");
  const asked = [...form.querySelectorAll("[data-question]")].map((each) => each.dataset.question).filter((question) => control(question));
  const done = asked.filter((question) => valueOf(question).trim()).length;
  if (place) place.textContent = done === asked.length ? "Complete" : `${done} of ${asked.length}`;
}

form.addEventListener("input", (event) => changed(event, event.target.type === "radio" ? 0 : PAUSE));
form.addEventListener("change", (event) => changed(event, 0));
form.addEventListener("submit", () => {
  waiting.clear();
  underway = null;
});

addEventListener("beforeunload", (event) => {
  if (waiting.size || underway) event.preventDefault();
});

// Control and Enter: save and go on, from anywhere in the form.
form.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
});
