"""Every page and every answer the service gives, listed from the application itself."""

from pathlib import Path

import jinja2
import pytest
from flask import Flask
from sqlalchemy.orm import Session

import surveyapp
from surveyapp import assets
from surveyapp.extensions import db
from surveyapp.models import Person, Submission, Survey
from surveyapp.pages import counted, day
from tests.surveyapp.browsing import CheckingClient
from tests.surveyapp.building import NOON, somebody

ROOT = Path(surveyapp.__file__).parent
PUBLIC = {"home.index", "home.survey", "home.review", "static"}
ADDRESSES = {"home.survey": {"code": "tiny-survey-2015"}, "static": {"filename": "icon.svg"}}


@pytest.mark.parametrize("endpoint", sorted(PUBLIC - {"home.review"}))
def test_every_address_answers(
    endpoint: str, app: Flask, client: CheckingClient, survey: Survey
) -> None:
    with app.test_request_context():
        address = app.url_for(endpoint, **ADDRESSES.get(endpoint, {}))

    response = client.get(address)

    assert response.status_code == 200


@pytest.mark.parametrize("endpoint", sorted(PUBLIC))
@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_no_address_takes_what_it_does_not_say(
    endpoint: str, method: str, app: Flask, client: CheckingClient
) -> None:
    with app.test_request_context():
        address = app.url_for(endpoint, **ADDRESSES.get(endpoint, {}))

    assert client.open(address, method=method).status_code == 405


@pytest.mark.parametrize("template", sorted(ROOT.rglob("*.html")), ids=lambda path: path.name)
def test_every_template_parses(template: Path, app: Flask) -> None:
    source = template.read_text(encoding="utf-8")

    app.jinja_env.parse(source, name=template.name)
    assert "| safe" not in source
    assert "|safe" not in source


def test_a_name_that_nobody_gave_fails_the_page(app: Flask) -> None:
    page = app.jinja_env.from_string

    with pytest.raises(jinja2.UndefinedError):
        page("{{ misspelt }}").render()
    with pytest.raises(jinja2.UndefinedError):
        page("{% if misspelt %}x{% endif %}").render()
    with pytest.raises(jinja2.UndefinedError):
        page("{% for one in misspelt %}x{% endfor %}").render()
    assert page("{% if given.missing %}x{% endif %}").render(given={}) == ""


def test_what_people_type_is_not_markup(app: Flask) -> None:
    page = app.jinja_env.from_string("{{ words }}").render(words="<script>x</script>")

    assert page == "&lt;script&gt;x&lt;/script&gt;"


@pytest.mark.parametrize("address", ["/", "/nowhere", "{static}/survey.css"])
def test_every_answer_carries_the_security_headers(
    address: str, app: Flask, client: CheckingClient
) -> None:
    headers = client.get(address.format(static=app.static_url_path)).headers

    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"
    assert "Strict-Transport-Security" not in headers


def test_a_secure_connection_is_to_stay_so(client: CheckingClient) -> None:
    headers = client.get("/", base_url="https://localhost").headers

    assert headers["Strict-Transport-Security"].startswith("max-age=31536000")


def test_pages_are_not_kept_and_styles_are(
    app: Flask, client: CheckingClient, session: Session, birch: Submission
) -> None:
    client.sign_in(somebody(session))

    styles = client.get(f"{app.static_url_path}/survey.css").headers

    assert client.get("/").headers["Cache-Control"] == "no-store"
    assert styles["Cache-Control"] == f"public, max-age={assets.KEPT_SECONDS}"
    assert "Set-Cookie" not in styles


def test_styles_that_change_are_asked_for_anew(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(assets, "FOLDER", tmp_path)
    (tmp_path / "survey.css").write_text("h1 { color: black }")
    before = assets.address()
    (tmp_path / "survey.css").write_text("h1 { color: brown }")

    assert assets.address() != before


def test_a_stranger_name_for_this_machine_is_refused(client: CheckingClient) -> None:
    assert client.get("/", base_url="http://evil.example").status_code == 400


def test_a_fault_of_ours_is_a_page_that_says_sorry(app: Flask, client: CheckingClient) -> None:
    app.testing, app.config["PROPAGATE_EXCEPTIONS"] = False, False
    app.view_functions["home.index"], before = _fail, app.view_functions["home.index"]
    try:
        response = client.get("/")
    finally:
        app.view_functions["home.index"] = before
        app.testing, app.config["PROPAGATE_EXCEPTIONS"] = True, None

    assert response.status_code == 500
    assert "Sorry, there is a problem with the service" in response.text
    assert "Traceback" not in response.text


def _fail() -> str:
    raise RuntimeError("broken on purpose")


def test_the_client_notices_a_reading_that_writes(
    app: Flask, client: CheckingClient, session: Session
) -> None:
    app.view_functions["home.index"], before = _write, app.view_functions["home.index"]
    try:
        with pytest.raises(AssertionError, match="uncommitted"):
            client.get("/")
    finally:
        app.view_functions["home.index"] = before


def _write() -> str:
    db.session.add(Person(email="x@y.example", name="X"))
    db.session.flush()
    return ""


def test_dates_and_numbers_are_written_as_people_read_them() -> None:
    assert day(NOON.date()) == "25 July 2015"
    assert day(NOON.replace(hour=23, minute=30)) == "26 July 2015"  # summer time in England
    assert counted(1, "authority", "authorities") == "1 authority"
    assert counted(1200, "authority", "authorities") == "1,200 authorities"
