"""No address answers a person it is not for: every one of them, every kind of person, listed."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from flask import Blueprint, Flask
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.routing import Rule, UUIDConverter

from surveyapp import create_app
from surveyapp.config import Settings
from surveyapp.extensions import limiter
from surveyapp.guards import GUARDS
from surveyapp.models import Contributor, Person, Survey
from tests.surveyapp.browsing import CheckingClient
from tests.surveyapp.building import somebody, submission_of

pytestmark = pytest.mark.access
STAFF = ("interviewer", "consultant", "administrator")
# Own: Birch's coordinator and contributor; other: one of Alder's; half: staff by a link alone.
PEOPLE = ("nobody", "coordinator", "contributor", "other", "half", *STAFF)
NOWHERE = uuid.UUID(int=0)
# What any address may have in it, besides the return that is asked for.
PARTS: dict[str, object] = {
    "code": "tiny-survey-2015",
    "authority_code": "X06000001",
    "emerging_key": "guessed",
    "filename": "icon.svg",
    "passage_key": "guessed",
    "theme": "S01",
    "section_code": "S01",
    "question_code": "S01.2",
    "survey_code": "tiny-survey-2015",
    "token": "guessed",
    "key": "guessed",
    "kind": "csv",
    "name": "tiny_region",
    "entry_id": "x",
    "path": "x",
}
REFUSED = {401, 403}
# Called by other servers, which show a token of their own; tests/surveyapp/mail tries it.
BY_SERVERS = {"deliveries"}


@dataclass(frozen=True)
class Cast:
    """One person of each kind, around Birch's return."""

    people: dict[str, Person | None]
    birch: uuid.UUID

    def enter(self, client: CheckingClient, who: str) -> None:
        person = self.people[who]
        if person is None:
            client.sign_out()
        else:
            client.sign_in(person, strongly=who in STAFF)


@pytest.fixture
def cast(session: Session, survey: Survey) -> Cast:
    """Birch's coordinator and contributor, one of Alder's, and staff of every role."""
    birch = submission_of(session, "Birch")
    people: dict[str, Person | None] = {"nobody": None, "coordinator": somebody(session)}
    people["other"] = somebody(session, "Bob Alder")
    for role in ("contributor", "half", *STAFF):
        person = Person(email=f"{role}@tarn.example", name=f"Some {role}")
        person.staff_role = role if role in STAFF else "administrator" if role == "half" else None
        session.add(person)
        people[role] = person
    session.flush()
    colleague = people["contributor"]
    assert colleague is not None
    session.add(Contributor(submission=birch, person=colleague))
    for part in session.scalars(select(Contributor)):
        part.agreed_at = survey.opened_at
    session.commit()
    return Cast(people, birch.id)


def rules(app: Flask) -> Iterator[tuple[Rule, str]]:
    for rule in app.url_map.iter_rules():
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            yield rule, method


def address(app: Flask, rule: Rule, submission_id: uuid.UUID) -> str:
    parts = {name: PARTS.get(name, NOWHERE) for name in rule.arguments}
    if "submission_id" in parts:
        parts["submission_id"] = submission_id
    with app.test_request_context():
        return app.url_for(rule.endpoint, **parts)


def room_of(rule: Rule) -> str:
    return rule.endpoint.rpartition(".")[0]


def wanted(rule: Rule, method: str, who: str) -> bool:
    """Say whether a person may have what an address gives, where the return is Birch's."""
    guard = GUARDS[room_of(rule)]
    has_part = who in {"coordinator", "contributor"}
    if guard.room == "everyone":
        return True
    if guard.room == "staff":
        return who in guard.roles
    if guard.room == "people" and "submission_id" not in rule.arguments:
        return who != "nobody"
    # An interviewer reads the returns of those whom they ring: see test_access_calls.py.
    return has_part or (who in STAFF[1:] and method == "GET")


def test_every_room_says_whom_it_is_for(app: Flask) -> None:
    assert set(app.blueprints) == {name for name in GUARDS if name in app.blueprints}


def test_every_address_is_in_a_room(app: Flask) -> None:
    assert [rule.rule for rule, _ in rules(app) if not room_of(rule)] == [
        f"{app.static_url_path}/<path:filename>"
    ]


def test_every_part_of_every_address_is_known_here(app: Flask) -> None:
    unknown = {
        name
        for rule, _ in rules(app)
        for name in rule.arguments
        if name not in PARTS and not isinstance(rule._converters[name], UUIDConverter)
    }

    assert unknown == set()


@pytest.mark.parametrize("who", PEOPLE)
def test_a_room_lets_in_whom_it_is_for_and_nobody_else(
    who: str, app: Flask, client: CheckingClient, cast: Cast
) -> None:
    wrong = []
    for rule, method in rules(app):
        if not room_of(rule):
            continue
        status = ask(app, client, cast, who, rule, method, cast.birch)
        may = wanted(rule, method, who)
        if not may and status not in REFUSED:
            wrong.append(f"{method} {rule.rule} answered {who} with {status}")
        if status >= 500:
            wrong.append(f"{method} {rule.rule} failed {who} with {status}")

    assert wrong == []


@pytest.mark.parametrize("who", ["coordinator", "consultant"])
def test_a_room_refuses_nobody_it_is_for(
    who: str, app: Flask, client: CheckingClient, cast: Cast
) -> None:
    wrong = []
    for rule, method in rules(app):
        if not room_of(rule) or room_of(rule) == "second_step":
            continue
        if method == "GET" and wanted(rule, method, who):
            status = ask(app, client, cast, who, rule, method, cast.birch)
            if status in REFUSED:
                wrong.append(f"{method} {rule.rule} refused {who} with {status}")

    assert wrong == []


@pytest.mark.parametrize("who", PEOPLE)
def test_a_return_that_is_not_there_is_answered_to_nobody(
    who: str, app: Flask, client: CheckingClient, cast: Cast
) -> None:
    answered = []
    for rule, method in rules(app):
        if "submission_id" not in rule.arguments:
            continue
        status = ask(app, client, cast, who, rule, method, NOWHERE)
        if status not in {401, 403, 404}:
            answered.append(f"{method} {rule.rule} answered {who} with {status}")

    assert answered == []


def test_a_guarded_form_without_a_token_is_refused_to_everyone(
    app: Flask, client: CheckingClient, cast: Cast
) -> None:
    client.forges = True
    taken = []
    for rule, method in rules(app):
        for who in PEOPLE if method != "GET" and room_of(rule) not in BY_SERVERS else ():
            status = ask(app, client, cast, who, rule, method, cast.birch)
            if status not in {400, 401}:
                taken.append(f"{method} {rule.rule} took a forged form of {who}: {status}")

    assert taken == []


def ask(
    app: Flask,
    client: CheckingClient,
    cast: Cast,
    who: str,
    rule: Rule,
    method: str,
    submission_id: uuid.UUID,
) -> int:
    limiter.reset()
    cast.enter(client, who)
    send = client.post if method == "POST" else client.open
    where = address(app, rule, submission_id)
    return send(where, **({} if method == "POST" else {"method": method})).status_code


def test_a_room_without_a_guard_lets_nobody_in(tmp_path: Path) -> None:
    app = create_app(Settings(instance=tmp_path))
    forgotten = Blueprint("forgotten", __name__)
    forgotten.get("/forgotten")(lambda: "secret")
    app.register_blueprint(forgotten)

    answer = app.test_client().get("/forgotten")

    assert answer.status_code == 403
    assert "secret" not in answer.text
