// Saves the unit's words as they are typed. One request at a time; one that is not answered is sent again exactly as it
// was, so that a save whose answer was lost is not taken for somebody else's. The buttons save too, without this.

const form = document.getElementById("report-words");
const told = document.querySelector("[data-saving]");
const seen = form.elements.namedItem("words-seen");
const PAUSE = 1500;
const AGAIN = 4000;

let timer = 0;
let sent = null; // what is on its way and not yet answered
let changed = false; // typed since it was sent
let clashed = false; // somebody else's words are there too: only the button, which shows both, goes on
let leaving = false;

function say(text) {
  told.textContent = text;
}

// Signing in again in another tab makes a new token, which the cookie holds and this page does not.
function token() {
  const cookie = document.cookie.match(/(?:^|; )(?:__Host-)?csrf=([^;]+)/);
  return cookie ? cookie[1] : form.elements.namedItem("csrfmiddlewaretoken").value;
}

function typed() {
  changed = true;
  clearTimeout(timer);
  timer = setTimeout(send, PAUSE);
}

async function send() {
  if (clashed || leaving || (!sent && !changed)) return;
  if (!sent) {
    sent = new FormData(form);
    sent.delete("token"); // that one is for the button
    changed = false;
  }
  sent.set("csrfmiddlewaretoken", token());
  try {
    const answer = await fetch(form.dataset.save, { method: "POST", body: sent });
    answered(answer.status, await answer.json());
  } catch {
    say("Not saved yet. Keep this page open: it is tried again until it is saved.");
    timer = setTimeout(send, AGAIN);
  }
}

function answered(status, said) {
  sent = null;
  if (status === 200) {
    seen.value = said.version;
    say("All your words are saved.");
    if (changed) timer = setTimeout(send, PAUSE);
    return;
  }
  clashed = status === 409;
  say(`Not saved. ${said.sentences.join(" ")}${clashed ? " Press “Save and go on writing” to see both." : ""}`);
  changed = true;
}

form.addEventListener("input", typed);
form.addEventListener("submit", () => {
  leaving = true;
  clearTimeout(timer);
});
addEventListener("beforeunload", (event) => {
  if (!leaving && (changed || sent)) event.preventDefault();
});
