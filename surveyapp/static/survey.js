import { initAll } from "./govuk/govuk-frontend.min.js";
import { noticeWords } from "./noticing.js";
import { watchSession } from "./session.js";

initAll();
watchSession(document.getElementById("signed-in"));
noticeWords(document.getElementById("signed-in"));
