// Words selected with the mouse or by keys become the passage, and the caret waits in the box.

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
  // A word that the selection begins or ends within belongs to it.
  const begun = /\S$/u.test(before) ? 1 : 0;
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

// A page that is loaded again keeps its place, so the box asks for the caret by itself.
if (box) {
  box.focus();
  // After a slip the line is still there, to be put right from its end.
  box.setSelectionRange(box.value.length, box.value.length);
}
