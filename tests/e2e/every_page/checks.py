"""What holds on every page, in whatever state: it is looked at, tabbed through and parsed."""

from dataclasses import dataclass

from axe_playwright_python.sync_playwright import Axe, AxeResults
from playwright.sync_api import Page

from tests.e2e.every_page import keyboard
from tests.e2e.every_page.tabs import WIDE, Tab
from tests.surveyapp.browsing import check_page, parse

AXE = Axe().axe_script
# A telephone's width is also that of a wide screen at 400%, which is lower: things that stick to
# an edge cover more there. A pixel of the page is then four of the screen.
NARROW, ZOOM = (320, 256), 4
# Timers never go off where scripts are forbidden, and axe waits for some; promises are kept.
TIMERS = """window.setTimeout = (work, _, ...rest) => {
  Promise.resolve().then(() => work?.(...rest));
  return 0;
}"""
RULES = {
    "resultTypes": ["violations"],
    "runOnly": {
        "type": "tag",
        "values": [
            *("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"),
        ],
    },
    "rules": {"target-size": {"enabled": True}},
    # Nothing here plays by itself, which is all that reading every style sheet again is for.
    "preload": False,
}
# What was found in order is longer than the page, and would be carried over for nothing.
RUN = "rules => axe.run(rules).then(({ violations }) => ({ violations }))"
# What sticks out of a page that scrolls sideways.
SIDEWAYS = """() => {
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= width) return [];
  const wide = [...document.body.querySelectorAll("*")].filter((one) => {
    return one.getBoundingClientRect().right > width && !one.closest("[role=region]");
  });
  return [wide.length, ...wide.slice(-3).map((one) => one.outerHTML.slice(0, 200))];
}"""
TO_FIELDS = ".govuk-error-summary a[href^='#']"
# Boxes whose words nobody looks through, because nothing tells where they are sent.
UNLOOKED = """() => {
  const boxes = "textarea, input[type=text], input:not([type]), [contenteditable]";
  return [...document.querySelectorAll(boxes)].filter((one) => {
    return one.form?.method !== "get" && !(one.name && one.form?.elements.csrf_token);
  }).map((one) => one.outerHTML.slice(0, 200));
}"""
# What is said of errors: whether there is a summary, and whether it has focus; how many errors
# stand beside fields; how many of them are alerts, and whether the field that one is said of has
# focus; and where each link of the summary leads: to a field, to another page, to
# nothing or to no field. Asked for at once: a locator first brings a library into the page.
ERRORS = """() => {
  const field = "input:not([type=hidden]), select, textarea, button, a[href]";
  const lead = (link) => {
    const target = document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (!link.getAttribute("href").startsWith("#")) return "page";
    return !target ? "nothing" : target.matches(field) ? "field" : "other";
  };
  const errors = [...document.querySelectorAll(".govuk-error-message:not([hidden])")];
  const alerts = errors.filter((one) => one.role === "alert");
  const told = (document.activeElement.getAttribute("aria-describedby") ?? "").split(" ");
  const summaries = [...document.querySelectorAll(".govuk-error-summary")];
  return {
    summaries: summaries.length,
    hasFocus: summaries.includes(document.activeElement),
    alerts: alerts.length,
    isToldOfField: alerts.every((one) => told.includes(one.id)),
    beside: errors.length,
    links: summaries.flatMap((one) => {
      return [...one.querySelectorAll("a")].map((link) => [link.textContent, lead(link)]);
    }),
  };
}"""


@dataclass(frozen=True)
class Shown:
    """A page as a browser shows it: what the server sent, and whether scripts run."""

    tab: Tab
    html: str
    runs_scripts: bool
    # The same page is not looked at without scripts.
    needs_scripts: bool = False

    @property
    def page(self) -> Page:
        """The page itself."""
        return self.tab.page


def check(shown: Shown) -> None:
    """Fail for anything wrong with a page at a wide screen and at 400% of it.

    With scripts a page is gone through at the wide screen, and without them at the narrow one:
    the styles are the same, and each pass would find most of what the other does. What only
    scripts lead to is gone through at both.
    """
    check_page(shown.html)
    _check_errors(shown)
    unlooked = shown.page.evaluate(UNLOOKED)
    assert not unlooked, f"Words typed here are not looked through: {unlooked}"
    if shown.runs_scripts:
        shown.tab.zoom(WIDE, 1)
        _go_through(shown)
    shown.tab.zoom(NARROW, ZOOM)
    too_wide = shown.page.evaluate(SIDEWAYS)
    assert not too_wide, f"The page scrolls sideways, because of {too_wide}"
    if shown.needs_scripts or not shown.runs_scripts:
        _go_through(shown)
    _follow_errors(shown.page)


def _go_through(shown: Shown) -> None:
    _check_with_axe(shown)
    keyboard.check(shown.page)


def _check_with_axe(shown: Shown) -> None:
    if not shown.page.evaluate("'axe' in window"):
        shown.page.evaluate(AXE)
        if not shown.runs_scripts:
            shown.page.evaluate(TIMERS)
    found = AxeResults(shown.page.evaluate(RUN, RULES))
    assert found.violations_count == 0, found.generate_report()


def _check_errors(shown: Shown) -> None:
    """A page with a summary of errors says so first, in its title too, and leads to the fields.

    A page of one field that is typed into all the time says it as an alert beside the field, which
    has focus; a summary would take that away.
    """
    found = shown.page.evaluate(ERRORS)
    title = parse(shown.html).findtext("head/title") or ""
    is_wrong = found["summaries"] + found["alerts"] > 0
    assert title.startswith("Error: ") == is_wrong, f"The title is {title!r}."
    if not found["summaries"]:
        assert found["beside"] == found["alerts"] <= 1, "Errors without a summary."
        assert found["isToldOfField"], "The alert is not said of the field with focus."
        return
    assert found["summaries"] == 1, "There are two summaries of errors."
    if shown.runs_scripts:
        assert found["hasFocus"], "The summary has no focus."
    lost = [link for link in found["links"] if link[1] not in {"field", "page"}]
    assert not lost, f"Links of the summary that lead to no field: {lost}"


def _follow_errors(page: Page) -> None:
    """Press every link of the summary: focus must be in a field that a person can type in."""
    if not page.evaluate(f"document.querySelectorAll({TO_FIELDS!r}).length"):
        return
    for link in page.locator(TO_FIELDS).all():
        link.press("Enter")
        focused = page.evaluate("document.activeElement.tagName")
        assert focused in {"INPUT", "SELECT", "TEXTAREA", "BUTTON", "A"}, f"Focus is in {focused}."
