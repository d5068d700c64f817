"""The record offered to the person interviewed: by mail, with a day to answer by, and reminded of.

Nobody is hurried into anything: where no answer comes, nothing is confirmed.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final
from zoneinfo import ZoneInfo

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from surveyapp import audit, links, mail, people, standing
from surveyapp.config import Settings
from surveyapp.errors import SurveyError
from surveyapp.interview import recording
from surveyapp.mail.kinds import Kind
from surveyapp.mail.working_days import after
from surveyapp.models import FollowUp, Interview, KeyContact, Link, Mail, Person, SharedDocument
from surveyapp.pages import counted

ENGLAND: Final = ZoneInfo("Europe/London")
WORKING_DAYS: Final = 10
A_MOMENT: Final = dt.timedelta(seconds=30)


class CannotOfferError(SurveyError):
    """A record cannot be offered, or reminded of, as things stand; the message says why."""


class StaffAddressError(SurveyError):
    """The address belongs to a member of staff, who cannot be the person interviewed."""


@dataclass(frozen=True, slots=True)
class Sender:
    """Who sends the record, when, and how this copy of the service is set up."""

    by: Person
    at: dt.datetime
    settings: Settings


def usual_last_day(at: dt.datetime) -> dt.date:
    """Return the day by which an answer is usually asked for: ten working days from now."""
    return after(at.astimezone(ENGLAND).date(), WORKING_DAYS)


def hindrance(interview: Interview, settings: Settings, at: dt.datetime) -> str:
    """Say why the record cannot be offered now, or return ""."""
    if standing.state(interview, at) not in standing.AFTER:
        return "The record can be offered once the call is over."
    if not recording.counted(interview):
        return "There is nothing in the record yet."
    if interview.submission.survey.is_example and settings.mail != "outbox":
        return "This survey is an example. Its people are invented, so nobody is written to."
    return ""


def warnings(session: Session, interview: Interview) -> list[str]:
    """Say what in the record looks unfinished; none of it stands in the way."""
    return [words for words in _warnings(session, interview) if words]


def offer(
    session: Session, interview: Interview, address: str, answer_by: dt.date, by: Sender
) -> Mail:
    """Send the record, for the first time or again, to the person interviewed at this address.

    Raises CannotOfferError, or StaffAddressError where the address is one of our own.
    """
    _refuse_hindered(interview, by)
    person = _person(session, interview, address, by.at)
    again = interview.offered_at is not None
    interview.offered_at, interview.answer_by = by.at, answer_by
    interview.unanswered_at = None
    if not all(note.is_confirmed for note in recording.counted(interview)):
        interview.confirmed_at = None
    letter = _write(session, interview, person, "record_offered", by)
    audit.record(
        session,
        "record.offered",
        interview,
        by.by,
        to=person.id,
        notes=len(recording.counted(interview)),
        answer_by=answer_by,
        again=again,
    )
    return letter


def remind(session: Session, interview: Interview, by: Sender) -> Mail:
    """Ask once more; a second press within a moment means the first."""
    _refuse_hindered(interview, by)
    is_waiting = interview.offered_at is not None and interview.confirmed_at is None
    if not is_waiting or interview.person is None:
        raise CannotOfferError("Nobody is waited for: the record is not offered, or is confirmed.")
    lately = session.scalars(
        select(Mail).where(
            Mail.key.startswith(f"record_reminder:{interview.id}:", autoescape=True),
            Mail.created_at > by.at - A_MOMENT,
        )
    ).first()
    if lately is not None:
        return lately
    letter = _write(session, interview, interview.person, "record_reminder", by)
    audit.record(session, "record.reminded", interview, by.by)
    return letter


def is_overdue(interview: Interview, at: dt.datetime) -> bool:
    """Say whether the day to answer by has passed without an answer."""
    is_open = interview.offered_at is not None and interview.confirmed_at is None
    today = at.astimezone(ENGLAND).date()
    return is_open and interview.answer_by is not None and interview.answer_by < today


def note_silence(session: Session, interview: Interview, by: Person, at: dt.datetime) -> None:
    """Note that nobody answered by the day that was given: the notes stay unconfirmed."""
    if not is_overdue(interview, at):
        raise CannotOfferError("The day to answer by has not passed, or an answer has come.")
    if interview.unanswered_at is None:
        interview.unanswered_at = at
        audit.record(session, "record.unanswered", interview, by)
    session.flush()


def _refuse_hindered(interview: Interview, by: Sender) -> None:
    reason = hindrance(interview, by.settings, by.at)
    if reason:
        raise CannotOfferError(reason)


def _person(session: Session, interview: Interview, address: str, at: dt.datetime) -> Person:
    """Return whom the record goes to; whoever it went to before has no part in it any more."""
    person = people.know(session, address, interview.interviewee)
    if person.staff_role is not None:
        raise StaffAddressError(f"{person.name} is a member of staff. Enter another address")
    if interview.interviewee_id not in (None, person.id):
        session.execute(
            update(Link)
            .where(Link.interview_id == interview.id, Link.revoked_at.is_(None))
            .values(revoked_at=at)
        )
    interview.interviewee_id = person.id
    session.flush()
    session.refresh(interview, ["person"])
    return person


def _write(session: Session, interview: Interview, person: Person, kind: Kind, by: Sender) -> Mail:
    submission = interview.submission
    token = links.invite_to_interview(session, person, interview, by.at)
    return mail.queue(
        session,
        kind=kind,
        to=person,
        key=f"{kind}:{interview.id}:{by.at:%Y%m%d%H%M%S%f}",
        context={
            "survey_title": submission.survey.title,
            "authority": submission.authority.name,
            "link": links.address(by.settings, token),
            "interviewer": interview.interviewer.name,
            "answer_by": interview.answer_by,
        },
        submission=submission,
    )


def _warnings(session: Session, interview: Interview) -> Iterator[str]:
    notes = recording.counted(interview)
    # Whoever wrote afterwards by themselves has nothing to tidy.
    raw = [one for one in notes if one.text == one.original_text and not recording.is_added(one)]
    if raw:
        yield f"{counted(len(raw), 'note is', 'notes are')} as first typed: read them once more."
    if interview.consent_quotes is False and any(note.verbatim for note in notes):
        yield "Some notes are word for word, and there is no consent to quotations."
    yield from _unfinished(session, interview)
    if interview.consent_quotes is None:
        yield "Nobody has recorded whether we may quote."


def _unfinished(session: Session, interview: Interview) -> Iterator[str]:
    of_call = interview.id
    done = {
        "contact": set(
            session.scalars(select(KeyContact.note_id).where(KeyContact.interview_id == of_call))
        ),
        "document": set(
            session.scalars(
                select(SharedDocument.note_id).where(SharedDocument.interview_id == of_call)
            )
        ),
    }
    waiting = [
        note
        for note in recording.counted(interview)
        if note.mark and note.id not in done[note.mark]
    ]
    if waiting:
        words = counted(len(waiting), "contact or document is", "contacts and documents are")
        yield f"{words} named in a note and not completed."
    tasks = session.scalars(
        select(FollowUp.id).where(FollowUp.interview_id == interview.id, FollowUp.done_at.is_(None))
    ).all()
    if tasks:
        yield f"{counted(len(tasks), 'follow-up is', 'follow-ups are')} not done."
