"""The states of the codebook's pages, in the room coding."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from playwright.sync_api import Page
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.coding import emerging
from surveyapp.coding.codebook import changing, planning
from surveyapp.coding.codebook.changing import Hand
from surveyapp.derived import fingerprint, laying
from surveyapp.models import Decision, Derivation, Emerging, Passage, Person, Survey
from synthesis.codebook import Theme
from tests.e2e.every_page.furniture import OPEN, PEOPLE
from tests.e2e.every_page.site import Site
from tests.e2e.every_page.states import State, press, tick, write
from tests.surveyapp.building import NOON, somebody

ME: Final = "consultant"
SURVEY: Final = {"code": OPEN}
CALLS: Final = {**SURVEY, "theme": "S71"}
SPLIT: Final = {**CALLS, "kind": "split"}
PROPOSAL: Final = {**SURVEY, "emerging_key": "every-page"}
NEW: Final = "See what it does"
CHANGED: Final = Theme("S71", "strand", "Calls", "Families ring.", cues=("call",))


def _state(name: str, answered_by: str, *steps: object, **more: object) -> State:
    parts = more.pop("parts", SURVEY)
    return State(f"codebook: {name}", ME, f"coding.{answered_by}", parts, steps, **more)


def _older_sent(page: Page, site: Site) -> None:
    """Have the form of an older page sent, whether or not scripts run."""
    page.locator("[name=seen]").first.evaluate("one => { one.value = ''; }")
    press(NEW)(page, site)


STATES: Final = (
    _state("all themes", "codebook"),
    _state("a theme that stays", "theme", parts={**SURVEY, "theme": "S01"}),
    _state("a theme with a history", "theme", parts=CALLS),
    _state("versions", "versions"),
    _state("add a theme", "add_theme"),
    _state("nothing typed", "add_theme_now", press(NEW), begins_at="coding.add_theme", status=422),
    _state(
        "what a new theme does",
        "add_theme_now",
        write("Name", "Workforce"),
        write("Definition", "Staff and training."),
        press(NEW),
        begins_at="coding.add_theme",
    ),
    _state(
        "no reason",
        "add_theme_now",
        write("Name", "Workforce"),
        write("Definition", "Staff and training."),
        press(NEW),
        press("Add X"),
        begins_at="coding.add_theme",
        status=422,
    ),
    _state("reword", "change_theme", parts={**CALLS, "kind": "reword"}),
    _state(
        "what rewording does",
        "change_theme_now",
        write("Definition", "Families ring or write."),
        press(NEW),
        parts={**CALLS, "kind": "reword"},
        begins_at="coding.change_theme",
    ),
    _state(
        "reworded by somebody else too",
        "change_theme_now",
        _older_sent,
        parts={**CALLS, "kind": "reword"},
        begins_at="coding.change_theme",
        status=409,
    ),
    _state(
        "none to merge",
        "change_theme_now",
        press(NEW),
        parts={**CALLS, "kind": "merge"},
        begins_at="coding.change_theme",
        status=422,
    ),
    _state(
        "what merging does",
        "change_theme_now",
        tick("S72 Doors"),
        press(NEW),
        parts={**CALLS, "kind": "merge"},
        begins_at="coding.change_theme",
    ),
    _state("split", "change_theme", parts=SPLIT),
    _state(
        "two parts without names",
        "change_theme_now",
        press("Add another new theme"),
        press(NEW),
        parts=SPLIT,
        begins_at="coding.change_theme",
        status=422,
    ),
    _state("a theme that cannot be split", "change_theme", parts={**SPLIT, "theme": "S01"}),
    _state("retire", "change_theme", parts={**CALLS, "kind": "retire"}),
    _state(
        "a theme that cannot be retired",
        "change_theme",
        parts={**SURVEY, "theme": "A1", "kind": "retire"},
    ),
    _state("look again", "look_again"),
    _state("look again, turned down", "look_again", parts={**SURVEY, "verdict": "no"}),
    _state(
        "nothing chosen",
        "settle",
        press("Save what I chose"),
        begins_at="coding.look_again",
        status=422,
    ),
    _state(
        "all of them asked about",
        "settle",
        press("Take S71 off all 2 on this page"),
        begins_at="coding.look_again",
    ),
    _state("emergent themes", "emerging"),
    _state("a proposal", "proposal", parts=PROPOSAL),
    _state(
        "a proposal with nothing typed",
        "take_up",
        press("Make it a theme"),
        parts=PROPOSAL,
        begins_at="coding.proposal",
        status=422,
    ),
    _state(
        "no theme to take it in",
        "take_up",
        press("Let it take this in"),
        parts=PROPOSAL,
        begins_at="coding.proposal",
        status=422,
    ),
)
# Addresses that answer with something else than a page.
NO_PAGES: Final[Mapping[str, str]] = {"coding.version_file": "a version of the codebook"}
# What is sent to these is never shown again: they do it, and lead on to a page.
LEAD_ON: Final[Mapping[str, str]] = {"coding.bring_back": "a button"}


def furnish(session: Session) -> Mapping[str, str]:
    """Change the codebook, have decisions to look at again, and propose themes."""
    survey = session.scalars(select(Survey).where(Survey.code == OPEN)).one()
    person = somebody(session, PEOPLE[ME])

    def hand(days: int) -> Hand:
        at = NOON + dt.timedelta(days=days)
        return Hand(person, at, survey.codebook_id, "Several spoke of it.")

    doors = Theme("S72", "strand", "Doors", "Ways in.", include=("Hubs",), cues=("door",))
    for theme in (CHANGED, doors):
        changing.make(session, survey, planning.to_add(theme), hand(0))
    passages = session.scalars(
        select(Passage).where(Passage.survey_id == survey.id).order_by(Passage.key).limit(3)
    ).all()
    for one, verdict in zip(passages, ("add", "add", "reject"), strict=True):
        session.add(_decision(survey, one, verdict, person))
    wider = replace(CHANGED, definition="Families ring, and are rung.", include=("Calls back",))
    changing.make(session, survey, planning.to_reword(wider, changes_meaning=True), hand(2))
    for number, key in enumerate(("every-page", "set-aside")):
        session.add(
            Emerging(
                key=key,
                survey_id=survey.id,
                terms=["agency staff", "caseload", "turnover", "supervision"],
                passages=[one.key for one in passages],
                authorities=2,
                place=number,
                details={"elsewhere": 0, "times": 12.9},
            )
        )
    emerging.set_aside(session, survey, "set-aside", hand(3), back=False)
    laying.lay(session, survey, {one.response for one in passages})
    # Other rooms show what was derived as it is.
    derived = session.get_one(Derivation, survey.id)
    derived.asked_at, derived.fingerprint = None, fingerprint.of(session, survey)
    session.flush()
    return {}


def _decision(survey: Survey, passage: Passage, verdict: str, coder: Person) -> Decision:
    return Decision(
        survey=survey,
        response=passage.response,
        start=passage.start,
        end=passage.end,
        words=passage.words,
        theme="S71",
        verdict=verdict,
        coder=coder,
        codebook=survey.codebook,
        made_at=NOON + dt.timedelta(days=1),
    )
