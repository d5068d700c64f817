"""The consultant's pages: what they show, what they change, and what they refuse."""

import datetime as dt
import io
import re
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from surveyapp.coordinate.routes import administration
from surveyapp.models import AuditEvent, Contributor, Link, Mail, Person, Submission, Survey
from tests.surveyapp.browsing import CheckingClient, parse
from tests.surveyapp.building import submission_of

HOME = "/staff/tiny-survey-2015"
READ = [
    "/staff/",
    "/staff/new",
    "/staff/new/tiny_region",
    "/staff/new/tiny_region/preview",
    *(
        HOME + page
        for page in (
            "/",
            "/?order=name",
            "/answers",
            "/answers/S01.2",
            "/answers/Z1.1",
            "/people",
            "/people/bring-in",
            "/people/invite",
            "/people/invite?who=everyone",
            "/people/invite?who=nonsense",
            "/setup",
            "/close",
            "/publish",
            "/authorities",
            "/authorities/register",
            "/mail",
            "/mail?page=2",
            "/mail?state=sent&authority=X06000002",
            "/mail?state=nonsense",
            "/exports",
            "/trail",
            "/trail?page=x",
        )
    ),
]
DI = "Cedar,Di Cedar,di@cedar.example,Director,yes\r\n"
WRITTEN = "authority,name,email,job_title,coordinator\r\n"


@pytest.fixture(autouse=True)
def folders(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(administration, "FOLDERS", Path("tests/questionnaires"))


@pytest.fixture
def cy(session: Session, survey: Survey) -> Contributor:
    """A coordinator who has not been invited."""
    one = submission_of(session, "Birch").contributors[0]
    one.invited_at = one.opened_at = None
    session.commit()
    return one


def words(html: str) -> str:
    main = next(parse(html).iter("main"))
    return " ".join("".join(main.itertext()).split())


def actions(session: Session) -> list[str]:
    return list(session.scalars(select(AuditEvent.action).order_by(AuditEvent.at)))


def press(client: CheckingClient, action: str, **typed: object) -> str:
    """Press a button, follow where it leads, and return the words there."""
    response = client.post(action, data=typed)
    if response.status_code == 302:
        response = client.get(response.headers["Location"])
    assert response.status_code == 200, response.text
    return words(response.text)


@pytest.mark.parametrize("page", READ)
def test_every_page_shows(page: str, staff: CheckingClient, survey: Survey) -> None:
    assert staff.get(page).status_code == 200


@pytest.mark.access
@pytest.mark.parametrize("page", [READ[0], *READ[3:]])
def test_nobody_else_gets_in(
    page: str, client: CheckingClient, survey: Survey, session: Session
) -> None:
    person = session.scalars(select(Person).where(Person.name == "Cy Birch")).one()
    client.sign_in(person)

    assert client.get(page).status_code == 403


@pytest.mark.parametrize("page", ["/staff/none/", HOME + "/answers/S99.9", "/staff/new/.."])
def test_what_is_not_there_is_not_found(page: str, staff: CheckingClient, survey: Survey) -> None:
    assert staff.get(page).status_code == 404


def test_the_tracker_says_what_to_do(staff: CheckingClient, survey: Survey) -> None:
    page = words(staff.get(HOME + "/").text)

    assert "We have no contact here. Add a coordinator." in page
    assert "in progress, 2 of 4 answered" in page


def test_the_tracker_is_a_file_too(staff: CheckingClient, survey: Survey) -> None:
    tracker = staff.get(HOME + "/tracker.xlsx")
    assert tracker.data[:2] == b"PK"
    assert "attachment" in tracker.headers["Content-Disposition"]


def send(client: CheckingClient, text: str) -> str:
    response = client.post(
        HOME + "/people/bring-in",
        data={
            "file": (io.BytesIO((WRITTEN + text).encode()), "contacts.csv"),
        },
    )
    assert response.status_code == 200
    return response.text


def seal(html: str) -> str:
    found = re.search(r'name="rows"[^>]*value="([^"]+)"', html)
    assert found
    return found[1]


def test_contacts_are_written_only_when_confirmed(
    staff: CheckingClient, survey: Survey, session: Session
) -> None:
    count = select(func.count(Contributor.id))
    before = session.scalar(count)

    html = send(staff, DI + "Nowhere,X,x@y.example,,\r\n")

    assert "1 person is added, 0 changed, 1 row is refused" in words(html)
    assert session.scalar(count) == before
    done = press(staff, HOME + "/people/bring-in/confirm", rows=seal(html))
    assert "1 added, 0 changed." in done
    assert session.scalar(count) == (before or 0) + 1
    assert submission_of(session, "Cedar").contributors[0].coordinator
    assert "contacts.brought_in" in actions(session)


def test_a_check_that_no_longer_holds_is_shown_again(
    staff: CheckingClient, survey: Survey, session: Session
) -> None:
    first = seal(send(staff, DI))
    press(staff, HOME + "/people/bring-in/confirm", rows=first)

    again = press(staff, HOME + "/people/bring-in/confirm", rows=first)

    assert "Something has changed since you looked" in again
    assert session.scalar(select(func.count(Person.id)).where(Person.name == "Di Cedar")) == 1


def test_rows_that_were_tampered_with_are_refused(
    staff: CheckingClient, survey: Survey, session: Session
) -> None:
    page = press(staff, HOME + "/people/bring-in/confirm", rows="forged")

    assert "Send the spreadsheet again" in page


def test_a_coordinator_is_replaced(staff: CheckingClient, survey: Survey, session: Session) -> None:
    html = send(staff, "Birch,Bea New,bea@birch.example,,yes\r\n")
    press(staff, HOME + "/people/bring-in/confirm", rows=seal(html))

    held = {
        one.person.name: one.coordinator for one in submission_of(session, "Birch").contributors
    }
    assert held == {"Cy Birch": False, "Bea New": True}


@pytest.mark.parametrize("content", [b"", b"%PDF\x00", b"PK\x03\x04"])
def test_a_file_that_is_no_table_is_refused_with_a_reason(
    content: bytes, staff: CheckingClient, survey: Survey
) -> None:
    typed = {"file": (io.BytesIO(content), "contacts.xlsx")}

    page = press(staff, HOME + "/people/bring-in", **typed)

    assert "There is a problem" in page


@pytest.mark.mail
def test_invitations_go_to_exactly_those_shown(
    staff: CheckingClient, survey: Survey, session: Session, cy: Contributor
) -> None:
    page = words(staff.get(HOME + "/people/invite").text)
    assert "1 person will get an invitation" in page

    done = press(
        staff,
        HOME + "/people/invite",
        who="coordinators",
        count="1",
    )

    assert "1 invitation is on its way." in done
    sent = session.scalars(select(Mail)).one()
    assert sent.to_address == "cy@birch.example"
    assert session.scalar(select(func.count(Link.id))) == 1
    again = press(staff, HOME + "/people/invite", who="coordinators", count="1")
    assert "Nobody has been invited" in again
    assert session.scalar(select(func.count(Mail.id))) == 1


def test_a_wrong_count_invites_nobody(
    staff: CheckingClient, survey: Survey, session: Session, cy: Contributor
) -> None:
    page = press(staff, HOME + "/people/invite", who="coordinators", count="7")

    assert "the list is not the one you saw" in page
    assert session.scalar(select(func.count(Mail.id))) == 0


def test_nobody_is_written_to_about_an_example(
    staff: CheckingClient,
    survey: Survey,
    session: Session,
    app: Flask,
    monkeypatch: pytest.MonkeyPatch,
    cy: Contributor,
) -> None:
    settings = app.config["SETTINGS"].model_copy(update={"mail": "smtp"})
    monkeypatch.setitem(app.config, "SETTINGS", settings)

    page = press(staff, HOME + "/people/invite", who="coordinators", count="1")

    assert "nobody is written to" in page
    assert session.scalar(select(func.count(Mail.id))) == 0


def test_a_link_is_revoked_and_another_sent(
    staff: CheckingClient, survey: Survey, session: Session, cy: Contributor
) -> None:
    press(staff, HOME + "/people/invite", who="coordinators", count="1")
    page = press(staff, f"{HOME}/people/{cy.id}/revoke")

    assert "The links of Cy Birch no longer work." in page
    assert session.scalars(select(Link.revoked_at)).one() is not None
    press(staff, f"{HOME}/people/{cy.id}/invite")
    assert session.scalar(select(func.count(Mail.id))) == 2


def test_reminders_are_paused_and_resumed(
    staff: CheckingClient, survey: Survey, session: Session, birch: Submission
) -> None:
    action = f"{HOME}/returns/{birch.id}/reminders"

    assert "Reminders are paused." in press(staff, action, pause="yes")
    assert birch.reminders_paused
    press(staff, action, pause="no")
    session.refresh(birch)
    assert not birch.reminders_paused


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
    }

    page = press(staff, "/staff/new/tiny_region", **typed)

    assert "The survey is set up." in page
    made = session.scalars(select(Survey).where(Survey.code == "round-two")).one()
    assert made.questionnaire_id == survey.questionnaire_id
    assert not made.is_open
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
    for problem in ("Use small letters", "Enter the region", "Enter a date"):
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
    assert "return.taken_as_partial" in actions(session)
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
    assert "Enter a date" in press(staff, HOME + "/extend", **{"closes-day": "x"})


def test_the_trail_shows_what_was_done(staff: CheckingClient, survey: Survey) -> None:
    press(staff, HOME + "/note", note="Call Kay.")

    page = words(staff.get(HOME + "/trail").text)

    assert "Kay Runs" in page
    assert "note changed" in page
    assert "Call Kay" not in page
