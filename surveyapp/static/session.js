// Says in good time that the session is about to end, and lengthens it when asked to. Saving and
// turning pages lengthen it too; every tab tells the others.

const WARNING_MINUTES = 5;
const MINUTE = 60 * 1000;
const channel = "BroadcastChannel" in window ? new BroadcastChannel("session") : null;

export function watchSession(bar) {
  if (bar === null) {
    return;
  }
  const minutes = Number(bar.dataset.minutes);
  const warnAfter = Math.max(minutes - WARNING_MINUTES, minutes / 2) * MINUTE;
  let ends = 0;
  let timer = 0;

  const start = () => {
    remove();
    ends = Date.now() + minutes * MINUTE;
    clearTimeout(timer);
    timer = setTimeout(warn, warnAfter);
  };

  const warn = () => {
    // A computer that slept may be long past the end.
    show(Date.now() < ends);
    clearTimeout(timer);
    timer = setTimeout(() => show(false), Math.max(ends - Date.now(), 0));
  };

  const stay = async () => {
    const response = await fetch(bar.dataset.address, { headers: { Accept: "application/json" } });
    if (response.ok) {
      lengthened();
    } else {
      show(false);
    }
  };

  const show = (isRunning) => {
    remove();
    document.body.append(isRunning ? warning(stay) : over());
  };

  const lengthened = () => {
    start();
    channel?.postMessage("lengthened");
  };

  channel?.addEventListener("message", start);
  // Whoever saves something without turning the page says so with this event.
  document.addEventListener("survey:saved", lengthened);
  start();
  channel?.postMessage("lengthened");
}

function remove() {
  document.getElementById("session-note")?.remove();
}

function note(text) {
  const region = document.createElement("div");
  region.id = "session-note";
  region.className = "survey-session";
  region.setAttribute("role", "alert");
  const words = document.createElement("p");
  words.className = "govuk-body govuk-!-font-weight-bold";
  words.textContent = text;
  region.append(words);
  return region;
}

function warning(stay) {
  const region = note(`You will be signed out in ${WARNING_MINUTES} minutes. What you have typed stays on this page.`);
  const button = document.createElement("button");
  button.type = "button";
  button.className = "govuk-button govuk-!-margin-bottom-0";
  button.textContent = "Stay signed in";
  button.addEventListener("click", stay);
  region.append(button);
  return region;
}

function over() {
  return note("You have been signed out. What you have typed stays on this page: when you send it, we ask you to sign in, and nothing is lost.");
}
