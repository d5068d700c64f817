"""The register brought up to date after a check, and whom a survey asks."""

import io
from pathlib import Path

import openpyxl
import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.coordinate.routes import administration
from surveyapp.models import AuditEvent, Authority, Submission, Survey
from tests.surveyapp.browsing import CheckingClient
from tests.surveyapp.building import grow, queries, submission_of
from tests.surveyapp.coordinate.test_pages import press, seal, words

HOME = "/staff/tiny-survey-2015"
PAGE = f"{HOME}/authorities"
HEAD = "code,name,official_name,type,valid_from,valid_to,successor,aliases,places,brands"
FIR = "X06000077,Fir,Fir Council,Unitary,1998-04-01,,,Firshire,,"


@pytest.fixture(autouse=True)
def folders(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(administration, "FOLDERS", Path("tests/questionnaires"))


def send(client: CheckingClient, content: bytes) -> str:
    file = {"file": (io.BytesIO(content), "authorities.csv")}
    return client.post(f"{PAGE}/register", data=file).text


def table(*rows: str) -> bytes:
    return "\r\n".join((HEAD, *rows)).encode()


def test_authorities_are_written_only_when_confirmed(
    staff: CheckingClient, survey: Survey, session: Session
) -> None:
    html = send(staff, table(FIR))

    assert "1 authority is added, 0 changed." in words(html)
    assert session.get(Authority, "X06000077") is None
    done = press(staff, f"{PAGE}/register/confirm", rows=seal(html))
    assert "1 added to the register, 0 changed." in done
    assert session.get_one(Authority, "X06000077").aliases == ["Firshire"]

    again = send(staff, table(FIR.replace("Fir Council", "Council of Fir")))
    assert "The official name Fir Council becomes Council of Fir." in words(again)
    stale = press(staff, f"{PAGE}/register/confirm", rows=seal(html))
    assert "Something has changed since you looked" in stale


def test_an_excel_file_is_read_too(staff: CheckingClient, survey: Survey) -> None:
    book = openpyxl.Workbook()
    for row in (HEAD, FIR):
        book.worksheets[0].append([*row.split(","), None, None])
    book.worksheets[0]["N9"] = ""
    file = io.BytesIO()
    book.save(file)

    assert "1 authority is added" in words(send(staff, file.getvalue()))


def test_the_register_of_a_folder_is_the_one_there(staff: CheckingClient, survey: Survey) -> None:
    page = words(staff.post(f"{PAGE}/register", data={"folder": "tiny_region"}).text)

    assert "0 authorities are added, 0 changed." in page
    assert "There is nothing to write." in page


def test_what_is_wrong_is_said_with_its_line(staff: CheckingClient, survey: Survey) -> None:
    page = words(send(staff, table(FIR, "E1,,,,1998-13-01,,,,,")))

    assert "line 3" in page
    assert "is not a date" in page
    assert "Write 1 row" not in page
    assert "are missing" in words(send(staff, b"code,name\r\n1,2"))
    assert "There is a problem" in words(send(staff, b"PK\x03\x04"))
    assert "Choose a spreadsheet" in words(staff.post(f"{PAGE}/register", data={}).text)
    many = table(*(FIR.replace("0077", f"{n:04}") for n in range(602)))
    assert "more than 600 rows" in words(send(staff, many))
    forged = staff.post(f"{PAGE}/register/confirm", data={"rows": "forged"}).text
    assert "Send the table again" in words(forged)


def test_more_authorities_are_asked(
    staff: CheckingClient, survey: Survey, session: Session
) -> None:
    press(staff, f"{PAGE}/register/confirm", rows=seal(send(staff, table(FIR))))
    assert "Fir" in words(staff.get(PAGE).text)

    assert "Choose the authorities to ask" in press(staff, PAGE)
    assert "Choose the authorities to ask" in press(staff, PAGE, authority="X0")
    assert "1 authority was added." in press(staff, PAGE, authority="X06000077")

    fir = submission_of(session, "Fir")
    assert len(fir.sections) == 3
    assert "is asked." in words(staff.get(PAGE).text)


def test_all_of_a_group_are_chosen_with_one_button(
    staff: CheckingClient, survey: Survey, session: Session
) -> None:
    press(staff, f"{PAGE}/register/confirm", rows=seal(send(staff, table(FIR))))
    page = staff.get(PAGE).text
    assert "Choose all of the others in the register" in words(page)
    assert " checked" not in page

    shown = staff.post(PAGE, data={"all": "0"}).text

    assert shown.count(" checked") == 1
    assert len(session.scalars(select(Submission.id)).all()) == 3


def test_an_authority_is_taken_out_only_while_nothing_has_come_of_it(
    staff: CheckingClient, survey: Survey, session: Session
) -> None:
    birch, cedar = (submission_of(session, name) for name in ("Birch", "Cedar"))
    page = words(staff.get(PAGE).text)
    assert page.count("It has answered, so it stays.") == 2

    refused = press(staff, f"{HOME}/returns/{birch.id}/take-out")
    done = press(staff, f"{HOME}/returns/{cedar.id}/take-out")

    assert "Birch was not taken out. It has answered" in refused
    assert "Cedar is not asked any more." in done
    left = session.scalars(select(Submission.authority_code)).all()
    assert sorted(left) == ["X06000001", "X06000002"]
    assert "authority.taken_out" in session.scalars(select(AuditEvent.action)).all()


@pytest.mark.queries
def test_it_asks_as_often_for_more(staff: CheckingClient, survey: Survey, session: Session) -> None:
    def count() -> int:
        session.expunge_all()
        with queries(session) as sent:
            assert staff.get(PAGE).status_code == 200
        return len(sent)

    survey_id = survey.id
    few = count()
    grow(session, session.get_one(Survey, survey_id), 16)
    session.commit()

    assert count() == few


def test_a_successor_that_is_only_named_does_no_harm(
    staff: CheckingClient, survey: Survey, session: Session
) -> None:
    named = "X06000078,Gorse,,Unitary,1998-04-01,2009-03-31,Fir,,,"
    press(staff, f"{PAGE}/register/confirm", rows=seal(send(staff, table(named))))

    assert session.get_one(Authority, "X06000078").successor_code is None
    assert "There is nothing to write." in words(send(staff, table(named)))
