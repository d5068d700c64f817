// Brings GOV.UK Frontend's styles and scripts into surveyapp/static/govuk, without what only a
// service on a gov.uk domain may show: the GDS Transport font and the royal crest.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";

const from = "node_modules/govuk-frontend/dist/govuk/";
const to = "surveyapp/static/govuk/";
const fonts = 'system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","Helvetica Neue",Arial,sans-serif';

const styles = readFileSync(`${from}govuk-frontend.min.css`, "utf8")
  .replace(/\/\*![^*]*Copyright[^*]*\*\/(?=@font-face)/, "")
  .replace(/@font-face\{[^}]*\}/g, "")
  .replaceAll("GDS Transport,arial,sans-serif", fonts)
  .replace(/@supports \([^{]*\)\{\.govuk-footer__copyright-logo:before\{[^}]*\}\}/g, "")
  .replace(/\.govuk-footer__copyright-logo:before\{[^}]*\}/g, "")
  .replace(/\/\*# sourceMappingURL=[^*]*\*\//, "");

for (const unwanted of ["GDS Transport", "@font-face", "url("]) {
  if (styles.includes(unwanted)) {
    throw new Error(`The styles of GOV.UK Frontend have changed: ${unwanted} is still in them.`);
  }
}

mkdirSync(to, { recursive: true });
writeFileSync(`${to}govuk-frontend.min.css`, styles);
const script = readFileSync(`${from}govuk-frontend.min.js`, "utf8");
writeFileSync(`${to}govuk-frontend.min.js`, script.replace(/\/\/# sourceMappingURL=.*/, ""));
