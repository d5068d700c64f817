"""Once the review is signed off the record stays; until then, words taken back forget builds."""

import pytest
from sqlalchemy.orm import Session

from surveyapp import built
from surveyapp.config import Settings
from surveyapp.interview import withdrawing
from surveyapp.models import Build, Submission
from tests.surveyapp.browsing import CheckingClient
from tests.surveyapp.building import NOON, somebody
from tests.surveyapp.interview.recorded import offered_call


def build(session: Session, birch: Submission, **values: object) -> Build:
    of = {"survey": birch.survey, "number": 1, "asked_by": somebody(session), "asked_at": NOON}
    row = Build(**of, done_at=NOON, files={built.CLEAN: {"key": "k", "size": 1}}, **values)
    session.add(row)
    session.flush()
    return row


def test_taking_words_back_forgets_the_builds(
    session: Session, birch: Submission, settings: Settings
) -> None:
    one = build(session, birch)

    count = withdrawing.forget_files(session, settings, offered_call(session, birch), NOON)

    assert count == 1
    assert (one.forgotten_at, one.files) == (NOON, {})


def test_a_record_can_be_changed_until_the_review_is_signed_off(
    client: CheckingClient, session: Session, birch: Submission
) -> None:
    call = offered_call(session, birch)
    home = f"/calls/{call.id}"
    session.commit()
    client.sign_in(somebody(session))
    assert client.get(f"{home}/consent").status_code == 200

    build(session, birch, signed_off_at=NOON, signed_off_by=somebody(session))
    session.commit()

    page = client.get(f"{home}/record").text
    assert "The review was signed off on 25 July 2015" in page
    assert "Change<" not in page


@pytest.mark.parametrize("way", ["record", "check", "consent", "add", "confirm"])
def test_nothing_is_changed_after_sign_off(
    client: CheckingClient, session: Session, birch: Submission, way: str
) -> None:
    call = offered_call(session, birch)
    build(session, birch, signed_off_at=NOON, signed_off_by=somebody(session))
    session.commit()
    client.sign_in(somebody(session))

    answer = client.post(f"/calls/{call.id}/{way}", data={"quotes": "no", "words": "More."})

    assert answer.status_code == 409
    assert "The record can no longer be changed" in answer.text
    assert call.consent_quotes is True
