// Sends what the browser keeps: one thing at a time, at once when nothing is under way, otherwise
// as soon as the answer is there. A save that gets no answer may have arrived all the same, so its
// name goes with the next one.

const SOONEST = 1000; // before a lost connection is tried again
const LATEST = 10000;
const PATIENCE = 20000; // for one answer
const MOST_ALIVE = 60000; // bytes that a browser still sends while a page closes
const MOST_UNANSWERED = 1000;
const SENT = ["id", "text", "seen", "prompt_code", "second", "theme", "verbatim", "follow_up", "mark"];
// Some stop everything until somebody does something; the page asks again now and then.
const STANDING = new Set(["signedOut", "somebodyElse", "notYours"]);
// After these, what is next is sent at once.
const DONE = new Set(["fine", "refused", "again"]);
const MOST_AGAIN = 3;

export class Outbox {
  constructor(data, store, saying) {
    Object.assign(this, { data, store, saying });
    this.token = data.token;
    this.notes = new Map(); // with words that the service does not have yet
    this.acts = new Map(); // presses of buttons that it does not know of yet
    this.stuck = new Set(); // ids that it refused
    this.agreed = data.notes === "true";
    this.running = null;
    this.wait = 0;
    this.onKept = () => {};
    this.onRefresh = async () => false;
    saying.onLetGo = () => this.letGo();
  }

  start() {
    if (!this.store.keep("works", true)) this.saying.explain("fine");
    for (const [name, act] of this.store.all("act:")) this.acts.set(name, act);
    addEventListener("online", () => this.kick());
    addEventListener("pagehide", () => this.flush());
    document.addEventListener("visibilitychange", () => {
      if (document.hidden) this.flush();
      else this.kick();
    });
    addEventListener("beforeunload", (event) => {
      if (this.waits()) event.preventDefault();
    });
    this.kick();
  }

  // Every letter comes through here, and is in the browser's store when this returns.
  change(note) {
    this.stuck.delete(note.id);
    this.notes.set(note.id, note);
    this.store.keep(`note:${note.id}`, note);
    this.saying.busy();
    if (!this.wait) this.run();
  }

  act(name, address, fields) {
    const act = { address, fields, pressed: Date.now() };
    this.acts.set(name, act);
    this.store.keep(`act:${name}`, act);
    this.kick();
  }

  holds(id) {
    return this.notes.has(id);
  }

  waits() {
    return this.notes.size > 0 || this.acts.size > 0;
  }

  kick() {
    clearTimeout(this.wait);
    this.wait = 0;
    this.run();
  }

  run() {
    this.running ??= this.sendAll().finally(() => {
      this.running = null;
    });
    return this.running;
  }

  async sendAll() {
    let state = "fine";
    let again = 0;
    for (let one = this.first(); one && DONE.has(state); one = this.first()) {
      state = await one().catch(() => "offline");
      again = state === "again" ? again + 1 : 0;
      if (again > MOST_AGAIN) state = "offline";
    }
    this.settle(state);
  }

  settle(state) {
    if (DONE.has(state)) {
      this.delay = 0;
      this.saying.become(this.resting());
      return;
    }
    this.saying.become(state);
    this.delay = STANDING.has(state) ? LATEST : Math.min((this.delay || SOONEST / 2) * 2, LATEST);
    this.wait = setTimeout(() => this.kick(), this.delay);
  }

  resting() {
    if (this.stuck.size) return "refused";
    return this.notes.size && !this.agreed ? "notAgreed" : "fine";
  }

  // What is to be sent next: the call begins and consent is given before notes, and ends after them.
  first() {
    const [name] = [...this.acts.keys()].filter((one) => one !== "end");
    if (name) return () => this.sendAct(name);
    const note = this.agreed && [...this.notes.values()].find((one) => !this.stuck.has(one.id));
    if (note) return () => this.sendNote(note);
    if (this.acts.has("end")) return () => this.sendAct("end");
    return null;
  }

  async sendNote(note) {
    const write = crypto.randomUUID?.() ?? uuid();
    const sent = JSON.stringify(said(note));
    const { person: by } = this.data;
    // Half a character, as a slip of the keyboard leaves, cannot be read as JSON and would never be kept.
    const text = note.text.toWellFormed?.() ?? note.text;
    const body = { ...said(note), text, by, write, unanswered: note.unanswered };
    note.unanswered = [...note.unanswered, write].slice(-MOST_UNANSWERED);
    this.store.keep(`note:${note.id}`, note);
    const answer = await this.post(this.data.typing, JSON.stringify(body), "application/json");
    const state = await this.outcome(answer);
    if (state === "refused") this.stuck.add(note.id);
    if (state === "fine") this.settleNote(note, sent, await answer.json());
    return state;
  }

  settleNote(note, sent, reply) {
    const before = note.id;
    const isSame = JSON.stringify(said(note)) === sent;
    this.notes.delete(before);
    note.id = reply.id;
    note.seen = reply.seen;
    note.unanswered = [];
    if (!isSame) {
      this.notes.set(note.id, note);
      this.store.keep(`note:${note.id}`, note);
    }
    if (isSame || note.id !== before) this.store.forget(`note:${before}`);
    this.onKept(note, { ...reply, before });
    document.dispatchEvent(new Event("survey:saved"));
  }

  async sendAct(name) {
    const act = this.acts.get(name);
    const ago = Math.max(0, Date.now() - act.pressed);
    const body = new URLSearchParams({ ...act.fields, ago });
    const answer = await this.post(act.address, body, "application/x-www-form-urlencoded");
    const state = await this.outcome(answer);
    if (state !== "fine" && state !== "refused") return state;
    if (this.acts.get(name) === act) {
      this.acts.delete(name);
      this.store.forget(`act:${name}`);
    }
    this.onActed?.(name);
    return "fine";
  }

  async post(address, body, type) {
    const give = new AbortController();
    const timer = setTimeout(() => give.abort(), PATIENCE);
    try {
      return await fetch(address, {
        method: "POST",
        body,
        headers: { Accept: "application/json", "Content-Type": type, "X-CSRFToken": this.token },
        redirect: "manual",
        signal: give.signal,
        keepalive: body.toString().length < MOST_ALIVE,
      });
    } finally {
      clearTimeout(timer);
    }
  }

  async outcome(answer) {
    if (answer.ok) return "fine";
    if (answer.status === 401) return "signedOut";
    if (answer.status === 403) return "notYours";
    if (answer.status >= 500 || answer.status === 429 || answer.type === "opaqueredirect") return "offline";
    const reply = await answer.clone().json().catch(() => ({}));
    if (reply.error === "press again") return (await this.onRefresh()) ? "again" : "signedOut";
    if (reply.state === "somebody else") return "somebodyElse";
    if (reply.state === "not agreed") {
      this.agreed = false;
      return "again";
    }
    return "refused";
  }

  // A page that closes may still send, unless a save of the note is under way: two that overtake
  // each other would look like two people. What is not sent stays in the browser's store.
  flush() {
    if (!this.wait) this.run();
  }

  letGo() {
    for (const id of this.notes.keys()) {
      if (this.agreed && !this.stuck.has(id)) continue;
      this.notes.delete(id);
      this.store.forget(`note:${id}`);
      this.onLetGo?.(id);
    }
    this.stuck.clear();
    this.saying.become(this.resting());
  }
}

export function said(note) {
  return Object.fromEntries(SENT.map((name) => [name, name === "text" ? wellFormed(note.text) : note[name]]));
}

// Half a letter, as a key in the middle of its work leaves it, is none that could be sent.
function wellFormed(text) {
  return text.replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, "\ufffd");
}

// Addresses without a certificate have no randomUUID.
export function uuid() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 15) | 64;
  bytes[8] = (bytes[8] & 63) | 128;
  const hex = [...bytes].map((one) => one.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}
