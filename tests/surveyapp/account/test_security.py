"""Staff change how they sign in, after they have shown once more who they are."""

import datetime as dt
import re
import time

import pyotp
import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.account import second_factor
from surveyapp.guards import PROVED, PROVED_SECONDS, SINCE
from surveyapp.models import AuditEvent, Passkey, Person, StaffKey
from tests.surveyapp.account.keys import SoftKey, options
from tests.surveyapp.browsing import CheckingClient

NEW = "/account/security/passkeys/new"
AGAIN = "/account/security/again"
SHOWN_CODE = re.compile(r">([a-z2-9]{4}-[a-z2-9]{4}-[a-z2-9]{4})<")


@pytest.fixture
def inside(client: CheckingClient, staff: Person) -> CheckingClient:
    """The browser of somebody who has just signed in."""
    client.sign_in(staff)
    return client


def add_passkey(client: CheckingClient, key: SoftKey, name: str = "Laptop") -> str:
    asked = options(client.get(NEW).text)
    answer = client.post(NEW, data={"name": name, "answer": key.make(asked)})
    assert answer.status_code in {200, 302}, answer.text
    return answer.text


def add_app(client: CheckingClient) -> pyotp.TOTP:
    client.post("/account/security/app")
    found = re.search(r'survey-code">([A-Z2-7 ]+)<', client.get("/account/security/app").text)
    assert found is not None
    app = pyotp.TOTP(found[1].replace(" ", ""))
    answer = client.post("/account/security/app/done", data={"code": app.now()})
    assert answer.status_code in {200, 302}, answer.text
    return app


def wait(client: CheckingClient) -> None:
    """Let it be a while since the second factor was shown."""
    with client.session_transaction() as kept:
        kept.pop(PROVED, None)
        kept[SINCE] = time.time() - PROVED_SECONDS["POST"] - 1


def held(session: Session) -> list[Passkey]:
    return list(session.scalars(select(Passkey).order_by(Passkey.name)))


def test_with_the_first_of_anything_come_ten_codes(inside: CheckingClient) -> None:
    page = add_passkey(inside, SoftKey())

    assert len(set(SHOWN_CODE.findall(page))) == 10
    assert not SHOWN_CODE.findall(add_passkey(inside, SoftKey(), "Telephone"))


def test_what_one_has_is_listed(inside: CheckingClient) -> None:
    assert "You have no second step yet" in inside.get("/account/security").text
    add_passkey(inside, SoftKey(), "Work laptop")
    add_app(inside)

    page = inside.get("/account/security").text

    assert "Work laptop" in page
    assert "Replace the app" in page
    assert "10 codes left" in page


def test_a_passkey_gets_another_name(inside: CheckingClient, session: Session) -> None:
    add_passkey(inside, SoftKey())
    address = f"/account/security/passkeys/{held(session)[0].id}"

    assert 'value="Laptop"' in inside.get(address).text
    assert inside.post(address, data={"name": ""}).status_code == 400
    assert inside.post(address, data={"name": "x" * 61}).status_code == 400
    assert inside.post(address, data={"name": " Old  laptop "}).status_code == 302

    assert held(session)[0].name == "Old laptop"


def test_the_last_one_stays(inside: CheckingClient, session: Session) -> None:
    add_passkey(inside, SoftKey())
    only = held(session)[0]

    page = inside.post(f"/account/security/passkeys/{only.id}/remove")

    assert page.status_code == 409
    assert "all that lets you in" in page.text
    assert held(session) == [only]


def test_one_of_two_goes(inside: CheckingClient, session: Session) -> None:
    add_passkey(inside, SoftKey(), "A")
    add_passkey(inside, SoftKey(), "B")
    first, second = held(session)

    assert inside.post(f"/account/security/passkeys/{first.id}/remove").status_code == 302

    assert held(session) == [second]
    assert inside.post(f"/account/security/passkeys/{first.id}/remove").status_code == 404


def test_the_app_goes_when_there_is_a_passkey(inside: CheckingClient, session: Session) -> None:
    add_app(inside)
    assert inside.post("/account/security/app/remove").status_code == 409
    add_passkey(inside, SoftKey())

    assert inside.post("/account/security/app/remove").status_code == 302

    assert session.scalars(select(StaffKey)).all() == []


def test_a_new_app_takes_the_place_of_the_old_one(
    inside: CheckingClient, session: Session, staff: Person, app: object
) -> None:
    old = add_app(inside)
    inside.post("/account/security/app")
    wrong = inside.post("/account/security/app/done", data={"code": "000000"})
    assert wrong.status_code == 400
    key = inside.application.config["SETTINGS"].signing_key
    later = dt.datetime.now(dt.UTC) + dt.timedelta(minutes=2)
    assert second_factor.check(session, staff, old.at(later), key, later), "The old one still works"

    new = add_app(inside)

    later += dt.timedelta(minutes=2)
    assert not second_factor.check(session, staff, old.at(later), key, later)
    assert second_factor.check(session, staff, new.at(later), key, later)


def test_new_codes_replace_the_old_ones(
    inside: CheckingClient, session: Session, staff: Person
) -> None:
    old = SHOWN_CODE.findall(add_passkey(inside, SoftKey()))
    new = SHOWN_CODE.findall(inside.post("/account/security/codes").text)

    def right(code: str) -> bool:
        return second_factor.check(session, staff, code, "", dt.datetime.now(dt.UTC))

    assert len(new) == 10
    assert not right(old[0])
    assert right(new[0])


CHANGES = (NEW, "/account/security/app", "/account/security/codes", "/account/security/app/remove")


@pytest.mark.parametrize("address", CHANGES)
def test_a_computer_left_alone_changes_nothing(
    address: str, inside: CheckingClient, session: Session
) -> None:
    add_passkey(inside, SoftKey())
    wait(inside)

    answer = inside.post(address, data={"name": "Mine now", "answer": "{}"})

    assert answer.location.startswith(AGAIN)
    assert len(held(session)) == 1


@pytest.mark.parametrize("way", ["passkey", "code"])
def test_whoever_shows_it_again_goes_on(way: str, inside: CheckingClient, session: Session) -> None:
    key = SoftKey()
    codes = SHOWN_CODE.findall(add_passkey(inside, key))
    wait(inside)
    asked_at = inside.get(NEW).location
    page = inside.get(asked_at).text
    assert "we ask again who is there" in page

    if way == "code":
        assert inside.post(asked_at, data={"code": "nonsense"}).status_code == 400
        answer = inside.post(asked_at, data={"code": codes[0]})
    else:
        address = f"{AGAIN}/passkey?to=new_passkey"
        assert inside.post(address, data={"answer": "nonsense"}).status_code == 400
        again = options(inside.get(asked_at).text)
        answer = inside.post(address, data={"answer": key.use(again)})

    assert answer.location == NEW
    assert inside.get(NEW).status_code == 200
    assert "second_factor.shown" in session.scalars(select(AuditEvent.action)).all()


def test_where_to_go_on_is_ours_to_say(inside: CheckingClient) -> None:
    codes = SHOWN_CODE.findall(add_passkey(inside, SoftKey()))

    answer = inside.post(f"{AGAIN}?to=//evil.example", data={"code": codes[0]})

    assert answer.location == "/account/security"


def test_whoever_has_nothing_to_show_signs_in_again(inside: CheckingClient) -> None:
    wait(inside)

    page = inside.get(inside.get(NEW).location)

    assert "Sign in again to change this" in page.text


def test_guessing_is_stopped(inside: CheckingClient) -> None:
    add_passkey(inside, SoftKey())
    tried = [inside.post(AGAIN, data={"code": "guessed"}) for _ in range(7)]

    assert [one.status_code for one in tried] == [400] * 6 + [429]
    assert "guessed" not in tried[-1].text


@pytest.mark.parametrize("what", ["", "/remove"])
def test_another_persons_passkey_is_not_there(
    what: str, inside: CheckingClient, session: Session
) -> None:
    add_passkey(inside, SoftKey())
    other = Person(email="bo@tarn.example", name="Bo", staff_role="consultant")
    session.add(other)
    session.commit()
    inside.sign_in(other)
    theirs = held(session)[0]
    address = f"/account/security/passkeys/{theirs.id}"

    assert inside.get(address).status_code == 404
    assert inside.post(f"{address}{what}", data={"name": "Mine"}).status_code == 404

    assert [one.name for one in held(session)] == ["Laptop"]
