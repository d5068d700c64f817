"""Times are offered, booked by whoever is first, and withdrawn while they are free."""

import datetime as dt
import uuid

import pytest
from sqlalchemy.orm import Session

from surveyapp.config import Settings
from surveyapp.errors import SlotTakenError
from surveyapp.interview import slots
from surveyapp.interview.slots import Offered
from surveyapp.interview.times import Span
from surveyapp.models import Submission, Survey
from tests.surveyapp.building import NOON, somebody, submission_of
from tests.surveyapp.interview.appointed import act, arranged, at, offered, staff


def test_what_overlaps_is_left_out(session: Session, survey: Survey) -> None:
    iris = somebody(session, "Iris Notes")
    wanted = [Span(at(9), 45), Span(at(9, 30), 45), Span(at(10), 45)]

    assert slots.offer(session, survey, iris, wanted) == Offered(2, 1)
    assert slots.offer(session, survey, iris, wanted) == Offered(0, 3)
    other = staff(session, "Ola Asks")
    assert slots.offer(session, survey, other, wanted[:1]) == Offered(1, 0)


def test_a_free_time_is_withdrawn_and_may_be_offered_again(
    session: Session, birch: Submission
) -> None:
    iris = somebody(session, "Iris Notes")
    (slot,) = offered(session, birch, iris, 9)

    assert slots.withdraw(session, slot, NOON)
    assert not slots.withdraw(session, slot, NOON)
    assert not slots.has_free(session, birch.survey, iris, NOON)

    assert slots.offer(session, birch.survey, iris, [Span(at(9), 30)]) == Offered(1, 0)
    (shown,) = slots.shown(session, birch.survey, iris, NOON)
    assert (shown.slot.id, shown.slot.lasts_minutes, shown.is_free) == (slot.id, 30, True)


def test_a_booked_time_is_not_withdrawn_and_not_offered(
    session: Session, birch: Submission, settings: Settings
) -> None:
    iris = somebody(session, "Iris Notes")
    first, second = offered(session, birch, iris, 9, 11)
    one = arranged(session, birch, act(iris, settings))
    other = arranged(session, submission_of(session, "Alder"), act(iris, settings))

    slots.take(session, one, first.id, NOON)

    assert not slots.withdraw(session, first, NOON)
    assert [slot.id for slot in slots.free(session, other, NOON)] == [second.id]
    with pytest.raises(SlotTakenError):
        slots.take(session, other, first.id, NOON)
    slots.take(session, one, second.id, NOON)
    assert [slot.id for slot in slots.free(session, other, NOON)] == [first.id]


def test_who_finds_a_time_taken_keeps_the_one_they_had(
    session: Session, birch: Submission, settings: Settings
) -> None:
    iris = somebody(session, "Iris Notes")
    first, second = offered(session, birch, iris, 9, 11)
    one = arranged(session, birch, act(iris, settings))
    other = arranged(session, submission_of(session, "Alder"), act(iris, settings))
    slots.take(session, one, first.id, NOON)
    slots.take(session, other, second.id, NOON)

    with pytest.raises(SlotTakenError):
        slots.take(session, one, second.id, NOON)

    session.refresh(first)
    assert first.interview_id == one.id


def test_only_a_time_of_their_own_interviewer_that_is_to_come_is_taken(
    session: Session, birch: Submission, settings: Settings
) -> None:
    iris, ola = somebody(session, "Iris Notes"), staff(session, "Ola Asks")
    (slot,) = offered(session, birch, iris, 9)
    (elsewhere,) = offered(session, birch, ola, 9)
    one = arranged(session, birch, act(iris, settings))

    for slot_id, since in ((elsewhere.id, NOON), (uuid.uuid4(), NOON), (slot.id, at(9))):
        with pytest.raises(SlotTakenError):
            slots.take(session, one, slot_id, since)
    assert slots.free(session, one, at(9)) == []


def test_a_time_at_which_they_are_in_another_interview_is_not_shown(
    session: Session, birch: Submission, settings: Settings
) -> None:
    iris = somebody(session, "Iris Notes")
    offered(session, birch, iris, 9, 11)
    one = arranged(session, birch, act(iris, settings))
    arranged(session, submission_of(session, "Alder"), act(iris, settings), at(9, 30))

    assert [slot.starts_at for slot in slots.free(session, one, NOON)] == [at(11)]
    shown = slots.shown(session, birch.survey, iris, NOON)
    assert [one.clashes for one in shown] == [True, False]
    assert slots.shown(session, birch.survey, iris, NOON + dt.timedelta(days=30)) == []
