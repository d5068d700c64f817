"""Mail through a real SMTP server: what arrives, once each, whoever is killed in between."""

import datetime as dt
import multiprocessing
import signal
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session, sessionmaker

from surveyapp import mail
from surveyapp.extensions import begin_writing
from surveyapp.mail.claims import Post
from surveyapp.mail.delivery import deliver_due
from surveyapp.mail.log import GONE_QUIET
from surveyapp.mail.senders.letters import Letter, NotNowError, RefusedError
from surveyapp.mail.senders.smtp import Smtp, read
from surveyapp.models import Mail
from tests.surveyapp.mail import workers
from tests.surveyapp.mail.posting import LATER, NOW, Mailbox, stored, written

pytestmark = [pytest.mark.mail, pytest.mark.allow_hosts(["127.0.0.1"])]
US = "Early help review <us@survey.test>"
PATIENCE = 60
LETTER = Letter("<1@survey.test>", "Zoë Ash", "zoe@ash.test", "Ünïcode – 1", "Text\n", "<p>x</p>")
apart = multiprocessing.get_context("spawn")


def smtp(mailbox: Mailbox) -> Smtp:
    return Smtp(mailbox.url, US)


def worker(engine: sa.Engine, mailbox: Mailbox, sender: type[Smtp] = Smtp) -> int | None:
    """Let a process of its own send all mail that is due, and return how it ended."""
    process = start(engine, mailbox, sender)
    process.join(PATIENCE)
    return process.exitcode


def start(
    engine: sa.Engine, mailbox: Mailbox, sender: type[Smtp] = Smtp
) -> multiprocessing.process.BaseProcess:
    url = engine.url.render_as_string(hide_password=False)
    process = apart.Process(target=workers.work, args=(url, mailbox.url, sender))
    process.start()
    return process


def pretend_time_passes(sessions: sessionmaker[Session]) -> None:
    """Make every claim as old as one whose worker has gone quiet."""
    with sessions() as session:
        begin_writing(session)
        for one in session.scalars(sa.select(Mail)):
            if one.sending_since is not None:
                one.sending_since -= GONE_QUIET + LATER
        session.commit()


def test_what_arrives(mailbox: Mailbox, sessions: sessionmaker[Session]) -> None:
    written(sessions)

    deliver_due(Post(sessions, smtp(mailbox), "survey.test"))

    (message,) = mailbox.given
    assert message["To"] == "Cy Birch <cy@birch.example>"
    assert message["From"] == US
    assert message["Subject"] == "Your link to Early help review"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Message-ID"] == stored(sessions)[0].provider_reference
    assert stored(sessions)[0].sent_at is not None


def test_a_letter_is_text_and_html_and_a_date(mailbox: Mailbox) -> None:
    calendar = mail.calendar(mail.deadline("tiny", "Tiny", NOW.date()), NOW)

    smtp(mailbox).send(replace(LETTER, calendar=calendar), lambda: None)

    (message,) = mailbox.given
    text, html = (message.get_body((kind,)) for kind in ("plain", "html"))
    (date,) = message.iter_attachments()
    assert text is not None
    assert html is not None
    assert (text.get_content(), html.get_content()) == ("Text\r\n", "<p>x</p>\r\n")
    assert (date.get_content_type(), date.get_filename()) == ("text/calendar", "date.ics")
    assert "BEGIN:VEVENT" in date.get_content()


def test_letters_beyond_english_arrive(mailbox: Mailbox) -> None:
    smtp(mailbox).send(LETTER, lambda: None)

    assert mailbox.given[0]["Subject"] == "Ünïcode – 1"
    assert mailbox.given[0]["To"] == "Zoë Ash <zoe@ash.test>"


@pytest.mark.parametrize(
    ("of_address", "of_letter", "error", "is_address"),
    [
        ("550 No such person", "250 Fine", RefusedError, True),
        ("450 Try later", "250 Fine", NotNowError, None),
        ("250 Fine", "554 This is spam", RefusedError, False),
        ("250 Fine", "451 Try later", NotNowError, None),
    ],
)
def test_a_no_is_understood(
    of_address: str,
    of_letter: str,
    error: type[Exception],
    *,
    is_address: bool | None,
    mailbox: Mailbox,
) -> None:
    mailbox.to_address, mailbox.answer = of_address, of_letter

    with pytest.raises(error) as said:
        smtp(mailbox).send(LETTER, lambda: None)

    assert getattr(said.value, "bad_address", None) is is_address
    assert mailbox.given == []


def test_a_server_that_is_not_there_is_for_later() -> None:
    with pytest.raises(NotNowError):
        Smtp("smtp://127.0.0.1:1", US).send(LETTER, lambda: None)


def test_an_address_that_smtp_cannot_carry_is_refused(mailbox: Mailbox) -> None:
    letter = Letter("<1@survey.test>", "Zoë", "zoë@ash.test", "Hello", "Text\n", "<p>x</p>")

    with pytest.raises(RefusedError):
        smtp(mailbox).send(letter, lambda: None)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("smtp://mail.test", ("mail.test", 25, "", "")),
        ("smtps://me%40x:p%2Fw@mail.test", ("mail.test", 465, "me@x", "p/w")),
        ("smtp://mail.test:587", ("mail.test", 587, "", "")),
    ],
)
def test_the_address_of_a_mail_server(url: str, expected: tuple[str, int, str, str]) -> None:
    server = read(url)

    assert (server.host, server.port, server.user, server.password) == expected
    assert server.is_encrypted is url.startswith("smtps")


@pytest.mark.parametrize("url", ["mail.test", "http://mail.test", "smtp://", ""])
def test_an_address_that_is_none(url: str) -> None:
    with pytest.raises(ValueError, match="SMTP_URL"):
        read(url)


def test_two_workers_in_threads_send_each_mail_once(
    mailbox: Mailbox, sessions: sessionmaker[Session]
) -> None:
    for number in range(20):
        written(sessions, f"mail-{number}")
    post = Post(sessions, smtp(mailbox), "survey.test")

    with ThreadPoolExecutor(4) as workers:
        list(workers.map(lambda _: deliver_due(post), range(4)))

    assert len(mailbox.ids) == len(set(mailbox.ids)) == 20
    assert all(one.sent_at and one.attempts == 1 for one in stored(sessions))


def test_two_worker_processes_send_each_mail_once(
    engine: sa.Engine, mailbox: Mailbox, sessions: sessionmaker[Session]
) -> None:
    for number in range(20):
        written(sessions, f"mail-{number}")

    processes = [start(engine, mailbox) for _ in range(2)]
    for process in processes:
        process.join(PATIENCE)

    assert [process.exitcode for process in processes] == [0, 0]
    assert len(mailbox.ids) == len(set(mailbox.ids)) == 20


def test_killed_between_the_servers_yes_and_our_record(
    engine: sa.Engine, mailbox: Mailbox, sessions: sessionmaker[Session]
) -> None:
    written(sessions)

    assert worker(engine, mailbox, workers.Dying) == -signal.SIGKILL
    pretend_time_passes(sessions)
    deliver_due(Post(sessions, smtp(mailbox), "survey.test"))

    (left,) = stored(sessions)
    assert len(mailbox.ids) == 1  # nobody is sent it twice
    assert left.provider_reference == mailbox.ids[0]  # and which one it was is known
    assert mail.state(left, dt.datetime.now(dt.UTC)) == "uncertain"


def test_killed_before_anything_left(
    engine: sa.Engine, mailbox: Mailbox, sessions: sessionmaker[Session]
) -> None:
    written(sessions)

    assert worker(engine, mailbox, workers.DyingEarly) == -signal.SIGKILL
    assert mailbox.ids == []
    pretend_time_passes(sessions)
    deliver_due(Post(sessions, smtp(mailbox), "survey.test"))

    assert len(mailbox.ids) == 1
    assert stored(sessions)[0].sent_at is not None


def test_a_connection_that_breaks_after_all_was_said_is_uncertain(
    mailbox: Mailbox, sessions: sessionmaker[Session]
) -> None:
    mailbox.hangs_up = True
    written(sessions)

    for _ in range(2):
        deliver_due(Post(sessions, smtp(mailbox), "survey.test"))
        pretend_time_passes(sessions)

    (left,) = stored(sessions)
    assert len(mailbox.ids) == 1
    assert mail.state(left, dt.datetime.now(dt.UTC)) == "uncertain"
    assert left.last_error is not None
    assert left.last_error.startswith("The connection broke")
