"""Administrators look after staff accounts, and there is always one of them left."""

import datetime as dt
import threading
from collections.abc import Callable

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp import links, migrating
from surveyapp.account import second_factor, staff
from surveyapp.models import Link, Mail, Passkey, Person, Survey
from tests.surveyapp.account.conftest import OpenLink
from tests.surveyapp.browsing import CheckingClient
from tests.surveyapp.building import queries, somebody

STAFF = "/account/staff"


@pytest.fixture
def root(session: Session, survey: Survey) -> Person:
    person = Person(email="root@tarn.example", name="Rowan Root", staff_role="administrator")
    session.add(person)
    session.commit()
    return person


@pytest.fixture
def admin(client: CheckingClient, root: Person) -> CheckingClient:
    client.sign_in(root)
    return client


def test_a_new_colleague_is_sent_a_link(admin: CheckingClient, session: Session) -> None:
    asked = {"name": "Ivy  New", "email": " Ivy@Tarn.example ", "role": "interviewer"}

    answer = admin.post(f"{STAFF}/invite", data=asked)

    ivy = session.scalars(select(Person).where(Person.email == "ivy@tarn.example")).one()
    assert (ivy.name, ivy.staff_role) == ("Ivy New", "interviewer")
    assert answer.location == f"{STAFF}/{ivy.id}"
    letter = session.scalars(select(Mail).where(Mail.person_id == ivy.id)).one()
    assert letter.subject.startswith("Rowan Root invites you")
    assert "Your role is interviewer." in letter.text
    assert "you first set up a second step" in letter.text
    assert "did not ask for a link" not in letter.text
    page = admin.get(answer.location).text
    assert "An invitation to ivy@tarn.example is on its way." in page
    assert "Has not signed in yet" in page
    assert "Ivy New" in admin.get(STAFF).text


def test_the_link_of_staff_says_what_comes_next(
    admin: CheckingClient, root: Person, session: Session
) -> None:
    token = links.sign_in(session, root, dt.datetime.now(dt.UTC))
    session.commit()

    page = admin.get(f"/link/{token}").text

    assert "It leads to your staff account as administrator." in page
    assert "what has been written" not in page
    assert "A colleague who should help" not in page


def test_a_contributor_may_become_staff_too(admin: CheckingClient, session: Session) -> None:
    asked = {"name": "Somebody Else", "email": "cy@birch.example", "role": "consultant"}

    admin.post(f"{STAFF}/invite", data=asked)

    assert somebody(session, "Cy Birch").staff_role == "consultant"


FAULTS = {
    "no name": ({"name": ""}, "Enter their full name"),
    "no address": ({"email": "ivy"}, "Enter an email address in the correct format"),
    "no role": ({"role": ""}, "Select a role"),
    "an invented role": ({"role": "owner"}, "Select a role"),
    "staff already": ({"email": "root@tarn.example"}, "is a member of staff already"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_what_is_wrong_is_said_and_nothing_is_lost(
    fault: str, admin: CheckingClient, session: Session
) -> None:
    changes, words = FAULTS[fault]
    asked = {"name": "Ivy New", "email": "ivy@tarn.example", "role": "interviewer", **changes}

    page = admin.post(f"{STAFF}/invite", data=asked)

    assert page.status_code == 400
    assert words in page.text
    assert "Ivy New" in page.text or fault == "no name"
    assert session.scalars(select(Person).where(Person.email == "ivy@tarn.example")).all() == []


def test_a_role_is_changed(admin: CheckingClient, staff: Person) -> None:
    assert admin.post(f"{STAFF}/{staff.id}", data={"role": "owner"}).status_code == 400
    admin.post(f"{STAFF}/{staff.id}", data={"role": "interviewer"})

    assert staff.staff_role == "interviewer"


def test_whoever_lost_everything_starts_anew(
    admin: CheckingClient, session: Session, staff: Person, root: Person, open_link: OpenLink
) -> None:
    second_factor.new_codes(session, staff)
    staff.oidc_subject = "issuer ada"
    old = links.sign_in(session, staff, dt.datetime.now(dt.UTC))
    session.add(_passkey(staff))
    session.commit()
    theirs = admin.application.test_client()
    assert isinstance(theirs, CheckingClient)
    theirs.session = session
    theirs.sign_in(staff)
    assert theirs.get("/account/").status_code == 200

    admin.post(f"{STAFF}/{staff.id}/reset")

    assert theirs.get("/account/").status_code == 401, "Whoever has the telephone is signed out."
    assert theirs.get(f"/link/{old}").status_code == 410
    assert second_factor.of(session, staff) == second_factor.Factors(
        has_app=False, passkeys=(), codes_left=0
    )
    assert staff.oidc_subject is None
    assert "Not set up" in admin.get(f"{STAFF}/{staff.id}").text
    mail = session.scalars(select(Mail).where(Mail.person_id == staff.id)).one()
    assert mail.kind == "sign_in"
    open_link()
    assert "Set up your second step" in admin.get("/account/code").text


def test_a_staff_account_is_taken_away(
    admin: CheckingClient, session: Session, staff: Person
) -> None:
    links.sign_in(session, staff, dt.datetime.now(dt.UTC))
    session.commit()
    page = admin.get(f"{STAFF}/{staff.id}/remove")
    assert "Remove the staff account of Ada Tarn" in page.text

    assert admin.post(f"{STAFF}/{staff.id}/remove").location == STAFF

    session.refresh(staff)
    assert staff.staff_role is None
    assert session.scalars(select(Link.revoked_at)).one() is not None
    assert "Ada Tarn" not in admin.get(STAFF).text
    assert admin.get(f"{STAFF}/{staff.id}").status_code == 404


@pytest.mark.parametrize("what", ["", "/reset", "/remove"])
def test_nobody_changes_their_own_account(what: str, admin: CheckingClient, root: Person) -> None:
    page = admin.post(f"{STAFF}/{root.id}{what}", data={"role": "interviewer"})

    assert page.status_code == 403
    assert "You cannot change your own account" in page.text
    assert root.staff_role == "administrator"
    assert "Save the role" not in admin.get(f"{STAFF}/{root.id}").text


def test_only_staff_are_there(admin: CheckingClient, session: Session) -> None:
    cy = somebody(session)

    for what in ("", "/remove"):
        assert admin.get(f"{STAFF}/{cy.id}{what}").status_code == 404
    for what in ("", "/reset", "/remove"):
        assert admin.post(f"{STAFF}/{cy.id}{what}", data={"role": "consultant"}).status_code == 404
    assert cy.staff_role is None


@pytest.mark.queries
def test_many_colleagues_cost_no_more_than_few(
    admin: CheckingClient, session: Session, staff: Person
) -> None:
    counts = []
    for number in (0, 20):
        for one in range(number):
            person = Person(email=f"{one}@tarn.example", name=f"P{one}", staff_role="interviewer")
            session.add_all([person, _passkey(person)])
        session.commit()
        session.expire_all()
        with queries(session) as sent:
            admin.get(STAFF)
        counts.append(len(sent))

    assert counts[0] == counts[1]


@pytest.mark.races
@pytest.mark.allow_hosts(["127.0.0.1"])
def test_two_administrators_cannot_take_each_others_role(
    new_postgres_database: Callable[[], str],
) -> None:
    engine = sa.create_engine(new_postgres_database())
    with engine.connect() as connection:
        migrating.upgrade(connection)
    with Session(engine) as session:
        session.add_all(
            Person(email=f"{name}@tarn.example", name=name, staff_role="administrator")
            for name in ("a", "b")
        )
        session.commit()
    for _ in range(10):
        _race(engine)
        with Session(engine) as session:
            people = session.scalars(select(Person).order_by(Person.email)).all()
            assert [one.staff_role for one in people].count("administrator") == 1
            for one in people:
                one.staff_role = "administrator"
            session.commit()
    engine.dispose()


def _race(engine: sa.Engine) -> None:
    gate = threading.Barrier(2)

    def take(mine: str, theirs: str) -> None:
        with Session(engine) as session:
            by_name = {one.name: one for one in session.scalars(select(Person))}
            gate.wait()
            try:
                now = dt.datetime.now(dt.UTC)
                staff.change_role(session, by_name[theirs], None, by_name[mine], now)
            except staff.NotAllowedError:
                return
            session.commit()

    racers = [threading.Thread(target=take, args=pair) for pair in (("a", "b"), ("b", "a"))]
    for one in racers:
        one.start()
    for one in racers:
        one.join()


def _passkey(person: Person) -> Passkey:
    return Passkey(
        person=person,
        credential_id=f"of {person.email}",
        public_key=b"x",
        sign_count=0,
        name="Laptop",
        created_at=dt.datetime.now(dt.UTC),
    )


def test_the_first_account_is_made_by_a_command(app: Flask, session: Session) -> None:
    def run(*words: str) -> str:
        return app.test_cli_runner().invoke(args=["staff", *words]).output

    assert "Ada Tarn is administrator" in run(
        "add", "Ada@Tarn.example", "Ada Tarn", "administrator"
    )
    assert "already" in run("add", "ada@tarn.example", "Ada Tarn", "consultant")
    assert "is not an email address" in run("add", "ada", "Ada Tarn", "consultant")
    assert "Ada Tarn sets up a second step anew" in run("reset", "ada@tarn.example")
    assert "No member of staff" in run("reset", "bo@tarn.example")

    ada = session.scalars(select(Person).where(Person.email == "ada@tarn.example")).one()
    assert ada.staff_role == "administrator"
    assert ada.signed_out_at is not None
