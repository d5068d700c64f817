// Asks the browser for a passkey and sends its answer with the form. Without this the page offers a
// code from an app instead.

const said = {
  AbortError: "The passkey was not used. Try again.",
  NotAllowedError: "No passkey was used: it was cancelled, it took too long, or this device has none for this service. Try again, or use a code.",
  InvalidStateError: "This device has a passkey for this service already. Choose another device.",
  NotSupportedError: "This device cannot keep a passkey for this service. Choose another device.",
  SecurityError: "Passkeys do not work at this address of the service. Use the address that is in our emails.",
};
const OTHER = "The browser could not use a passkey. Try again, or use a code.";

function bytes(text) {
  const plain = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
}

function text(buffer) {
  const plain = String.fromCharCode(...new Uint8Array(buffer));
  return btoa(plain).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

function listed(keys = []) {
  return keys.map((key) => ({ ...key, id: bytes(key.id) }));
}

async function make(options) {
  const publicKey = {
    ...options,
    challenge: bytes(options.challenge),
    user: { ...options.user, id: bytes(options.user.id) },
    excludeCredentials: listed(options.excludeCredentials),
  };
  const { id, rawId, type, response } = await navigator.credentials.create({ publicKey });
  return {
    id,
    rawId: text(rawId),
    type,
    response: {
      clientDataJSON: text(response.clientDataJSON),
      attestationObject: text(response.attestationObject),
    },
  };
}

async function use(options) {
  const publicKey = {
    ...options,
    challenge: bytes(options.challenge),
    allowCredentials: listed(options.allowCredentials),
  };
  const { id, rawId, type, response } = await navigator.credentials.get({ publicKey });
  return {
    id,
    rawId: text(rawId),
    type,
    response: {
      clientDataJSON: text(response.clientDataJSON),
      authenticatorData: text(response.authenticatorData),
      signature: text(response.signature),
    },
  };
}

function say(form, words) {
  const fault = form.querySelector("[data-passkey-fault]");
  fault.hidden = words === "";
  fault.textContent = words;
  fault.parentElement.classList.toggle("govuk-form-group--error", words !== "");
}

async function onSubmit(event) {
  const form = event.currentTarget;
  const [answer, name] = ["answer", "name"].map((one) => form.querySelector(`[name="${one}"]`));
  if (name && name.value.trim() === "") return; // the server says what is missing
  event.preventDefault();
  if (form.dataset.running) return;
  form.dataset.running = "yes";
  say(form, "");
  try {
    const ceremony = form.dataset.passkey === "make" ? make : use;
    answer.value = JSON.stringify(await ceremony(JSON.parse(form.dataset.options)));
    form.submit();
  } catch (error) {
    say(form, said[error.name] ?? OTHER);
  } finally {
    delete form.dataset.running;
  }
}

if (window.PublicKeyCredential) {
  for (const form of document.querySelectorAll("form[data-passkey]")) {
    form.querySelector("[data-passkey-without]").hidden = true;
    form.querySelector("[data-passkey-with]").hidden = false;
    form.addEventListener("submit", onSubmit);
  }
}
