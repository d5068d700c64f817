"""The trail: what was noted and what was saved, as one list in sentences and without words."""

import datetime as dt

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from surveyapp import audit, links
from surveyapp.coordinate import happenings, trail
from surveyapp.coordinate.trail import Happening, Pages
from surveyapp.extensions import db
from surveyapp.models import AuditEvent, Contributor, Person, Submission, Survey
from tests.surveyapp.browsing import CheckingClient
from tests.surveyapp.building import queries, save, somebody, submission_of
from tests.surveyapp.coordinate.pressing import press, words

HOME = "/staff/tiny-survey-2015"


def told(session: Session, survey: Survey, authority: str = "") -> list[Happening]:
    return list(trail.of_survey(session, survey, Pages(), authority)[0])


def test_every_save_is_there_with_its_version(
    session: Session, survey: Survey, birch: Submission
) -> None:
    save(session, birch, "S01.1", {"rating": 2}, seen=1)

    latest = told(session, survey)[0]

    assert (latest.who, latest.where) == ("Cy Birch", "Birch")
    assert latest.what == "Saved S01.1 (version 2)"
    assert "Saved S01.1 (version 1)" in [one.what for one in told(session, survey)]


def test_a_change_after_reopening_is_in_the_trail(
    staff: CheckingClient, survey: Survey, session: Session
) -> None:
    alder = submission_of(session, "Alder")
    page = f"{HOME}/returns/{alder.id}/"
    reopened = press(staff, page + "reopen", reason="One figure is missing.")
    assert "is open again" in reopened
    assert "What to do next" in reopened, "the page of the return"
    save(session, alder, "S01.1", {"rating": 1}, seen=1)
    session.commit()

    shown = words(staff.get(page).text)

    assert "Saved S01.1 (version 2)" in shown
    assert "Opened the return again" in shown


def test_the_trail_is_the_latest_first_and_in_pages(session: Session, survey: Survey) -> None:
    everything = told(session, survey)
    assert [one.at for one in everything] == sorted((one.at for one in everything), reverse=True)

    found: list[Happening] = []
    number, more = 1, True
    while more:
        some, more = trail.of_survey(session, survey, Pages(number, 3))
        found, number = [*found, *some], number + 1

    assert found == everything
    assert {one.where for one in told(session, survey, "X07000002")} <= {"Birch"}


def test_a_return_has_its_own_trail(session: Session, survey: Survey, birch: Submission) -> None:
    of_birch, more = trail.of_return(session, birch, Pages())

    assert {one.where for one in of_birch} == {"Birch"}
    assert not more
    assert list(of_birch) == told(session, survey, birch.authority_code)


def test_a_link_asked_for_is_in_the_trail_of_its_survey(
    session: Session, survey: Survey, birch: Submission, consultant: Person
) -> None:
    now = dt.datetime.now(dt.UTC)
    for person in (somebody(session), consultant):
        link = links.find(session, links.sign_in(session, person, now), now)
        assert link is not None
        audit.record(session, "link.asked_for", link, None, purpose=link.purpose)

    asked = [one for one in told(session, survey) if one.what.startswith("Asked for")]

    assert [(one.who, one.what) for one in asked] == [
        ("Not signed in", "Asked for a new link for Cy Birch")
    ]


@pytest.mark.queries
def test_the_trail_asks_as_often_for_more(
    session: Session, survey: Survey, birch: Submission
) -> None:
    def count() -> int:
        session.expunge_all()
        found = session.get_one(Survey, survey_id)
        with queries(session) as sent:
            trail.of_survey(session, found, Pages())
        return len(sent)

    survey_id, submission = survey.id, birch.id
    note(session, submission)
    few = count()
    for _ in range(5):
        note(session, submission)

    assert count() == few <= 6


def note(session: Session, submission_id: object) -> None:
    """Note an act about a person, about a section and about the return itself."""
    birch = session.get_one(Submission, submission_id)
    part = session.scalars(select(Contributor).where(Contributor.submission_id == birch.id)).first()
    assert part is not None
    audit.record(session, "contributor.invited", part, part.person)
    audit.record(session, "section.marked", birch.sections[0], part.person, status="finished")
    audit.record(session, "reminders.paused", birch, part.person, paused=True)


def test_subjects_are_named(session: Session, survey: Survey, birch: Submission) -> None:
    note(session, birch.id)

    said = {one.what for one in told(session, survey)}

    assert {"Invited Cy Birch", "Marked S01 as finished", "Paused reminders"} <= said


@pytest.mark.parametrize(
    ("action", "detail", "words_of_it"),
    [
        ("reminders.paused", {"paused": False}, "Let reminders go out again"),
        ("answers.saved", {"codes": ["S01.1", "S01.2"]}, "Saved S01.1, S01.2"),
        ("answers.read", {"question": "S01.1"}, "Read the answers to S01.1"),
        ("answers.read", {}, "Read answers"),
        (
            "survey.published",
            {"parts": ["questionnaire", "interview_guide"], "went_over": 17, "stayed": 2},
            "Published changes to the questionnaire, interview guide: 17 returns went over to it",
        ),
        ("survey.extended", {"until": "2015-08-31"}, "Extended the survey to 31 August 2015"),
        ("survey.extension_told", {"count": 1}, "Told 1 person about the new last day"),
        ("section.handed_over", {"section": "S01", "to": None}, "Took S01 back"),
        ("file.read", {}, "File: read"),
        ("never.heard_of", {"a": 1}, "Never: heard of"),
    ],
)
def test_sentences(action: str, detail: dict[str, object], words_of_it: str) -> None:
    assert happenings.sentence(action, detail, "") == words_of_it


def reads(session: Session) -> int:
    return session.scalar(select(func.count()).where(AuditEvent.action == audit.READ)) or 0


def test_reading_answers_is_noted_once_in_a_while(
    staff: CheckingClient, survey: Survey, session: Session, birch: Submission
) -> None:
    addresses = (
        f"{HOME}/answers/S01.1",
        f"{HOME}/answers/S01.3",
        f"/r/{birch.id}/check",
        f"/r/{birch.id}/sections/S01",
        f"/r/{birch.id}/questions/S01.1",
    )
    for _ in range(2):
        for address in addresses:
            assert staff.get(address).status_code == 200

    assert reads(session) == 3, "two questions, and one return"
    said = [one.what for one in told(session, survey)]
    assert {"Read the answers to S01.1", "Read answers"} <= set(said)
    for event in session.scalars(select(AuditEvent).where(AuditEvent.action == audit.READ)):
        assert event.person_id is not None


def test_reading_again_later_is_noted_again(
    session: Session, birch: Submission, monkeypatch: pytest.MonkeyPatch
) -> None:
    session.commit()
    for _ in range(2):
        audit.note_reading(db.sessionmaker, birch, somebody(session))
    assert reads(session) == 1
    monkeypatch.setattr(audit, "A_WHILE", dt.timedelta())
    audit.note_reading(db.sessionmaker, birch, somebody(session))

    assert reads(session) == 2


def test_who_writes_may_read_without_a_note(
    client: CheckingClient, session: Session, birch: Submission
) -> None:
    client.sign_in(somebody(session))

    page = client.get(f"/r/{birch.id}/check").text

    assert "Check your answers" in page
    assert reads(session) == 0


def test_staff_read_answers_as_staff(
    staff: CheckingClient, session: Session, birch: Submission
) -> None:
    page = staff.get(f"/r/{birch.id}/check").text

    assert "Answers of Birch" in words(page)
    assert "Check your answers" not in page
    assert "You have not" not in words(page)
    assert f"{HOME}/returns/{birch.id}/" in page
