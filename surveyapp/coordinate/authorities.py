"""The register of authorities brought up to date, and which of them a survey asks.

A table is checked first, row by row, and nothing is written before a person has seen it.
"""

import csv
import datetime as dt
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

import sqlalchemy as sa
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.coordinate import running, services
from surveyapp.coordinate.spreadsheets import SpreadsheetError
from surveyapp.definitions import register
from surveyapp.definitions.faults import DefinitionError, Fault
from surveyapp.definitions.register import RegisteredAuthority
from surveyapp.errors import SurveyError
from surveyapp.models import (
    Answer,
    AuditEvent,
    Authority,
    Contributor,
    Interview,
    Link,
    Mail,
    SectionState,
    Submission,
    Survey,
)

Verdict = Literal["add", "change", "same"]
OfReturn = Answer | Interview | Link | Mail | AuditEvent
MOST_ROWS: Final = 600
COMPARED: Final[Mapping[str, str]] = {
    "name": "name",
    "official_name": "official name",
    "type": "type",
    "valid_from": "first day",
    "valid_to": "last day",
    "successor": "successor",
    "aliases": "other names",
    "places": "places",
    "brands": "brands",
}


class StaysError(SurveyError):
    """An authority that cannot be taken out of a survey any more."""


@dataclass(frozen=True, slots=True)
class Checked:
    """One authority of the table: what will become of it, in words."""

    authority: RegisteredAuthority
    verdict: Verdict
    words: str


@dataclass(frozen=True, slots=True)
class Check:
    """A table of authorities; it is written only where nothing is wrong with it."""

    rows: tuple[Checked, ...]
    faults: tuple[Fault, ...] = ()

    def count(self, verdict: Verdict) -> int:
        """Count the rows with one verdict."""
        return sum(row.verdict == verdict for row in self.rows)

    @property
    def wanted(self) -> tuple[RegisteredAuthority, ...]:
        """Return the authorities that will be written."""
        changed = (row.authority for row in self.rows if row.verdict != "same")
        return () if self.faults else tuple(changed)


@dataclass(frozen=True, slots=True)
class Place:
    """One authority in a survey, and why it cannot be taken out, where it cannot."""

    submission: Submission
    stays: str


@dataclass(frozen=True, slots=True)
class Group:
    """Authorities that are chosen together, and what they are, in words."""

    name: str
    authorities: tuple[Authority, ...]


def check(text: str, known: Mapping[str, RegisteredAuthority], name: str = register.NAME) -> Check:
    """Return what a table of authorities would add and change, and what is wrong with it."""
    tidy = _tidy(text)
    if tidy.count("\n") > MOST_ROWS + 1:
        raise SpreadsheetError(f"The file has more than {MOST_ROWS} rows. Send it in parts.")
    try:
        entries, faults = register.understand(tidy, name, known)
    except DefinitionError as error:
        return Check((), error.faults)
    codes = {*known, *(one.code for one in entries)}
    # A successor that is only named is not kept: the register knows authorities by their code.
    kept = (one if one.successor in codes else replace(one, successor="") for one in entries)
    return Check(tuple(_checked(one, known.get(one.code)) for one in kept), tuple(faults))


def known(session: Session) -> dict[str, RegisteredAuthority]:
    """Return the register as it stands."""
    rows = session.scalars(select(Authority).order_by(Authority.name, Authority.code))
    return {row.code: _registered(row) for row in rows}


def bring_up_to_date(session: Session, checked: Check) -> int:
    """Write the authorities of a table that was checked, and count them."""
    return len(services.register(session, checked.wanted))


def places(session: Session, survey: Survey) -> tuple[Place, ...]:
    """Return the authorities that a survey asks, by name."""
    reasons = _reasons(session, survey)
    return tuple(
        Place(one, reasons.get(one.authority_code, "")) for one in running.by_name(session, survey)
    )


def candidates(session: Session, survey: Survey) -> Sequence[Authority]:
    """Return the authorities that stood when a survey opened and are not asked."""
    asked = select(Submission.authority_code).where(Submission.survey_id == survey.id)
    rows = session.scalars(
        select(Authority).where(Authority.code.not_in(asked)).order_by(Authority.name)
    )
    return tuple(one for one in rows if one.stood_on(survey.opens_on))


def grouped(some: Iterable[Authority], folder: str, text: str) -> tuple[Group, ...]:
    """Return authorities in groups: those in the register of a survey's folder, then others."""
    codes = {row[0] for row in csv.reader(io.StringIO(text, newline="")) if row}
    all_of_them = tuple(some)
    own = tuple(one for one in all_of_them if one.code in codes)
    others = tuple(one for one in all_of_them if one.code not in codes)
    named = (Group(f"the register of {folder}", own), Group("the others in the register", others))
    return tuple(group for group in named if group.authorities)


def take_out(session: Session, survey: Survey, submission: Submission) -> None:
    """Ask an authority no more; refused once anything has come of it."""
    reason = _reasons(session, survey).get(submission.authority_code)
    if reason:
        raise StaysError(reason)
    for model in (SectionState, Contributor):
        session.execute(sa.delete(model).where(model.submission_id == submission.id))
    session.delete(submission)
    session.flush()


def _reasons(session: Session, survey: Survey) -> Mapping[str, str]:
    """Return why authorities stay, by code: what they said first, then what was sent or noted."""
    found: dict[str, str] = {}
    for model, reason in STAYS:
        rows = session.scalars(
            select(Submission.authority_code)
            .join(model, model.submission_id == Submission.id)
            .where(Submission.survey_id == survey.id)
            .distinct()
        )
        for code in rows:
            found.setdefault(code, reason)
    return found


STAYS: Final[tuple[tuple[type[OfReturn], str], ...]] = (
    (Answer, "It has answered, so it stays."),
    (Interview, "It has been interviewed, so it stays."),
    (Link, "Its people have been invited, so it stays. Pause its reminders instead."),
    (Mail, "Its people have been written to, so it stays. Pause its reminders instead."),
    (AuditEvent, "The audit trail tells of it, so it stays. Pause its reminders instead."),
)


def _checked(entry: RegisteredAuthority, old: RegisteredAuthority | None) -> Checked:
    if old is None:
        return Checked(entry, "add", f"{entry.name} is added.")
    words = " ".join(_changes(entry, old))
    return Checked(entry, "change" if words else "same", words or "Nothing changes.")


def _changes(entry: RegisteredAuthority, old: RegisteredAuthority) -> Iterator[str]:
    for field, name in COMPARED.items():
        was, now = _words(getattr(old, field)), _words(getattr(entry, field))
        if was != now:
            yield f"The {name} {was or '(none)'} becomes {now or '(none)'}."


def _words(value: object) -> str:
    if isinstance(value, tuple):
        return "; ".join(map(str, value))
    return value.isoformat() if isinstance(value, dt.date) else str(value or "")


def _registered(row: Authority) -> RegisteredAuthority:
    return RegisteredAuthority(
        code=row.code,
        name=row.name,
        official_name=row.official_name,
        type=row.type,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        successor=row.successor_code or "",
        aliases=tuple(row.aliases),
        places=tuple(row.places),
        brands=tuple(row.brands),
    )


def _tidy(text: str) -> str:
    """Leave out the empty columns that Excel keeps on the right."""
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except csv.Error as error:
        raise SpreadsheetError(f"The file cannot be read: {error}.") from error
    widest = max((at for row in rows for at, cell in enumerate(row, start=1) if cell), default=0)
    tidy = io.StringIO(newline="")
    csv.writer(tidy).writerows(row[:widest] for row in rows if any(row))
    return tidy.getvalue()
