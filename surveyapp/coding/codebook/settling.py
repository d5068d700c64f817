"""Decisions looked at again: kept, taken off, or given to parts of a theme that was split."""

import datetime as dt
import uuid
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp import audit
from surveyapp.derived import acts, laying
from surveyapp.derived.acts import Change, Hand, On, Place
from surveyapp.material import course
from surveyapp.material.course import Course
from surveyapp.models import CodingAct, Decision, Passage, Person, Response, Survey, Tag
from surveyapp.models.decision import Verdict

KEEP: Final = "keep"
TAKE_OFF: Final = "take off"
ALL: Final = "all"
GIVEN: Final = "look again"
TURNED_DOWN: Final = "look again, turned down"
"""The acts of settling decisions that gave a theme, and of settling those that turned one down."""
Spot = tuple[str, int, int]
"""A response's id, and where in it some words begin and end."""


@dataclass(frozen=True, slots=True)
class Ruling:
    """A verdict on a theme, on the words of an earlier decision."""

    row: Decision
    theme: str
    verdict: Verdict


def settle(
    session: Session,
    survey: Survey,
    choices: Mapping[uuid.UUID, str],
    person: Person,
    at: dt.datetime,
) -> CodingAct | None:
    """Decide anew as was chosen for each decision, as one act that can be undone.

    A choice keeps or takes off the theme; for one that was split it is a part's code, or all.
    """
    rows = standing(session, survey, choices)
    gone = course.read(session, survey)
    rulings = [one for row in rows for one in _rulings(row, choices[row.id], gone)]
    suggested = _suggested(session, survey, rulings)
    known = _known(session, survey, rulings, person)
    verdicts: dict[On, str] = {}
    for one in rulings:
        mine = known.get((_spot(one.row), one.theme))
        if mine is not None and mine.sample_id is not None:
            continue  # what they said as a blind coder stays as they said it
        verdicts[On(Place(*_spot(one.row)), one.theme)] = _worded(one, suggested)
    kind = TURNED_DOWN if all(row.verdict == "reject" for row in rows) else GIVEN
    act = acts.perform(session, survey, Hand(person, at), kind, Change(verdicts))
    audit.record(session, "decisions.looked_at_again", survey, person, count=len(rows))
    return act


def standing(session: Session, survey: Survey, ids: Collection[uuid.UUID]) -> Sequence[Decision]:
    """Return those of some decisions whose words are still where the coder saw them."""
    rows = session.execute(
        select(Decision, Response.text)
        .join(
            Response,
            (Response.survey_id == Decision.survey_id) & (Response.id == Decision.response),
        )
        .where(Decision.survey_id == survey.id, Decision.sample_id.is_(None), Decision.id.in_(ids))
        .order_by(Decision.made_at, Decision.id)
    ).all()
    return [one for one, text in rows if text[one.start : one.end] == one.words]


def write(
    session: Session,
    survey: Survey,
    rulings: Collection[Ruling],
    by: tuple[Person, dt.datetime],
    suggested: Collection[tuple[Spot, str]] = frozenset(),
) -> None:
    """Write verdicts in a person's name under the codebook of now, and lay them."""
    person, at = by
    codebook = survey.codebook
    known = _known(session, survey, rulings, person)
    for one in rulings:
        spot = _spot(one.row)
        verdict = _worded(one, suggested)
        mine = known.get((spot, one.theme))
        if mine is not None and mine.sample_id is not None:
            continue  # what they said as a blind coder stays as they said it
        if mine is None:
            mine = Decision(
                survey=survey,
                response=one.row.response,
                start=one.row.start,
                end=one.row.end,
                theme=one.theme,
                coder=person,
                words=one.row.words,
                verdict=verdict,
                codebook=codebook,
                made_at=at,
            )
            known[spot, one.theme] = mine
            session.add(mine)
        mine.words, mine.verdict = one.row.words, verdict
        mine.codebook, mine.made_at = codebook, at
    session.flush()
    laying.lay(session, survey, {one.row.response for one in rulings})


def _rulings(row: Decision, choice: str, gone: Course) -> Iterator[Ruling]:
    """Yield the verdicts that a choice comes to; nothing for one that is not offered."""
    ends = gone.ends(row.theme)
    if gone.is_split(row.theme):
        if choice not in (ALL, TAKE_OFF, *ends):
            return
        for theme in ends:
            yield Ruling(row, theme, "add" if choice in (ALL, theme) else "reject")
        return
    kept: Verdict = "reject" if row.verdict == "reject" else "add"
    other: Verdict = "add" if row.verdict == "reject" else "reject"
    for theme in ends:
        if choice in (KEEP, TAKE_OFF):
            yield Ruling(row, theme, kept if choice == KEEP else other)


def _worded(one: Ruling, suggested: Collection[tuple[Spot, str]]) -> Verdict:
    """Return a verdict as it is written: who gives what is suggested accepts it."""
    if one.verdict == "reject":
        return "reject"
    return "accept" if (_spot(one.row), one.theme) in suggested else "add"


def _spot(row: Decision) -> Spot:
    return row.response, row.start, row.end


def _known(
    session: Session, survey: Survey, rulings: Collection[Ruling], person: Person
) -> dict[tuple[Spot, str], Decision]:
    """Return what this person has decided before on these responses and themes."""
    rows = session.scalars(
        select(Decision).where(
            Decision.survey_id == survey.id,
            Decision.coder_id == person.id,
            Decision.response.in_({one.row.response for one in rulings}),
            Decision.theme.in_({one.theme for one in rulings}),
        )
    )
    return {(_spot(row), row.theme): row for row in rows}


def _suggested(
    session: Session, survey: Survey, rulings: Collection[Ruling]
) -> set[tuple[Spot, str]]:
    """Return which of these themes are suggested where they are decided on."""
    rows = session.execute(
        select(Passage.response, Passage.start, Passage.end, Tag.theme)
        .join(Tag, Tag.passage_key == Passage.key)
        .where(
            Passage.survey_id == survey.id,
            Passage.response.in_({one.row.response for one in rulings}),
            Tag.theme.in_({one.theme for one in rulings}),
            Tag.score.is_not(None),
        )
    )
    return {((response, start, end), theme) for response, start, end, theme in rows}
