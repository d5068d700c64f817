"""Files of a return: what was found in them, and which of them a person has to look at."""

import uuid
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from surveyapp.identifying.files import unread_at_once
from surveyapp.models import Clearing, Inspected, Mark, Submission, Upload

UNREAD: Final = "unread file"
"""A kind of mark: nothing was found, because no machine can read the file, or not all of it."""
WAITING: Final = "it is being looked through"


@dataclass(frozen=True, slots=True)
class MarkedFile:
    """A file, the kinds of what was found in it, and why a person has to look at it.

    One that nobody has looked through yet is waiting.
    """

    name: str
    kinds: tuple[str, ...] = ()
    unread: str = ""
    is_waiting: bool = False

    @property
    def is_told_of(self) -> bool:
        """Tell whether there is anything to say of it."""
        return bool(self.kinds or self.unread or self.is_waiting)


def files(session: Session, submission: Submission, here: Collection[str]) -> Sequence[MarkedFile]:
    """Return the files of a return that there is something to say of, in three queries.

    What was found is said on every page; what is still to be looked at, where the file is shown:
    `here` are the ids of those that a page shows.
    """
    there = session.execute(
        select(Upload.id, Upload.file_name, Upload.media_type)
        .where(Upload.submission_id == submission.id, Upload.removed_at.is_(None))
        .order_by(Upload.at, Upload.id)
    ).all()
    if not there:
        return ()
    places = [_place(one.id) for one in there]
    seen = select(Inspected.place).where(
        Inspected.survey_id == submission.survey_id, Inspected.place.in_(places)
    )
    known, marks = set(session.scalars(seen)), _marks(session, places)
    told = []
    for one in there:
        place = _place(one.id)
        why = "" if place in known else unread_at_once(one.media_type) or WAITING
        found = _told(one.file_name, marks.get(place, ()), why)
        told.append(found if str(one.id) in here else MarkedFile(found.name, found.kinds))
    return [one for one in told if one.is_told_of]


def _told(name: str, marks: Iterable[tuple[str, str]], why: str) -> MarkedFile:
    kinds = sorted({kind for kind, _ in marks if kind != UNREAD})
    unread = why or next((reason for kind, reason in marks if kind == UNREAD), "")
    if unread == WAITING:
        return MarkedFile(name, tuple(kinds), is_waiting=True)
    return MarkedFile(name, tuple(kinds), unread)


def _marks(session: Session, places: Sequence[str]) -> dict[str, list[tuple[str, str]]]:
    """Return kind and reason of the marks at some places that nobody has cleared."""
    cleared = (
        select(func.count())
        .select_from(Clearing)
        .where(
            Clearing.survey_id == Mark.survey_id,
            Clearing.place == Mark.place,
            Clearing.words_sha256 == Mark.words_sha256,
            Clearing.verdict == "cleared",
        )
        .scalar_subquery()
    )
    found: dict[str, list[tuple[str, str]]] = {}
    marks = select(Mark.place, Mark.kind, Mark.reason)
    for place, kind, reason in session.execute(marks.where(Mark.place.in_(places), cleared == 0)):
        found.setdefault(place, []).append((kind, reason))
    return found


def _place(id: uuid.UUID) -> str:
    return f"upload/{id.hex}"
