// The keys of the live screen. None is a letter by itself, and none is a key that browsers or
// screen readers use in a text box.

const MARKS = {
  '"': ["verbatim", true, "Word for word"],
  "!": ["follow_up", true, "Follow up"],
  "@": ["mark", "contact", "Names a person to ask"],
  "+": ["mark", "document", "Names a document promised"],
};

export function watchKeys(writing, board, saying) {
  const { form, words } = writing;
  if (!form) return;

  const move = (by) => {
    writing.goTo(board.step(by));
    saying.aloud(`${board.at}: ${board.text(board.at)}`);
  };

  // A mark typed first in a note is put on it; typed again, it comes off.
  const mark = (key) => {
    const { note } = writing;
    if (key === "#") {
      document.getElementById("theme").focus();
    } else if (key === "/") {
      writing.set("prompt_code", note.prompt_code ? "" : board.at);
      saying.aloud(note.prompt_code || "Unprompted");
    } else {
      const [name, value, title] = MARKS[key];
      const isOn = note[name] === value;
      writing.set(name, isOn ? (value === true ? false : "") : value);
      saying.aloud(isOn ? `${title}: off` : title);
    }
  };

  words.addEventListener("beforeinput", (event) => {
    const isFirst = words.selectionStart === 0 && words.selectionEnd === 0;
    if (event.inputType !== "insertText" || !isFirst) return;
    if (!(event.data in MARKS) && event.data !== "#" && event.data !== "/") return;
    event.preventDefault();
    mark(event.data);
  });

  form.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.ctrlKey && !event.isComposing) {
      event.preventDefault();
      writing.finish();
      words.focus();
    }
  });

  words.addEventListener("keydown", (event) => {
    const isArrow = event.key === "ArrowDown" || event.key === "ArrowUp";
    if (!isArrow || event.ctrlKey || event.shiftKey || event.metaKey) return;
    if (event.altKey) {
      event.preventDefault();
      move(event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "ArrowUp" && words.value === "") {
      const latest = writing.list.latestOfMine();
      if (!latest) return;
      event.preventDefault();
      writing.takeUp(latest.id);
    }
  });

  // Whoever chose a strand by its mark goes back to typing with Enter.
  document.getElementById("theme").addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.ctrlKey) return;
    event.preventDefault();
    words.focus();
  });

  document.getElementById("before").addEventListener("click", () => move(-1));
  document.getElementById("next").addEventListener("click", () => move(1));
  for (const link of document.querySelectorAll("[data-part=here]")) {
    link.addEventListener("click", (event) => {
      event.preventDefault();
      writing.goTo(link.closest("[data-prompt]").dataset.prompt);
      words.focus();
    });
  }
}
