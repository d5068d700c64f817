"""Whoever signs a build off is told where it calls itself a draft, and what it does not tell."""

import datetime as dt
import html
import uuid

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.models import Build, Mark, MemberCheck, Person, StandingText, Submission, Survey
from surveyapp.review.making import Workshop
from tests.surveyapp.browsing import CheckingClient
from tests.surveyapp.building import NOON
from tests.surveyapp.review.made import make

FOREWORD, STATUS = "chapters.foreword.text", "particulars.status"
DRAFT = "[Draft, for the leads to sign.] We thank you all."
DAY = dt.timedelta(days=1)


@pytest.fixture
def write(session: Session, survey: Survey, consultant: Person) -> "Writer":
    return Writer(session, survey, consultant)


class Writer:
    """Puts standing texts in their places."""

    def __init__(self, session: Session, survey: Survey, person: Person) -> None:
        self.session, self.survey, self.person = session, survey, person

    def __call__(
        self, place: str, text: str, at: dt.datetime = NOON - DAY, version: int = 1
    ) -> StandingText:
        row = StandingText(
            id=uuid.uuid4(),
            survey_id=self.survey.id,
            place=place,
            version=version,
            author_id=self.person.id,
            text=text,
            at=at,
        )
        self.session.add(row)
        self.session.commit()
        return row


def read(staff: CheckingClient, one: Build) -> str:
    page = staff.get(f"/review/tiny-survey-2015/builds/{one.id}/").text
    return " ".join(html.unescape(page).split())


def test_a_draft_behind_a_final_cover_is_named_where_it_is_signed(
    session: Session,
    survey: Survey,
    staff: CheckingClient,
    consultant: Person,
    workshop: Workshop,
    write: Writer,
) -> None:
    write(STATUS, "Final")
    write(FOREWORD, DRAFT)
    page = read(staff, make(session, survey, consultant, workshop))
    assert "The cover says “Final”, but this build says that it is a draft: Foreword." in page
    assert f"place={FOREWORD}" in page


def test_a_draft_that_is_mended_since_is_still_in_the_build(
    session: Session,
    survey: Survey,
    staff: CheckingClient,
    consultant: Person,
    workshop: Workshop,
    write: Writer,
) -> None:
    write(STATUS, "Draft for the leads")
    write(FOREWORD, DRAFT)
    made = make(session, survey, consultant, workshop)
    later = dt.datetime.now(dt.UTC)
    write(FOREWORD, "We thank you all.", later, version=2)
    write(STATUS, "Final", later, version=2)
    page = read(staff, made)
    assert "Says in this build that it is a draft, and does not any more" in page
    assert "This build says that it is a draft: Status, on the cover; Foreword." in page

    again = read(staff, make(session, survey, consultant, workshop))
    assert "that it is a draft" not in again


def test_a_text_that_is_held_back_leaves_the_draft_that_it_replaced(
    session: Session,
    survey: Survey,
    staff: CheckingClient,
    consultant: Person,
    workshop: Workshop,
    write: Writer,
) -> None:
    mended = write(STATUS, "Draft of our own")
    made = make(session, survey, consultant, workshop)
    assert "This build says that it is a draft: Status, on the cover." in read(staff, made)
    session.add(
        Mark(
            survey_id=survey.id,
            place=f"standing/{mended.id.hex}",
            start=0,
            end=5,
            kind="name",
            reason="",
            words_sha256="0" * 64,
            authority_code="",
            found_at=NOON,
        )
    )
    session.commit()
    assert "that it is a draft" not in read(staff, made)


def test_silence_that_was_recorded_after_a_build_is_not_told_in_it(
    session: Session, survey: Survey, staff: CheckingClient, consultant: Person, made: Build
) -> None:
    began = made.started_at or made.asked_at
    check = MemberCheck(
        id=uuid.uuid4(),
        submission=session.scalars(select(Submission).order_by(Submission.authority_code)).first(),
        person=consultant,
        sent_by=consultant,
        sent_on=began.date() - 9 * DAY,
        due_on=began.date() - 2 * DAY,
        silent_on=began.date() - DAY,
    )
    session.add(check)
    session.commit()
    page = read(staff, made)
    assert "silent when their time ran out: 1." in page
    assert "this build does not say so" not in page

    check.silent_on = began.date() + DAY
    session.commit()
    assert "Of 1 of these this build does not say so: it is older. Build again." in read(
        staff, made
    )
