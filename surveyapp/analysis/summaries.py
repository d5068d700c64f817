"""What the consultant writes in a cell: saved by version, and stale once its passages change.

The trail notes which passages a summary was written from, by key and verdict and with no word of
them, so that the page can say later which came and which went.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

import sqlalchemy as sa
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, joinedload

from surveyapp import audit
from surveyapp.analysis import citing
from surveyapp.derived import laying
from surveyapp.errors import SurveyError
from surveyapp.models import (
    AuditEvent,
    Cell,
    Passage,
    Person,
    Submission,
    Summary,
    Survey,
    Tag,
)
from synthesis.codebook import Theme

SAVED, STILL_RIGHT = "summary.saved", "summary.still_right"
LONGEST: Final = 10_000
# Not “confirmed”: on the same page that is what people interviewed do.
VERDICTS: Final = {"": "suggested", "accept": "decided", "add": "decided", "reject": "rejected"}


class SummaryConflictError(SurveyError):
    """Somebody else saved the summary meanwhile; what they wrote is in the table."""


class BasisChangedError(SurveyError):
    """The passages under the cell changed while somebody was reading them."""


class RefusedError(SurveyError):
    """A summary that cannot be saved as it is."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A cell of the matrix: an authority's return, and a theme."""

    survey: Survey
    submission: Submission
    theme: Theme

    @property
    def authority(self) -> str:
        """Return the authority's code."""
        return self.submission.authority_code

    @property
    def name(self) -> str:
        """Return the authority's name."""
        return self.submission.authority.name


@dataclass(frozen=True, slots=True)
class Written:
    """A summary as it was typed, and what its author had before them."""

    text: str
    seen: int
    rests_on: str


@dataclass(frozen=True, slots=True)
class Hand:
    """Who does something, and when."""

    person: Person
    at: dt.datetime


@dataclass(frozen=True, slots=True)
class Change:
    """A passage that came or went since a summary was written; its words where they still stand."""

    key: str
    what: str
    passage: Passage | None


def of(session: Session, spot: Spot) -> Summary | None:
    """Return the summary of a cell; one whose text was emptied counts as none."""
    return session.scalars(
        select(Summary)
        .where(
            Summary.survey_id == spot.survey.id,
            Summary.authority_code == spot.authority,
            Summary.theme == spot.theme.code,
        )
        .options(joinedload(Summary.author))
        .execution_options(populate_existing=True)
    ).one_or_none()


def rests_on(cell: Cell | None) -> str:
    """Return what a summary that is written now rests on."""
    return cell.rests_on if cell is not None else laying.rests_on(())


def save(session: Session, spot: Spot, written: Written, by: Hand) -> None:
    """Keep what was written, if nobody else has saved meanwhile; nothing is committed."""
    written = replace(written, text=citing.once(written.text))
    _check(session, spot, written)
    values = {
        "text": written.text,
        "rests_on": written.rests_on,
        "version": written.seen + 1,
        "author_id": by.person.id,
        "updated_at": by.at,
    }
    if written.seen:
        _change(session, spot, written.seen, values)
    else:
        _begin(session, spot, values)
    _note(session, spot, by, SAVED, written.rests_on)


def still_right(session: Session, spot: Spot, seen: int, shown: str, by: Hand) -> None:
    """Let a summary rest on the passages as they are now; its words and its author stay.

    `shown` is what the reader had before them: where that has changed too, they look once more.
    """
    cell = session.get(Cell, (spot.survey.id, spot.authority, spot.theme.code))
    if rests_on(cell) != shown:
        raise BasisChangedError(
            "The passages changed again while you were reading. Look at them once more"
        )
    _change(session, spot, seen, {"rests_on": shown, "version": seen + 1})
    _note(session, spot, by, STILL_RIGHT, shown)


def changes(session: Session, spot: Spot) -> tuple[Change, ...] | None:
    """Return what came and went under a cell since its summary was last right.

    None where that cannot be told: what the summary was written from was not noted.
    """
    before = _basis(session, spot)
    if before is None:
        return None
    now = _now(session, spot)
    keys = [key for key in (*before, *now) if before.get(key) != now.get(key)]
    rows = session.execute(
        select(Passage, Tag.verdict)
        .outerjoin(Tag, sa.and_(Tag.passage_key == Passage.key, Tag.theme == spot.theme.code))
        .where(Passage.survey_id == spot.survey.id, Passage.key.in_(set(keys)))
        .order_by(Passage.place, Passage.key)
    ).all()
    there = {one.key: (one, verdict) for one, verdict in rows}
    told = [_told(key, before.get(key), now.get(key), there.get(key)) for key in there]
    lost = [Change(key, "its words are no longer there", None) for key in keys if key not in there]
    return (*told, *lost)


def _told(
    key: str, before: str | None, now: str | None, there: tuple[Passage, str | None] | None
) -> Change:
    passage, verdict = there or (None, None)
    if now is not None:
        came = "new here" if before is None else f"was {VERDICTS[before]}"
        return Change(key, f"{came}, now {VERDICTS[now]}", passage)
    why = citing.unusable(passage) if passage is not None else ""
    gone = "rejected" if verdict == "reject" else "not under this theme any more"
    return Change(key, why or gone, passage)


def _check(session: Session, spot: Spot, written: Written) -> None:
    if not written.text and not written.seen:
        raise RefusedError("Enter the summary")
    if len(written.text) > LONGEST:
        raise RefusedError(f"The summary must be {LONGEST:,} characters or fewer")
    found = citing.passages(session, spot.survey, spot.authority, written.text)
    citing.check(spot.name, written.text, found)


def _begin(session: Session, spot: Spot, values: Mapping[str, object]) -> None:
    place = {
        "survey_id": spot.survey.id,
        "authority_code": spot.authority,
        "theme": spot.theme.code,
    }
    try:
        with session.begin_nested():
            session.add(Summary(**place, **values))
    except IntegrityError as refused:
        raise SummaryConflictError("Somebody else has written this summary") from refused


def _change(session: Session, spot: Spot, seen: int, values: Mapping[str, object]) -> None:
    changed = session.execute(
        sa.update(Summary)
        .where(
            Summary.survey_id == spot.survey.id,
            Summary.authority_code == spot.authority,
            Summary.theme == spot.theme.code,
            Summary.version == seen,
        )
        .values(values)
        .returning(Summary.id)
    ).all()
    if not changed:
        raise SummaryConflictError("Somebody else has changed this summary")


def _note(session: Session, spot: Spot, by: Hand, action: str, shown: str) -> None:
    """Note what the summary rests on, where that is still what its author was shown."""
    now = _now(session, spot)
    basis = [f"{key}:{verdict}" for key, verdict in now.items()]
    detail = {"passages": basis} if laying.rests_on(now.items()) == shown else {}
    audit.record(session, action, spot.submission, by.person, theme=spot.theme.code, **detail)


def _now(session: Session, spot: Spot) -> Mapping[str, str]:
    """Return the passages that count in a cell, each with its verdict."""
    rows = session.execute(
        select(Passage.key, Tag.verdict)
        .join(Tag, Tag.passage_key == Passage.key)
        .where(
            Passage.survey_id == spot.survey.id,
            Passage.authority_code == spot.authority,
            Passage.use_level != "withheld",
            Passage.held.is_(False),
            Tag.theme == spot.theme.code,
            Tag.verdict != "reject",
        )
        .order_by(Passage.place, Passage.key)
    )
    return {row.key: row.verdict for row in rows}


def _basis(session: Session, spot: Spot) -> Mapping[str, str] | None:
    """Return the passages that the summary was last right for."""
    noted: Sequence[str] | None = session.scalar(
        select(AuditEvent.detail["passages"])
        .where(
            AuditEvent.submission_id == spot.submission.id,
            AuditEvent.action.in_((SAVED, STILL_RIGHT)),
            AuditEvent.detail["theme"].as_string() == spot.theme.code,
        )
        .order_by(AuditEvent.at.desc())
        .limit(1)
    )
    if noted is None:
        return None
    return dict(_pair(one) for one in noted)


def _pair(noted: str) -> tuple[str, str]:
    key, _, verdict = noted.partition(":")
    return key, verdict
