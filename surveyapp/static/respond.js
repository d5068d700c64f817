// Saves what is typed every few seconds, keeps it in the browser while the connection is down, and
// says which. The page works without any of this: its button saves everything too.

import { warn } from "./warned.js";

const PAUSE = 3000; // after the last key, before what was typed is saved
const RETRY = 8000; // before a lost connection is tried again
const PRESENT = 20000; // between two looks at who else is here
const SENT = "survey:sent";

const form = document.querySelector("form[data-typing]");
const saving = document.getElementById("saving");
const place = document.getElementById("here");

const said = {
  saving: "Saving what you typed.",
  saved: "What you typed is saved.",
  offline: "The connection is down. What you typed is kept in this browser, and will be saved when the connection is back.",
  restored: "What you typed before was kept in this browser, and is back on the page.",
  conflict: "Somebody else has changed an answer that you are changing. Press “Save and continue” to see both.",
  file: "The file you chose is not sent yet. Press “Save and continue” to send it.",
  closed: "Answers are not taken any more. We have kept what you typed apart from the return.",
  signedOut: "You are not signed in any more. What you typed is kept in this browser. Sign in again in another tab, then press “Save and continue”.",
};

const waiting = new Set(); // boxes with words that the server does not have yet
const stopped = new Set(); // boxes that only the whole page can save
let timer = null;
let running = null;
let isLeaving = false;

function say(words, isWaiting = false) {
  saving.hidden = false;
  saving.classList.toggle("survey-saving--waiting", isWaiting);
  if (saving.textContent !== words) saving.textContent = words;
}

function storeKey(box) {
  return `survey:${form.dataset.store}:${box.dataset.box}`;
}

function typed(box) {
  const names = new Set([...box.querySelectorAll("[name]")].map((field) => field.name));
  // A file is sent by the button alone, and no text of the browser's store can hold it.
  return [...new FormData(form)].filter(([name, value]) => names.has(name) && typeof value === "string");
}

// A private window, or a full disk, may refuse; the page then still saves over the connection.
function keep(box) {
  try {
    localStorage.setItem(storeKey(box), JSON.stringify(typed(box)));
    return true;
  } catch {
    return false;
  }
}

function forget(box) {
  try {
    localStorage.removeItem(storeKey(box));
  } catch {
    // Where nothing can be kept there is nothing to forget.
  }
}

function kept(box) {
  try {
    return JSON.parse(localStorage.getItem(storeKey(box)));
  } catch {
    return null;
  }
}

function boxes() {
  return [...form.querySelectorAll("[data-box]")];
}

function putBack(box, pairs) {
  for (const field of box.querySelectorAll("input:not([type=file]), textarea, select")) {
    const values = pairs.filter(([name]) => name === field.name).map(([, value]) => value);
    if (field.type === "radio" || field.type === "checkbox") {
      const shouldBe = values.includes(field.value);
      if (field.checked !== shouldBe) field.click();
    } else if (values.length) {
      field.value = values[0];
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }
  }
}

function restore() {
  const found = boxes().filter((box) => kept(box));
  for (const box of found) {
    const pairs = kept(box);
    if (words(pairs) === words(typed(box))) forget(box);
    else putBack(box, pairs);
  }
  if (waiting.size) say(said.restored, true);
}

function soon(delay) {
  clearTimeout(timer);
  timer = setTimeout(save, delay);
}

async function send(box) {
  const body = new URLSearchParams(typed(box));
  body.set("csrf_token", form.elements.csrf_token.value);
  const answer = await fetch(form.dataset.typing, {
    method: "POST",
    body,
    headers: { Accept: "application/json" },
    redirect: "manual",
    keepalive: body.toString().length < 60000,
  });
  const isOurs = answer.headers.get("Content-Type")?.startsWith("application/json");
  if (isOurs && (answer.ok || answer.status === 409)) return answer.json();
  return { state: answer.status >= 500 ? "offline" : "signedOut" };
}

function heard(box, before, reply) {
  const key = box.dataset.box;
  const version = reply.versions?.[key];
  if (reply.identifying) warn(box.querySelector("[data-warned]"), reply.identifying[key]);
  if (reply.state === "saved") {
    box.querySelector(`[name="${CSS.escape(`${key}:seen`)}"]`).value = version;
    if (words(typed(box)) === before) {
      waiting.delete(box);
      forget(box);
    } else {
      keep(box);
    }
  } else if (reply.state !== "offline") {
    stopped.add(box);
    if (reply.state === "closed") forget(box);
  }
}

// The version that was seen, and whether it was refused, are no part of what was typed.
function words(pairs) {
  return JSON.stringify(pairs.filter(([name]) => !/:(seen|unsaved)$/.test(name)));
}

// A half-typed number is no fault yet, so it is said quietly, and tried again with the next key.
function outcome(replies) {
  const refused = replies.find((reply) => reply.state === "refused");
  for (const state of ["closed", "signedOut", "conflict"]) {
    if (replies.some((reply) => reply.state === state)) return [said[state], true];
  }
  if (replies.some((reply) => reply.state === "offline")) return [said.offline, true];
  if (refused) {
    const [[key, problem]] = Object.entries(refused.problems);
    return [`Not saved yet, but kept in this browser: ${key.split("@")[0]}. ${problem}`, true];
  }
  return hasFile() ? [`${said.saved} ${said.file}`, true] : [said.saved, false];
}

async function saveAll() {
  const replies = [];
  for (const box of [...waiting].filter((one) => !stopped.has(one))) {
    const before = words(typed(box));
    const reply = await send(box).catch(() => ({ state: "offline" }));
    heard(box, before, reply);
    replies.push(reply);
  }
  if (!replies.length) return;
  say(...outcome(replies));
  const again = [...waiting].some((box) => !stopped.has(box));
  if (again) soon(replies.some((reply) => reply.state === "offline") ? RETRY : PAUSE);
}

function save() {
  clearTimeout(timer);
  running ??= saveAll().finally(() => {
    running = null;
  });
  return running;
}

function hasFile() {
  return [...form.querySelectorAll("input[type=file]")].some((field) => field.files.length);
}

function onTyped(event) {
  const box = event.target.closest("[data-box]");
  if (!box || event.target.type === "hidden") return;
  if (event.target.type === "file") {
    if (hasFile()) say(said.file, true);
    return;
  }
  forgetMark();
  waiting.add(box);
  stopped.delete(box);
  keep(box);
  soon(PAUSE);
}

// Two saves of the same words must not meet as if two people had written them.
async function onSubmit(event) {
  clearTimeout(timer);
  if (!running) {
    isLeaving = true;
    markSent();
    return;
  }
  event.preventDefault();
  await running;
  clearTimeout(timer);
  form.requestSubmit(event.submitter);
}

// Words leave the browser only once the service has said that the form with them has arrived: it
// then has them, saved or kept apart. An error page, or coming back by a button, says nothing.
function markSent() {
  const mark = `${Date.now()}.${Math.random().toString(36).slice(2)}`;
  try {
    sessionStorage.setItem(SENT, JSON.stringify({ mark, keys: [...waiting].map(storeKey) }));
    form.elements.sent.value = mark;
  } catch {
    // Then the words stay in the browser, and are compared with the page when it opens again.
  }
}

// Whatever is typed after a form was sent is not in it.
function forgetMark() {
  try {
    sessionStorage.removeItem(SENT);
  } catch {
    // As above.
  }
}

function forgetSent() {
  try {
    const sent = JSON.parse(sessionStorage.getItem(SENT));
    const received = document.querySelector("[data-received]")?.dataset.received;
    if (!sent || sent.mark !== received) return;
    sent.keys.forEach((key) => localStorage.removeItem(key));
    sessionStorage.removeItem(SENT);
  } catch {
    // As above.
  }
}

async function look() {
  if (document.hidden) return;
  const body = new URLSearchParams({ csrf_token: form.elements.csrf_token.value });
  const answer = await fetch(form.dataset.here, { method: "POST", body, redirect: "manual" });
  if (!answer.ok) return;
  const { here } = await answer.json();
  const words = here.length ? `${place.dataset.others}${here.join(", ")}.` : place.dataset.empty;
  if (place.textContent !== words) place.textContent = words;
}

function lookQuietly() {
  // Who is here is a courtesy: without a connection it is not worth a word.
  look().catch(() => {});
}

function onPageHide() {
  if (!isLeaving) save();
}

function onPageShow(event) {
  if (event.persisted) isLeaving = false;
}

forgetSent();
if (form) {
  form.addEventListener("input", onTyped);
  form.addEventListener("change", onTyped);
  form.addEventListener("submit", onSubmit);
  window.addEventListener("online", save);
  window.addEventListener("pagehide", onPageHide);
  window.addEventListener("pageshow", onPageShow);
  restore();
  lookQuietly();
  setInterval(lookQuietly, PRESENT);
}
