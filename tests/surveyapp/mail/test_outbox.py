"""The outbox shows mail to whoever tries the demo, and is not there for anybody else."""

from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from surveyapp import mail
from surveyapp.config import Settings
from surveyapp.models import Submission
from tests.surveyapp.browsing import CheckingClient
from tests.surveyapp.mail.posting import LINK, NOW, write

pytestmark = pytest.mark.mail


@pytest.fixture
def demo(app: Flask, settings: Settings) -> Iterator[None]:
    """The application as the demo runs it."""
    app.config["SETTINGS"] = settings.model_copy(update={"demo": True})
    yield
    app.config["SETTINGS"] = settings


def test_the_outbox_lists_mail_and_shows_one(
    demo: None, client: CheckingClient, session: Session, birch: Submission
) -> None:
    assert "There is no mail yet" in client.get("/outbox").text
    one = write(session)
    one.text += "\n<script>x</script>\n"
    session.commit()

    index, page = client.get("/outbox"), client.get(f"/outbox/{one.id}")

    assert one.subject in index.text
    assert "cy@birch.example" in index.text
    assert f'href="{LINK}"' in page.text
    assert "&lt;script&gt;" in page.text
    assert client.get(f"/outbox/{one.id}/date.ics").status_code == 404


def test_a_date_is_handed_over_as_a_file(
    demo: None, client: CheckingClient, session: Session, birch: Submission
) -> None:
    one = write(session)
    one.calendar = mail.calendar(mail.deadline("tiny", "Tiny", NOW.date()), NOW)
    session.commit()

    response = client.get(f"/outbox/{one.id}/date.ics")

    assert response.mimetype == "text/calendar"
    assert response.headers["Content-Disposition"].startswith("attachment")
    assert f"/outbox/{one.id}/date.ics" in client.get(f"/outbox/{one.id}").text


@pytest.mark.parametrize("change", [{"demo": False}, {"mail": "smtp"}])
def test_outside_the_demo_there_is_no_outbox(
    change: dict[str, object], demo: None, app: Flask, client: CheckingClient, settings: Settings
) -> None:
    app.config["SETTINGS"] = settings.model_copy(update={"demo": True} | change)

    assert client.get("/outbox").status_code == 404


def test_another_machine_sees_no_outbox(demo: None, client: CheckingClient) -> None:
    there = {"REMOTE_ADDR": "192.0.2.7"}

    assert client.get("/outbox", environ_base=there).status_code == 404
