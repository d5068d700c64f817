"""A survey set up, opened, closed and extended from its pages, and the trail of it."""

import datetime as dt
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp import audit, published
from surveyapp.coordinate.routes import administration
from surveyapp.models import AuditEvent, Survey
from surveyapp.pages import day
from tests.surveyapp.browsing import CheckingClient
from tests.surveyapp.coordinate.pressing import press, words

HOME = "/staff/tiny-survey-2015"
RESPONSIBLE = {
    "controller": "Larch Council",
    "contact": "help@larch.test",
    "kept_for": "six months",
}


@pytest.fixture(autouse=True)
def folders(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(administration, "FOLDERS", Path("tests/questionnaires"))


def test_a_survey_is_set_up_from_a_folder(
    staff: CheckingClient, survey: Survey, session: Session
) -> None:
    typed = {
        "title": "Round two",
        "code": "round-two",
        "region": "The Trees",
        "opens-day": "1",
        "opens-month": "9",
        "opens-year": "2036",
        "closes-day": "30",
        "closes-month": "9",
        "closes-year": "2036",
        **RESPONSIBLE,
    }

    page = press(staff, "/staff/new/tiny_region", **typed)

    assert "The survey is set up." in page
    made = session.scalars(select(Survey).where(Survey.code == "round-two")).one()
    assert made.questionnaire_id == survey.questionnaire_id
    assert not made.is_open
    assert published.privacy_of_survey(made).model_dump() == RESPONSIBLE
    again = press(staff, "/staff/new/tiny_region", **typed)
    assert "There is a survey with the code round-two already." in again


def test_a_form_shown_again_holds_what_was_typed(staff: CheckingClient, survey: Survey) -> None:
    typed = {
        "title": "Round two",
        "code": "Round Two!",
        "region": "",
        "opens-day": "31",
        "opens-month": "2",
        "opens-year": "2016",
    }
    response = staff.post(
        "/staff/new/tiny_region",
        data=typed,
    )

    page = words(response.text)
    for problem in (
        "Use small letters",
        "Enter the region",
        "The first day must be a real date",
        "Enter the last day",
    ):
        assert problem in page
    for held in ("Round two", "Round Two!", "31"):
        assert f'value="{held}"' in response.text


def test_a_faulty_folder_cannot_be_published(
    staff: CheckingClient, survey: Survey, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "faulty").mkdir()
    (tmp_path / "faulty" / "questionnaire.toml").write_text('code = "x"\ntitle = "\n')
    monkeypatch.setattr(administration, "FOLDERS", tmp_path)

    html = staff.get("/staff/new/faulty").text

    assert "from being published" in words(html)
    assert "Publish and set up" not in html


def test_the_close_keeps_what_is_unfinished_as_partial(
    staff: CheckingClient, survey: Survey, session: Session
) -> None:
    page = press(staff, HOME + "/close")

    assert "1 unfinished return is kept as partial." in page
    assert "return.taken_as_partial" in session.scalars(select(AuditEvent.action)).all()
    assert "Partial" in words(staff.get(HOME + "/").text)


def test_the_close_names_what_it_finds_and_can_be_undone(
    staff: CheckingClient, survey: Survey, session: Session
) -> None:
    before = words(staff.get(HOME + "/close").text)
    press(staff, HOME + "/close")
    after = words(staff.get(HOME + "/close").text)

    for page in (before, after):
        assert "1 submitted" in page
        assert "1 partial" in page
        assert "1 not returned" in page
        assert page.index("Alder") < page.index("Birch") < page.index("Cedar")
    assert "Close the survey now" in before
    assert "The survey is closed" in after
    assert "Partial" in words(staff.get(HOME + "/answers/S01.3").text)

    press(staff, HOME + "/open")
    assert "Partial" not in words(staff.get(HOME + "/answers/S01.3").text)


@pytest.mark.parametrize(
    ("opens", "closes", "problem"),
    [
        ("2036", "2035", "on or after the first"),
        ("2015", "2016", "The last day must be today or later"),
    ],
)
def test_dates_that_a_survey_cannot_have_are_refused(
    opens: str, closes: str, problem: str, staff: CheckingClient, survey: Survey
) -> None:
    typed = {"title": "T", "code": "t", "region": "R"}
    for name, year in (("opens", opens), ("closes", closes)):
        typed |= {f"{name}-day": "1", f"{name}-month": "9", f"{name}-year": year}

    assert problem in press(staff, "/staff/new/tiny_region", **typed)


def test_a_real_survey_is_not_extended_into_the_past(
    staff: CheckingClient, survey: Survey, session: Session
) -> None:
    survey.is_example = False
    session.commit()
    day = {"closes-day": "31", "closes-month": "8", "closes-year": "2015"}

    assert "today or later" in press(staff, HOME + "/extend", **day)


def test_an_extension_opens_a_closed_survey_again(
    staff: CheckingClient, survey: Survey, session: Session
) -> None:
    press(staff, HOME + "/close")
    later = {"closes-day": "31", "closes-month": "8", "closes-year": "2015"}

    assert "new last day" in press(staff, HOME + "/extend", **later)

    session.refresh(survey)
    assert (survey.closes_on, survey.is_open) == (dt.date(2015, 8, 31), True)
    assert "must be later" in press(staff, HOME + "/extend", **later)
    assert "must include a month and a year" in press(
        staff, HOME + "/extend", **{"closes-day": "x"}
    )
    unreal = {"closes-day": "31", "closes-month": "2", "closes-year": "2016"}
    assert "The new last day must be a real date" in press(staff, HOME + "/extend", **unreal)


def test_the_trail_shows_what_was_done(staff: CheckingClient, survey: Survey) -> None:
    press(staff, HOME + "/note", note="Call Kay.")

    page = words(staff.get(HOME + "/trail").text)

    assert "Kay Runs" in page
    assert "Changed the note in invitations" in page
    assert "Call Kay" not in page


def test_an_invented_organisation_is_not_taken_over(staff: CheckingClient, survey: Survey) -> None:
    page = staff.get("/staff/new/tiny_region").text

    assert "Alder Council, which is invented" in words(page)
    assert 'value="Alder Council"' not in page
    assert 'value="privacy@alder.example"' not in page
    refused = press(staff, "/staff/new/tiny_region", title="Round two", code="round-two")
    assert "Enter which organisation is responsible for what people tell you" in refused


def test_a_real_survey_does_not_fall_back_on_the_invented(
    staff: CheckingClient, survey: Survey, session: Session
) -> None:
    survey.is_example = False
    session.commit()

    page = words(staff.get(f"{HOME}/setup").text)

    assert "Nobody has said who is responsible" in page
    assert "Who is responsible is saved." in press(staff, f"{HOME}/responsible", **RESPONSIBLE)
    assert published.privacy_of_survey(survey).controller == "Larch Council"
    noted = select(AuditEvent.detail).where(AuditEvent.action == "survey.privacy_changed")
    assert session.scalars(noted).all() == [{}]


def test_who_is_responsible_is_not_left_empty(staff: CheckingClient, survey: Survey) -> None:
    typed = {**RESPONSIBLE, "contact": " "}

    page = press(staff, f"{HOME}/responsible", **typed)

    assert "Enter the address that people write to" in page
    assert published.privacy_of_survey(survey).contact == "privacy@alder.example"


def test_the_page_says_when_this_survey_took_its_questionnaire(
    staff: CheckingClient, survey: Survey, session: Session
) -> None:
    assert "published on" in words(staff.get(HOME + "/setup").text)
    now = dt.datetime.now(dt.UTC)
    audit.record(session, "survey.set_up", survey, None)
    audit.record(session, "survey.published", survey, None, parts=["codebook"])
    session.commit()

    assert f"taken by this survey on {day(now)}" in words(staff.get(HOME + "/setup").text)


def test_a_survey_is_put_right_until_it_is_opened(
    staff: CheckingClient, survey: Survey, session: Session
) -> None:
    page = HOME + "/setup/about"
    typed = {"title": "Put right", "region": "The Woods"}
    first = {"opens-day": "2", "opens-month": "6", "opens-year": "2015"}
    assert "has been opened" in press(staff, page, **typed, **first)
    survey.opened_at = None
    session.commit()
    assert 'value="The Trees"' in staff.get(page).text
    assert "Put the title" in words(staff.get(HOME + "/setup").text)

    unreal = {**first, "opens-day": "31"}
    assert "The first day must be a real date" in press(staff, page, **typed, **unreal)
    late = {**first, "opens-year": "2019"}
    assert "must be on or before the last" in press(staff, page, **typed, **late)
    assert "The survey is put right." in press(staff, page, **typed, **first)

    session.refresh(survey)
    found = (survey.title, survey.region, survey.opens_on)
    assert found == ("Put right", "The Woods", dt.date(2015, 6, 2))
