// The guide beside the notes: which prompt is being asked, and what is still unasked.

const NAMES = { asked: "Asked", skipped: "Skipped", "": "Not asked" };

export class Board {
  constructor(page, list, clock, outbox) {
    Object.assign(this, { page, list, clock, outbox });
    this.items = new Map([...page.querySelectorAll("[data-prompt]")].map((one) => [one.dataset.prompt, one]));
    this.codes = [...this.items.keys()];
    this.pane = page.querySelector("#guide");
    this.at = "";
    for (const form of page.querySelectorAll("[data-act]")) {
      form.addEventListener("submit", (event) => {
        event.preventDefault();
        this.press(form.dataset.act, event.submitter.dataset.state);
      });
    }
    for (const [id, state] of [["now-asked", "asked"], ["now-skipped", "skipped"]]) {
      page.querySelector(`#${id}`)?.addEventListener("click", () => this.press(this.at, state));
    }
    this.fold();
  }

  text(code) {
    return this.items.get(code)?.querySelector("[data-part=text]").textContent ?? "";
  }

  fold() {
    for (const [code, item] of this.items) {
      const more = item.querySelector("details");
      const isHere = code === this.at;
      if (more.open !== isHere) more.open = isHere;
      if (isHere) item.setAttribute("aria-current", "true");
      else item.removeAttribute("aria-current");
    }
  }

  // Goes to a prompt: it opens in the guide, and stays in view above the note.
  go(code) {
    if (!this.items.has(code)) return;
    this.at = code;
    this.fold();
    const item = this.items.get(code);
    this.page.querySelector("#now-code").textContent = code;
    this.page.querySelector("#now-text").textContent = this.text(code);
    // Within its own pane only: the page itself stays where it is.
    this.pane.scrollTop += item.getBoundingClientRect().top - this.pane.getBoundingClientRect().top - 4;
    this.count();
  }

  step(by) {
    const place = this.codes.indexOf(this.at) + by;
    return this.codes[Math.min(Math.max(place, 0), this.codes.length - 1)];
  }

  press(code, state) {
    const item = this.items.get(code);
    if (!item) return;
    const next = item.dataset.state === state ? "" : state;
    this.set(code, next);
    this.outbox.act(`prompt:${code}`, this.page.dataset.prompts.replace("CODE", code), { state: next });
  }

  set(code, state) {
    this.items.get(code).dataset.state = state;
    this.count();
  }

  // What the service says of all prompts, save those that it does not know of yet.
  hear(states) {
    for (const [code, item] of this.items) {
      if (!this.outbox.acts.has(`prompt:${code}`)) item.dataset.state = states[code] ?? "";
    }
    this.count();
  }

  count() {
    const noted = this.list.noted();
    let number = 0;
    let minutes = 0;
    for (const [code, item] of this.items) {
      const { state } = item.dataset;
      const shown = state || (noted.has(code) ? "asked" : "");
      write(item.querySelector("[data-part=state]"), NAMES[shown]);
      item.classList.toggle("live-prompt--done", shown !== "");
      for (const button of item.querySelectorAll("button[data-state]")) press(button, state);
      const line = this.page.querySelector(`[data-unasked="${CSS.escape(code)}"]`);
      if (line) line.hidden = shown !== "";
      if (!shown) {
        number += 1;
        minutes += Number(item.dataset.minutes);
      }
    }
    this.tell(number, minutes);
  }

  tell(number, minutes) {
    const at = (id) => this.page.querySelector(`#${id}`);
    if (!at("unasked")) return;
    write(at("unasked"), String(number));
    write(at("unasked-minutes"), String(minutes));
    if (at("all-asked")) at("all-asked").hidden = number > 0;
    if (at("not-asked")) at("not-asked").hidden = number === 0;
    const state = this.items.get(this.at)?.dataset.state;
    at("now-asked")?.setAttribute("aria-pressed", String(state === "asked"));
    at("now-skipped")?.setAttribute("aria-pressed", String(state === "skipped"));
  }
}

function press(button, state) {
  button.setAttribute("aria-pressed", String(button.dataset.state === state));
  button.value = button.dataset.state === state ? "" : button.dataset.state;
}

function write(place, words) {
  if (place.textContent !== words) place.textContent = words;
}
