"""Checks sent: to whom, until when, reminded of, taken back; and silence recorded as such."""

import datetime as dt
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import sqlalchemy as sa
from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload, sessionmaker

from surveyapp import audit, built, links, mail
from surveyapp.checking import quotations
from surveyapp.checking.quotations import Quotation
from surveyapp.config import Settings
from surveyapp.errors import SurveyError
from surveyapp.extensions import begin_writing
from surveyapp.mail.kinds import Kind
from surveyapp.mail.working_days import after
from surveyapp.models import (
    Authority,
    Build,
    CheckItem,
    Contributor,
    MemberCheck,
    Person,
    Submission,
    Survey,
)
from surveyapp.pages import ENGLAND

WORKING_DAYS: Final = 10
# The earliest first; whoever has answered can be asked again on the same day.
IN_TURN: Final = (MemberCheck.sent_on, MemberCheck.returned_at.is_(None), MemberCheck.id)


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


@dataclass(frozen=True, slots=True)
class Line:
    """One authority: its return, who would be asked, and its latest check, if there is one.

    `printed` counts the words that the latest build prints, `newer` those that its check has not.
    """

    submission: Submission
    coordinator: Person | None
    check: MemberCheck | None
    printed: int
    newer: int

    @property
    def count(self) -> int:
        """Return how many passages its check has, or would have."""
        return self.printed if self.check is None else len(self.check.items)

    @property
    def can_be_sent(self) -> bool:
        """Say whether there are words to look at, somebody to ask, and nobody is waited for."""
        is_waiting = self.check is not None and self.check.returned_at is None
        return self.printed > 0 and self.coordinator is not None and not is_waiting


def usual_last_day(at: dt.datetime) -> dt.date:
    """Return the day by which an answer is usually asked for: ten working days from now."""
    return after(at.astimezone(ENGLAND).date(), WORKING_DAYS)


def lines(
    session: Session, survey: Survey, printed: Mapping[str, tuple[Quotation, ...]]
) -> list[Line]:
    """Return every authority with how far its check is, in three queries."""
    submissions = session.scalars(
        select(Submission)
        .join(Submission.authority)
        .where(Submission.survey_id == survey.id)
        .options(
            joinedload(Submission.authority),
            selectinload(Submission.contributors).joinedload(Contributor.person),
        )
        .order_by(Authority.name, Authority.code)
    ).all()
    latest = {one.submission_id: one for one in all_of(session, survey)}
    return [
        _line(one, latest.get(one.id), printed.get(one.authority_code, ())) for one in submissions
    ]


def all_of(session: Session, survey: Survey) -> Sequence[MemberCheck]:
    """Return the checks of a survey that were not taken back, the earliest first."""
    return session.scalars(
        select(MemberCheck)
        .join(MemberCheck.submission)
        .where(Submission.survey_id == survey.id, MemberCheck.taken_back_at.is_(None))
        .options(joinedload(MemberCheck.person), selectinload(MemberCheck.items))
        .order_by(*IN_TURN)
    ).all()


def is_latest(session: Session, check: MemberCheck) -> bool:
    """Say whether an authority was not asked again since."""
    last = (
        select(MemberCheck.id)
        .where(
            MemberCheck.submission_id == check.submission_id, MemberCheck.taken_back_at.is_(None)
        )
        .order_by(*(one.desc() for one in IN_TURN))
        .limit(1)
    )
    return session.scalar(last) == check.id


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


def send(session: Session, line: Line, asked: Asked, by: Sender) -> MemberCheck:
    """Send an authority what a build prints of its words, to look at until a day."""
    if line.coordinator is None or not asked.quotations:
        raise CannotSendError("There is nobody to ask, or nothing to look at.")
    check = MemberCheck(
        submission=line.submission,
        person=line.coordinator,
        build_id=asked.build.id,
        sent_by=by.by,
        sent_on=by.at.astimezone(ENGLAND).date(),
        due_on=asked.due_on,
        items=[
            CheckItem(
                place=place,
                response=one.response,
                start=one.start,
                end=one.end,
                words=one.words,
            )
            for place, one in enumerate(asked.quotations)
        ],
    )
    session.add(check)
    session.flush()
    _write(session, check, "check_sent", by)
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
    _write(session, check, "check_reminder", by)
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
        .where(Build.signed_off_at.is_not(None), Build.forgotten_at.is_(None))
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


def _line(submission: Submission, check: MemberCheck | None, printed: Sequence[Quotation]) -> Line:
    return Line(
        submission=submission,
        coordinator=_coordinator(submission),
        check=check,
        printed=len(printed),
        newer=0 if check is None else len(quotations.missing(check, printed)),
    )


def _coordinator(submission: Submission) -> Person | None:
    return next(
        (one.person for one in submission.contributors if one.coordinator and one.left_at is None),
        None,
    )


def _write(session: Session, check: MemberCheck, kind: Kind, by: Sender) -> None:
    submission = check.submission
    token = links.invite_to_check(session, check.person, check, by.at)
    mail.queue(
        session,
        kind=kind,
        to=check.person,
        key=f"{kind}:{check.id}:{by.at:%Y%m%d%H%M%S%f}",
        context={
            "survey_title": submission.survey.title,
            "authority": submission.authority.name,
            "link": links.address(by.settings, token),
            "sent_by": by.by.name,
            "answer_by": check.due_on,
            "count": len(check.items),
        },
        submission=submission,
    )
