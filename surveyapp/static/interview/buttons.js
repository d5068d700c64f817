// The buttons of the call, which reach the service even if the connection is down just now.

export function watchButtons({ page, data, store, outbox, clock, saying }) {
  const begin = page.querySelector("#begin");
  const end = page.querySelector("#end");
  const consent = page.querySelector("#consent-form");

  const started = () => {
    begin.hidden = true;
    end.hidden = false;
  };

  begin?.addEventListener("submit", (event) => {
    event.preventDefault();
    clock.run(0);
    outbox.act("begin", begin.action, {});
    const hadFocus = begin.contains(document.activeElement);
    started();
    // The button that was pressed is gone, so its key press goes on to the words.
    if (hadFocus) document.getElementById("words").focus();
  });

  const ending = page.querySelector("#end-form");
  ending?.addEventListener("submit", (event) => {
    event.preventDefault();
    outbox.act("end", ending.action, {});
    saying.aloud("The call ends once your notes are saved.");
  });

  outbox.onActed = (name) => {
    if (name === "end" && !outbox.waits()) location.assign(data.here);
  };

  consent?.addEventListener("submit", (event) => {
    const given = new FormData(consent);
    const isNo = given.get("notes") === "no";
    if (!["notes", "quotes", "use_level"].every((name) => given.get(name)) && !isNo) return;
    event.preventDefault();
    const fields = Object.fromEntries(["notes", "quotes", "use_level"].map((name) => [name, given.get(name) ?? ""]));
    outbox.agreed = fields.notes === "yes";
    outbox.act("consent", consent.action, fields);
    forgetFaults(page, data.here);
    page.querySelector("#consent-stands").textContent = words(consent, fields);
    page.querySelector("#consent").open = false;
    page.querySelector("#consent-summary").focus();
    saying.aloud("Answers recorded.");
  });

  // What was pressed before the page was loaded again, and the service does not know of yet.
  const pressed = store.get("act:begin");
  if (pressed && begin && data.elapsed === "") {
    clock.run((Date.now() - pressed.pressed) / 1000);
    started();
  }
  const agreed = store.get("act:consent");
  if (agreed) {
    outbox.agreed = agreed.fields.notes === "yes";
    page.querySelector("#consent-stands").textContent = words(consent, agreed.fields);
  }
}

// A page that was refused says so no longer, and has its own address again.
function forgetFaults(page, here) {
  for (const one of document.querySelectorAll(".govuk-error-summary, #live .govuk-error-message")) one.remove();
  for (const one of page.querySelectorAll("[aria-describedby$='-error']")) {
    one.removeAttribute("aria-describedby");
    one.classList.remove("live-consent__question--missing", "govuk-textarea--error");
  }
  document.title = document.title.replace(/^Error: /, "");
  if (location.pathname !== here) history.replaceState(null, "", here);
}

export function words(form, fields) {
  const label = (name, value) => {
    const one = form.querySelector(`[name="${name}"][value="${CSS.escape(value)}"]`);
    return one ? one.labels[0].textContent.toLowerCase() : "not said";
  };
  const use = fields.use_level || "withheld";
  return `Notes: ${fields.notes}. Quotations: ${fields.quotes || "no"}. Use: ${label("use_level", use)}.`;
}
