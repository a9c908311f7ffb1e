// The pages of those who record, with a script: what is typed is read as it is typed.
"use strict";

// How long a pause in typing is, and how long after one reading the next may begin.
const PAUSE = 300, APART = 800;

let asked = 0; // the number of the last question
let timer, last = 0;
let stop = new AbortController();

const byId = (id) => document.getElementById(id);
const lineForm = () => document.querySelector("form[data-reading]");

// Show one of the messages that wait in the page, behind an element, or none. Where it says that
// nothing is read as it is typed, a button stays, which says what it does then.
function tell(name, behind = byId("line")) {
  const ask = byId("ask")?.firstElementChild;
  if (ask && ask.dataset[name]) {
    ask.textContent = ask.dataset[name];
    byId("ask").hidden = false;
  }
  for (const each of document.querySelectorAll("[id^=say-]")) each.hidden = each.id !== `say-${name}`;
  if (!name) return;
  behind.after(byId(`say-${name}`));
  byId("said").textContent = byId(`say-${name}`).textContent;
}

// Show what was read. It has the button that records it: none is needed that asks for a reading.
function show(markup) {
  byId("reading").innerHTML = markup;
  const read = byId("reading").firstElementChild;
  byId("ask").hidden = true;
  if (read && byId("said").textContent !== read.dataset.said) byId("said").textContent = read.dataset.said;
}

// What is on the page is of other words now: it must not be recorded.
function outdate() {
  const read = byId("reading").firstElementChild;
  if (!read) return;
  read.classList.add("old");
  for (const each of read.querySelectorAll("input, button")) each.disabled = true;
}

function read() {
  const form = lineForm();
  if (!form) return; // another page has come meanwhile
  const line = form.elements.line.value;
  const mine = ++asked;
  stop.abort();
  if (!line.trim()) {
    show("");
    tell("");
    return;
  }
  stop = new AbortController();
  last = Date.now();
  const body = new URLSearchParams({ form: form.elements.form.value, line });
  fetch(form.dataset.reading, { method: "POST", body, signal: stop.signal })
    .then(async (answer) => {
      const markup = answer.ok ? await answer.text() : "";
      if (mine !== asked) return; // other words were typed since
      show(markup);
      tell(answer.ok ? "" : answer.status === 401 ? "over" : "later");
    })
    .catch((error) => {
      if (mine !== asked || error.name === "AbortError") return;
      show("");
      tell("offline");
    });
}

function soon(read) {
  asked += 1; // an answer on the way is of the words before
  clearTimeout(timer);
  timer = setTimeout(read, Math.max(PAUSE, last + APART - Date.now()));
}

function readSoon() {
  outdate();
  byId("checked")?.remove(); // it asked whether other words are right
  soon(read);
}

// A date in a field of its own is read in the same way.
function readDate(field) {
  const mine = ++asked, said = field.parentElement.querySelector("[role=status]");
  if (!field.value.trim()) {
    said.textContent = "";
    return;
  }
  last = Date.now();
  const { phrase, activity } = field.dataset, form = field.form.elements.form.value;
  const body = new URLSearchParams({ form, phrase: field.value, activity });
  fetch(phrase, { method: "POST", body })
    .then(async (answer) => {
      const markup = answer.ok ? await answer.text() : "";
      if (mine === asked) said.innerHTML = markup;
    })
    .catch(() => {
      if (mine === asked) said.textContent = "";
    });
}

// A sentence that may be meant takes the place of the one that was typed.
document.addEventListener("click", (event) => {
  const button = event.target.closest("[name=instead]");
  if (!button) return;
  event.preventDefault();
  const line = byId("line");
  line.value = button.value;
  line.focus();
  line.dispatchEvent(new Event("input", { bubbles: true }));
});

// A field that is typed in on a phone stands at the top, so that what is read of it is seen above
// the keyboard.
document.addEventListener("focusin", (event) => {
  if (event.target.id === "line" && matchMedia("(pointer: coarse)").matches) lineForm()?.scrollIntoView();
});

// The connection is there again: what was typed meanwhile is read.
addEventListener("online", () => {
  if (byId("line")?.value.trim()) read();
});

document.addEventListener("input", (event) => {
  if (!event.isComposing) typed(event.target);
});
document.addEventListener("compositionend", (event) => typed(event.target));

function typed(field) {
  if (field.id === "line") readSoon();
  else if (field.dataset.phrase) soon(() => readDate(field));
}
