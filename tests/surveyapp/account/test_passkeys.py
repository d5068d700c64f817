"""Passkeys let staff in after their link: their own, once, signed here, by whoever is looking."""

import json
from dataclasses import replace

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.account.routes.proving import CHALLENGE, CHALLENGE_SECONDS
from surveyapp.extensions import limiter
from surveyapp.models import AuditEvent, Passkey, Person
from tests.surveyapp.account.conftest import OpenLink
from tests.surveyapp.account.keys import USER_PRESENT, USER_VERIFIED, SoftKey, options
from tests.surveyapp.browsing import CheckingClient

SET_UP = "/account/set-up/passkey"


def set_up(client: CheckingClient, key: SoftKey, name: str = "Work laptop") -> str:
    asked = options(client.get(SET_UP).text)
    answer = client.post(SET_UP, data={"name": name, "answer": key.make(asked)})
    assert answer.status_code == 200, answer.text
    return answer.text


@pytest.fixture
def key(half_in: CheckingClient, open_link: OpenLink) -> SoftKey:
    """The passkey of somebody who has set up nothing else, and has opened a new link."""
    key = SoftKey()
    set_up(half_in, key)
    open_link()
    return key


def test_a_passkey_can_be_all_that_is_set_up(half_in: CheckingClient, session: Session) -> None:
    assert SET_UP in half_in.get("/account/code").text

    page = set_up(half_in, SoftKey())

    assert "Keep these 10 codes" in page
    assert half_in.get("/account/").status_code == 200
    assert session.scalars(select(Passkey.name)).one() == "Work laptop"


def test_the_browser_is_asked_for_this_service_and_for_whoever_is_looking(
    half_in: CheckingClient, staff: Person
) -> None:
    asked = options(half_in.get(SET_UP).text)

    assert asked["rp"] == {"name": "Early help review", "id": "127.0.0.1"}
    assert asked["authenticatorSelection"]["userVerification"] == "required"
    assert asked["user"]["name"] == staff.email


def test_a_passkey_lets_in(key: SoftKey, client: CheckingClient, session: Session) -> None:
    page = client.get("/account/code").text
    assert "Use your passkey or a code" in page

    answer = client.post("/account/code/passkey", data={"answer": key.use(options(page))})

    assert answer.location == "/account/"
    assert client.get("/account/").status_code == 200
    held = session.scalars(select(Passkey)).one()
    session.refresh(held)
    assert held.sign_count == 2
    assert held.last_used_at is not None


def test_an_answer_works_once(
    key: SoftKey, client: CheckingClient, open_link: OpenLink, session: Session
) -> None:
    answer = key.use(options(client.get("/account/code").text))
    client.post("/account/code/passkey", data={"answer": answer})
    open_link()

    for _ in range(2):
        page = client.post("/account/code/passkey", data={"answer": answer})
        assert page.status_code == 400
        assert client.get("/account/").status_code == 401


def test_a_challenge_is_good_once(key: SoftKey, client: CheckingClient) -> None:
    asked = options(client.get("/account/code").text)
    client.post("/account/code/passkey", data={"answer": "nonsense"})
    with client.session_transaction() as kept:
        assert kept[CHALLENGE][0] != asked["challenge"]

    page = client.post("/account/code/passkey", data={"answer": key.use(asked)})

    assert page.status_code == 400
    assert "This passkey was not recognised." in page.text


def test_a_challenge_is_not_good_for_long(key: SoftKey, client: CheckingClient) -> None:
    asked = options(client.get("/account/code").text)
    with client.session_transaction() as kept:
        challenge, since = kept[CHALLENGE]
        kept[CHALLENGE] = [challenge, since - CHALLENGE_SECONDS - 1]

    page = client.post("/account/code/passkey", data={"answer": key.use(asked)})

    assert page.status_code == 400
    assert "That took too long" in page.text


FAULTS = {
    "another site's page": {"origin": "https://127.0.0.1.evil.example"},
    "another port": {"origin": "http://127.0.0.1:9000"},
    "another site's key": {"host": "evil.example"},
    "nobody looked": {"flags": USER_PRESENT},
    "nobody touched it": {"flags": USER_VERIFIED},
    "a copy, which counts less": {"count": 0},
    "another key": {"id": b"x" * 32},
}


@pytest.mark.parametrize("fault", FAULTS)
def test_what_is_not_right_lets_nobody_in(
    fault: str, key: SoftKey, client: CheckingClient, session: Session
) -> None:
    asked = options(client.get("/account/code").text)
    wrong = replace(key, **FAULTS[fault])

    page = client.post("/account/code/passkey", data={"answer": wrong.use(asked)})

    assert page.status_code == 400
    assert "There is a problem" in page.text
    assert client.get("/account/").status_code == 401
    assert "second_factor.refused" in session.scalars(select(AuditEvent.action)).all()


@pytest.mark.parametrize("fault", ["another site's page", "another site's key", "nobody looked"])
def test_what_is_not_right_is_not_set_up(
    fault: str, half_in: CheckingClient, session: Session
) -> None:
    asked = options(half_in.get(SET_UP).text)
    wrong = SoftKey(**FAULTS[fault])

    page = half_in.post(SET_UP, data={"name": "Laptop", "answer": wrong.make(asked)})

    assert page.status_code == 400
    assert "This passkey could not be set up." in page.text
    assert 'value="Laptop"' in page.text
    assert session.scalars(select(Passkey)).all() == []


NONSENSE = [
    "",
    "nonsense",
    "[]",
    "null",
    "{}",
    '{"id": 1}',
    '{"id": "a", "rawId": "a", "type": "public-key", "response": {}}',
    "x" * 100_000,
    "[" * 19_000,
    '{"id": "é", "rawId": "é", "type": "public-key", "response": {"clientDataJSON": "é"}}',
]


@pytest.mark.parametrize("where", ["set up", "use"])
def test_nonsense_is_told_apart(where: str, half_in: CheckingClient, open_link: OpenLink) -> None:
    if where == "use":
        set_up(half_in, SoftKey())
        open_link()
    address = SET_UP if where == "set up" else "/account/code/passkey"
    for answer in NONSENSE:
        limiter.reset()
        half_in.get(address if where == "set up" else "/account/code")

        page = half_in.post(address, data={"name": "Laptop", "answer": answer})

        assert page.status_code == 400, answer[:100]
        assert "There is a problem" in page.text


@pytest.mark.parametrize("part", ["clientDataJSON", "authenticatorData", "signature", "userHandle"])
def test_a_broken_part_is_told_apart(part: str, key: SoftKey, client: CheckingClient) -> None:
    for value in ("a", "AA", "é", 1, ["a"], {"a": 1}):
        limiter.reset()
        answer = json.loads(key.use(options(client.get("/account/code").text)))
        answer["response"][part] = value

        page = client.post("/account/code/passkey", data={"answer": json.dumps(answer)})

        # Whose the key is we know from the key itself, whatever it says about it.
        if page.status_code != 302 or part != "userHandle":
            assert page.status_code == 400, value
        if page.status_code == 302:
            break


def test_a_passkey_needs_a_name(half_in: CheckingClient) -> None:
    asked = options(half_in.get(SET_UP).text)

    page = half_in.post(SET_UP, data={"name": " ", "answer": SoftKey().make(asked)})

    assert page.status_code == 400
    assert 'href="#name"' in page.text


def test_a_passkey_is_set_up_once(
    key: SoftKey, client: CheckingClient, session: Session, staff: Person
) -> None:
    client.sign_in(staff)
    new = "/account/security/passkeys/new"
    asked = options(client.get(new).text)
    excluded = json.dumps(asked["excludeCredentials"])

    page = client.post(new, data={"name": "Again", "answer": key.make(asked)})

    assert page.status_code == 400
    assert "set up already" in page.text
    assert json.loads(key.make(asked))["id"] in excluded


def test_a_link_alone_adds_nothing_to_what_is_set_up(
    key: SoftKey, client: CheckingClient, session: Session
) -> None:
    for address in ("/account/set-up", SET_UP, "/account/set-up/square.svg"):
        assert client.get(address).location == "/account/code"
    for address in ("/account/set-up", "/account/set-up/done", SET_UP):
        assert client.post(address, data={"code": "123456"}).location == "/account/code"

    assert client.get("/account/").status_code == 401


def test_a_passkey_is_its_owners_alone(
    key: SoftKey, client: CheckingClient, session: Session, open_link: OpenLink
) -> None:
    other = Person(email="bo@tarn.example", name="Bo", staff_role="consultant")
    session.add(other)
    held = session.scalars(select(Passkey)).one()
    asked = options(client.get("/account/code").text)
    held.person = other
    session.commit()

    page = client.post("/account/code/passkey", data={"answer": key.use(asked)})

    assert page.status_code == 400
    assert client.get("/account/").status_code == 401


def test_guessing_is_stopped(key: SoftKey, client: CheckingClient) -> None:
    tried = [client.post("/account/code/passkey", data={"answer": "x"}) for _ in range(7)]

    assert [one.status_code for one in tried] == [400] * 6 + [429]
    assert "Wait 15 minutes" in tried[-1].text
