"""Everybody concerned is told of an interview: by mail, with a file for their calendar."""

import datetime as dt
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from email.utils import parseaddr

from sqlalchemy.orm import Session

from surveyapp import links, mail
from surveyapp.config import Settings
from surveyapp.mail import appointments
from surveyapp.mail.appointments import Appointment, Method, Party
from surveyapp.mail.kinds import NEEDS, Kind
from surveyapp.models import Interview, Person


@dataclass(frozen=True, slots=True)
class Act:
    """Who changes something about an interview, when, and where links lead."""

    by: Person
    at: dt.datetime
    settings: Settings


@dataclass(frozen=True, slots=True)
class Told:
    """What is said: the kind of mail, the words besides, and what a calendar is to do."""

    kind: Kind
    words: Mapping[str, object]
    method: Method | None = "REQUEST"
    # The time that is called off, where the interview has it no more.
    was: dt.datetime | None = None
    # What this is about, where that and neither the time of the call nor the minute names it.
    named: str = ""


def is_silent(interview: Interview, settings: Settings) -> bool:
    """Say whether nobody is written to: the people of an example are invented."""
    return interview.submission.survey.is_example and settings.mail != "outbox"


def tell(session: Session, interview: Interview, act: Act, told: Told) -> int:
    """Write to everybody concerned, and return how many they are."""
    return tell_these(session, interview, act, told, tuple(concerned(interview)))


def tell_these(
    session: Session, interview: Interview, act: Act, told: Told, people: tuple[Person, ...]
) -> int:
    """Write to these people of an interview, and return how many they are."""
    if is_silent(interview, act.settings):
        return 0
    calendar = _calendar(interview, act, told, people)
    for person in people:
        mail.queue(
            session,
            kind=told.kind,
            to=person,
            key=_key(interview, told, act, person),
            context=_context(session, interview, act, told, person),
            submission=interview.submission,
            calendar=calendar,
        )
    return len(people)


def concerned(interview: Interview) -> Iterator[Person]:
    """Yield who is in an interview, once each: the one interviewed, who asks, who takes notes."""
    seen: set[uuid.UUID] = set()
    for one in (interview.person, interview.interviewer, interview.note_taker):
        if one is not None and one.id not in seen:
            seen.add(one.id)
            yield one


def calendar(interview: Interview, settings: Settings, at: dt.datetime) -> str:
    """Return an interview that has a time as a calendar file to be taken from a page."""
    return appointments.for_reader(_appointment(interview, settings, interview.starts_at or at), at)


def link(session: Session, interview: Interview, act: Act, person: Person) -> str:
    """Return where a message leads: a link of their own for the one interviewed, or our page."""
    if person.id == interview.interviewee_id:
        token = links.invite_to_interview(session, person, interview, act.at)
        return links.address(act.settings, token)
    return f"{act.settings.service_url.rstrip('/')}/interviews/{interview.id}/"


def _key(interview: Interview, told: Told, act: Act, person: Person) -> str:
    # What asks for no time may be said again, but not twice in a minute.
    minute = f"{act.at:%Y%m%d%H%M}"
    named = told.named or (interview.calendar_sequence if told.method else minute)
    return f"{told.kind}:{interview.id}:{named}:{person.id}"


def _context(
    session: Session, interview: Interview, act: Act, told: Told, person: Person
) -> dict[str, object]:
    known: dict[str, object] = {
        "survey_title": interview.submission.survey.title,
        "authority": interview.submission.authority.name,
        "link": link(session, interview, act, person),
        "interviewer": interview.interviewer.name,
        "interviewee": interview.interviewee,
        "is_interviewee": person.id == interview.interviewee_id,
        "starts_at": interview.starts_at or told.was,
        "lasts_minutes": interview.lasts_minutes,
        "place": interview.place,
        "note_taker": interview.note_taker.name if interview.note_taker else "",
        **told.words,
    }
    return {name: known[name] for name in NEEDS[told.kind]}


def _calendar(interview: Interview, act: Act, told: Told, people: tuple[Person, ...]) -> str | None:
    begins = interview.starts_at or told.was
    if told.method is None or begins is None:
        return None
    asked = _appointment(interview, act.settings, begins, people)
    return appointments.write(asked, told.method, act.at)


def _appointment(
    interview: Interview,
    settings: Settings,
    begins: dt.datetime,
    people: tuple[Person, ...] = (),
) -> Appointment:
    name, address = parseaddr(settings.mail_from)
    authority, survey = interview.submission.authority.name, interview.submission.survey.title
    return Appointment(
        uid=f"interview-{interview.id}",
        sequence=interview.calendar_sequence,
        title=f"Telephone interview: {authority}",
        begins=begins,
        minutes=interview.lasts_minutes,
        place=interview.place,
        # We ask, and not the interviewer: programs trust an appointment that comes from whoever
        # arranged it, show it to the interviewer too, and keep it when another takes over.
        organizer=Party(name or settings.service_name, address),
        attendees=tuple(
            Party(one.name, one.email, is_chair=one.id == interview.interviewer_id)
            for one in people
        ),
        description=f"{interview.interviewer.name} speaks with {interview.interviewee} "
        f"about {authority} for {survey}.",
    )
