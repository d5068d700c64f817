"""The tracker and the side-by-side page: right, and as many queries for 152 as for 19."""

import datetime as dt
from dataclasses import replace

import pytest
from sqlalchemy.orm import Session

from surveyapp.coordinate import beside, exports, services, tracker
from surveyapp.errors import NotInTheQuestionnaireError
from surveyapp.mail import queue
from surveyapp.models import Submission, Survey
from tests.surveyapp.browsing import CheckingClient
from tests.surveyapp.building import NOON, grow, queries, save, somebody, tiny

TODAY = dt.date(2015, 7, 25)
PAGES = [
    "/",
    "/?order=name",
    "/tracker.xlsx",
    "/answers",
    "/answers/S01.2",
    "/answers/Z1.1",
    "/people",
]


def line(found: tracker.Tracker, name: str) -> tracker.Line:
    return next(one for one in found.lines if one.authority == name)


def kinds(found: tracker.Tracker, name: str) -> list[str]:
    return [step.kind for step in line(found, name).steps]


def test_every_authority_and_section_is_there(session: Session, survey: Survey) -> None:
    found = tracker.track(session, survey, TODAY, NOON)

    assert [one.authority for one in found.lines] == ["Alder", "Birch", "Cedar"]
    assert found.sections == ("S01", "A1", "Z1")
    assert [square.status for square in line(found, "Birch").squares] == [
        "in progress",
        "not started",
        "not started",
    ]
    assert dict(found.states) == {"Submitted": 1, "Partial": 0, "In progress": 1, "Not started": 1}
    assert line(found, "Alder").interviewed_on == dt.date(2015, 7, 22)


def test_what_to_do_next_comes_from_the_stored_columns(session: Session, survey: Survey) -> None:
    found = tracker.track(session, survey, TODAY, NOON)

    assert kinds(found, "Alder") == []
    assert kinds(found, "Birch") == ["close is near"]
    assert kinds(found, "Cedar") == ["nobody to ask", "close is near"]
    assert [one.authority for one in found.by_urgency] == ["Cedar", "Birch", "Alder"]


def test_mail_that_came_back_is_the_first_thing_to_do(
    session: Session, survey: Survey, birch: Submission
) -> None:
    context = {"survey_title": "T", "authority": "Birch", "link": "x", "question": "S01.1"}
    sent = queue(
        session,
        kind="comment",
        to=somebody(session),
        key="one",
        context={**context, "author": "Al"},
        submission=birch,
    )
    sent.bounced_at = NOON
    session.flush()

    assert kinds(tracker.track(session, survey, TODAY, NOON), "Birch")[0] == "mail came back"


def test_what_is_unfinished_at_the_close_is_partial(session: Session, survey: Survey) -> None:
    services.close_survey(session, survey, NOON)

    found = tracker.track(session, survey, survey.closes_on + dt.timedelta(days=1), NOON)

    assert line(found, "Birch").state == "Partial"
    assert line(found, "Cedar").state == "Not started"
    assert kinds(found, "Birch") == ["closed unfinished"]
    assert kinds(found, "Cedar") == ["not returned"]


def told(session: Session, survey: Survey, code: str) -> dict[str, beside.Told]:
    return {one.authority: one for one in beside.side_by_side(session, survey, code).told}


def test_answers_stand_side_by_side_while_partial(session: Session, survey: Survey) -> None:
    found = told(session, survey, "S01.3")

    assert found["Birch"].texts == ("Health visitors",)
    assert found["Birch"].state == "In progress"
    assert found["Birch"].author == "Cy Birch"
    assert found["Cedar"].texts == ()
    assert found["Cedar"].is_asked
    assert found["Alder"].use_level == "named"
    assert found["Birch"].use_level is None


def test_who_is_not_asked_is_told_from_who_has_not_answered(
    session: Session, survey: Survey, birch: Submission
) -> None:
    found = beside.side_by_side(session, survey, "S01.2")

    assert [(one.authority, one.is_asked) for one in found.told] == [
        ("Alder", True),
        ("Birch", False),
        ("Cedar", False),
    ]
    assert (found.asked, found.answered) == (1, 1)

    save(session, birch, "S01.1", {"rating": 2}, seen=1)

    assert told(session, survey, "S01.2")["Birch"].is_asked


def test_entries_of_a_group_stay_together(
    session: Session, survey: Survey, birch: Submission
) -> None:
    for entry, name in (("e1", "Coffee mornings"), ("e2", "Night line")):
        save(session, birch, "Z1.1.a", {"text": name}, entry_id=entry)
        save(session, birch, "Z1.1.c", {"text": f"About {name}"}, entry_id=entry)

    texts = told(session, survey, "Z1.1")["Birch"].texts

    assert len(texts) == 2
    assert "Coffee mornings" in texts[0]
    assert "About Coffee mornings" in texts[0]
    assert "Night line" in texts[1]


def test_a_cleared_answer_counts_for_nothing(
    session: Session, survey: Survey, birch: Submission
) -> None:
    def counted() -> int:
        listed = beside.contents(session, survey)
        return next(count for one, count in listed[0].questions if one.code == "S01.3")

    before = counted()
    save(session, birch, "S01.3", {}, seen=1)

    assert counted() == before - 1


def test_a_question_that_is_not_asked_is_not_there(session: Session, survey: Survey) -> None:
    for code in ("S99.1", "Z1.1.a", ""):
        with pytest.raises(NotInTheQuestionnaireError):
            beside.side_by_side(session, survey, code)


@pytest.mark.queries
def test_pages_ask_as_often_for_152_as_for_19(
    staff: CheckingClient, survey: Survey, session: Session
) -> None:
    def count(page: str) -> int:
        session.expunge_all()
        with queries(session) as sent:
            assert staff.get(f"/staff/tiny-survey-2015{page}").status_code == 200
        return len(sent)

    survey_id = survey.id
    grow(session, survey, 16)
    session.commit()
    for page in PAGES:  # the first look at answers is noted, and later ones are not
        count(page)
    few = {page: count(page) for page in PAGES}
    grow_more(session, session.get_one(Survey, survey_id), 133)
    session.commit()

    assert {page: count(page) for page in PAGES} == few
    assert max(few.values()) <= 12


def grow_more(session: Session, survey: Survey, more: int) -> None:
    """Bring in authorities beside those that are there."""
    model = tiny().folder.authorities[0]
    entries = [replace(model, code=f"X08{n:06}", name=f"Fir {n}") for n in range(more)]
    for authority in services.register(session, entries):
        services.invite(session, survey, authority)


@pytest.mark.queries
def test_an_export_asks_as_often_for_more(survey: Survey, session: Session) -> None:
    def count() -> int:
        session.expunge_all()
        found = session.get_one(Survey, survey_id)
        with queries(session) as sent:
            for table in exports.everything(session, found):
                list(table.rows)
        return len(sent)

    survey_id = survey.id
    few = count()
    grow(session, session.get_one(Survey, survey_id), 10)

    assert count() == few


def test_an_export_holds_everything_with_a_meaning(session: Session, survey: Survey) -> None:
    found = {
        table.name: replace(table, rows=tuple(table.rows))
        for table in exports.everything(session, survey)
    }

    answers = [
        dict(zip(found["Answers"].columns, row, strict=True)) for row in found["Answers"].rows
    ]
    birch = [row for row in answers if row["authority"] == "Birch"]
    assert {row["question_code"]: row["answer"] for row in birch} == {
        "S01.1": "Don't know",
        "S01.3": "Health visitors",
    }
    assert birch[0]["missing"] == "don't know"
    assert len(found["Returns"].rows) == 3
    assert len(found["Sections"].rows) == 9
    assert len(found["Notes"].rows) > 0
    described = {(row[0], row[2]) for row in found["Data dictionary"].rows}
    for table in found.values():
        assert all(len(row) == len(table.columns) for row in table.rows)
        if table.name != "Data dictionary":
            assert {(table.name, column) for column in table.columns} <= described
