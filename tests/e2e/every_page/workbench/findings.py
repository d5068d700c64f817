"""The states of the pages of the room findings."""

from collections.abc import Mapping
from typing import Final

from playwright.sync_api import Page
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.extensions import begin_writing, db
from surveyapp.findings import drafting, examples, writing
from surveyapp.findings.writing import Hand
from surveyapp.material import gathering, reading
from surveyapp.models import Finding, Passage, Survey
from synthesis.material import Cited
from tests.e2e.every_page.furniture import OPEN, PEOPLE
from tests.e2e.every_page.site import Site
from tests.e2e.every_page.states import State, Step, press, write
from tests.surveyapp.building import NOON, somebody
from tests.surveyapp.findings.confirming import decide

ME: Final = "consultant"
SURVEY: Final = {"code": OPEN}
ONE: Final = {**SURVEY, "finding_id": "finding"}
NEW: Final = {**SURVEY, "theme": "strand"}
CLAIM: Final = "Authorities say that"
PREVIEW, LOOKED = "Preview", "Save: I have looked"


def saved_meanwhile(page: Page, _: Site) -> None:
    """Let the page be of a version that somebody else has saved over."""
    page.evaluate("document.querySelector('[name=version]').value = '0'")


def looked_at(_: Page, site: Site) -> None:
    """Let somebody have looked for what speaks against the finding."""
    with site.app.app_context():
        begin_writing(db.session)
        for finding in db.session.scalars(select(Finding)):
            finding.looked_against_at = NOON
        db.session.commit()


def both(page: Page, _: Site) -> None:
    """Let the first passage speak for and against."""
    for label in ("Speaks for", "Speaks against"):
        page.get_by_label(label).first.check()


def visit(rest: str) -> Step:
    """Open another part of the finding's pages."""
    return lambda page, _: page.goto(page.url + rest) and None


STATES: Final = (
    State("findings: overview", ME, "findings.overview", SURVEY),
    State("findings: new", ME, "findings.new", NEW),
    State("findings: one", ME, "findings.finding", ONE),
    State("findings: one, chosen only", ME, "findings.finding", ONE, (visit("?show=chosen"),)),
    State("findings: against", ME, "findings.against", ONE),
    State("findings: against, silent", ME, "findings.against", ONE, (visit("?kind=silent"),)),
    State("findings: against, rated", ME, "findings.against", ONE, (visit("?kind=rated"),)),
    State("findings: examples", ME, "findings.practices", SURVEY),
    State("findings: sharing", ME, "findings.sharing", SURVEY),
    State(
        "findings: new, refused",
        ME,
        "findings.create",
        NEW,
        (write(CLAIM, "Most authorities share a front door"), press(PREVIEW)),
        begins_at="findings.new",
        status=422,
    ),
    State(
        "findings: one, both sides",
        ME,
        "findings.save",
        ONE,
        (both, press(PREVIEW)),
        begins_at="findings.finding",
        status=422,
    ),
    State(
        "findings: one, reworded",
        ME,
        "findings.save",
        ONE,
        (looked_at, write(CLAIM, "do not know who waits"), press(PREVIEW)),
        begins_at="findings.finding",
    ),
    State(
        "findings: one, reworded and not said whether it means the same",
        ME,
        "findings.save",
        ONE,
        (looked_at, write(CLAIM, "they count who waits"), press("Save and show")),
        begins_at="findings.finding",
        status=422,
    ),
    State(
        "findings: one, saved by another",
        ME,
        "findings.save",
        ONE,
        (saved_meanwhile, press("Save and show")),
        begins_at="findings.finding",
        status=409,
    ),
    State(
        "findings: against, saved by another",
        ME,
        "findings.look_against",
        ONE,
        (saved_meanwhile, press("Save and go on looking")),
        begins_at="findings.against",
        status=409,
    ),
    State(
        "findings: against, not all looked at",
        ME,
        "findings.look_against",
        ONE,
        (press(LOOKED),),
        begins_at="findings.against",
        status=422,
    ),
    State(
        "findings: examples, no reason",
        ME,
        "findings.shortlist",
        SURVEY,
        (press("Leave out"),),
        begins_at="findings.practices",
        status=422,
    ),
)
# Addresses that answer with something else than a page.
NO_PAGES: Final[Mapping[str, str]] = {"findings.sharing_file": "a workbook"}
# What is sent to these is never shown again: they do it, and lead on to a page.
LEAD_ON: Final[Mapping[str, str]] = {
    "findings.move": "a button",
    "findings.remove": "a button",
    "findings.bring_back": "a button",
}


def furnish(session: Session) -> Mapping[str, str]:
    """Fill the database with what these states show, and return the ids they need, by name."""
    survey = session.scalars(select(Survey).where(Survey.code == OPEN)).one()
    who = Hand(somebody(session, PEOPLE["consultant"]), NOON)
    rows = session.scalars(
        select(Passage).where(
            Passage.survey_id == survey.id,
            Passage.asked == "S01",
            Passage.use_level != "withheld",
        )
    ).all()
    words = [row.words for row in rows]
    for one in dict.fromkeys(words):
        decide(session, survey, one)
    chosen = {
        row.key: (Cited(row.response, row.start, row.end, row.words), "for") for row in rows[:1]
    }
    draft = drafting.Draft("S01", "one front door brings families to notice", chosen)
    finding = writing.create(session, survey, draft, who)
    other = drafting.Draft("S01", "nobody counts who is missed", {})
    writing.create(session, survey, other, who)
    gone = writing.create(session, survey, other, who)
    writing.remove(session, gone, who)
    practice = gathering.offered(session, survey, reading.of_examples).practices[0].id
    ruling = examples.Ruling(practice, wanted=True, reason="It is measured")
    examples.decide(session, survey, ruling, who)
    return {"finding": str(finding.id), "strand": "S01"}
