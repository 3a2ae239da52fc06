// Saves an audit as it is typed. What is typed waits its turn; one request at a time carries it to the server, and a
// request that is not answered is sent again exactly as it was, so that a save whose answer was lost is not taken for
// somebody else's. Nothing is kept in the browser: the page holds what is not saved yet, says so, and does not go on
// to another page before it is saved.

const form = document.getElementById("answers");
const told = document.querySelector("[data-saving]");
const PAUSE = { radio: 0, textarea: 700, text: 2500 }; // half a date is no date: a day gets longer than words
const AGAIN = [1000, 2000, 5000, 10000];
const SIGNED_OUT =
  "Not saved yet: you have been signed out. Keep this page open, sign in again in another tab, and it goes on by itself.";

const typing = new Map(); // question -> the timer that ends its pause
const waiting = new Set(); // questions changed since they were last sent
const refused = new Set(); // questions whose words the server could not keep
let underway = null; // [[question, value, version seen], …] sent and not yet answered
let leaving = null; // the button pressed while something was still to be saved
let going = false;
let failures = 0;

const control = (question) => form.elements.namedItem(`q-${question}`);
const seen = (question) => form.elements.namedItem(`seen-${question}`);
const valueOf = (question) => {
  const found = control(question);
  if (!(found instanceof RadioNodeList)) return found.value;
  return [...found].filter((each) => each.checked).map((each) => each.value).join(" ");
};
const state = (question) => document.getElementById(`q-${question}-state`);
const pending = () => Boolean(typing.size || waiting.size || underway);

// Signing in again makes a new token, which the cookie holds and this page does not.
function token() {
  const cookie = document.cookie.match(/(?:^|; )(?:__Host-)?csrf=([^;]+)/);
  return cookie ? cookie[1] : form.elements.namedItem("csrfmiddlewaretoken").value;
}

function say(text) {
  told.textContent = text;
}

function changed(event, pause) {
  const name = event.target.name ?? "";
  if (!name.startsWith("q-")) return;
  const question = name.slice(2);
  clearTimeout(typing.get(question));
  typing.set(question, setTimeout(() => ripe(question), pause));
}

function ripe(question) {
  clearTimeout(typing.get(question));
  typing.delete(question);
  waiting.add(question);
  send();
}

function flush() {
  for (const question of [...typing.keys()]) ripe(question);
}

function send() {
  if (underway) return;
  if (waiting.size) {
    underway = [...waiting].map((question) => [question, valueOf(question), seen(question).value]);
    waiting.clear();
    deliver();
  } else if (leaving && !typing.size) {
    const { button } = leaving;
    leaving = null;
    going = true;
    form.requestSubmit(button);
  }
}

async function deliver() {
  say("Saving");
  const body = new URLSearchParams(); // read in a third of the time that form data in parts takes
  for (const [question, value, version] of underway) {
    body.set(`q-${question}`, value);
    body.set(`seen-${question}`, version);
  }
  let answer, found;
  try {
    answer = await fetch(form.dataset.save, { method: "POST", body, headers: { "X-CSRFToken": token() }, redirect: "manual" });
    if (answer.ok || answer.status === 409) found = await answer.json();
  } catch {
    return again("Not saved yet: no connection. Keep this page open; it tries again by itself.");
  }
  if (answer.type === "opaqueredirect" || answer.status === 403) return again(SIGNED_OUT);
  if (answer.status === 404) return lost();
  if (!found) return again("Not saved yet: the service did not answer. Keep this page open; it tries again by itself.");
  failures = 0;
  if (answer.ok) kept(found);
  else notKept(found);
}

function again(sentence) {
  say(sentence);
  setTimeout(deliver, AGAIN[Math.min(failures++, AGAIN.length - 1)]);
}

function kept(answer) {
  underway = null;
  const at = clock(answer.at);
  for (const one of answer.saved) {
    refused.delete(one.question);
    state(one.question).classList.remove("gt-state--fault");
    if (one.clash) offer(one);
    else {
      seen(one.question).value = one.version;
      state(one.question).textContent = `Saved ${at}`;
    }
  }
  progress();
  if (answer.saved.some((one) => one.clash)) say("Kept, beside somebody else’s answer. Choose which to keep.");
  else say(refused.size ? `Saved ${at}, but for what is marked in red.` : `Saved ${at}`);
  send();
}

// The version seen stays as it was: whatever more is typed here is kept beside the other answer too.
function offer(clash) {
  const link = document.createElement("a");
  link.href = `#q-${clash.question}-clash`;
  link.className = "govuk-link";
  link.textContent = "choose which to keep";
  link.addEventListener("click", (event) => {
    event.preventDefault();
    location.hash = `q-${clash.question}-clash`;
    location.reload();
  });
  state(clash.question).replaceChildren(`${clash.by} changed this answer while you were writing. Both are kept: `, link, ".");
}

// One answer that cannot be kept keeps back those sent with it, so the others are sent again without it.
function notKept(answer) {
  const batch = underway.map(([question]) => question);
  const faults = batch.filter((question) => answer.faults[question]);
  underway = null;
  for (const question of batch) {
    if (faults.length && !faults.includes(question)) waiting.add(question);
    else refused.add(question);
  }
  for (const question of faults) {
    state(question).textContent = answer.faults[question];
    state(question).classList.add("gt-state--fault");
  }
  say(answer.sentences[0]);
  send();
}

function lost() {
  for (const [question] of underway) refused.add(question);
  underway = leaving = null;
  say("Not saved: this audit is no longer open to you. Copy what you need from this page before you leave it.");
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

form.addEventListener("input", (event) => changed(event, PAUSE[event.target.type] ?? PAUSE.textarea));
form.addEventListener("change", (event) => changed(event, 0));

// A form sent while a save is under way would meet its own words as somebody else's: first save, then go.
form.addEventListener("submit", (event) => {
  if (pending()) {
    event.preventDefault();
    leaving = { button: event.submitter };
    flush();
  } else {
    form.elements.namedItem("csrfmiddlewaretoken").value = token();
    going = true;
  }
});

addEventListener("beforeunload", (event) => {
  if (going || !(pending() || refused.size)) return;
  flush();
  event.preventDefault();
});
document.addEventListener("visibilitychange", () => document.hidden && flush());

// Control and Enter: save and go on, from anywhere in the form.
form.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
});
