"""Where every interview stands, in the tracker, on a return's page and in what is taken away."""

import datetime as dt
import uuid
from dataclasses import replace

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.coordinate import exports, tables, tracker
from surveyapp.coordinate.nextsteps import Call, Facts, steps
from surveyapp.interview import services as calls
from surveyapp.interview.services import Consent
from surveyapp.models import (
    Correction,
    FollowUp,
    Interview,
    Note,
    SentenceVerdict,
    Submission,
    Survey,
)
from tests.surveyapp.browsing import CheckingClient
from tests.surveyapp.building import NOON, grow, queries, somebody, submission_of

TODAY = dt.date(2015, 7, 25)
PAST, SOON = NOON - dt.timedelta(days=2), NOON + dt.timedelta(days=2)
FACTS = Facts(
    people=1,
    sections=3,
    finished=3,
    closes_on=TODAY,
    is_open=True,
    submitted_on=TODAY - dt.timedelta(days=30),
)
CALL = Call(uuid.UUID(int=1), "held", "Ann Alder", starts_at=PAST, held_on=TODAY)
LONG_AGO = TODAY - dt.timedelta(days=5)
DAY_BEFORE = TODAY - dt.timedelta(days=1)
CASES = [
    ("cancelled", CALL._replace(state="cancelled", first_due=LONG_AGO), ["no interview yet"]),
    ("no time", CALL._replace(state="to be arranged"), ["time to agree"]),
    ("booked", CALL._replace(state="booked"), []),
    ("its time has passed", CALL._replace(state="due"), ["interview due"]),
    ("under way", CALL._replace(state="under way"), []),
    ("held today", CALL, []),
    ("held five days ago", CALL._replace(held_on=LONG_AGO), ["notes to tidy"]),
    ("tidied", CALL._replace(held_on=LONG_AGO, is_tidied=True), ["record to offer"]),
    ("offered until today", CALL._replace(state="offered", answer_by=TODAY), []),
    (
        "offered until yesterday",
        CALL._replace(state="offered", answer_by=DAY_BEFORE),
        ["record not answered"],
    ),
    (
        "sent back with changes",
        CALL._replace(state="offered", answer_by=DAY_BEFORE, has_come_back=True),
        ["record came back"],
    ),
    (
        "not answered, and noted",
        CALL._replace(state="offered", answer_by=DAY_BEFORE, is_given_up=True),
        [],
    ),
    ("confirmed", CALL._replace(state="confirmed"), []),
    ("a task for today", CALL._replace(state="confirmed", first_due=TODAY), []),
    (
        "a task for yesterday",
        CALL._replace(state="confirmed", first_due=DAY_BEFORE),
        ["follow-up overdue"],
    ),
]


@pytest.mark.parametrize(("call", "kinds"), [one[1:] for one in CASES], ids=[c[0] for c in CASES])
def test_what_an_interview_waits_for(call: Call, kinds: list[str]) -> None:
    found = steps(FACTS._replace(calls=(call,)), TODAY)

    assert [one.kind for one in found] == kinds
    assert {one.interview for one in found} <= {call.id, None}


def test_while_answers_still_come_interviews_wait_too() -> None:
    open_still = FACTS._replace(submitted_on=None, last_activity=TODAY, is_opened=True)

    found = steps(open_still._replace(calls=(CALL._replace(state="due"),)), TODAY)

    assert "interview due" in [one.kind for one in found]


@pytest.fixture
def more(session: Session, survey: Survey, birch: Submission) -> Interview:
    """A call with Birch that is booked, beside Alder's that was held."""
    iris = somebody(session, "Iris Notes")
    call = Interview(submission=birch, guide=survey.guide, interviewer=iris, starts_at=SOON)
    call.interviewee, call.interviewee_role = "Cy Birch", "Service manager"
    session.add(call)
    session.flush()
    return call


def states(session: Session, survey: Survey) -> dict[str, list[str]]:
    found = tracker.track(session, survey, TODAY, NOON)
    return {line.authority: [one.words for one in line.arranged] for line in found.lines}


def test_the_tracker_says_where_every_interview_stands(
    session: Session, survey: Survey, more: Interview
) -> None:
    assert states(session, survey) == {
        "Alder": ["Held on 22 July 2015"],
        "Birch": ["Booked for 27 July 2015, 1:00pm"],
        "Cedar": [],
    }
    more.cancelled_at = NOON

    assert states(session, survey)["Birch"] == []


def test_the_workbook_says_it_too(session: Session, survey: Survey, more: Interview) -> None:
    found = tables.of_tracker(tracker.track(session, survey, TODAY, NOON))[0]
    rows = {str(row[1]): dict(zip(found.columns, row, strict=True)) for row in found.rows}

    assert rows["Birch"]["interviews"] == "Booked for 27 July 2015, 1:00pm"
    assert rows["Birch"]["interviewed_on"] is None
    assert rows["Alder"]["interviewed_on"] == dt.date(2015, 7, 22)


def test_notes_are_tidied_as_soon_as_one_was_changed(session: Session, survey: Survey) -> None:
    later = survey.closes_on + dt.timedelta(days=1)

    def waiting() -> list[str]:
        lines = tracker.track(session, survey, later, NOON).lines
        return [step.kind for line in lines if line.authority == "Alder" for step in line.steps]

    assert waiting() == ["notes to tidy"]
    note = session.scalars(select(Note)).first()
    assert note is not None
    note.text = "Most families come through the school that their children go to."
    session.flush()

    assert waiting() == ["record to offer"]


def test_a_record_with_changes_is_to_be_read_until_it_is_offered_again(
    session: Session, survey: Survey
) -> None:
    def waiting() -> list[str]:
        session.flush()
        lines = tracker.track(session, survey, TODAY, NOON).lines
        return [step.words for line in lines if line.authority == "Alder" for step in line.steps]

    note = session.scalars(select(Note)).first()
    assert note is not None
    note.interview.offered_at, said = PAST, SentenceVerdict(note=note, interview=note.interview)
    said.note_version, said.start, said.end, said.verdict = 1, 0, 4, "corrected"
    said.person, said.at = note.author, NOON
    session.add(said)
    back = f"{note.interview.interviewee} has sent the record back: read what changed."
    assert back not in waiting()
    said.sent_at = NOON
    assert back in waiting()
    said.verdict = "confirmed"
    assert back not in waiting()
    said.verdict, note.interview.offered_at = "withdrawn", SOON

    assert back not in waiting()


def test_a_return_lists_its_interviews_and_its_steps_lead_there(
    staff: CheckingClient, session: Session, survey: Survey, more: Interview
) -> None:
    more.starts_at = PAST
    session.commit()
    page = staff.get(f"/staff/{survey.code}/returns/{more.submission_id}/").text

    assert "The interview was due 23 July 2015, 1:00pm. Hold it, or change the time." in page
    assert page.count(f"/interviews/{more.id}/") == 2
    assert f"/interviews/new/{survey.code}?authority=X06000002" in page


@pytest.mark.queries
def test_interviews_cost_as_many_queries_for_152_as_for_19(
    staff: CheckingClient, session: Session, survey: Survey, more: Interview
) -> None:
    def count() -> int:
        session.commit()
        session.expunge_all()
        with queries(session) as sent:
            assert staff.get("/staff/tiny-survey-2015/").status_code == 200
        return len(sent)

    survey_id, iris = survey.id, more.interviewer_id
    grow(session, survey, 16)
    few = count()
    for n, one in enumerate(session.scalars(select(Submission)).all()):
        call = Interview(submission=one, guide=session.get_one(Survey, survey_id).guide)
        call.interviewer_id, call.interviewee, call.interviewee_role = iris, f"Elm {n}", "Lead"
        session.add(call)

    assert count() == few


def test_an_export_tells_all_of_interviews_and_marks_what_was_struck(
    session: Session, survey: Survey, more: Interview
) -> None:
    alder = session.scalars(
        select(Interview).where(Interview.submission == submission_of(session, "Alder"))
    ).one()
    struck, confirmed = alder.notes
    struck.struck_at, confirmed.confirmed_version = NOON, confirmed.version
    by = alder.interviewer
    calls.record_consent(session, alder, Consent(notes=True, quotes=True), by, NOON)
    session.add(FollowUp(interview=alder, text="Ring the hub.", made_by=by, created_at=NOON))
    changed = Correction(note=confirmed, kind="deepens", prevails="both", made_by=by, at=NOON)
    changed.question_code = "S01.2"
    session.add(changed)
    session.flush()

    found = {
        table.name: replace(table, rows=tuple(table.rows))
        for table in exports.everything(session, survey)
    }
    rows = {
        name: [dict(zip(table.columns, row, strict=True)) for row in table.rows]
        for name, table in found.items()
    }

    assert [(one["struck"], one["confirmed"]) for one in rows["Notes"]] == [
        (True, False),
        (False, True),
    ]
    assert [one["quotes"] for one in rows["Consent history"]] == [False, True]
    assert [one["state"] for one in rows["Interviews"]] == ["held", "due"]
    assert rows["Follow-ups"][0]["text"] == "Ring the hub."
    assert rows["Corrections"][0]["note"] == str(confirmed.id)
    described = {one["table"] for one in rows["Data dictionary"]}
    assert {"Consent history", "Follow-ups", "Corrections"} <= described
