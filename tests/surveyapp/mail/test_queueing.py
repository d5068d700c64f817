"""Mail is a row of the transaction that causes it, one for each key."""

import threading
import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session, sessionmaker

from surveyapp import jobs, mail
from surveyapp.extensions import begin_writing
from surveyapp.models import Mail, Submission
from tests.surveyapp.mail.posting import LATER, NOW, stored, write, written

pytestmark = pytest.mark.mail
PATIENCE = 10


def test_a_key_is_written_once(sessions: sessionmaker[Session]) -> None:
    first = written(sessions)

    second = written(sessions)

    assert first == second
    assert [(one.key, one.attempts) for one in stored(sessions)] == [("one", 0)]


def test_mail_is_undone_with_what_caused_it(sessions: sessionmaker[Session]) -> None:
    with sessions() as session:
        begin_writing(session)
        write(session)
        session.rollback()

    assert stored(sessions) == []


def test_a_double_click_in_two_requests_at_once_writes_one_mail(
    sessions: sessionmaker[Session],
) -> None:
    has_written, may_commit = threading.Event(), threading.Event()

    def press(*, holds: bool) -> uuid.UUID:
        with sessions() as session:
            begin_writing(session)
            mail_id = write(session).id
            if holds:
                has_written.set()
                assert may_commit.wait(PATIENCE)
            session.commit()
        return mail_id

    with ThreadPoolExecutor(2) as clicks:
        one = clicks.submit(press, holds=True)
        assert has_written.wait(PATIENCE)
        two = clicks.submit(press, holds=False)
        with pytest.raises(TimeoutError):
            two.result(timeout=0.2)  # it waits to hear what becomes of the first
        may_commit.set()

    assert one.result() == two.result()
    assert len(stored(sessions)) == 1


@pytest.fixture
def asked(app: Flask, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The work that the queue was asked for."""
    found: list[str] = []
    monkeypatch.setattr(jobs.of(app), "enqueue", lambda *work: found.append(" ".join(work)))
    return found


def test_the_queue_hears_of_mail_after_its_commit(
    session: Session, birch: Submission, asked: list[str]
) -> None:
    session.commit()

    one = write(session)
    with session.begin_nested():
        session.flush()
    assert asked == []  # a savepoint is no commit
    session.commit()
    session.commit()

    assert asked == [f"send_mail {one.id}"]


def test_a_hundred_invitations_are_one_piece_of_work(
    session: Session, birch: Submission, asked: list[str]
) -> None:
    for number in range(100):
        write(session, f"mail-{number}")
    session.commit()

    assert asked == ["send_all_mail"]


def test_the_log_says_what_became_of_a_mail(session: Session, birch: Submission) -> None:
    one = write(session)
    told = [mail.state(one, NOW)]
    one.sending_since = NOW
    told.append(mail.state(one, NOW))
    told.append(mail.state(one, NOW + LATER))  # nothing was handed over: it will be tried again
    one.provider_reference = "<reference@survey.test>"
    told.append(mail.state(one, NOW + LATER))
    one.sent_at = NOW
    told.append(mail.state(one, NOW))
    mail.bounced(session, one, "Mailbox full", NOW)
    told.append(mail.state(one, NOW))

    assert told == ["waiting", "sending", "waiting", "uncertain", "sent", "bounced"]
    assert one.last_error == "Mailbox full"


def test_a_button_pressed_is_noted_on_the_latest_mail(session: Session, birch: Submission) -> None:
    older, newer = write(session, "one"), write(session, "two")
    older.created_at = NOW

    assert older.person is not None
    found = mail.opened(session, older.person, birch, NOW)
    mail.opened(session, older.person, birch, NOW + LATER)

    assert found is newer
    assert (older.opened_at, newer.opened_at) == (None, NOW)
    assert mail.state(newer, NOW) == "opened"
    assert session.scalars(select(func.count(Mail.id))).one() == 2
