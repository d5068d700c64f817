// Tells whoever types, while they type, of words that may identify a child. Nothing is kept of what
// is looked through; without scripts the page that follows a saved form says the same.

import { warn } from "./warned.js";

const PAUSE = 1000; // after the last key
const BOXES = "textarea, input[type=text], input:not([type])";
const waiting = new WeakMap(); // the boxes that were typed in, and when they are looked through

export function noticeWords(bar) {
  if (bar === null) return;
  const address = bar.dataset.noticing;
  const soon = (event, pause) => {
    const box = event.target;
    if (!isLookedThrough(box)) return;
    clearTimeout(waiting.get(box));
    waiting.set(box, setTimeout(() => ask(address, box), pause));
  };
  // A place that is there before its words is read out when they come.
  document.addEventListener("focusin", ({ target }) => isLookedThrough(target) && placeOf(target));
  document.addEventListener("input", (event) => soon(event, PAUSE));
  document.addEventListener("change", (event) => soon(event, 0));
  document.addEventListener("submit", (event) => clear(event.target));
}

// Boxes of a form that saves by itself are looked through when they are saved.
export function isLookedThrough(box) {
  if (!box.matches?.(BOXES) || box.closest("form[data-typing] [data-box]")) return false;
  return Boolean(box.name && box.form?.elements.csrf_token);
}

async function ask(address, box) {
  const text = box.value;
  const found = text.trim() ? await look(address, box, text).catch(() => null) : [];
  // Where nobody answers, the page that follows says it.
  if (found && box.value === text) warn(placeOf(box), found);
}

async function look(address, box, text) {
  const body = new URLSearchParams({
    csrf_token: box.form.elements.csrf_token.value,
    form: new URL(box.form.action, location.href).pathname,
    box: box.name,
    text,
  });
  const answer = await fetch(address, {
    method: "POST",
    body,
    headers: { Accept: "application/json" },
    redirect: "manual",
  });
  return answer.ok ? (await answer.json()).identifying : null;
}

// Beside the box; where the page has a place for it, there.
function placeOf(box) {
  const group = box.closest(".govuk-form-group") ?? box;
  if (group.nextElementSibling?.matches("[data-warned]")) return group.nextElementSibling;
  const known = group.querySelector(":scope > [data-warned]");
  if (known) return known;
  const place = document.createElement("div");
  place.className = "survey-warned";
  place.dataset.warned = "";
  place.setAttribute("role", "status");
  if (group === box) box.after(place);
  else group.append(place);
  return place;
}

// A box that is emptied without turning the page holds no words any more.
function clear(form) {
  for (const box of form.elements) {
    if (waiting.has(box)) setTimeout(() => box.value || warn(placeOf(box), []), 0);
  }
}
