"""What is to be done after interviews: made once, overdue first, done and not done after all."""

import datetime as dt

import pytest
from sqlalchemy.orm import Session

from surveyapp.interview import follow_ups, naming
from surveyapp.interview.follow_ups import Task
from surveyapp.interview.naming import Document
from surveyapp.interview.notes import Hand
from surveyapp.models import Interview, Submission
from tests.surveyapp.building import NOON, queries, somebody
from tests.surveyapp.interview.after_the_call import held, note, taker

TODAY = NOON.date()
DAY = dt.timedelta(days=1)


@pytest.fixture
def call(session: Session, birch: Submission) -> Interview:
    """A call that is over."""
    return held(session)


@pytest.fixture
def iris(call: Interview) -> Hand:
    """Who held it."""
    return Hand(call.interviewer, NOON)


def test_the_overdue_come_first_and_those_without_a_day_last(
    session: Session, call: Interview, iris: Hand
) -> None:
    days = {"soon": TODAY, "late": TODAY - DAY, "never": None, "later": TODAY + DAY}
    for text, day in days.items():
        follow_ups.make(session, call, Task(text, day), iris)

    found = follow_ups.of(call, NOON)
    assert [one.row.text for one in found.todo] == ["late", "soon", "later", "never"]
    assert found.overdue == 1


def test_a_note_makes_one_task_however_often_it_is_pressed(
    session: Session, call: Interview, iris: Hand
) -> None:
    task = follow_ups.of_note(note(session, call, "Ask for the plan"))
    first = follow_ups.make(session, call, task, iris)
    assert follow_ups.make(session, call, task, iris) is first
    assert first.text == "Ask for the plan"


def test_a_long_note_fits_into_a_task(session: Session, call: Interview) -> None:
    task = follow_ups.of_note(note(session, call, "a" * 9_000))
    assert len(task.text) == follow_ups.MOST_LETTERS


def test_a_promised_document_makes_a_task_that_names_it(
    session: Session, call: Interview, iris: Hand
) -> None:
    one = note(session, call, "They will send it")
    told = Document(title="Our plan", theme="S01")
    document = naming.keep_document(session, one, told, None, iris)
    assert follow_ups.of_document(document, one).text == "Get the document “Our plan” from Cy Birch"


def test_done_and_not_done_after_all(session: Session, call: Interview, iris: Hand) -> None:
    row = follow_ups.make(session, call, Task("Ring"), iris)

    follow_ups.done(session, row, iris)
    found = follow_ups.of(call, NOON)
    assert ([one.row for one in found.done], found.todo) == ([row], ())

    follow_ups.not_done(session, row, iris)
    session.flush()
    assert (row.done_at, row.done_by) == (None, None)


def test_each_sees_the_tasks_of_their_own_interviews(
    session: Session, call: Interview, iris: Hand
) -> None:
    follow_ups.make(session, call, Task("Ring"), iris)

    def seen(name: str, *, oversees: bool = False) -> int:
        found = follow_ups.mine(session, somebody(session, name), NOON, oversees=oversees)
        return len(found.todo)

    assert (seen("Iris Notes"), seen(taker(session).name), seen("Cy Birch")) == (1, 1, 0)
    assert seen("Cy Birch", oversees=True) == 1


def test_all_tasks_take_as_many_queries_however_many_there_are(
    session: Session, call: Interview, iris: Hand
) -> None:
    def count() -> int:
        session.expunge_all()
        me = somebody(session, "Iris Notes")
        with queries(session) as sent:
            found = follow_ups.mine(session, me, NOON, oversees=False)
            assert {one.row.interview.submission.authority.name for one in found.todo} == {"Birch"}
        return len(sent)

    follow_ups.make(session, call, Task("Ring"), iris)
    few = count()
    again = session.get_one(Interview, call.id)
    for at in range(9):
        by = Hand(again.interviewer, NOON)
        follow_ups.make(session, again, Task(f"Ring {at}"), by)
    assert count() == few
