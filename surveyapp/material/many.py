"""What was decided and finished many at a time, from a list, without opening each passage."""

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping, Sequence
from typing import Final, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.material.decided import Carried
from surveyapp.models import CodedPassage, CodingAct, Survey
from synthesis.material import Finished

KIND: Final = "many"
"""What the act is called that decides on all suggestions of a list."""
Place = tuple[str, int, int]


class Unopened(NamedTuple):
    """How many decisions stand, and how many passages are finished, that nobody opened."""

    decided: int = 0
    finished: int = 0


class _Made(NamedTuple):
    """What tells one decision from every other: who made it, on which words, and when.

    The theme is empty where a passage was finished.
    """

    coder_id: uuid.UUID
    place: Place
    theme: str
    at: dt.datetime


def unopened(
    session: Session,
    survey: Survey,
    made: Sequence[Carried],
    texts: Mapping[str, str],
    finished: Iterable[Finished],
) -> Unopened:
    """Count what stands as an act on many passages left it, in two queries.

    A decision on a passage that a coder has finished by itself since was looked at after all.
    """
    from_a_list = _from_a_list(session, survey)
    if not from_a_list:
        return Unopened()
    opened = _opened(session, survey, from_a_list)
    standing = [
        one for one in made if texts.get(one.response, "")[one.start : one.end] == one.words
    ]
    return Unopened(
        decided=sum(_made(one) in from_a_list and _place(one) not in opened for one in standing),
        finished=sum(_place(one) not in opened for one in finished),
    )


def opened(session: Session, survey: Survey, finished: Iterable[Finished]) -> tuple[Finished, ...]:
    """Return the finished words that a coder opened, and did not finish from a list."""
    from_a_list = _from_a_list(session, survey)
    if not from_a_list:
        return tuple(finished)
    places = _opened(session, survey, from_a_list)
    return tuple(one for one in finished if _place(one) in places)


def _from_a_list(session: Session, survey: Survey) -> frozenset[_Made]:
    """Return everything that acts on many passages decided or finished."""
    acts = session.execute(
        select(CodingAct.coder_id, CodingAct.after).where(
            CodingAct.survey_id == survey.id,
            CodingAct.kind == KIND,
            CodingAct.undone_at.is_(None),
        )
    )
    found: set[_Made] = set()
    for coder_id, after in acts:
        for _, *place, theme, _, _, at in after["decisions"]:
            found.add(_Made(coder_id, _whole(place), theme, dt.datetime.fromisoformat(at)))
        for _, *place, _, at, _ in after["finished"]:
            found.add(_Made(coder_id, _whole(place), "", dt.datetime.fromisoformat(at)))
    return frozenset(found)


def _opened(session: Session, survey: Survey, from_a_list: frozenset[_Made]) -> set[Place]:
    """Return the places of the passages that a coder finished otherwise than from a list."""
    rows = session.execute(
        select(
            CodedPassage.response,
            CodedPassage.start,
            CodedPassage.end,
            CodedPassage.coder_id,
            CodedPassage.at,
        ).where(CodedPassage.survey_id == survey.id, CodedPassage.sample_id.is_(None))
    )
    return {
        (response, start, end)
        for response, start, end, coder_id, at in rows
        if _Made(coder_id, (response, start, end), "", at) not in from_a_list
    }


def _made(one: Carried) -> _Made:
    return _Made(one.row.coder_id, _place(one), one.row.theme, one.row.made_at)


def _place(one: Carried | Finished) -> Place:
    return one.response, one.start, one.end


def _whole(place: Sequence[str | int]) -> Place:
    response, start, end = place
    return str(response), int(start), int(end)
