// The pages of those who record, with a script: nothing that was written is lost with a connection.
"use strict";

// So long an answer is waited for, in milliseconds.
const PATIENCE = 20000;

// What this device keeps for this site: who wrote it, the line being written, and the records that
// were sent without an answer, each with its key. It holds nothing but what was typed here.
const place = () => byId("drafts");
const shelf = () => `kalends ${place().dataset.site}`;

function kept() {
  const nothing = { who: place().dataset.who, line: "", waiting: [] };
  try {
    const found = JSON.parse(localStorage.getItem(shelf()));
    if (!found) return nothing;
    if (!nothing.who || found.who === nothing.who) return { ...nothing, ...found };
    forget(); // the words of somebody else
  } catch {
    // Nothing can be kept here, or it is damaged.
  }
  return nothing;
}

function keep(change) {
  try {
    const now = { ...kept(), ...change };
    if (now.line || now.waiting.length) localStorage.setItem(shelf(), JSON.stringify(now));
    else forget();
  } catch {
    // The device is full, or keeps nothing: the page works all the same.
  }
}

const forget = () => localStorage.removeItem(shelf());
const without = (key) => kept().waiting.filter((each) => each.key !== key);
const newKey = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), (each) => each.toString(16).padStart(2, "0")).join("");

// List what is not recorded yet.
function list() {
  const section = byId("waiting");
  if (!section) return;
  const { waiting } = kept();
  section.hidden = waiting.length === 0;
  section.querySelector("ul").replaceChildren(...waiting.map((each) => {
    const row = byId("waiting-row").content.cloneNode(true);
    row.querySelector(".title").textContent = each.line;
    row.querySelector("[data-again]").addEventListener("click", (event) => again(each, event.target));
    row.querySelector("[data-back]").addEventListener("click", () => back(each));
    return row;
  }));
}

// Send a record again, with the key it was sent with: it is recorded once.
function again(item, button) {
  const form = lineForm();
  const body = new URLSearchParams({ form: form.elements.form.value, step: "record", ...item });
  send(form.action, body, button, item);
}

// A record is written again; what was being written meanwhile waits in its place.
function back(item) {
  const line = byId("line"), waiting = without(item.key), other = line.value.trim();
  if (other && other !== item.line) waiting.push({ key: newKey(), line: other, seen: "" });
  keep({ waiting, line: item.line });
  line.value = item.line;
  line.focus();
  list();
  read();
}

// Send a form, and show the page that answers. Without an answer everything stays as it is.
async function send(address, body, button, item) {
  button.disabled = true;
  const controller = new AbortController();
  const late = setTimeout(() => controller.abort(), PATIENCE);
  try {
    const answer = await fetch(address, { method: "POST", body, signal: controller.signal });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const main = page.querySelector("main");
    if (!main || answer.status >= 500 || answer.status === 429) throw new Error(answer.status);
    if (item) settle(item, answer.redirected);
    arrive(page, main, answer.url);
  } catch {
    button.disabled = false;
    if (item) wait(item, button);
    else tell("unsent", button.closest("form").lastElementChild);
  } finally {
    clearTimeout(late);
  }
}

// A record was answered: it is recorded now, or surely not. Then it is the line being written
// again, and another one that was being written meanwhile waits instead.
function settle(item, isRecorded) {
  const { line } = kept(), waiting = without(item.key);
  const isOther = line.trim() !== "" && line.trim() !== item.line;
  if (!isRecorded && isOther) waiting.push({ key: newKey(), line: line.trim(), seen: "" });
  keep({ waiting, line: !isRecorded ? item.line : isOther ? line : "" });
}

// A record got no answer: it waits, and the field is free for the next one.
function wait(item, button) {
  const line = byId("line");
  if (!kept().waiting.some((each) => each.key === item.key)) {
    tell("unsent", button.closest("form").lastElementChild); // this device keeps nothing
    return;
  }
  if (line.value.trim() === item.line) {
    line.value = "";
    asked += 1;
    clearTimeout(timer);
    show("");
    keep({ line: "" });
  }
  list();
  tell("waiting");
  byId("waiting").querySelector("button").focus();
}

function arrive(page, main, address) {
  asked += 1;
  clearTimeout(timer);
  document.title = page.title;
  document.querySelector("main").replaceWith(main);
  document.querySelector(".tools").replaceWith(page.querySelector(".tools"));
  history.replaceState(null, "", address);
  begin();
  const first = main.querySelector("[autofocus]") ?? main.querySelector("h1");
  if (!first.matches("input, textarea, button")) first.tabIndex = -1;
  first.focus();
  scrollTo({ top: Math.max(0, scrollY + first.getBoundingClientRect().top - 80) });
}

document.addEventListener("submit", (event) => {
  const form = event.target, filled = new FormData(form);
  const body = form.enctype === "multipart/form-data" ? filled : new URLSearchParams(filled);
  if (form.method !== "post" || !form.elements.form) return; // logging in, searching
  if ("leaves" in form.dataset) {
    const { line, waiting } = kept();
    const loses = line.trim() || waiting.length;
    if (loses && !confirm(form.dataset.leaves)) event.preventDefault();
    else forget();
    return;
  }
  event.preventDefault();
  const button = event.submitter ?? form.querySelector("button");
  if (!body.has("line")) {
    send(form.action, body, button);
    return;
  }
  const line = body.get("line").trim();
  const item = { key: body.get("key") ?? newKey(), line, seen: body.get("seen") ?? "" };
  if (body.get("allow")) item.allow = "1";
  // Before it is sent: a page that is closed meanwhile still knows of it.
  keep({ waiting: [...without(item.key), item] });
  send(form.action, body, button, item);
});
document.addEventListener("input", (event) => {
  if (event.target.id === "line") keep({ line: event.target.value });
});
addEventListener("online", () => {
  if (byId("waiting") && !byId("say-waiting").hidden) tell("back");
});
addEventListener("pageshow", (event) => {
  if (event.persisted) location.reload(); // whoever was logged in then may not be now
});

// A page has come: what was being written is there again.
function begin() {
  const line = byId("line");
  if (!line) return;
  if (!line.value) line.value = kept().line;
  byId("ask").hidden = true; // it is read as it is typed
  list();
  if (line.value.trim() && !byId("reading").firstElementChild && !byId("checked")) read();
}
begin();
