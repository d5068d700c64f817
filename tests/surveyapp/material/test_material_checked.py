"""What is told of checks: when words were shown, who answered, and silence once it is recorded."""

import datetime as dt
import uuid
from dataclasses import dataclass

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.checking import sending
from surveyapp.extensions import db
from surveyapp.material import gathering
from surveyapp.models import MemberCheck, Person, Submission, Survey
from synthesis.material import Material, Return
from tests.surveyapp.building import queries, somebody

SENT, DUE = dt.date(2015, 9, 7), dt.date(2015, 9, 21)
# Half an hour after midnight in England, and the day before in the world's time.
ANSWERED = dt.datetime(2015, 9, 10, 23, 30, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class Desk:
    """Where checks are sent from."""

    session: Session
    survey: Survey
    person: Person

    def send(self, authority: str, sent: dt.date = SENT, **more: object) -> MemberCheck:
        """Send an authority a check."""
        asked = select(Submission).where(
            Submission.survey_id == self.survey.id, Submission.authority_code == authority
        )
        check = MemberCheck(
            id=uuid.uuid4(),
            submission=self.session.scalars(asked).one(),
            person=self.person,
            sent_by=self.person,
            sent_on=sent,
            due_on=sent + (DUE - SENT),
            **more,
        )
        self.session.add(check)
        self.session.commit()
        return check

    def material(self) -> Material:
        self.session.expire_all()
        return gathering.gather(self.session, self.survey).material

    def told(self, authority: str = "X06000001") -> Return:
        return next(one for one in self.material().returns if one.authority == authority)


@pytest.fixture
def desk(session: Session, survey: Survey) -> Desk:
    return Desk(session, survey, somebody(session))


def test_of_an_authority_that_was_never_asked_nothing_is_told(desk: Desk) -> None:
    desk.send("X06000002")
    told = desk.told()
    assert (told.shown_on, told.answered_on, told.answer_by, told.silent_on) == (None,) * 4


def test_an_answer_is_told_by_its_day_in_england(desk: Desk) -> None:
    desk.send("X06000001", returned_at=ANSWERED)
    told = desk.told()
    assert (told.shown_on, told.answered_on) == (SENT, dt.date(2015, 9, 11))
    assert (told.answer_by, told.silent_on) == (None, None)


def test_a_day_that_has_passed_is_silence_once_it_is_recorded_and_not_before(desk: Desk) -> None:
    desk.send("X06000001")
    assert (desk.told().answer_by, desk.told().silent_on) == (DUE, None)

    after = dt.datetime.combine(DUE + DAY, dt.time(12), dt.UTC)
    sending.note_silence(db.sessionmaker, lambda: after)

    told = desk.told()
    assert (told.answered_on, told.answer_by, told.silent_on) == (None, DUE, DUE + DAY)


def test_who_has_answered_and_is_asked_again_is_told_of_with_both(desk: Desk) -> None:
    desk.send("X06000001", returned_at=ANSWERED)
    desk.send("X06000001", SENT + 30 * DAY, silent_on=DUE + 31 * DAY)
    told = desk.told()
    assert (told.shown_on, told.answered_on) == (SENT + 30 * DAY, dt.date(2015, 9, 11))
    assert (told.answer_by, told.silent_on) == (DUE + 30 * DAY, DUE + 31 * DAY)


def test_a_check_that_was_taken_back_is_not_told_of(desk: Desk) -> None:
    desk.send("X06000001", returned_at=ANSWERED, taken_back_at=ANSWERED + DAY)
    assert desk.told().shown_on is None


def test_the_review_is_dated_no_earlier_than_what_it_tells_of(desk: Desk) -> None:
    assert (desk.material().as_of or SENT) < SENT
    check = desk.send("X06000001")
    assert desk.material().as_of == SENT
    check.silent_on = DUE + DAY
    desk.session.commit()
    assert desk.material().as_of == DUE + DAY


@pytest.mark.queries
def test_many_checks_are_read_with_one_query(desk: Desk) -> None:
    def asked() -> int:
        with queries(desk.session) as found:
            desk.material()
        return len(found)

    desk.send("X06000001")
    few = asked()
    for turn in range(1, 6):
        desk.send("X06000001", SENT + turn * DAY)
        desk.send("X06000002", SENT + turn * DAY)
    assert asked() == few
