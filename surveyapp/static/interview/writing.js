// The one box in which notes are typed, always in the same place: a new note, or one taken up again.

import { stamp } from "./clock.js";
import { said, uuid } from "./outbox.js";

const FIELDS = { prompt: "prompt_code", theme: "theme", mark: "mark" };
const TICKS = ["verbatim", "follow_up"];
const HIGHEST = 0.4; // of the window

export class Writing {
  constructor(parts) {
    Object.assign(this, parts);
    this.form = document.getElementById("note-form");
    this.words = document.getElementById("words");
    this.list.onTakeUp = (id) => this.takeUp(id);
    this.outbox.onLetGo = (id) => this.letGo(id);
    if (this.form) this.watch();
  }

  watch() {
    document.getElementById("save-note").textContent = "Next note";
    this.words.addEventListener("input", () => this.typed());
    this.form.addEventListener("change", (event) => this.chosen(event.target));
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.finish();
      this.words.focus();
    });
  }

  // What the browser kept and the service does not have; then the note that was open, to go on in.
  putBack() {
    for (const [, note] of this.store.all("note:")) {
      const known = this.list.notes.get(note.id);
      if (known && JSON.stringify(said({ ...known, seen: note.seen })) === JSON.stringify(said(note))) {
        this.store.forget(`note:${note.id}`);
      } else {
        this.list.show(note);
        this.outbox.change(note);
      }
    }
    if (!this.form) return;
    const open = this.store.get("open") ?? {};
    const asked = new URLSearchParams(location.search).get("prompt");
    const code = this.form.elements.prompt_code.value || asked || open.prompt || this.board.codes[0];
    this.begin(code);
    this.fromServer();
    const note = this.list.notes.get(open.note);
    if (note && !this.words.value) this.load(note);
  }

  // Words that a button could not save, as the page shows them again.
  fromServer() {
    if (this.words.value.trim()) this.typed();
  }

  begin(code) {
    this.board.go(code);
    const text = this.note ? "" : this.words.value;
    this.note = {
      id: uuid(),
      text,
      seen: 0,
      unanswered: [],
      prompt_code: code,
      second: null,
      theme: "",
      verbatim: false,
      follow_up: false,
      mark: "",
      by: this.data.person,
      author: this.data.name,
    };
    this.show();
  }

  // The note in the box is done with; the next is begun under the same prompt.
  finish() {
    if (!this.note.text.trim() && !this.outbox.holds(this.note.id)) return false;
    const { note } = this;
    this.list.mark(null);
    this.list.show(note);
    this.begin(this.board.at);
    return true;
  }

  takeUp(id) {
    const note = this.list.notes.get(id);
    if (!note || !this.form) return;
    if (id !== this.note.id) {
      this.finish();
      this.load(note);
    }
    this.words.focus();
    this.words.setSelectionRange(note.text.length, note.text.length);
  }

  load(note) {
    this.note = note;
    if (note.prompt_code) this.board.go(note.prompt_code);
    this.show();
    this.list.mark(note.id);
  }

  // Words that were only in this browser, and are to be nowhere.
  letGo(id) {
    this.list.remove(id);
    if (id === this.note?.id) this.begin(this.board.at);
  }

  goTo(code) {
    if (this.note.text.trim()) this.finish();
    this.board.go(code);
    this.note.prompt_code = this.board.at;
    this.show();
  }

  show() {
    const { note } = this;
    if (this.words.value !== note.text) this.words.value = note.text;
    for (const [id, name] of Object.entries(FIELDS)) document.getElementById(id).value = note[name];
    for (const name of TICKS) document.getElementById(name).checked = note[name];
    this.beside(note.beside ? `Written at the same time as ${note.beside}’s. Both are kept.` : "");
    this.label();
    this.grow();
    this.store.keep("open", { note: note.id, prompt: this.board.at });
  }

  label() {
    const { note } = this;
    const isNew = note.second === null && note.seen === 0;
    const time = isNew ? "New note" : `Note, ${note.second === null ? "no time" : stamp(note.second)}`;
    const words = `${time}, ${note.prompt_code || "unprompted"}`;
    const place = document.getElementById("words-label");
    if (place.textContent !== words) place.textContent = words;
  }

  typed() {
    const { note } = this;
    note.text = this.words.value;
    note.second ??= note.seen === 0 ? this.clock.seconds() : null;
    this.keep();
    this.label();
    this.grow();
  }

  chosen(field) {
    const { note } = this;
    if (TICKS.includes(field.id)) note[field.id] = field.checked;
    else if (field.id in FIELDS) note[FIELDS[field.id]] = field.value;
    else return;
    if (field.id === "prompt" && field.value) this.board.go(field.value);
    this.keep();
    this.label();
  }

  // A note without words is none yet, whatever it is marked.
  keep() {
    const { note } = this;
    if (!note.text.trim() && note.seen === 0 && !this.outbox.holds(note.id)) return;
    this.outbox.change(note);
    this.list.onChange();
  }

  set(name, value) {
    this.note[name] = value;
    this.keep();
    this.show();
  }

  kept(note, reply) {
    note.by = this.data.person;
    note.author = this.data.name;
    note.identifying = reply.identifying;
    if (reply.twin_of) this.twin(note, reply);
    else if (this.list.items.has(note.id)) this.list.show(note);
    else this.list.notes.set(note.id, note);
  }

  // Somebody else's words stand in the note, so these are in one of their own beside it.
  twin(note, reply) {
    note.beside = reply.twin_of.author;
    this.list.rename(reply.before, note);
    this.list.show({ ...reply.twin_of, unanswered: [] });
    if (note === this.note) {
      this.beside(`${reply.twin_of.author} wrote in this note too: “${reply.twin_of.text}” Both are kept.`);
      this.store.keep("open", { note: note.id, prompt: this.board.at });
      this.list.mark(note.id);
    }
  }

  beside(words) {
    const place = document.getElementById("beside");
    if (place.textContent !== words) place.textContent = words;
    place.hidden = !words;
  }

  // Somebody else has changed the note in the box: nothing here moves, and both will be kept.
  heard(note) {
    if (note.by !== this.data.person) this.beside(`${note.author} has written in this note: “${note.text}”`);
  }

  grow() {
    this.words.style.height = "auto";
    const height = Math.min(this.words.scrollHeight + 4, innerHeight * HIGHEST);
    this.words.style.height = `${height}px`;
  }
}
