"""A codebook with a strand that nobody asks about, and decisions on it."""

import datetime as dt

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp import people
from surveyapp.coding.codebook import changing, planning
from surveyapp.coding.codebook.changing import Hand
from surveyapp.coding.codebook.planning import Plan
from surveyapp.coding.routes import typed_theme
from surveyapp.derived import laying
from surveyapp.material import codebooks
from surveyapp.models import Decision, Emerging, Passage, Person, Survey
from synthesis.codebook import Theme
from tests.surveyapp.building import NOON, somebody

FRONT_DOOR = "X06000001/S01.2"
LATER = NOON + dt.timedelta(days=1)
CALLS = Theme(
    code="S02",
    kind="strand",
    name="Telephone calls",
    definition="Families ring up.",
    include=("Calls",),
    cues=("call", "telephone"),
)
DOORS = Theme("S03", "strand", "Doors", "Ways in.", cues=("door",))


def kay(session: Session) -> Person:
    """Return somebody who runs the survey."""
    person = people.know(session, "kay@trees.example", "Kay Runs", "consultant")
    session.commit()
    return person


def make(session: Session, survey: Survey, plan: Plan, at: dt.datetime = LATER) -> None:
    """Make a change of the codebook, as Kay."""
    by = Hand(kay(session), at, survey.codebook_id, "It was asked for.")
    changing.make(session, survey, plan, by)
    session.commit()


def add(session: Session, survey: Survey, *themes: Theme) -> None:
    """Bring themes into the codebook before anything else happens."""
    for minutes, theme in enumerate(themes):
        at = NOON - dt.timedelta(days=1) + dt.timedelta(minutes=minutes)
        make(session, survey, planning.to_add(theme), at)


def passage(session: Session, response: str = FRONT_DOOR) -> Passage:
    """Return the first sentence of a response."""
    asked = select(Passage).where(Passage.response == response, Passage.drawn.is_(False))
    return session.scalars(asked.order_by(Passage.start)).first()


def decide(
    session: Session,
    survey: Survey,
    theme: str,
    verdict: str,
    *,
    coder: str = "Iris Notes",
    at: dt.datetime = NOON,
    on: Passage | None = None,
) -> Decision:
    """Decide on words of a response, by the codebook of now."""
    found = on or passage(session)
    row = Decision(
        survey=survey,
        response=found.response,
        start=found.start,
        end=found.end,
        words=found.words,
        theme=theme,
        verdict=verdict,
        coder=somebody(session, coder),
        codebook=survey.codebook,
        made_at=at,
    )
    session.add(row)
    session.flush()
    laying.lay(session, survey, [found.response])
    session.commit()
    return row


def theme(survey: Survey, code: str) -> Theme:
    """Return a theme of the codebook of now."""
    return codebooks.current(survey)[code]


def typed(new: Theme, survey: Survey, step: str, **more: object) -> dict[str, object]:
    """Return a form as a browser sends it."""
    one = typed_theme.of(new)
    return {**one.values, "seen": survey.codebook_id.hex, "step": step, **more}


def propose(session: Session, survey: Survey, key: str = "staff") -> Emerging:
    """Propose a theme that two passages point to."""
    keys = list(session.scalars(select(Passage.key).order_by(Passage.key)))[:2]
    row = Emerging(
        key=key,
        survey_id=survey.id,
        terms=["front door", "every call"],
        passages=keys,
        authorities=2,
        place=1,
        details={"elsewhere": 3, "times": 4.4},
    )
    session.add(row)
    session.commit()
    return row
