"""The home page shows how far everybody is, and hands over the review once there is one."""

import datetime as dt
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from surveyapp import example
from surveyapp.config import Settings
from surveyapp.coordinate import services as coordinate
from surveyapp.interview import withdrawing
from surveyapp.models import Submission, Survey
from surveyapp.pages import ENGLAND
from tests.surveyapp.browsing import CheckingClient, parse
from tests.surveyapp.building import NOON, TINY, grow, queries, somebody
from tests.surveyapp.interview.recorded import held_call

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@pytest.fixture
def review_file(settings: Settings) -> Iterator[Path]:
    """A review that has been built."""
    settings.review_file.write_bytes(b"x" * 812_345)
    note = settings.review_file.with_suffix(".json")
    note.write_text('{"survey": "tiny-survey-2015"}')
    moment = NOON.timestamp()
    os.utime(settings.review_file, (moment, moment))
    yield settings.review_file
    settings.review_file.unlink()
    note.unlink()


@pytest.fixture(autouse=True)
def demo(app: Flask, settings: Settings) -> Iterator[None]:
    """The demo, whose front page shows everybody how far the invented authorities are."""
    app.config["SETTINGS"] = settings.model_copy(update={"demo": True})
    yield
    app.config["SETTINGS"] = settings


def words(client: CheckingClient, address: str = "/") -> str:
    """Return the words of a page's main part, as they are read out."""
    response = client.get(address)
    assert response.status_code == 200
    main = next(parse(response.text).iter("main"))
    return " ".join("".join(main.itertext()).split())


def rows(client: CheckingClient) -> list[list[str]]:
    """Return the table of returns."""
    table = next(parse(client.get("/").text).iter("tbody"))
    return [
        [" ".join("".join(cell.itertext()).split()) for cell in row if cell.tag in ("th", "td")]
        for row in table.iter("tr")
    ]


def test_an_empty_house_says_so(client: CheckingClient) -> None:
    assert "No surveys yet" in words(client)


def test_the_state_of_every_return_is_shown(client: CheckingClient, survey: Survey) -> None:
    page = words(client)

    assert "3 authorities were asked" in page
    assert "1 interview was held by telephone, with 1 authority." in page
    assert "runs from 16 June 2015 to 31 July 2015" in page
    assert "it is always 31 July 2015, the last day of the survey" in page
    assert "1 submitted 1 in progress 1 not started" in page
    assert rows(client) == [
        [
            "Alder",
            "Submitted",
            "Sections finished: 3 of 3",
            "Last activity: 14 July 2015",
            "Interview: 22 July 2015",
        ],
        [
            "Birch",
            "In progress",
            "Sections finished: 0 of 3",
            "Last activity: 21 July 2015",
            "Interview: None yet",
        ],
        [
            "Cedar",
            "Not started",
            "Sections finished: 0 of 3",
            "Last activity: None yet",
            "Interview: None yet",
        ],
    ]


def test_nothing_that_anybody_said_is_shown(client: CheckingClient, survey: Survey) -> None:
    page = client.get("/").text

    for said in ("We count every call", "Ann Alder", "alder.example", "412"):
        assert said not in page


def test_an_example_says_that_it_is_one(
    client: CheckingClient, survey: Survey, session: Session
) -> None:
    assert "are invented" in words(client)

    survey.is_example = False
    session.commit()

    assert "are invented" not in words(client)


def test_a_closed_survey_says_so(client: CheckingClient, survey: Survey, session: Session) -> None:
    assert "closed now" not in words(client)

    coordinate.close_survey(session, survey, NOON)
    session.commit()

    page = words(client)
    assert "ran from 16 June 2015 to 31 July 2015, and is closed now" in page
    assert "Time stands still" not in page


def test_a_survey_that_is_not_open_yet_says_so(
    client: CheckingClient, survey: Survey, session: Session
) -> None:
    survey.opened_at = None
    session.commit()

    assert "is not open yet. It runs from 16 June 2015" in words(client)


@pytest.mark.parametrize(("days", "said"), [(0, "runs from"), (-1, "late are still taken")])
def test_a_real_survey_goes_by_the_calendar(
    days: int, said: str, client: CheckingClient, survey: Survey, session: Session
) -> None:
    survey.is_example = False
    survey.closes_on = dt.datetime.now(ENGLAND).date() + dt.timedelta(days=days)
    client.sign_in(somebody(session, "Iris Notes"))
    session.commit()

    page = words(client)

    assert said in page
    assert "Time stands still" not in page


def test_other_surveys_are_linked(client: CheckingClient, survey: Survey, session: Session) -> None:
    definitions = example.read(TINY).folder
    opens = survey.opens_on.replace(year=2012)
    plan = coordinate.Plan(
        "earlier", "Earlier survey", "R", opens, survey.closes_on, is_example=True
    )
    coordinate.set_up(session, plan, coordinate.publish(session, definitions, NOON))
    session.commit()

    assert "Other surveys Earlier survey" in words(client)
    assert "0 authorities were asked" in words(client, "/surveys/earlier")
    assert client.get("/surveys/none").status_code == 404


def test_the_review_is_handed_over_when_there_is_one(
    client: CheckingClient, survey: Survey, review_file: Path
) -> None:
    page = words(client)
    response = client.get("/review.docx")

    assert "Download the review (Word, 812 KB)" in page
    assert "Built on 25 July 2015" in page
    assert response.status_code == 200
    assert response.mimetype == WORD
    assert response.headers["Content-Disposition"] == "attachment; filename=review.docx"
    assert response.data == review_file.read_bytes()


def test_without_a_review_there_is_no_link(client: CheckingClient, survey: Survey) -> None:
    assert "has not been built yet" in words(client)
    assert client.get("/review.docx").status_code == 404


def test_a_review_that_was_removed_is_to_be_built_again(
    client: CheckingClient, session: Session, birch: Submission, settings: Settings
) -> None:
    note = settings.review_file.with_suffix(".removed")
    settings.review_file.write_bytes(b"x")
    withdrawing.forget_files(session, settings, held_call(session, birch), NOON)
    try:
        page = words(client)
        assert "The review was removed, because words in it were withdrawn" in page
        assert "It is to be built again" in page
        assert "has not been built yet" not in page
        assert client.get("/review.docx").status_code == 404

        note.write_text("another", "utf-8")
        assert "has not been built yet" in words(client)
    finally:
        note.unlink()


def test_a_review_that_was_built_again_is_handed_over(
    client: CheckingClient, survey: Survey, review_file: Path
) -> None:
    note = review_file.with_suffix(".removed")
    note.write_text(survey.code, "utf-8")
    try:
        page = words(client)
    finally:
        note.unlink()

    assert "Download the review" in page
    assert "was removed" not in page


def test_the_page_asks_as_often_for_many_as_for_few(
    client: CheckingClient, survey: Survey, session: Session
) -> None:
    def count() -> int:
        session.commit()
        session.expire_all()
        with queries(session) as sent:
            words(client)
        return len([one for one in sent if "SAVEPOINT" not in one])

    few = count()
    grow(session, survey, 20)

    assert count() == few
