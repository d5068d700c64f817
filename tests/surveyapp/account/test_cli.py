"""The demo's links: one for each kind of person, and only in the demo."""

import re
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.config import Settings
from surveyapp.models import Interview, Person, Survey
from tests.surveyapp.browsing import CheckingClient
from tests.surveyapp.building import NOON


@pytest.fixture
def demo(app: Flask, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Flask:
    """The application as the demo sets it up."""
    as_demo = Settings(instance=Path(settings.instance), demo=True)
    monkeypatch.setitem(app.config, "SETTINGS", as_demo)
    return app


def test_every_link_of_the_demo_lets_in(
    demo: Flask, client: CheckingClient, session: Session, survey: Survey
) -> None:
    result = demo.test_cli_runner().invoke(args=["demo", "links", "--authority", "Alder"])

    assert result.exit_code == 0
    assert re.findall(r"^[A-Z].*:$", result.output, re.MULTILINE) == [
        "Ann Alder, coordinator of Alder:",
        "Bob Alder, contributor of Alder:",
        "Iris Notes, interviewer:",
        "The workbench, once you are signed in as the consultant:",
    ]
    for address in re.findall(r"/link/\S+", result.output):
        client.sign_out()
        assert client.post(address).status_code == 302
        assert client.get("/account/").status_code == 200


def test_the_demo_leads_a_consultant_to_the_workbench(
    demo: Flask, client: CheckingClient, session: Session, survey: Survey
) -> None:
    session.add(Person(name="Clare Reads", email="clare@read.example", staff_role="consultant"))
    session.commit()

    output = demo.test_cli_runner().invoke(args=["demo", "links", "--authority", "Alder"]).output
    (link,) = re.findall(r"Clare Reads, consultant:\n.*(/link/\S+)", output)
    (address,) = re.findall(r"signed in as the consultant:\n  http://127.0.0.1:8000(/.*)", output)

    assert client.post(link).status_code == 302
    assert client.get(address).status_code == 200


def test_the_demo_leads_to_an_interviewers_own_and_to_a_record_that_waits(
    demo: Flask, client: CheckingClient, session: Session, survey: Survey
) -> None:
    call = session.scalars(select(Interview)).one()
    call.offered_at, call.answer_by = NOON, NOON.date()
    session.commit()

    output = demo.test_cli_runner().invoke(args=["demo", "links", "--authority", "Alder"]).output
    interviewer, asked = re.findall(r"/link/\S+", output)[-2:]

    assert "Ann Alder, interviewed for Alder: the record to confirm:" in output
    assert client.post(interviewer).location == "/interviews/"
    client.sign_out()
    assert client.post(asked).location == f"/calls/{call.id}/"


def test_from_another_machine_the_demo_asks_for_the_second_step(
    demo: Flask, client: CheckingClient, session: Session, survey: Survey
) -> None:
    output = demo.test_cli_runner().invoke(args=["demo", "links", "--authority", "Alder"]).output
    address = re.findall(r"/link/\S+", output)[-1]

    answer = client.post(address, environ_overrides={"REMOTE_ADDR": "10.1.2.3"})

    assert answer.location == "/account/code"


def test_there_are_no_such_links_outside_the_demo(app: Flask, session: Session) -> None:
    result = app.test_cli_runner().invoke(args=["demo", "links"])

    assert result.exit_code == 1
    assert "not a demo" in result.output


def test_an_authority_without_anybody_is_said(demo: Flask, survey: Survey) -> None:
    result = demo.test_cli_runner().invoke(args=["demo", "links", "--authority", "Nowhere"])

    assert result.exit_code == 1
    assert "Nobody" in result.output
