"""An interview is arranged, moved, given to others and called off, and everybody is told."""

import datetime as dt

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.config import Settings
from surveyapp.errors import (
    ArrangedMeanwhileError,
    BusyError,
    NotArrangeableError,
    NoTimesError,
    SlotTakenError,
)
from surveyapp.interview import arranging, slots
from surveyapp.interview.arranging import Plan, Team, Time
from surveyapp.models import AuditEvent, Interview, Mail, Person, Submission
from tests.surveyapp.building import NOON, somebody, submission_of
from tests.surveyapp.interview.appointed import (
    CY,
    ELLA,
    PLACE,
    act,
    arranged,
    at,
    entry,
    mails,
    offered,
    staff,
)


@pytest.fixture
def iris(session: Session, birch: Submission) -> Person:
    """The interviewer."""
    return somebody(session, "Iris Notes")


def actions(session: Session, interview: Interview) -> list[str]:
    rows = select(AuditEvent).where(AuditEvent.subject_id == str(interview.id))
    return [one.action for one in session.scalars(rows.order_by(AuditEvent.at))]


def test_an_agreed_time_is_told_to_everybody_with_a_calendar_file(
    session: Session, birch: Submission, iris: Person, settings: Settings
) -> None:
    ola = staff(session, "Ola Types")
    plan = Plan(CY, Team(iris, ola), PLACE, at(14, 30))

    made = arranging.arrange(session, birch, plan, act(iris, settings))

    assert made.person is somebody(session)
    assert (made.interviewee, made.interviewee_role) == ("Cy Birch", "Service manager")
    written = mails(session, "interview_booked")
    assert {mail.to_address for mail in written} == {
        "cy@birch.example",
        "iris@trees.example",
        "ola@review.example",
    }
    for mail in written:
        method, event = entry(mail)
        assert (method, event.decoded("dtstart")) == ("REQUEST", at(14, 30))
        assert len(event["attendee"]) == 3
        assert "Monday 3 August 2015, 2:30pm" in mail.text
    assert actions(session, made) == ["interview.arranged", "interview.booked"]


def test_only_the_person_interviewed_gets_a_personal_link(
    session: Session, birch: Submission, iris: Person, settings: Settings
) -> None:
    made = arranged(session, birch, act(iris, settings), at(9))

    links = {mail.to_address: "/link/" in mail.text for mail in mails(session, "interview_booked")}
    assert links == {ELLA.email: True, "iris@trees.example": False}
    assert f"/interviews/{made.id}/" in mails(session, "interview_booked")[0].text + (
        mails(session, "interview_booked")[1].text
    )


def test_without_a_time_they_are_asked_to_choose_one(
    session: Session, birch: Submission, iris: Person, settings: Settings
) -> None:
    with pytest.raises(NoTimesError):
        arranged(session, birch, act(iris, settings))
    assert session.scalars(select(Interview).where(Interview.submission == birch)).all() == []

    offered(session, birch, iris, 9)
    arranged(session, birch, act(iris, settings))

    (mail,) = mails(session, "interview_times")
    assert mail.to_address == ELLA.email
    assert mail.calendar is None


def test_asking_twice_in_a_minute_writes_once(
    session: Session, birch: Submission, iris: Person, settings: Settings
) -> None:
    offered(session, birch, iris, 9)
    made = arranged(session, birch, act(iris, settings))

    arranging.offer_times(session, made, act(iris, settings))
    assert len(mails(session, "interview_times")) == 1

    later = NOON + dt.timedelta(minutes=5)
    arranging.offer_times(session, made, act(iris, settings, later))
    assert len(mails(session, "interview_times")) == 2


def test_who_chooses_a_time_has_it(
    session: Session, birch: Submission, iris: Person, settings: Settings
) -> None:
    first, second = offered(session, birch, iris, 9, 11)
    made = arranged(session, birch, act(iris, settings))
    ella = made.person
    assert ella is not None

    arranging.book(session, made, first.id, "01632 960999", act(ella, settings))

    assert (made.starts_at, made.place) == (at(9), "01632 960999")
    assert len(mails(session, "interview_booked")) == 2

    arranging.book(session, made, second.id, PLACE, act(ella, settings))

    assert made.starts_at == at(11)
    assert [one.id for one in slots.free(session, made, NOON)] == [first.id]
    told = mails(session, "interview_moved")
    assert "Ella Else has changed" in told[0].text
    assert "Monday 3 August 2015, 9:00am" in told[0].text


def test_a_moved_entry_replaces_the_one_in_the_calendar(
    session: Session, birch: Submission, iris: Person, settings: Settings
) -> None:
    made = arranged(session, birch, act(iris, settings), at(9))
    arranging.set_time(session, made, Time(at(10), 30, PLACE), act(iris, settings))
    arranging.cancel(session, made, "Ella is ill.", act(iris, settings))

    entries = [
        entry(mails(session, kind)[0])
        for kind in ("interview_booked", "interview_moved", "interview_cancelled")
    ]
    assert [method for method, _ in entries] == ["REQUEST", "REQUEST", "CANCEL"]
    assert len({str(event["uid"]) for _, event in entries}) == 1
    assert [event["sequence"] for _, event in entries] == [1, 2, 3]
    assert "Ella is ill." in mails(session, "interview_cancelled")[0].text


def test_nobody_is_in_two_interviews_at_once(
    session: Session, birch: Submission, iris: Person, settings: Settings
) -> None:
    alder, ola = submission_of(session, "Alder"), staff(session, "Ola Types")
    first = arranged(session, birch, act(iris, settings), at(9))

    with pytest.raises(BusyError, match="Iris Notes has another"):
        arranged(session, alder, act(iris, settings), at(9, 30))
    plan = Plan(ELLA, Team(ola, iris), PLACE, at(8, 30))
    with pytest.raises(BusyError, match="Iris Notes"):
        arranging.arrange(session, alder, plan, act(ola, settings))

    next_to_it = arranged(session, alder, act(iris, settings), at(9, 45))
    with pytest.raises(BusyError):
        arranging.set_time(session, next_to_it, Time(at(9), 45, PLACE), act(iris, settings))
    # It may be moved across its own time, and where another was called off.
    arranging.set_time(session, next_to_it, Time(at(9, 50), 45, PLACE), act(iris, settings))
    arranging.cancel(session, first, "x", act(iris, settings))
    arranging.set_time(session, next_to_it, Time(at(9), 45, PLACE), act(iris, settings))


def test_who_gives_a_time_back_may_choose_again(
    session: Session, birch: Submission, iris: Person, settings: Settings
) -> None:
    (slot,) = offered(session, birch, iris, 9)
    made = arranged(session, birch, act(iris, settings))
    ella = made.person
    assert ella is not None
    arranging.book(session, made, slot.id, PLACE, act(ella, settings))

    assert arranging.give_back(session, made, act(ella, settings)) == 2
    assert arranging.give_back(session, made, act(ella, settings)) == 0

    assert made.starts_at is None
    method, event = entry(mails(session, "interview_cancelled")[0])
    assert (method, event.decoded("dtstart")) == ("CANCEL", at(9))
    assert [one.id for one in slots.free(session, made, NOON)] == [slot.id]


def test_another_interviewer_takes_over_and_the_first_is_told(
    session: Session, birch: Submission, iris: Person, settings: Settings
) -> None:
    (slot,) = offered(session, birch, iris, 9)
    made = arranged(session, birch, act(iris, settings))
    ella = made.person
    assert ella is not None
    arranging.book(session, made, slot.id, PLACE, act(ella, settings))
    ola = staff(session, "Ola Asks")

    assert arranging.give_to(session, made, Team(ola), act(iris, settings)) == 3
    assert arranging.give_to(session, made, Team(ola), act(iris, settings)) == 0

    session.refresh(slot)
    assert slot.interview_id is None
    asked = {mail.to_address: entry(mail) for mail in mails(session, "interview_reassigned")}
    assert {to: method for to, (method, _) in asked.items()} == {
        ELLA.email: "REQUEST",
        "ola@review.example": "REQUEST",
        "iris@trees.example": "CANCEL",
    }
    assert len({event["sequence"] for _, event in asked.values()}) == 1


def test_who_is_busy_cannot_take_over(
    session: Session, birch: Submission, iris: Person, settings: Settings
) -> None:
    made = arranged(session, birch, act(iris, settings), at(9))
    ola = staff(session, "Ola Asks")
    arranged(session, submission_of(session, "Alder"), act(ola, settings), at(9, 15))

    with pytest.raises(BusyError, match="Ola Asks"):
        arranging.give_to(session, made, Team(iris, ola), act(iris, settings))
    assert made.note_taker is None


def test_what_somebody_else_changed_meanwhile_is_not_lost(
    session: Session, birch: Submission, iris: Person, settings: Settings
) -> None:
    made = arranged(session, birch, act(iris, settings), at(9))
    seen = made.calendar_sequence
    arranging.set_time(session, made, Time(at(10), 45, PLACE, seen), act(iris, settings))

    with pytest.raises(ArrangedMeanwhileError):
        arranging.set_time(session, made, Time(at(11), 45, PLACE, seen), act(iris, settings))
    assert made.starts_at == at(10)


@pytest.mark.parametrize("reached", ["started_at", "cancelled_at"])
def test_what_has_begun_or_is_called_off_stays(
    reached: str, session: Session, birch: Submission, iris: Person, settings: Settings
) -> None:
    (slot,) = offered(session, birch, iris, 15)
    made = arranged(session, birch, act(iris, settings), at(9))
    setattr(made, reached, NOON)
    doing = act(iris, settings)

    for change in (
        lambda: arranging.set_time(session, made, Time(at(10), 45, PLACE), doing),
        lambda: arranging.book(session, made, slot.id, PLACE, doing),
        lambda: arranging.give_back(session, made, doing),
        lambda: arranging.give_to(session, made, Team(iris), doing),
        lambda: arranging.cancel(session, made, "x", doing),
        lambda: arranging.offer_times(session, made, doing),
    ):
        with pytest.raises(NotArrangeableError):
            change()
    assert made.starts_at == at(9)


def test_a_time_that_is_gone_changes_nothing(
    session: Session, birch: Submission, iris: Person, settings: Settings
) -> None:
    (slot,) = offered(session, birch, iris, 9)
    made = arranged(session, birch, act(iris, settings))
    slots.withdraw(session, slot, NOON)

    with pytest.raises(SlotTakenError):
        arranging.book(session, made, slot.id, PLACE, act(iris, settings))
    assert made.starts_at is None
    assert mails(session, "interview_booked") == []


def test_nobody_in_an_example_is_written_to(
    session: Session, birch: Submission, iris: Person, settings: Settings
) -> None:
    real = settings.model_copy(update={"mail": "smtp"})

    made = arranged(session, birch, act(iris, real), at(9))
    assert arranging.cancel(session, made, "x", act(iris, real)) == 0

    assert session.scalars(select(Mail)).all() == []
    assert made.cancelled_at == NOON


def test_the_trail_says_nothing_of_why(
    session: Session, birch: Submission, iris: Person, settings: Settings
) -> None:
    made = arranged(session, birch, act(iris, settings), at(9))
    arranging.cancel(session, made, "A private reason.", act(iris, settings))

    events = session.scalars(select(AuditEvent).where(AuditEvent.subject_id == str(made.id)))
    assert all("private" not in str(one.detail) for one in events)
    assert actions(session, made)[-1] == "interview.cancelled"
