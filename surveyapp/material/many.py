"""What was decided and finished many at a time, from a list, without opening each passage."""

import datetime as dt
import uuid
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.material.decided import Carried, Made
from surveyapp.models import CodedPassage, CodingAct, Survey
from synthesis.material import Finished

KIND: Final = "many"
"""What the act is called that decides on all suggestions of a list."""
Place = tuple[str, int, int]


class _Made(NamedTuple):
    """What tells one decision from every other: who made it, on which words, and when.

    The theme is empty where a passage was finished.
    """

    coder_id: uuid.UUID
    place: Place
    theme: str
    at: dt.datetime


@dataclass(frozen=True, slots=True)
class Listed:
    """What acts on many passages left behind, and the places that a coder opened all the same.

    A decision on a passage that a coder has finished by itself since was looked at after all.
    """

    made: frozenset[_Made]
    opened: Container[Place]

    def decided(self, one: Carried[Made]) -> bool:
        """Say whether a decision stands as such an act left it."""
        row = one.row
        place = row.response, row.start, row.end
        was = _Made(row.coder_id, place, row.theme, row.made_at)
        return was in self.made and place not in self.opened

    def finished(self, one: Finished) -> bool:
        """Say whether words were finished by such an act, and never opened."""
        return bool(self.made) and (one.response, one.start, one.end) not in self.opened


def listed(session: Session, survey: Survey) -> Listed:
    """Return what was decided and finished from lists, in two queries."""
    from_a_list = _from_a_list(session, survey)
    return Listed(from_a_list, _opened(session, survey, from_a_list) if from_a_list else ())


def opened(session: Session, survey: Survey, finished: Iterable[Finished]) -> tuple[Finished, ...]:
    """Return the finished words that a coder opened, and did not finish from a list."""
    unopened = listed(session, survey).finished
    return tuple(one for one in finished if not unopened(one))


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


def _whole(place: Sequence[str | int]) -> Place:
    response, start, end = place
    return str(response), int(start), int(end)
