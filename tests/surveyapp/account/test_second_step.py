"""Staff show a second factor: a code from their app, once, or one of ten kept codes, once."""

import datetime as dt
import re

import pyotp
import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp import links
from surveyapp.account import second_factor
from surveyapp.models import Person, RecoveryCode, StaffKey, Survey
from tests.surveyapp.browsing import CheckingClient

KEY = "a signing key of the tests"
NOW = dt.datetime(2015, 7, 25, 12, 0, 10, tzinfo=dt.UTC)


def set_up(client: CheckingClient) -> tuple[pyotp.TOTP, list[str]]:
    client.post("/account/set-up")
    page = client.get("/account/set-up").text
    found = re.search(r'survey-code">([A-Z2-7 ]+)<', page)
    assert found is not None
    app = pyotp.TOTP(found[1].replace(" ", ""))
    answer = client.post("/account/set-up/done", data={"code": app.now()})
    return app, re.findall(r">([a-z2-9]{4}-[a-z2-9]{4}-[a-z2-9]{4})<", answer.text)


def test_setting_up_shows_ten_codes_once_and_lets_in(
    half_in: CheckingClient, session: Session
) -> None:
    assert "Set up your second step" in half_in.get("/account/code").text

    _, codes = set_up(half_in)

    assert len(set(codes)) == 10
    assert half_in.get("/account/").status_code == 200
    kept = {one.code_hash for one in session.scalars(select(RecoveryCode))}
    assert not kept & {code.replace("-", "") for code in codes}


def test_the_square_is_a_picture(half_in: CheckingClient) -> None:
    assert half_in.get("/account/set-up/square.svg").status_code == 404
    half_in.post("/account/set-up")

    square = half_in.get("/account/set-up/square.svg")

    assert square.mimetype == "image/svg+xml"
    assert square.data.startswith(b"<?xml")


def test_once_set_up_the_secret_is_never_shown_again(
    half_in: CheckingClient, session: Session, staff: Person
) -> None:
    app, _ = set_up(half_in)
    token = links.sign_in(session, staff, dt.datetime.now(dt.UTC))
    session.commit()
    half_in.post(f"/link/{token}")

    half_in.post("/account/set-up")

    assert half_in.get("/account/set-up").location == "/account/code"
    assert half_in.get("/account/set-up/square.svg").location == "/account/code"
    stored = session.scalars(select(StaffKey.secret)).one()
    assert app.secret not in stored


def test_a_kept_code_lets_in_once(half_in: CheckingClient, session: Session, staff: Person) -> None:
    _, codes = set_up(half_in)
    for status in (302, 400):
        half_in.sign_out()
        token = links.sign_in(session, staff, dt.datetime.now(dt.UTC))
        session.commit()
        half_in.post(f"/link/{token}")
        answer = half_in.post("/account/code", data={"code": codes[0].upper()})
        assert answer.status_code == status


@pytest.mark.parametrize("typed", ["", "12345", "abcdef", "000000000000", "x" * 100, "٣٤٥٦٧٨"])
def test_a_wrong_code_lets_nobody_in(
    typed: str, half_in: CheckingClient, session: Session, staff: Person
) -> None:
    set_up(half_in)
    half_in.sign_out()
    token = links.sign_in(session, staff, dt.datetime.now(dt.UTC))
    session.commit()
    half_in.post(f"/link/{token}")

    page = half_in.post("/account/code", data={"code": typed})

    assert page.status_code == 400
    assert "There is a problem" in page.text
    assert half_in.get("/account/").status_code == 401


def test_guessing_is_stopped(half_in: CheckingClient) -> None:
    half_in.post("/account/set-up")
    tried = [half_in.post("/account/set-up/done", data={"code": "1"}) for _ in range(7)]

    assert [one.status_code for one in tried] == [400] * 6 + [429]


@pytest.mark.parametrize("address", ["/account/code", "/account/set-up"])
def test_the_second_step_is_for_whoever_took_the_first(
    address: str, client: CheckingClient, survey: Survey
) -> None:
    assert client.get(address).status_code == 401
    assert client.post(address).status_code == 401


def test_a_code_works_once_and_not_for_long(session: Session, staff: Person) -> None:
    sealed = second_factor.make(KEY)
    app = pyotp.TOTP(second_factor.read(sealed, KEY))
    first = app.at(NOW - dt.timedelta(seconds=60))
    then = NOW - dt.timedelta(seconds=60)
    assert second_factor.keep_app(session, staff, sealed, first, (KEY, then))

    def right(code: str, at: dt.datetime = NOW) -> bool:
        return second_factor.check(session, staff, code, KEY, at)

    before, now, after = (app.at(NOW + dt.timedelta(seconds=30 * step)) for step in (-1, 0, 1))
    assert not right(app.at(NOW - dt.timedelta(seconds=90)))
    assert right(before)
    assert right(f" {now[:3]} {now[3:]} ")
    assert not right(now)
    assert not right(before)
    assert right(after)


def test_a_kept_code_is_its_owners_alone(session: Session, staff: Person) -> None:
    other = Person(email="bo@tarn.example", name="Bo", staff_role="consultant")
    session.add(other)
    codes = second_factor.new_codes(session, staff)

    assert not second_factor.check(session, other, codes[0], KEY, NOW)
    assert second_factor.check(session, staff, codes[0], KEY, NOW)
