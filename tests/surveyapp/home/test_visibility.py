"""An example is for all to see; how far real authorities are is for staff."""

from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from surveyapp.config import Settings
from surveyapp.models import Person, Survey
from tests.surveyapp.browsing import CheckingClient
from tests.surveyapp.building import somebody
from tests.surveyapp.respond.filling import words

pytestmark = pytest.mark.access


@pytest.fixture
def real(session: Session, survey: Survey, settings: Settings) -> Iterator[Survey]:
    """A survey of real authorities, with a review."""
    survey.is_example = False
    session.commit()
    settings.review_file.write_bytes(b"x")
    note = settings.review_file.with_suffix(".json")
    note.write_text(f'{{"survey": "{survey.code}"}}')
    yield survey
    settings.review_file.unlink()
    note.unlink()


def test_a_review_is_offered_with_its_own_survey_only(
    client: CheckingClient, session: Session, real: Survey
) -> None:
    real.code = "another-survey"
    real.is_example = True
    session.commit()

    assert "/review.docx" not in client.get("/surveys/another-survey").text
    assert client.get("/review.docx").status_code == 404


@pytest.mark.parametrize("who", ["a stranger", "Cy Birch"])
def test_a_real_survey_is_not_for_everyone(
    who: str, client: CheckingClient, session: Session, real: Survey
) -> None:
    if who != "a stranger":
        client.sign_in(somebody(session, who))

    home = client.get("/")

    assert home.status_code == 200
    assert "Alder" not in home.text
    for address in (f"/surveys/{real.code}", "/review.docx"):
        assert client.get(address).status_code == 401


def test_a_real_survey_is_for_staff(client: CheckingClient, session: Session, real: Survey) -> None:
    iris = somebody(session, "Iris Notes")
    assert isinstance(iris, Person)
    client.sign_in(iris)

    assert "Alder" in client.get("/").text
    for address in (f"/surveys/{real.code}", "/review.docx"):
        assert client.get(address).status_code == 200


@pytest.mark.parametrize("who", ["a stranger", "Cy Birch"])
def test_only_the_demo_hands_everyone_the_review_of_its_example(
    who: str,
    app: Flask,
    settings: Settings,
    client: CheckingClient,
    session: Session,
    real: Survey,
) -> None:
    real.is_example = True
    session.commit()
    if who != "a stranger":
        client.sign_in(somebody(session, who))
    refused = client.get("/review.docx").status_code
    page = client.get("/").text
    app.config["SETTINGS"] = settings.model_copy(update={"demo": True})
    given, shown = client.get("/review.docx").status_code, client.get("/").text
    app.config["SETTINGS"] = settings

    assert refused == 401
    assert "review.docx" not in page
    assert "staff of this survey read it here" in page
    assert given == 200
    assert "Everyone in it is invented." in shown


PROGRESS = ("Alder", "Birch", "Cedar", "Submitted", "Returns", "held by telephone", "3 authorities")


@pytest.mark.parametrize("who", ["a stranger", "Cy Birch"])
@pytest.mark.parametrize("rest", ["/", "/surveys/tiny-survey-2015"])
def test_how_far_anybody_is_is_shown_to_no_stranger(
    who: str, rest: str, client: CheckingClient, session: Session, survey: Survey
) -> None:
    if who != "a stranger":
        client.sign_in(somebody(session, who))

    page = words(client.get(rest).text)

    assert [word for word in PROGRESS if word in page] == []
    assert "Authorities are asked what they do" in page
    way_in = "ask for a new one" if who == "a stranger" else "Go to your surveys"
    assert way_in in page


def test_how_far_everybody_is_is_shown_to_staff(
    client: CheckingClient, session: Session, survey: Survey
) -> None:
    client.sign_in(somebody(session, "Iris Notes"))

    page = client.get("/").text

    assert [word for word in PROGRESS if word not in page] == []


def test_the_demo_shows_everyone_its_example(
    app: Flask, settings: Settings, client: CheckingClient, session: Session, survey: Survey
) -> None:
    app.config["SETTINGS"] = settings.model_copy(update={"demo": True})

    shown = client.get("/").text
    survey.is_example = False
    session.commit()
    hidden = client.get("/").text
    app.config["SETTINGS"] = settings

    assert "Alder" in shown
    assert "Alder" not in hidden
