// Keeps each mark on a record as it is made, and in the browser while the connection is down. The
// page works without any of this: its buttons keep everything too.

const PAUSE = 1500; // after the last key, before what was marked is kept
const RETRY = 8000; // before a lost connection is tried again

const form = document.querySelector("form[data-marking]");
const saving = document.getElementById("saving");
const waiting = new Set(); // sentences that the server has not been told of yet
const said = {
  saved: "What you marked is kept. Nothing is sent back yet.",
  changed: "The record has been changed meanwhile. What you marked is kept. Press “Save and come back later” to see the changes.",
  offline: "The connection is down. What you marked is kept in this browser, and will be saved when the connection is back.",
  restored: "What you marked before was kept in this browser, and is back on the page.",
  signedOut: "You are not signed in any more. What you marked is kept in this browser. Press a button below, and sign in again.",
};
let timer = null;
let running = null;

function say(words, isWaiting) {
  saving.hidden = false;
  saving.classList.toggle("survey-saving--waiting", isWaiting);
  if (saving.textContent !== words) saving.textContent = words;
}

function storeKey(box) {
  return `survey:record:${form.dataset.store}:${box.dataset.sentence}`;
}

// Words that are put right may be printed without a name too, on the pages that ask for it.
function alsoUnnamed(box) {
  return box.querySelector('input[type=checkbox][name$=":unnamed"]');
}

function marked(box) {
  const key = box.dataset.sentence;
  const verdict = box.querySelector("input[type=radio]:checked")?.value ?? "";
  // Words that are confirmed or taken out need not be kept anywhere else.
  const instead = ["confirmed", "withdrawn"].includes(verdict) ? "" : box.querySelector("textarea").value;
  const unnamed = alsoUnnamed(box);
  const both = unnamed ? [[`${key}:unnamed`, unnamed.checked ? "yes" : ""]] : [];
  return [[`${key}:verdict`, verdict], [`${key}:instead`, instead], ...both];
}

// A private window, or a full disk, may refuse; the page then still saves over the connection.
function keep(box) {
  try {
    localStorage.setItem(storeKey(box), JSON.stringify(marked(box)));
  } catch {
    // As above.
  }
}

function forget(box) {
  try {
    localStorage.removeItem(storeKey(box));
  } catch {
    // Where nothing can be kept there is nothing to forget.
  }
}

// What was kept of a sentence that reads otherwise now, or is gone, is of no use to anybody.
function sweep() {
  const known = new Set([...form.querySelectorAll("[data-sentence]")].map(storeKey));
  try {
    Object.keys(localStorage)
      .filter((key) => key.startsWith(`survey:record:${form.dataset.store}:`) && !known.has(key))
      .forEach((key) => localStorage.removeItem(key));
  } catch {
    // As above.
  }
}

function restore() {
  for (const box of form.querySelectorAll("[data-sentence]")) {
    let kept = null;
    try {
      kept = JSON.parse(localStorage.getItem(storeKey(box)));
    } catch {
      return;
    }
    if (!kept || JSON.stringify(kept) === JSON.stringify(marked(box))) {
      forget(box);
      continue;
    }
    const [[, verdict], [, instead], both] = kept;
    if (both) alsoUnnamed(box).checked = both[1] === "yes";
    if (instead) box.querySelector("textarea").value = instead;
    if (verdict) box.querySelector(`input[value="${CSS.escape(verdict)}"]`)?.click();
    waiting.add(box);
  }
  if (!waiting.size) return;
  say(said.restored, true);
  soon(PAUSE);
}

function soon(delay) {
  clearTimeout(timer);
  timer = setTimeout(save, delay);
}

async function send(boxes) {
  const body = new URLSearchParams(boxes.flatMap(marked));
  body.set("csrf_token", form.elements.csrf_token.value);
  const answer = await fetch(form.dataset.marking, {
    method: "POST",
    body,
    headers: { Accept: "application/json" },
    redirect: "manual",
    keepalive: body.toString().length < 60000,
  });
  const isOurs = answer.ok && answer.headers.get("Content-Type")?.startsWith("application/json");
  if (isOurs) return (await answer.json()).state;
  return answer.status >= 500 ? "offline" : "signedOut";
}

async function saveAll() {
  const boxes = [...waiting];
  if (!boxes.length) return;
  const before = boxes.map((box) => JSON.stringify(marked(box)));
  const state = await send(boxes).catch(() => "offline");
  if (state === "saved" || state === "changed") {
    const same = boxes.filter((box, place) => JSON.stringify(marked(box)) === before[place]);
    same.forEach((box) => {
      waiting.delete(box);
      forget(box);
    });
  }
  say(said[state], state !== "saved");
  if (waiting.size && state !== "signedOut") soon(state === "offline" ? RETRY : PAUSE);
}

function save() {
  clearTimeout(timer);
  running ??= saveAll().finally(() => {
    running = null;
  });
  return running;
}

function onMarked(event) {
  const box = event.target.closest("[data-sentence]");
  if (!box) return;
  waiting.add(box);
  keep(box);
  soon(PAUSE);
}

// The form carries everything; once it has arrived nothing of it needs to stay in the browser. The
// page that comes back shows what the server has, so what is the same there is forgotten on opening.
function onSubmit() {
  clearTimeout(timer);
  waiting.clear();
}

if (form) {
  form.addEventListener("input", onMarked);
  form.addEventListener("change", onMarked);
  form.addEventListener("submit", onSubmit);
  window.addEventListener("online", save);
  window.addEventListener("pagehide", save);
  sweep();
  restore();
}
