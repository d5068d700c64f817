// Tells the styles that scripts run, before anything is drawn. A file, because inline scripts are refused.
document.body.classList.add("js-enabled");
if ("noModule" in HTMLScriptElement.prototype) {
  document.body.classList.add("govuk-frontend-supported");
}
