"""A submitted return is opened again, with a reason that its people read."""

import datetime as dt

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.config import Settings
from surveyapp.coordinate import exports, reopening
from surveyapp.coordinate.reopening import Request
from surveyapp.errors import NotSubmittedError, SurveyClosedError
from surveyapp.models import Answer, AuditEvent, Mail, Person, Reopening, Submission, Survey
from tests.surveyapp.browsing import CheckingClient
from tests.surveyapp.building import NOON, save, submission_of
from tests.surveyapp.coordinate.pressing import words
from tests.surveyapp.rounds import LATER, REASON, reopen, submit

Rows = list[dict[str, object]]
HOME = "/staff/tiny-survey-2015"


@pytest.fixture
def submitted(session: Session, birch: Submission) -> Submission:
    """Birch's return, handed in."""
    submit(session, birch)
    session.commit()
    return birch


def where(submission: Submission) -> str:
    return f"{HOME}/returns/{submission.id}/reopen"


def reopenings(session: Session) -> list[Reopening]:
    return list(session.scalars(select(Reopening)))


def mails(session: Session) -> list[Mail]:
    return list(session.scalars(select(Mail).where(Mail.kind == "reopened")))


def exported(session: Session, survey: Survey) -> tuple[Rows, Rows]:
    """Return the answers of an export, and the returns opened again."""
    found = {
        table.name: [dict(zip(table.columns, row, strict=True)) for row in table.rows]
        for table in exports.everything(session, survey)
    }
    return found["Answers"], found["Reopenings"]


def test_what_it_said_until_then_is_kept(session: Session, submitted: Submission) -> None:
    reference = submitted.reference

    made = reopen(session, submitted)

    rows = session.scalars(select(Answer).where(Answer.submission_id == submitted.id))
    assert made.answers_before == {str(row.id): row.version for row in rows}
    assert made.reason == REASON
    assert (submitted.submitted_at, submitted.submitted_by) == (None, None)
    assert submitted.reference == reference is not None
    save(session, submitted, "S01.4", {"number": 5})


def test_the_trail_says_so_and_not_why(session: Session, submitted: Submission) -> None:
    made = reopen(session, submitted)

    event = session.scalars(select(AuditEvent).where(AuditEvent.action == "return.reopened")).one()
    assert (event.subject_id, event.submission_id) == (str(made.id), submitted.id)
    assert event.detail == {"answers": 2}


def test_only_a_submitted_return_is_opened_again(session: Session, birch: Submission) -> None:
    with pytest.raises(NotSubmittedError):
        reopen(session, birch)


def test_a_closed_survey_is_extended_first(session: Session, submitted: Submission) -> None:
    submitted.survey.closed_at = LATER

    with pytest.raises(SurveyClosedError):
        reopen(session, submitted)


def test_the_coordinator_is_told_why(session: Session, submitted: Submission) -> None:
    told = reopening.tell(session, Settings(), reopen(session, submitted))

    (letter,) = mails(session)
    assert told is not None
    assert letter.to_address == told.email == "cy@birch.example"
    for one in (REASON, "Kay Runs", "31 July 2015", "/link/"):
        assert one in letter.text


def test_nobody_of_an_example_is_told(session: Session, submitted: Submission) -> None:
    assert reopening.tell(session, Settings(mail="smtp"), reopen(session, submitted)) is None
    assert mails(session) == []


def test_a_return_without_a_coordinator_is_opened_all_the_same(
    session: Session, submitted: Submission
) -> None:
    for part in submitted.contributors:
        part.coordinator = False

    assert reopening.tell(session, Settings(), reopen(session, submitted)) is None


def test_the_page_opens_a_return_again(
    staff: CheckingClient, session: Session, submitted: Submission
) -> None:
    people = staff.get(f"{HOME}/people").text
    assert where(submitted) in people
    assert "Cy Birch submitted it on 25 July 2015" in words(staff.get(where(submitted)).text)

    response = staff.post(where(submitted), data={"reason": f"  {REASON} "})

    assert response.status_code == 303
    assert [one.reason for one in reopenings(session)] == [REASON]
    assert submitted.submitted_at is None
    assert len(mails(session)) == 1
    after = words(staff.get(response.location).text)
    assert "The return of Birch is open again. A message to Cy Birch is on its way." in after


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "Enter why the return is opened again"),
        ("   ", "Enter why the return is opened again"),
        ("x" * 2001, "Shorten the reason to 2,000 characters or fewer"),
    ],
)
def test_a_reason_must_be_given(
    typed: str, said: str, staff: CheckingClient, session: Session, submitted: Submission
) -> None:
    response = staff.post(where(submitted), data={"reason": typed})

    assert response.status_code == 422
    assert said in words(response.text)
    assert 'href="#reason"' in response.text
    assert typed.strip() in response.text
    assert reopenings(session) == []


def test_pressing_twice_opens_it_once(
    staff: CheckingClient, session: Session, submitted: Submission
) -> None:
    staff.post(where(submitted), data={"reason": REASON})

    again = staff.post(where(submitted), data={"reason": "My own reason"})

    assert again.status_code == 409
    assert "somebody has opened it again already" in words(again.text)
    assert "My own reason" in words(again.text)
    assert len(reopenings(session)) == len(mails(session)) == 1


def test_a_closed_survey_leads_to_where_it_is_extended(
    staff: CheckingClient, session: Session, submitted: Submission
) -> None:
    submitted.survey.closed_at = LATER
    session.commit()

    page = staff.get(where(submitted)).text
    response = staff.post(where(submitted), data={"reason": REASON})

    assert f"{HOME}/setup" in page
    assert response.status_code == 409
    assert REASON in words(response.text)
    assert reopenings(session) == []


def test_a_return_of_another_survey_is_not_found(
    staff: CheckingClient, session: Session, submitted: Submission
) -> None:
    assert staff.get(f"/staff/nothing/returns/{submitted.id}/reopen").status_code == 404


def test_side_by_side_shows_what_was_changed(
    staff: CheckingClient, session: Session, submitted: Submission
) -> None:
    reopen(session, submitted)
    save(session, submitted, "S01.3", {"options": ["school"]}, seen=1)
    session.commit()

    page = words(staff.get(f"{HOME}/answers/S01.3").text)

    assert page.count("Changed since it was submitted") == 1
    assert "What it said then: Birch Health visitors" in page
    assert "Changed since" not in words(staff.get(f"{HOME}/answers/S01.1").text)


def test_side_by_side_shows_a_changed_part_of_an_entry(
    staff: CheckingClient, session: Session, birch: Submission
) -> None:
    save(session, birch, "Z1.1.a", {"text": "The hub"}, entry_id="e1")
    submit(session, birch)
    reopen(session, birch)
    save(session, birch, "Z1.1.a", {"text": "The new hub"}, seen=1, entry_id="e1")
    save(session, birch, "Z1.1.a", {"text": "A second one"}, entry_id="e2")
    session.commit()

    page = words(staff.get(f"{HOME}/answers/Z1.1").text)

    assert "What it said then: Birch What is it called? The hub" in page
    assert "A second one" in page


def test_an_export_says_what_was_changed(session: Session, submitted: Submission) -> None:
    reopen(session, submitted)
    save(session, submitted, "S01.3", {}, seen=1)
    save(session, submitted, "S01.4", {"number": 5})

    rows, opened = exported(session, submitted.survey)

    birch = {one["question_code"]: one for one in rows if one["authority"] == "Birch"}
    assert {code: (one["changed"], one["before"]) for code, one in birch.items()} == {
        "S01.1": (False, ""),
        "S01.3": (True, "Health visitors"),
        "S01.4": (True, ""),
    }
    (once,) = opened
    assert tuple(once.values()) == ("X06000002", "Birch", LATER, "Kay Runs", REASON)


def test_a_change_before_the_last_reopening_is_not_marked(session: Session, survey: Survey) -> None:
    birch = submission_of(session, "Birch")
    submit(session, birch)
    reopen(session, birch)
    save(session, birch, "S01.4", {"number": 5})
    submit(session, birch, LATER)
    reopen(session, birch, LATER + dt.timedelta(days=1))

    answers, opened = exported(session, survey)

    assert not any(one["changed"] for one in answers)
    assert len(opened) == 2


def test_a_request_is_a_person_and_a_reason(session: Session, submitted: Submission) -> None:
    kay = Person(email="k@trees.example", name="Kay")
    session.add(kay)

    made = reopening.reopen(session, submitted, Request(kay, f" {REASON}\n", NOON))

    assert (made.reopened_by, made.reason) == (kay, REASON)
