// What the page says about saving. On the bar: what is so now. In words, and to screen readers:
// only when that changes, and never for a letter.

const WORDS = {
  fine: "",
  offline: "Connection lost. Your notes are kept in this browser, and will be sent when it is back.",
  signedOut: "You have been signed out. Go on typing: your notes are kept in this browser, and will be sent when you have signed in again.",
  somebodyElse: "Somebody else has signed in with this browser. Your notes are kept here, and will be sent when you have signed in again.",
  notAgreed: "Notes are not agreed. What you type is kept in this browser only, and is sent once you record that they agree.",
  notYours: "This interview is no longer yours to write in. What you typed is kept in this browser.",
  refused: "The service could not take one note. It is kept in this browser: copy its words into a new note.",
};
const SHORT = {
  fine: "Saved",
  saving: "Saving",
  offline: "Kept in this browser",
  signedOut: "Signed out: kept in this browser",
  somebodyElse: "Signed out: kept in this browser",
  notAgreed: "Notes not agreed: kept in this browser",
  notYours: "Kept in this browser",
  refused: "One note is kept in this browser",
};
const BACK = "Your notes are saved again.";
const ONLY_HERE = "This browser cannot keep notes by itself. Do not close this page before it says “Saved”.";
const SLOW = 700; // a save that takes no longer than this is not worth a change on the bar
const TOGETHER = 200; // what happens within this is said in one breath

export class Saying {
  constructor(store) {
    this.store = store;
    this.state = "fine";
    this.bar = document.getElementById("saving");
    this.trouble = document.getElementById("trouble");
    this.region = document.getElementById("said");
    this.timer = null;
  }

  // There are words on their way.
  busy() {
    if (this.state !== "fine" || this.timer) return;
    this.timer = setTimeout(() => this.show("saving"), SLOW);
  }

  become(state) {
    clearTimeout(this.timer);
    this.timer = null;
    this.show(state);
    if (state === this.state) return;
    this.state = state;
    this.aloud(WORDS[state] || BACK);
    this.explain(state);
  }

  show(state) {
    if (this.bar && this.bar.textContent !== SHORT[state]) this.bar.textContent = SHORT[state];
    this.bar?.classList.toggle("live-bar__saving--waiting", state !== "fine" && state !== "saving");
  }

  explain(state) {
    const words = [WORDS[state], !this.store.works && ONLY_HERE].filter(Boolean).join(" ");
    if (!this.trouble) return;
    this.trouble.hidden = !words;
    this.trouble.replaceChildren();
    if (!words) return;
    this.trouble.append(paragraph(words));
    if (state === "signedOut" || state === "somebodyElse") this.trouble.append(signIn());
    if (state === "notAgreed" || state === "refused" || state === "notYours") {
      this.trouble.append(this.letGo());
    }
  }

  // Words that nobody agreed to must not lie about in a browser for ever.
  letGo() {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "live-key";
    button.textContent = "Delete what only this browser has";
    button.addEventListener("click", () => this.onLetGo());
    return button;
  }

  aloud(words) {
    clearTimeout(this.speaking);
    this.speaking = setTimeout(() => {
      this.region.textContent = words;
    }, TOGETHER);
  }
}

function paragraph(words) {
  const one = document.createElement("p");
  one.className = "govuk-body-s live-trouble__words";
  one.textContent = words;
  return one;
}

function signIn() {
  const link = document.createElement("a");
  link.className = "govuk-link govuk-body-s";
  link.href = "/account/mine";
  link.target = "_blank";
  link.rel = "noopener";
  link.textContent = "Sign in (opens in a new tab)";
  return link;
}
