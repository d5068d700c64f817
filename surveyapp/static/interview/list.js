// The notes so far, the latest first; those of others come in by themselves, below what is typed.

import { warn } from "../warned.js";
import { stamp } from "./clock.js";

const MARKS = { contact: "a person to ask", document: "a document promised" };

export class List {
  constructor(data, page) {
    this.me = data.person;
    this.place = page.querySelector("#notes");
    this.template = page.querySelector("#note-template");
    this.nothing = page.querySelector("#no-notes");
    this.notes = new Map(); // as they stand here
    this.items = new Map();
    this.writing = null; // the id of the note in the box
    this.onChange = () => {};
    this.onTakeUp = () => {};
    for (const item of this.place?.children ?? []) this.adopt(item);
  }

  adopt(item) {
    const note = { ...JSON.parse(item.dataset.note), unanswered: [] };
    this.notes.set(note.id, note);
    this.items.set(note.id, item);
    this.prepare(item, note.id);
    this.fill(item, note);
  }

  prepare(item, id) {
    item.querySelector("[data-part=change]").addEventListener("click", () => this.onTakeUp(id));
  }

  show(note) {
    this.notes.set(note.id, note);
    let item = this.items.get(note.id);
    if (!item && note.text.trim() && this.place) {
      item = this.template.content.firstElementChild.cloneNode(true);
      this.items.set(note.id, item);
      this.prepare(item, note.id);
      this.place.insertBefore(item, this.below(note));
    }
    if (item) this.fill(item, note);
    if (this.nothing) this.nothing.hidden = this.items.size > 0;
    this.onChange();
  }

  remove(id) {
    this.notes.delete(id);
    this.items.get(id)?.remove();
    this.items.delete(id);
    this.onChange();
  }

  // The first of the notes that were begun before this one.
  below(note) {
    for (const [id, item] of this.ordered()) {
      const other = this.notes.get(id);
      if ((other.second ?? -1) <= (note.second ?? -1)) return item;
    }
    return null;
  }

  ordered() {
    const ids = new Map([...this.items].map(([id, item]) => [item, id]));
    return [...this.place.children].map((item) => [ids.get(item), item]);
  }

  fill(item, note) {
    const part = (name) => item.querySelector(`[data-part=${name}]`);
    const time = note.second === null ? "No time" : stamp(note.second);
    write(part("time"), time);
    write(part("prompt"), note.prompt_code || "Unprompted");
    write(part("marks"), this.marks(note).map((one) => ` · ${one}`).join(""));
    write(part("words"), note.verbatim ? `“${note.text}”` : note.text);
    write(part("change-name"), `Change note ${time}, ${note.prompt_code || "unprompted"}`);
    warn(item.querySelector("[data-warned]"), note.identifying);
    part("beside").hidden = !note.beside;
    write(part("beside"), note.beside ? `Written at the same time as ${note.beside}’s. Both are kept.` : "");
    item.classList.toggle("live-note--verbatim", note.verbatim);
    item.classList.toggle("live-note--writing", note.id === this.writing);
  }

  marks(note) {
    const strand = document.querySelector(`#theme option[value="${CSS.escape(note.theme)}"]`);
    return [
      note.verbatim && "word for word",
      note.follow_up && "follow up",
      MARKS[note.mark],
      note.theme && (strand?.textContent ?? note.theme),
      note.author && note.by !== this.me && note.author,
      note.id === this.writing && "being written now",
    ].filter(Boolean);
  }

  // Says which note is in the box.
  mark(id) {
    const before = this.writing;
    this.writing = id;
    for (const one of [before, id]) {
      if (this.items.has(one)) this.fill(this.items.get(one), this.notes.get(one));
    }
  }

  // A note that was kept under another id, because another's words stand under its own.
  rename(before, note) {
    const isWriting = this.writing === before;
    const item = this.items.get(before);
    this.notes.delete(before);
    this.items.delete(before);
    item?.remove();
    if (isWriting) this.writing = note.id;
    this.show(note);
  }

  latestOfMine() {
    const mine = this.ordered().map(([id]) => this.notes.get(id));
    return mine.find((note) => note && note.by === this.me);
  }

  noted() {
    const some = [...this.notes.values()].filter((note) => note.text.trim());
    return new Set(some.map((note) => note.prompt_code));
  }
}

function write(place, words) {
  if (place.textContent !== words) place.textContent = words;
}
