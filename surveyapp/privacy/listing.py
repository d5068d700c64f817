"""What is held back, as a page shows it: words in context, and what was decided about them."""

import datetime as dt
import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any, Final, Literal

import sqlalchemy as sa
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from surveyapp.derived import inspecting
from surveyapp.identifying import lasting, texts
from surveyapp.identifying.marked import UNREAD
from surveyapp.models import Authority, Clearing, Mark, Person, Submission, Survey, Upload

Show = Literal["open", "held", "cleared", "erased"]
SHOWS: Final[Mapping[Show, str]] = {
    "open": "To decide",
    "held": "Kept held back",
    "cleared": "Cleared",
    "erased": "Erased",
}
A_PAGE: Final = 40
_AROUND: Final = 80
RESEARCHERS: Final = "Written by researchers"
GONE: Final = "The words are not there any more."


@dataclass(frozen=True, slots=True)
class View:
    """Which marks a page shows."""

    show: Show = "open"
    kind: str = ""
    page: int = 1


@dataclass(frozen=True, slots=True)
class Shown:
    """A mark with the words around it, and what was decided about it last."""

    id: uuid.UUID
    authority: str
    place: str
    what: str
    kind: str
    reason: str
    before: str
    words: str
    after: str
    is_file: bool
    # No machine can read it, or not all of it: a person has to look.
    is_unread: bool
    upload: Upload | None
    decided: str
    by: str
    at: dt.datetime | None


@dataclass(frozen=True, slots=True)
class Around:
    """What marks are shown with: the names of authorities, and the files that marks are in."""

    names: Mapping[str, str]
    sent: Mapping[str, Upload]


@dataclass(frozen=True, slots=True)
class Trace:
    """Words that were erased: where they stood, by whom and why; never what they were."""

    authority: str
    what: str
    kind: str
    reason: str
    by: str
    at: dt.datetime


@dataclass(frozen=True, slots=True)
class Listing:
    """A page of marks by authority, or of what was erased, and how many there are of each."""

    view: View
    groups: Sequence[tuple[str, Sequence[Shown]]]
    erased: Sequence[Trace]
    counts: Mapping[str, int]
    kinds: Mapping[str, int]

    @property
    def total(self) -> int:
        """Return how many there are on all pages together."""
        kind = self.view.kind
        return self.kinds.get(kind, 0) if kind else self.counts[self.view.show]

    @property
    def pages(self) -> int:
        """Return how many pages there are."""
        return max(1, -(-self.total // A_PAGE))


def read(session: Session, survey: Survey, view: View, uploads: Path) -> Listing:
    """Return a page of what is held back, in a fixed number of queries."""
    kinds = _kinds(session, survey, view)
    shown = () if view.show == "erased" else _shown(session, survey, view, uploads)
    return Listing(
        view=view,
        groups=[(name, list(rows)) for name, rows in groupby(shown, lambda one: one.authority)],
        erased=_erased(session, survey, view) if view.show == "erased" else (),
        counts=_counts(session, survey),
        kinds=kinds,
    )


def chosen(session: Session, survey: Survey, ids: Sequence[uuid.UUID]) -> Sequence[Mark]:
    """Return the marks of a survey with these ids; others are passed over."""
    rows = select(Mark).where(Mark.survey_id == survey.id, Mark.id.in_(ids))
    return session.scalars(rows.order_by(Mark.authority_code, Mark.place, Mark.start)).all()


def all_of(session: Session, survey: Survey, view: View) -> Sequence[Mark]:
    """Return every mark that a view shows, on whatever page."""
    rows = _of_view(select(Mark), survey, view)
    return session.scalars(rows.order_by(Mark.authority_code, Mark.place, Mark.start)).all()


def told(session: Session, survey: Survey, marks: Sequence[Mark], uploads: Path) -> list[Shown]:
    """Return some marks with the words around them, the first ones as far as a page holds."""
    few = marks[:A_PAGE]
    there = inspecting.everything(session, survey, uploads, _readable(few))
    said = {one.place: inspecting.words(uploads, one) for one in there}
    around = _around(session, survey, few)
    return [_one(one, said.get(one.place, ""), around, ("", "", None)) for one in few]


def called(place: str, upload: Upload | None = None) -> str:
    """Say which text stands at a place, with the question that it is given under."""
    label = texts.label(place)
    if label == "Answer":
        return f"{label} to {place.split('/')[1]}" if "/" in place else label
    return f"{label} under {upload.question_code}" if upload else label


def _last(survey: Survey) -> sa.Subquery:
    """Select what was decided last about words at a place."""
    number = func.row_number().over(
        partition_by=(Clearing.place, Clearing.words_sha256),
        order_by=(Clearing.at.desc(), Clearing.id.desc()),
    )
    rows = select(Clearing, number.label("nth")).where(
        Clearing.survey_id == survey.id,
        Clearing.verdict != "erased",
        # These are notes that nobody has decided yet.
        Clearing.kind.not_like(f"{lasting.KIND}:%"),
    )
    return rows.subquery()


def _of_view(rows: sa.Select[Any], survey: Survey, view: View) -> sa.Select[Any]:
    rows, verdict = _decided(rows, survey)
    rows = rows.where(verdict == view.show)
    return rows.where(Mark.kind == view.kind) if view.kind else rows


def _decided(rows: sa.Select[Any], survey: Survey) -> tuple[sa.Select[Any], sa.ColumnElement[str]]:
    """Join marks with what was decided about them; one that nobody decided on is open."""
    last = _last(survey)
    joined = rows.select_from(Mark).outerjoin(
        last,
        sa.and_(
            last.c.place == Mark.place,
            last.c.words_sha256 == Mark.words_sha256,
            last.c.nth == 1,
        ),
    )
    verdict = func.coalesce(last.c.verdict, "open")
    rows = joined.add_columns(last.c.reason, last.c.by_id, last.c.at)
    return rows.where(Mark.survey_id == survey.id), verdict


def _counts(session: Session, survey: Survey) -> dict[str, int]:
    rows, verdict = _decided(select(Mark.id), survey)
    inner = rows.with_only_columns(verdict.label("verdict")).subquery()
    told = select(inner.c.verdict, func.count()).group_by(inner.c.verdict)
    erased = select(func.count()).where(
        Clearing.survey_id == survey.id, Clearing.verdict == "erased"
    )
    found = dict(session.execute(told).all())
    found["erased"] = session.scalar(erased.select_from(Clearing)) or 0
    return {one: found.get(one, 0) for one in SHOWS}


def _kinds(session: Session, survey: Survey, view: View) -> dict[str, int]:
    if view.show == "erased":
        rows = select(Clearing.kind, func.count()).where(
            Clearing.survey_id == survey.id, Clearing.verdict == "erased"
        )
        return dict(session.execute(rows.group_by(Clearing.kind).order_by(Clearing.kind)).all())
    marks = _of_view(select(Mark.kind), survey, View(view.show))
    inner = marks.with_only_columns(Mark.kind.label("kind")).subquery()
    told = select(inner.c.kind, func.count()).group_by(inner.c.kind).order_by(inner.c.kind)
    return dict(session.execute(told).all())


def _shown(session: Session, survey: Survey, view: View, uploads: Path) -> list[Shown]:
    rows = _of_view(select(Mark), survey, view)
    rows = rows.order_by(Mark.authority_code, Mark.place, Mark.start, Mark.id)
    found = session.execute(rows.limit(A_PAGE).offset((view.page - 1) * A_PAGE)).all()
    there = inspecting.everything(session, survey, uploads, _readable(row[0] for row in found))
    said = {one.place: inspecting.words(uploads, one) for one in there}
    around = _around(session, survey, [row[0] for row in found])
    people = _people(session, {row[2] for row in found if row[2]})
    return [
        _one(mark, said.get(mark.place, ""), around, (reason, people.get(by, ""), at))
        for mark, reason, by, at in found
    ]


def _one(
    mark: Mark, text: str, around: Around, decided: tuple[str, str, dt.datetime | None]
) -> Shown:
    before, words, after = _context(mark, text, around)
    return Shown(
        id=mark.id,
        authority=around.names.get(mark.authority_code, RESEARCHERS),
        place=mark.place,
        what=called(mark.place, around.sent.get("/".join(mark.place.split("/")[:2]))),
        kind=mark.kind,
        reason=mark.reason,
        before=before,
        words=words,
        after=after,
        is_file=texts.is_file(mark.place),
        is_unread=mark.kind == UNREAD,
        upload=around.sent.get(mark.place),
        decided=decided[0] or "",
        by=decided[1],
        at=decided[2],
    )


def _context(mark: Mark, text: str, around: Around) -> tuple[str, str, str]:
    """Return a mark's words, and what stands before and after; of an unread file, its name."""
    if mark.kind == UNREAD:
        upload = around.sent.get(mark.place)
        return "", upload.file_name if upload else "", ""
    words = text[mark.start : mark.end]
    if inspecting.known_by(words) != mark.words_sha256:
        return "", GONE, ""
    start = max(0, mark.start - _AROUND)
    before = ("…" if start else "") + text[start : mark.start]
    return before, words, text[mark.end : mark.end + _AROUND] + _more(text, mark.end)


def _more(text: str, end: int) -> str:
    return "…" if len(text) > end + _AROUND else ""


def _erased(session: Session, survey: Survey, view: View) -> list[Trace]:
    rows = select(Clearing).where(Clearing.survey_id == survey.id, Clearing.verdict == "erased")
    rows = rows.where(Clearing.kind == view.kind) if view.kind else rows
    rows = rows.order_by(Clearing.at.desc(), Clearing.id)
    found = session.scalars(rows.limit(A_PAGE).offset((view.page - 1) * A_PAGE)).all()
    names = authorities(session, survey)
    people = _people(session, {one.by_id for one in found})
    return list(_traces(found, names, people))


def _traces(
    found: Sequence[Clearing], names: Mapping[str, str], people: Mapping[uuid.UUID, str]
) -> Iterator[Trace]:
    for one in found:
        authority = names.get(one.place.partition("/")[0], "")
        what = called(one.place)
        yield Trace(authority, what, one.kind, one.reason, people.get(one.by_id, ""), one.at)


def _readable(marks: Iterable[Mark]) -> set[str]:
    """Return the places of marks whose words can be shown."""
    return {one.place for one in marks if one.kind != UNREAD}


def _around(session: Session, survey: Survey, marks: Sequence[Mark]) -> Around:
    places = (one.place.split("/") for one in marks)
    ids = {uuid.UUID(part[1]) for part in places if part[0] == "upload"}
    sent = session.scalars(select(Upload).where(Upload.id.in_(ids)))
    return Around(authorities(session, survey), {f"upload/{one.id.hex}": one for one in sent})


def authorities(session: Session, survey: Survey) -> dict[str, str]:
    """Return the names of the authorities of a survey, by their codes."""
    rows = (
        select(Authority.code, Authority.name)
        .join(Submission, Submission.authority_code == Authority.code)
        .where(Submission.survey_id == survey.id)
    )
    return dict(session.execute(rows).all())


def _people(session: Session, ids: set[uuid.UUID]) -> dict[uuid.UUID, str]:
    return dict(session.execute(select(Person.id, Person.name).where(Person.id.in_(ids))).all())
