// The words to read and the box stay in view, and the caret waits in the box. Words that are
// selected with the mouse or by keys become the passage.

const response = document.getElementById("response");
const offer = document.getElementById("choose-selected");
const box = document.getElementById("command");

// Counted as the server counts them: words between blanks, without what is said of the passage.
function wordsBefore(node, offset) {
  const range = document.createRange();
  range.selectNodeContents(response);
  range.setEnd(node, offset);
  const copy = range.cloneContents();
  for (const one of copy.querySelectorAll(".govuk-visually-hidden")) one.remove();
  return copy.textContent;
}

function count(text) {
  return (text.match(/\S+/gu) ?? []).length;
}

function chosen() {
  const selection = document.getSelection();
  if (selection.isCollapsed || !selection.rangeCount) return null;
  const range = selection.getRangeAt(0);
  const isInside = response.contains(range.startContainer) && response.contains(range.endContainer);
  if (!isInside || !selection.toString().trim()) return null;
  const before = wordsBefore(range.startContainer, range.startOffset);
  const through = wordsBefore(range.endContainer, range.endOffset);
  const past = Number(response.dataset.words);
  // A word that the selection begins or ends within belongs to it; one that ends there does not.
  const begun = /\S$/u.test(before) && /^\S/u.test(through.slice(before.length)) ? 1 : 0;
  return [past + count(before) - begun, past + count(through) - 1];
}

function look() {
  offer.hidden = chosen() === null;
  if (!offer.hidden) offer.closest("details").open = true;
}

function take() {
  const words = chosen();
  if (words === null) return;
  const address = new URL(offer.dataset.address, location.href);
  address.searchParams.set("first", words[0]);
  address.searchParams.set("last", words[1]);
  location.assign(address);
}

if (response && offer) {
  document.addEventListener("selectionchange", look);
  // Pressing it must not take the selection away first.
  offer.addEventListener("mousedown", (event) => event.preventDefault());
  offer.querySelector("button").addEventListener("click", take);
}

// Brings the passage into view, or its beginning where it is longer than the screen, and what is
// to be decided beside it. The box sticks to the top where it stands beside the passage.
function show(passage, desk) {
  const margin = 20;
  const past = (one) => one.getBoundingClientRect().bottom + margin - innerHeight;
  const side = desk.querySelector(".coding-desk__side");
  const beside = Math.max(past(box.form), past(desk.querySelector(".coding-open")));
  const above = passage.getBoundingClientRect().top - margin;
  const down = Math.max(past(passage), Math.min(beside, side.getBoundingClientRect().top - margin));
  const by = Math.min(Math.max(down, 0), above);
  if (by !== 0 && (by > 0 || above < 0)) scrollBy({ top: by, behavior: "instant" });
}

// A page that is loaded again keeps its place, so the box asks for the caret by itself.
if (box) {
  box.focus({ preventScroll: true });
  // After a slip the line is still there, and what is typed next takes its place.
  box.select();
  const passage = document.getElementById("passage");
  const desk = box.closest(".coding-desk");
  // A blind coder's page has no desk, as nothing is suggested there.
  if (passage && desk) show(passage, desk);
}

// What answers a form that was refused becomes an ordinary page, which Back leads to again.
const refused = document.querySelector("[data-refused]");
if (refused) history.replaceState(null, "", refused.dataset.refused);
