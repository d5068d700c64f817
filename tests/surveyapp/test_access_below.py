"""No address gives what belongs to another return, survey or person, under an address of one's own.

Every address with an id besides the return's is listed from the URL map, and asked for something
that is somebody else's. A new kind of id fails here until it is said what another one's would be.
"""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.routing import Rule

from surveyapp.extensions import limiter
from surveyapp.models import (
    Base,
    Contributor,
    Person,
    Submission,
    Survey,
)
from tests.surveyapp import workbench_of_others
from tests.surveyapp.browsing import CheckingClient
from tests.surveyapp.building import NOON, somebody, submission_of
from tests.surveyapp.owning import ANOTHERS, Owner, interview_of
from tests.surveyapp.test_access import PARTS

pytestmark = pytest.mark.access
# Parts of addresses that name no row of anybody's: codes of the questionnaire and of a survey.
CODES = {
    *("code", "entry_id", "filename", "kind", "name", "path"),
    *("question_code", "section_code", "survey_code"),
    *("authority_code", "emerging_key", "theme"),
}
# A token is the key to a person's own link; whoever holds it is its owner.
KEYS = {"token"}
# There only in the demo, for whoever runs it.
DEMO = {"outbox"}
FROM_A_FILE = {
    "respond.attachment",
    "coordinate.export_file",
    "wordform.compare",
    "interview.compare_form",
    "interview.passages",
    # Of the kinds that the other room makes: tests/surveyapp/exchange asks for its own.
    "exchange.bringing_progress",
    "exchange.compare",
    "exchange.file",
    "exchange.progress",
}
# What is below an interview, and not below a return or a survey.
OF_CALLS = ("/interviews/", "/calls/", "/checks/")


def below(app: Flask) -> Iterator[tuple[Rule, str]]:
    """List the addresses with an id of a thing below what they are about."""
    for rule in app.url_map.iter_rules():
        if rule.endpoint.rpartition(".")[0] in {"", *DEMO} or not _second(rule):
            continue
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            yield rule, method


def _second(rule: Rule) -> set[str]:
    """Return the parts of an address that name a thing below what the address is about."""
    about = {"submission_id"} if rule.rule.startswith(("/r/", "/account/returns/")) else set()
    calls = {"interview_id", "check_id"} if rule.rule.startswith(OF_CALLS) else set()
    return rule.arguments - about - calls - CODES - KEYS


@dataclass(frozen=True)
class Scene:
    """Birch's return, Alder's, a return to another survey, and people with parts in them."""

    own: Owner
    same_survey: Owner
    other_survey: Owner
    both: Person
    administrator: Person
    interviewer: Person

    def actors(self, rule: Rule) -> tuple[Person, ...]:
        """Return those who may go as far as the return or the survey, and no further."""
        if rule.rule.startswith("/r/"):
            return self.own.person, self.both
        if "slot_id" in rule.arguments:
            return (self.interviewer,)
        return (self.administrator,)

    def other(self, rule: Rule) -> Owner:
        return self.other_survey if "code" in rule.arguments else self.same_survey


@pytest.fixture
def scene(session: Session, survey: Survey, app: Flask) -> Scene:
    """One coordinates both Birch and Alder; Birch's id never opens what is Alder's."""
    birch, alder = submission_of(session, "Birch"), submission_of(session, "Alder")
    both = Person(email="both@tarn.example", name="Bea Both")
    root = Person(email="root@tarn.example", name="Rowan Root", staff_role="administrator")
    iva = Person(email="iva@tarn.example", name="Iva Inter", staff_role="interviewer")
    session.add_all([both, root, iva])
    session.add_all(Contributor(submission=one, person=both) for one in (birch, alder))
    other = Submission(
        survey=_another(session, survey),
        authority_code=alder.authority_code,
        questionnaire_id=survey.questionnaire_id,
    )
    session.add(other)
    session.flush()
    for part in session.scalars(select(Contributor)):
        part.agreed_at = NOON
    session.commit()
    cy, bob = somebody(session), somebody(session, "Bob Alder")
    own = Owner(session, app, birch, cy)
    owners = (own, Owner(session, app, alder, bob), Owner(session, app, other, bob))
    for owner in owners:
        interview_of(owner)
    return Scene(*owners, both, root, iva)


def _another(session: Session, survey: Survey) -> Survey:
    pinned = {
        name: getattr(survey, name)
        for name in ("questionnaire_id", "guide_id", "codebook_id", "outline_id")
    }
    days = {"opens_on": dt.date(2016, 1, 1), "closes_on": dt.date(2016, 2, 1)}
    another = Survey(code="another", title="Another", region="R", **pinned, **days)
    session.add(another)
    session.flush()
    return another


def test_every_id_in_every_address_has_another_ones(app: Flask) -> None:
    rules = {rule.rule: _second(rule) - ANOTHERS.keys() for rule, _ in below(app)}
    missing = {rule: sorted(names) for rule, names in rules.items() if names}

    assert missing == {}, (
        "Say in ANOTHERS, here, how to make a thing of this kind that belongs to another return, "
        "survey or person; or in CODES that it names no row of anybody's."
    )


def test_what_is_anothers_is_not_there_under_ones_own_address(
    app: Flask, client: CheckingClient, scene: Scene
) -> None:
    wrong = []
    for rule, method in below(app):
        other = scene.other(rule)
        parts = {name: ANOTHERS[name](other) for name in sorted(_second(rule))}
        before = rows(scene.own.session)
        for actor in scene.actors(rule):
            status = ask(client, actor, address(app, rule, scene, parts), method)
            if status not in {403, 404}:
                wrong.append(f"{method} {rule.rule} gave {actor.name} another's: {status}")
            if rows(scene.own.session) != before:
                wrong.append(f"{method} {rule.rule} let {actor.name} change another's")

    assert wrong == []


def test_what_is_ones_own_is_there(app: Flask, client: CheckingClient, scene: Scene) -> None:
    """Or the test above would prove nothing."""
    wrong = []
    for rule, method in below(app):
        if method != "GET" or rule.endpoint in FROM_A_FILE:
            continue
        actor = scene.actors(rule)[0]
        own = Owner(scene.own.session, app, scene.own.submission, _keeper(rule, scene))
        parts = {name: ANOTHERS[name](own) for name in sorted(_second(rule))}
        status = ask(client, actor, address(app, rule, scene, parts), method)
        if status in {403, 404}:
            wrong.append(f"{method} {rule.rule} refused {actor.name} their own: {status}")

    assert wrong == []


def _keeper(rule: Rule, scene: Scene) -> Person:
    is_root = rule.rule.startswith(workbench_of_others.THE_ACTORS)
    return scene.administrator if is_root else scene.own.person


def address(app: Flask, rule: Rule, scene: Scene, parts: Mapping[str, object]) -> str:
    given = {name: PARTS.get(name) for name in rule.arguments}
    given |= {"submission_id": scene.own.submission.id}
    given |= {"interview_id": interview_of(scene.own).id} | dict(parts)
    with app.test_request_context():
        return app.url_for(rule.endpoint, **{name: given[name] for name in rule.arguments})


def ask(client: CheckingClient, actor: Person, where: str, method: str) -> int:
    limiter.reset()
    client.sign_in(actor)
    send = client.post if method == "POST" else client.get
    return send(where, data={"name": "x", "role": "interviewer"}).status_code


def rows(session: Session) -> dict[str, list[tuple[object, ...]]]:
    """Return everything that is stored, except who looked."""
    session.expire_all()
    tables = [one for one in Base.metadata.sorted_tables if one.name != "audit_event"]
    return {
        one.name: sorted((tuple(row) for row in session.execute(select(one))), key=repr)
        for one in tables
    }
