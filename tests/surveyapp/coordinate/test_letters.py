"""The mail log: what became of each message, sent again once, recorded as come back."""

import datetime as dt

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from surveyapp.coordinate import records
from surveyapp.coordinate.records import STATES, Wanted
from surveyapp.mail import queue
from surveyapp.models import AuditEvent, Link, Mail, Submission, Survey
from tests.surveyapp.browsing import CheckingClient
from tests.surveyapp.building import grow, queries, somebody

pytestmark = pytest.mark.mail
LOG = "/staff/tiny-survey-2015/mail"
NOW = dt.datetime.now(dt.UTC)
LONG_AGO = NOW - dt.timedelta(hours=1)
COLUMNS = {
    "waiting": {},
    "sending": {"sending_since": NOW},
    "uncertain": {"sending_since": LONG_AGO, "provider_reference": "r"},
    "sent": {"sent_at": NOW},
    "failed": {"failed_at": NOW, "last_error": "No such mailbox"},
    "bounced": {"sent_at": LONG_AGO, "bounced_at": NOW},
    "opened": {"sent_at": LONG_AGO, "opened_at": NOW},
}


def write(session: Session, birch: Submission, state: str = "waiting") -> Mail:
    context = {"survey_title": "T", "authority": "Birch", "link": "x", "question": "S01.1"}
    one = queue(
        session,
        kind="comment",
        to=somebody(session),
        key=f"test:{state}",
        context={**context, "author": "Al"},
        submission=birch,
    )
    for name, value in COLUMNS[state].items():
        setattr(one, name, value)
    session.commit()
    return one


def test_a_message_can_be_read_without_its_link(
    staff: CheckingClient, session: Session, survey: Survey, birch: Submission
) -> None:
    one = write(session, birch)
    one.text = "Dear Cy,\n\nGo to https://here.example/link/a-secret-one_1 today.\n"
    session.commit()

    assert f"{LOG}/{one.id}/" in staff.get(LOG).text
    assert f"{LOG}/{one.id}/" in staff.get(f"/staff/tiny-survey-2015/returns/{birch.id}/").text
    page = staff.get(f"{LOG}/{one.id}/").text

    assert "https://here.example/link/…" in page
    assert "a-secret-one" not in page


def test_every_state_can_be_filtered_for(
    session: Session, survey: Survey, birch: Submission
) -> None:
    for state in STATES:
        write(session, birch, state)

    for state in STATES:
        letters, more = records.mail(session, survey, Wanted(state), NOW)
        assert ([one.state for one in letters], more) == ([state], False)
    letters, _ = records.mail(session, survey, Wanted(authority=birch.authority_code), NOW)
    assert {one.state for one in letters} == set(STATES)
    assert records.mail(session, survey, Wanted(authority="X0"), NOW) == ((), False)


def test_long_logs_are_shown_in_pages(
    session: Session, survey: Survey, birch: Submission, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(records, "PAGE", 1)
    for state in ("sent", "failed"):
        write(session, birch, state)
    session.execute(Mail.__table__.update().values(sent_at=NOW, failed_at=None))
    session.expire_all()

    for state in (None, "sent"):
        first, more = records.mail(session, survey, Wanted(state), NOW)
        second, last = records.mail(session, survey, Wanted(state, page=2), NOW)
        assert (len(first), more, len(second), last) == (1, True, 1, False)
        assert first[0].mail is not second[0].mail


@pytest.mark.parametrize("state", ["failed", "bounced", "uncertain"])
def test_a_message_is_sent_again_once(
    state: str, staff: CheckingClient, survey: Survey, session: Session, birch: Submission
) -> None:
    one = write(session, birch, state)
    assert "Send again" in staff.get(LOG).text

    for _ in range(2):
        staff.post(f"{LOG}/{one.id}/again")

    session.refresh(one)
    assert (one.sending_since, one.failed_at, one.bounced_at) == (None, None, None)
    events = select(func.count()).where(AuditEvent.action == "mail.sent_again")
    assert session.scalar(events) == 1


def test_what_arrived_is_not_sent_again(
    staff: CheckingClient, survey: Survey, session: Session, birch: Submission
) -> None:
    one = write(session, birch, "sent")

    assert "Send again" not in staff.get(LOG).text
    page = staff.post(f"{LOG}/{one.id}/again", follow_redirects=True).text

    assert "was not sent again" in page
    session.refresh(one)
    assert one.sent_at == NOW


def test_that_a_message_came_back_is_recorded_with_a_reason(
    staff: CheckingClient, survey: Survey, session: Session, birch: Submission
) -> None:
    one = write(session, birch, "sent")
    address = f"{LOG}/{one.id}/bounced"
    assert "Why did it come back?" in staff.get(address).text

    assert staff.post(address, data={"reason": " "}).status_code == 422
    long = staff.post(address, data={"reason": "x" * 501})
    assert "Shorten the reason" in long.text
    assert "x" * 501 in long.text
    staff.post(address, data={"reason": "No such mailbox"})
    page = staff.get(LOG).text

    assert "No such mailbox" in page
    assert "Came back" in page
    session.refresh(one)
    assert one.bounced_at is not None
    event = session.scalars(select(AuditEvent).where(AuditEvent.action == "mail.bounced")).one()
    assert event.detail == {}
    assert "nothing to record" in staff.get(address).text


def test_where_the_link_is_gone_a_new_invitation_is_written_once(
    staff: CheckingClient, survey: Survey, session: Session, birch: Submission
) -> None:
    one = write(session, birch, "bounced")
    one.text = "Open https://survey.example/link/… to begin."
    one.created_at = LONG_AGO
    session.commit()
    part = birch.contributors[0]
    page = staff.get(LOG).text
    assert "Send again" not in page
    assert "Write a new invitation" in page

    for _ in range(2):
        again = staff.post(
            f"/staff/tiny-survey-2015/people/{part.id}/invite", data={"back": "mail"}
        )
        assert again.headers["Location"] == LOG

    written = select(func.count()).where(Mail.kind == "invitation")
    assert session.scalar(written) == 1
    assert session.scalar(select(func.count(Link.id))) == 1


@pytest.mark.queries
def test_the_log_asks_as_often_for_more(
    staff: CheckingClient, survey: Survey, session: Session
) -> None:
    def count(page: str) -> int:
        session.expunge_all()
        with queries(session) as sent:
            assert staff.get(page).status_code == 200
        return len(sent)

    def fill() -> None:
        held = session.scalars(select(Submission).where(Submission.survey_id == survey_id)).all()
        for one in held:
            context = {"survey_title": "T", "authority": "B", "link": "x", "question": "S01.1"}
            queue(
                session,
                kind="comment",
                to=somebody(session),
                key=f"{one.id}",
                context={**context, "author": "Al"},
                submission=one,
            )
        session.commit()

    pages, survey_id = (LOG, f"{LOG}?state=waiting", f"{LOG}?authority=X06000002"), survey.id
    fill()
    few = [count(page) for page in pages]
    grow(session, session.get_one(Survey, survey_id), 10)
    fill()

    assert [count(page) for page in pages] == few
