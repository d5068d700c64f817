"""Files of a return in which something was found that may identify a child."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from surveyapp.models import Clearing, Mark, Submission, Upload


@dataclass(frozen=True, slots=True)
class MarkedFile:
    """A file and the kinds of what was found in it."""

    name: str
    kinds: tuple[str, ...]


def files(session: Session, submission: Submission) -> Sequence[MarkedFile]:
    """Return the files of a return with marks that nobody has cleared, in two queries."""
    rows = select(Upload.id, Upload.file_name).where(
        Upload.submission_id == submission.id, Upload.removed_at.is_(None)
    )
    names = {_place(id): name for id, name in session.execute(rows.order_by(Upload.at, Upload.id))}
    if not names:
        return ()
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
    found: dict[str, set[str]] = {}
    marks = select(Mark.place, Mark.kind).where(Mark.place.in_(names), cleared == 0)
    for place, kind in session.execute(marks):
        found.setdefault(place, set()).add(kind)
    return [
        MarkedFile(name, tuple(sorted(found[place])))
        for place, name in names.items()
        if place in found
    ]


def _place(id: uuid.UUID) -> str:
    return f"upload/{id.hex}"
