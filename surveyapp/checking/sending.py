"""Checks sent, until a day; reminded of, taken back; and silence recorded as such."""

import datetime as dt
import uuid
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import sqlalchemy as sa
from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload, sessionmaker

from surveyapp import audit, built, links, mail, people, published
from surveyapp.checking.listing import Line
from surveyapp.checking.quotations import Quotation
from surveyapp.config import Settings
from surveyapp.errors import SurveyError
from surveyapp.extensions import begin_writing
from surveyapp.mail.kinds import Kind
from surveyapp.mail.rendering import Rendered, render
from surveyapp.mail.working_days import after
from surveyapp.models import Build, CheckItem, MemberCheck, Person, Submission, Survey
from surveyapp.pages import ENGLAND

WORKING_DAYS: Final = 10
# Stands in a preview for the link, which is made only when the message is sent.
UNMADE_LINK: Final = "(their personal link)"
NOTHING_TO_ASK: Final = "There is nobody to ask, or nothing to look at."


class CannotSendError(SurveyError):
    """A check cannot be sent as things stand; the message says why."""


@dataclass(frozen=True, slots=True)
class Sender:
    """Who sends, when, and how this copy of the service is set up."""

    by: Person
    at: dt.datetime
    settings: Settings


@dataclass(frozen=True, slots=True)
class Asked:
    """What an authority is asked to look at: a build's quotations of it, until a day."""

    build: Build
    quotations: Sequence[Quotation]
    due_on: dt.date


def usual_last_day(at: dt.datetime) -> dt.date:
    """Return the day by which an answer is usually asked for: ten working days from now."""
    return after(at.astimezone(ENGLAND).date(), WORKING_DAYS)


def find(session: Session, survey: Survey, check_id: uuid.UUID) -> MemberCheck:
    """Return one check of this survey."""
    return session.scalars(
        select(MemberCheck)
        .join(MemberCheck.submission)
        .where(Submission.survey_id == survey.id, MemberCheck.id == check_id)
        .options(
            joinedload(MemberCheck.submission).joinedload(Submission.authority),
            joinedload(MemberCheck.person),
            selectinload(MemberCheck.items),
        )
    ).one()


def has_time(check: MemberCheck, on: dt.date) -> bool:
    """Say whether a check waits for its answer, and its day has not passed."""
    is_waiting = check.returned_at is None and check.taken_back_at is None
    return is_waiting and check.due_on >= on


def hindrance(survey: Survey, settings: Settings, signed_off: Build | None) -> str:
    """Say why nobody can be written to, or return ""."""
    if signed_off is not None:
        return f"{_ended(signed_off)} To ask anybody, take that sign-off back."
    if survey.is_example and settings.mail != "outbox":
        return "This survey is an example. Its people are invented, so nobody is written to."
    return ""


def preview(session: Session, line: Line, asked: Asked, by: Sender) -> Rendered:
    """Return the message that an authority will get; its link is made only when it is sent."""
    submission, to = line.submission, line.coordinator
    if to is None:
        raise CannotSendError(NOTHING_TO_ASK)
    contact = published.privacy(submission).contact
    told = _context(submission, by, asked.due_on, len(asked.quotations)) | {"link": UNMADE_LINK}
    ask = contact or people.invited_by(session, submission, to)
    return render("check_sent", to.name, told, ask)


def send(session: Session, line: Line, asked: Asked, by: Sender) -> MemberCheck:
    """Send an authority what a build prints of its words, to look at until a day."""
    if line.coordinator is None or not asked.quotations:
        raise CannotSendError(NOTHING_TO_ASK)
    check = MemberCheck(
        submission=line.submission,
        person=line.coordinator,
        build_id=asked.build.id,
        sent_by=by.by,
        sent_on=by.at.astimezone(ENGLAND).date(),
        due_on=asked.due_on,
    )
    session.add(check)
    session.flush()
    # There may be hundreds for each of hundreds: rows, and no objects.
    session.execute(sa.insert(CheckItem), list(_rows(check, asked.quotations)))
    _write(session, check, "check_sent", by, len(asked.quotations))
    told = {"count": len(asked.quotations), "due_on": asked.due_on}
    audit.record(session, "check.sent", line.submission, by.by, **told)
    return check


def remind(session: Session, check: MemberCheck, by: Sender) -> None:
    """Ask once more."""
    if check.returned_at is not None or check.taken_back_at is not None:
        raise CannotSendError("They have answered, or the check was taken back.")
    signed_off = built.first_signed_off(session, check.submission.survey)
    if signed_off is not None:
        raise CannotSendError(_ended(signed_off))
    _write(session, check, "check_reminder", by, len(check.items))
    audit.record(session, "check.reminded", check.submission, by.by)


def take_back(session: Session, check: MemberCheck, by: Person, at: dt.datetime) -> None:
    """Take a check back: what was said to it counts no more, and its links lead nowhere."""
    check.taken_back_at = at
    session.flush()
    audit.record(session, "check.taken_back", check.submission, by)


def this_moment() -> dt.datetime:
    """Return this moment."""
    return dt.datetime.now(dt.UTC)


def note_silence(
    sessions: sessionmaker[Session], now: Callable[[], dt.datetime] = this_moment
) -> None:
    """Note for every check whose day has passed that nobody has answered.

    Those that ended with the signature of a build are left: nobody could answer them any more.
    """
    today = now().astimezone(ENGLAND).date()
    signed_off = (
        select(Submission.id)
        .join(Build, Build.survey_id == Submission.survey_id)
        .where(built.SIGNED)
    )
    with sessions() as session:
        begin_writing(session)
        session.execute(
            sa.update(MemberCheck)
            .where(
                MemberCheck.due_on < today,
                MemberCheck.returned_at.is_(None),
                MemberCheck.taken_back_at.is_(None),
                MemberCheck.silent_on.is_(None),
                MemberCheck.submission_id.not_in(signed_off),
            )
            .values(silent_on=today)
        )
        session.commit()


def _ended(signed_off: Build) -> str:
    return f"Checks ended when build {signed_off.number} was signed off."


def _rows(check: MemberCheck, some: Sequence[Quotation]) -> Iterator[dict[str, object]]:
    for place, one in enumerate(some):
        where = {"response": one.response, "start": one.start, "end": one.end}
        yield {"check_id": check.id, "place": place, "words": one.words, **where}


def _write(session: Session, check: MemberCheck, kind: Kind, by: Sender, count: int) -> None:
    token = links.invite_to_check(session, check.person, check, by.at)
    told = _context(check.submission, by, check.due_on, count)
    mail.queue(
        session,
        kind=kind,
        to=check.person,
        key=f"{kind}:{check.id}:{by.at:%Y%m%d%H%M%S%f}",
        context=told | {"link": links.address(by.settings, token)},
        submission=check.submission,
    )


def _context(
    submission: Submission, by: Sender, answer_by: dt.date, count: int
) -> dict[str, object]:
    return {
        "survey_title": submission.survey.title,
        "authority": submission.authority.name,
        "sent_by": by.by.name,
        "answer_by": answer_by,
        "count": count,
    }
