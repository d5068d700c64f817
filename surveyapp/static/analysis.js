// Speeds the analysis up: arrow keys in the matrix, and passages cited without leaving the page.

const matrix = document.getElementById("matrix");
const STEPS = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };

function cellBeside(cell, down, right) {
  const row = matrix.rows[cell.parentElement.rowIndex + down];
  return row?.cells[cell.cellIndex + right]?.querySelector("a");
}

matrix?.addEventListener("keydown", (event) => {
  const cell = event.target.closest("td, th");
  if (!cell || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
  let next;
  if (event.key in STEPS) next = cellBeside(cell, ...STEPS[event.key]);
  if (event.key === "Home") next = cell.parentElement.querySelector("a");
  if (event.key === "End") next = [...cell.parentElement.querySelectorAll("a")].at(-1);
  if (!next) return;
  event.preventDefault();
  next.focus();
});

const text = document.getElementById("text");
const said = document.getElementById("cited");
// Until somebody has been in the box, its caret stands nowhere in particular.
let hasCaret = false;
text?.addEventListener("focus", () => { hasCaret = true; });

// Put a token at the caret, unless it stands there already, and leave the caret behind it.
function cite(token) {
  const caret = hasCaret ? text.selectionEnd : text.value.length;
  const before = text.value.slice(0, caret);
  const after = text.value.slice(caret);
  if (before.trimEnd().endsWith(token)) {
    text.setSelectionRange(caret, caret);
    return false;
  }
  if (after.trimStart().startsWith(token)) {
    const behind = caret + after.indexOf(token) + token.length;
    text.setSelectionRange(behind, behind);
    return false;
  }
  const isApart = before === "" || /\s$/.test(before);
  text.setRangeText(isApart ? token : ` ${token}`, caret, caret, "end");
  return true;
}

for (const button of document.querySelectorAll(".analysis-cite")) {
  button.addEventListener("click", (event) => {
    event.preventDefault();
    const { token, warning } = button.dataset;
    const what = cite(token) ? "is in the summary" : "stands there already";
    said.textContent = [`${token} ${what}.`, warning, "Save it when it is ready."].filter(Boolean).join(" ");
    text.focus();
  });
}
