"""What colleagues of a return are written, through a real SMTP server: each message once."""

import datetime as dt
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from surveyapp.config import Settings
from surveyapp.extensions import begin_writing
from surveyapp.mail.claims import Post
from surveyapp.mail.delivery import deliver_due
from surveyapp.mail.senders.smtp import Smtp
from surveyapp.models import Contributor, Person
from surveyapp.respond import teamwork
from surveyapp.respond.team import colleagues, letters
from surveyapp.respond.team.colleagues import Newcomer
from surveyapp.respond.team.letters import Sender
from surveyapp.respond.teamwork import Giving
from tests.surveyapp.building import submission_of
from tests.surveyapp.mail.posting import Mailbox, stored

pytestmark = [pytest.mark.mail, pytest.mark.allow_hosts(["127.0.0.1"])]
Act = Callable[[Session, Sender], object]


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(instance=tmp_path, service_url="https://survey.test")


def do(sessions: sessionmaker[Session], settings: Settings, act: Act) -> None:
    """Let Birch's coordinator do something, in a transaction of its own."""
    with sessions() as session:
        begin_writing(session)
        birch = submission_of(session, "Birch")
        me = next(one for one in birch.contributors if one.coordinator)
        act(session, Sender(settings, me, dt.datetime.now(dt.UTC)))
        session.commit()


def at_once(sessions: sessionmaker[Session], settings: Settings, act: Act) -> None:
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda _: do(sessions, settings, act), range(2)))


def deliver(sessions: sessionmaker[Session], mailbox: Mailbox) -> list[str]:
    """Send what is due, and return whom the mail server was given mail for."""
    deliver_due(Post(sessions, Smtp(mailbox.url, "Review <us@survey.test>"), "survey.test"))
    return [str(message["To"]) for message in mailbox.given]


def test_two_presses_at_once_bring_one_invitation(
    sessions: sessionmaker[Session], settings: Settings, mailbox: Mailbox
) -> None:
    eve = Newcomer("Eve Birch", "eve@birch.example", "Manager", "Hello", ("A1",))

    at_once(sessions, settings, lambda session, sender: colleagues.invite(session, sender, eve))

    assert deliver(sessions, mailbox) == ["Eve Birch <eve@birch.example>"]
    (message,) = mailbox.given
    assert message["Subject"].startswith("Please complete")
    with sessions() as session:
        assert len(session.scalars(select(Person).where(Person.email == eve.email)).all()) == 1


def test_two_presses_at_once_hand_a_section_over_once(
    sessions: sessionmaker[Session], settings: Settings, mailbox: Mailbox
) -> None:
    def hand_over(session: Session, sender: Sender) -> None:
        to = a_colleague(session, "fay@birch.example")
        state = sender.by.submission.sections[0]
        given = teamwork.give(session, sender.by, Giving(state, to.id, "Yours"), sender.at)
        if given is not None:
            letters.hand_over(session, sender, given)

    do(sessions, settings, lambda session, _: a_colleague(session, "fay@birch.example"))
    at_once(sessions, settings, hand_over)

    assert deliver(sessions, mailbox) == ["Somebody Birch <fay@birch.example>"]


def test_ten_comments_in_an_hour_are_one_message(
    sessions: sessionmaker[Session], settings: Settings, mailbox: Mailbox
) -> None:
    hour = dt.datetime(2015, 7, 20, 9, 59, tzinfo=dt.UTC)

    def comment(session: Session, sender: Sender, at: dt.datetime) -> None:
        gus = a_colleague(session, "gus@birch.example")
        words = (gus.person, "Is this all?")
        said = teamwork.comment(session, gus.submission, "Z1.1", words, at)
        letters.comment(session, Sender(settings, gus, at), said)

    for minute in range(10):
        at = hour - dt.timedelta(minutes=minute)
        do(sessions, settings, lambda session, sender, at=at: comment(session, sender, at))
    assert deliver(sessions, mailbox) == ["Cy Birch <cy@birch.example>"]
    later = hour + dt.timedelta(minutes=1)
    do(sessions, settings, lambda session, sender: comment(session, sender, later))

    assert deliver(sessions, mailbox) == ["Cy Birch <cy@birch.example>"] * 2


def test_what_is_undone_is_not_sent(
    sessions: sessionmaker[Session], settings: Settings, mailbox: Mailbox
) -> None:
    def fail(session: Session, sender: Sender) -> None:
        colleagues.invite(session, sender, Newcomer("Hal Birch", "hal@birch.example", ""))
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        do(sessions, settings, fail)

    assert deliver(sessions, mailbox) == []
    assert stored(sessions) == []


def a_colleague(session: Session, email: str) -> Contributor:
    """Return a colleague of Birch's coordinator who has been here."""
    birch = submission_of(session, "Birch")
    found = next((one for one in birch.contributors if one.person.email == email), None)
    if found is None:
        found = Contributor(
            submission=birch,
            person=Person(name="Somebody Birch", email=email),
            agreed_at=dt.datetime(2015, 7, 1, tzinfo=dt.UTC),
        )
        session.add(found)
        session.flush()
    return found
