// Asks every few seconds what the other interviewer noted, and whether we are still signed in.

import { words } from "./buttons.js";

const OFTEN = 4000;
const YES_NO = { true: "yes", false: "no" };

export class Hearing {
  constructor(parts) {
    Object.assign(this, parts);
    this.cursor = "";
    this.outbox.onRefresh = () => this.ask().catch(() => false);
  }

  start() {
    // Whoever comes back from signing in, in another tab, finds the notes on their way.
    addEventListener("focus", () => this.look());
    setInterval(() => {
      if (!document.hidden) this.look();
    }, OFTEN);
  }

  look() {
    // What others write is worth no word while the connection is down: saving says that.
    this.ask().catch(() => {});
  }

  // Says whether we are who this page was made for.
  async ask() {
    const address = `${this.data.heard}?since=${encodeURIComponent(this.cursor)}`;
    const answer = await fetch(address, { headers: { Accept: "application/json" }, redirect: "manual" });
    if (answer.status === 401) this.saying.become("signedOut");
    if (!answer.ok) return false;
    const told = await answer.json();
    if (told.person !== this.data.person) {
      this.saying.become("somebodyElse");
      return false;
    }
    this.renew(told.token);
    this.hear(told);
    return true;
  }

  renew(token) {
    this.outbox.token = token;
    for (const field of document.querySelectorAll("[name=csrf_token]")) field.value = token;
    const isBack = ["signedOut", "somebodyElse", "offline"].includes(this.saying.state);
    if (isBack) this.outbox.kick();
  }

  hear(told) {
    this.cursor = told.cursor;
    if (told.elapsed !== null && !told.ended) this.clock.run(told.elapsed);
    if (!this.outbox.acts.has("consent")) this.agree(told.consent);
    for (const note of told.notes) this.take(note);
    this.board.hear(told.prompts);
    this.begun(told);
  }

  take(note) {
    const known = this.list.notes.get(note.id);
    const isMine = this.outbox.holds(note.id);
    if (isMine || (known && known.seen >= note.seen)) return;
    if (note.id === this.writing.note?.id) this.writing.heard(note);
    else this.list.show({ ...note, unanswered: [], beside: known?.beside });
  }

  agree(consent) {
    const form = document.getElementById("consent-form");
    if (consent.notes === null || !form) return;
    const before = this.outbox.agreed;
    this.outbox.agreed = consent.notes;
    const fields = {
      notes: YES_NO[consent.notes],
      quotes: YES_NO[consent.quotes],
      use_level: consent.use_level ?? "as written",
    };
    const place = document.getElementById("consent-stands");
    if (place.textContent !== words(form, fields)) place.textContent = words(form, fields);
    if (before !== consent.notes) this.outbox.kick();
  }

  // The other interviewer pressed the button.
  begun(told) {
    const begin = document.getElementById("begin");
    if (told.elapsed === null || !begin || begin.hidden) return;
    begin.hidden = true;
    document.getElementById("end").hidden = false;
  }
}
