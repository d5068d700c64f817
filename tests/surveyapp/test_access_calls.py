"""Interviews: every address of one, tried by every kind of person around it, and by strangers.

An interviewer sees the interviews they hold or type for; staff who oversee see all; of the
authority, the person interviewed acts, their coordinator reads, and both see the record only once
it is offered.
"""

import datetime as dt
import uuid
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from flask import Flask
from sqlalchemy.orm import Session
from werkzeug.routing import Rule

from surveyapp.extensions import limiter
from surveyapp.interview import services as calls
from surveyapp.interview.services import Call, Consent, Said
from surveyapp.models import Contributor, Interview, Person, Submission, Survey
from tests.surveyapp.browsing import CheckingClient
from tests.surveyapp.building import NOON, somebody, submission_of
from tests.surveyapp.test_access import NOWHERE, PARTS

pytestmark = pytest.mark.access
OVERSEEING = {"consultant", "administrator"}
HOLDING = {"interviewer", "typist"}
STAFF = HOLDING | OVERSEEING | {"other interviewer"}
AUTHORITY = {"interviewee", "coordinator"}
# Half: the interviewer by a link alone. Other: interviewed about, or coordinating, another return.
PEOPLE = (
    *("nobody", "half", "contributor", "other coordinator", "other interviewee"),
    *sorted(AUTHORITY | STAFF),
)
REFUSED = {401, 403}
STAFFS, THEIRS = "interview", "interviewee"
# What is of the record, and so is nothing before it is offered.
RECORD = {
    f"{THEIRS}.{name}"
    for name in (
        *("record", "record_docx", "save", "marking", "confirm"),
        *("check", "send", "consent", "consented", "add", "addition"),
    )
}
# What the coordinator may look at: the rest is for whoever was interviewed.
READ_BY_COORDINATOR = {f"{THEIRS}.{name}" for name in ("show", "calendar", "record", "record_docx")}


@dataclass(frozen=True)
class Cast:
    """One person of each kind, around the call with Birch."""

    people: dict[str, Person | None]
    call: Interview

    def enter(self, client: CheckingClient, who: str) -> None:
        limiter.reset()
        person = self.people["interviewer" if who == "half" else who]
        if person is None:
            client.sign_out()
        else:
            client.sign_in(person, strongly=who in STAFF)


def ring(session: Session, submission: Submission, asked: Person, by: Person) -> Interview:
    """Hold a call with somebody, and note a sentence."""
    call = calls.record_interview(
        session, submission, Call(by, asked.name, "Lead", dt.date(2015, 7, 22))
    )
    call.interviewee_id = asked.id
    calls.record_consent(session, call, Consent(notes=True, quotes=True), by, NOON)
    calls.add_note(session, call, Said("Most families come late."), by, NOON)
    return call


@pytest.fixture
def cast(session: Session, survey: Survey) -> Cast:
    """Everybody around a call with Birch that was held and not offered, and a call with Alder."""
    people: dict[str, Person | None] = {"nobody": None, "coordinator": somebody(session)}
    people["other coordinator"] = somebody(session, "Ann Alder")
    roles = {"typist": "interviewer", "other interviewer": "interviewer"}
    roles |= {"interviewer": "interviewer"} | {one: one for one in OVERSEEING}
    for kind in (*roles, "contributor", "interviewee", "other interviewee"):
        person = Person(email=f"{uuid.uuid4()}@tarn.example", name=f"Some {kind}")
        person.staff_role = roles.get(kind)
        session.add(person)
        people[kind] = person
    session.flush()
    found = {kind: person for kind, person in people.items() if person is not None}
    birch = submission_of(session, "Birch")
    session.add(Contributor(submission=birch, person=found["contributor"], agreed_at=NOON))
    call = ring(session, birch, found["interviewee"], found["interviewer"])
    call.note_taker_id = found["typist"].id
    alder = submission_of(session, "Alder")
    ring(session, alder, found["other interviewee"], found["other interviewer"])
    session.commit()
    return Cast(people, call)


def rules(app: Flask, room: str) -> Iterator[tuple[Rule, str]]:
    for rule in app.url_map.iter_rules():
        if rule.endpoint.partition(".")[0] == room and "interview_id" in rule.arguments:
            for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
                yield rule, method


def ask(client: CheckingClient, cast: Cast, who: str, rule: Rule, method: str) -> int:
    cast.enter(client, who)
    parts = {name: PARTS.get(name, NOWHERE) for name in rule.arguments}
    parts["interview_id"] = cast.call.id
    with client.application.test_request_context():
        where = client.application.url_for(rule.endpoint, **parts)
    send = client.post if method == "POST" else client.get
    return send(where).status_code


@pytest.mark.parametrize("who", PEOPLE)
def test_the_interviewers_pages_are_for_whoever_holds_types_or_oversees(
    who: str, app: Flask, client: CheckingClient, cast: Cast
) -> None:
    may, wrong = who in HOLDING | OVERSEEING, []
    for rule, method in rules(app, STAFFS):
        status = ask(client, cast, who, rule, method)
        if (status in REFUSED) == may or status >= 500:
            wrong.append(f"{method} {rule.rule} answered {who} with {status}")

    assert wrong == []


@pytest.mark.parametrize("who", PEOPLE)
def test_the_interviewees_pages_are_for_them_and_in_part_for_their_coordinator(
    who: str, app: Flask, client: CheckingClient, session: Session, cast: Cast
) -> None:
    cast.call.offered_at, cast.call.answer_by = NOON, NOON.date()
    session.commit()
    wrong = []
    for rule, method in rules(app, THEIRS):
        reads = rule.endpoint in READ_BY_COORDINATOR and method == "GET"
        may = who == "interviewee" or (who == "coordinator" and reads)
        status = ask(client, cast, who, rule, method)
        if (status in REFUSED) == may or status >= 500:
            wrong.append(f"{method} {rule.rule} answered {who} with {status}")

    assert wrong == []


@pytest.mark.parametrize("who", sorted(AUTHORITY))
@pytest.mark.parametrize("when", ["not offered", "cancelled"])
def test_there_is_no_record_before_it_is_offered_nor_of_what_was_cancelled(
    when: str, who: str, app: Flask, client: CheckingClient, session: Session, cast: Cast
) -> None:
    if when == "cancelled":
        cast.call.offered_at, cast.call.cancelled_at = NOON, NOON
        session.commit()
    given = []
    for rule, method in rules(app, THEIRS):
        if rule.endpoint in RECORD:
            status = ask(client, cast, who, rule, method)
            if status not in {403, 404}:
                given.append(f"{method} {rule.rule} answered {who} with {status}")

    assert given == []


def test_the_record_is_every_address_of_the_interviewee_but_those_of_the_time(app: Flask) -> None:
    """A new address must say here whether it is of the record."""
    others = {rule.endpoint for rule, _ in rules(app, THEIRS)} - RECORD

    assert others == {
        f"{THEIRS}.{name}" for name in ("show", "book", "change", "unbook", "calendar")
    }


@pytest.mark.parametrize(
    ("who", "is_cancelled", "may"),
    [
        ("interviewer", False, True),
        ("typist", False, True),
        ("other interviewer", False, False),
        ("interviewer", True, False),
        ("typist", True, False),
        ("consultant", True, True),
        ("half", False, False),
        ("interviewee", False, False),
    ],
)
def test_an_interviewer_reads_only_the_returns_of_those_they_ring(
    client: CheckingClient, session: Session, cast: Cast, *, who: str, is_cancelled: bool, may: bool
) -> None:
    cast.call.cancelled_at = NOON if is_cancelled else None
    session.commit()
    cast.enter(client, who)

    for page in ("check", "sections/S01"):
        status = client.get(f"/r/{cast.call.submission_id}/{page}").status_code
        assert (status == 200) == may, (page, status)


@pytest.mark.parametrize("who", sorted(STAFF))
def test_only_their_own_interviews_are_listed_to_interviewers(
    who: str, client: CheckingClient, cast: Cast
) -> None:
    cast.enter(client, who)

    for page in ("/interviews/", "/account/"):
        is_listed = f"/interviews/{cast.call.id}/" in client.get(page).text
        expected = who in HOLDING or (who in OVERSEEING and page == "/interviews/")
        assert is_listed == expected, page
