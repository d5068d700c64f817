"""A mail goes out once: what every ending of a sending leaves behind, and what comes next."""

import datetime as dt

import pytest
from sqlalchemy.orm import Session, sessionmaker

from surveyapp import mail
from surveyapp.mail.claims import Post
from surveyapp.mail.delivery import ATTEMPTS, deliver, deliver_due
from surveyapp.mail.senders.letters import (
    Fate,
    NotNowError,
    RefusedError,
    SendingError,
    UnknownOutcomeError,
)
from surveyapp.models import Mail, Survey
from tests.surveyapp.mail.posting import LATER, LINK, NOW, Recorder, stored, written

pytestmark = pytest.mark.mail


def post(sessions: sessionmaker[Session], sender: Recorder, at: dt.datetime = NOW) -> Post:
    return Post(sessions, sender, "survey.test", lambda: at)


def only(sessions: sessionmaker[Session]) -> Mail:
    (found,) = stored(sessions)
    return found


def again(sessions: sessionmaker[Session], at: dt.datetime) -> bool:
    """Press "send again"."""
    with sessions() as session:
        found = session.get_one(Mail, only(sessions).id)
        freed = mail.send_again(session, found, at)
        session.commit()
    return freed


def test_a_mail_is_sent_and_its_link_struck_from_our_copy(sessions: sessionmaker[Session]) -> None:
    sender = Recorder()
    written(sessions)

    deliver_due(post(sessions, sender))

    sent, (letter,) = only(sessions), sender.letters
    assert (sent.sent_at, sent.attempts, sent.last_error) == (NOW, 1, None)
    assert (letter.to_name, letter.to_address) == ("Cy Birch", "cy@birch.example")
    assert letter.reference == sent.provider_reference
    assert letter.reference.endswith("@survey.test>")
    assert LINK in letter.text
    for copy in (sent.text, sent.html):
        assert "https://survey.test/link/…" in copy
        assert LINK not in copy


def test_the_outbox_keeps_its_links(sessions: sessionmaker[Session]) -> None:
    written(sessions)

    deliver_due(post(sessions, Recorder(reaches_people=False)))

    assert only(sessions).sent_at == NOW
    assert LINK in only(sessions).text


def test_a_job_that_comes_twice_sends_once(sessions: sessionmaker[Session]) -> None:
    sender = Recorder()
    mail_id = written(sessions)
    at_once = post(sessions, sender)

    deliver(at_once, mail_id)
    deliver(at_once, mail_id)
    deliver_due(at_once)

    assert len(sender.letters) == 1


def test_while_one_worker_sends_another_leaves_it(sessions: sessionmaker[Session]) -> None:
    mail_id = written(sessions)
    other = Recorder()
    sender = Recorder(meanwhile=lambda: deliver(post(sessions, other), mail_id))

    deliver(post(sessions, sender), mail_id)

    assert (len(sender.letters), len(other.letters)) == (1, 0)


def test_a_worker_held_up_too_long_gives_way(sessions: sessionmaker[Session]) -> None:
    mail_id = written(sessions)
    other = Recorder()
    sender = Recorder(meanwhile=lambda: deliver(post(sessions, other, NOW + LATER), mail_id))

    deliver(post(sessions, sender), mail_id)

    assert (len(sender.letters), len(other.letters)) == (0, 1)
    assert only(sessions).sent_at == NOW + LATER


def test_mail_waits_until_it_is_due(sessions: sessionmaker[Session]) -> None:
    sender = Recorder()
    written(sessions)

    deliver_due(post(sessions, sender, NOW - dt.timedelta(seconds=1)))

    assert sender.letters == []


def test_a_server_that_is_away_is_tried_later_and_later_still(
    sessions: sessionmaker[Session],
) -> None:
    written(sessions)
    away = Recorder(before=NotNowError("away"))
    at, waits = NOW, []
    for _ in range(ATTEMPTS):
        deliver_due(post(sessions, away, at))
        waits.append((only(sessions).due_at - at).total_seconds() / 60)
        at = max(at, only(sessions).due_at)

    given_up = only(sessions)
    assert waits[:-1] == [2, 4, 8, 16, 32, 64, 128]
    assert (mail.state(given_up, at), given_up.last_error) == ("failed", "away")
    assert given_up.sending_since is None
    assert again(sessions, at)
    deliver_due(post(sessions, Recorder(), at))
    assert mail.state(only(sessions), at) == "sent"


@pytest.mark.parametrize(
    ("error", "state"),
    [
        (RefusedError("no such person", bad_address=True), "bounced"),
        (RefusedError("too long"), "failed"),
    ],
)
def test_a_refusal_is_final_until_a_person_tries_again(
    error: SendingError, state: str, sessions: sessionmaker[Session]
) -> None:
    written(sessions)

    deliver_due(post(sessions, Recorder(after=error)))
    deliver_due(post(sessions, Recorder(), NOW + LATER))

    assert (mail.state(only(sessions), NOW), only(sessions).last_error) == (state, str(error))
    assert again(sessions, NOW)
    assert not again(sessions, NOW)  # the second press of a double click
    deliver_due(post(sessions, Recorder()))
    assert mail.state(only(sessions), NOW) == "sent"


def test_what_may_have_arrived_is_sent_again_by_a_person_only(
    sessions: sessionmaker[Session],
) -> None:
    written(sessions)
    broken, fine = Recorder(after=UnknownOutcomeError("broke")), Recorder()
    at = NOW + LATER

    deliver_due(post(sessions, broken))
    deliver_due(post(sessions, fine, at))

    assert fine.letters == []
    before = only(sessions)
    assert (mail.state(before, at), before.last_error) == ("uncertain", "broke")
    assert again(sessions, at)
    deliver_due(post(sessions, fine, at))
    assert [letter.reference for letter in fine.letters] == [before.provider_reference]


@pytest.mark.parametrize(
    ("fate", "state", "sent"),
    [(Fate.ACCEPTED, "sent", 0), (Fate.NEVER_ARRIVED, "sent", 1), (Fate.UNKNOWN, "uncertain", 0)],
)
def test_a_sender_that_can_be_asked_settles_it(
    fate: Fate, state: str, sent: int, sessions: sessionmaker[Session]
) -> None:
    written(sessions)
    asked = Recorder(fated=fate)

    deliver_due(post(sessions, Recorder(after=UnknownOutcomeError("broke"))))
    deliver_due(post(sessions, asked, NOW + LATER))

    assert mail.state(only(sessions), NOW + LATER) == state
    assert len(asked.letters) == sent


def test_nobody_in_an_example_is_written_to(sessions: sessionmaker[Session]) -> None:
    sender, outbox = Recorder(), Recorder(reaches_people=False)
    written(sessions, "one")
    with sessions() as session:
        survey = session.query(Survey).one()
        survey.is_example = True
        session.commit()
    try:
        deliver_due(post(sessions, sender))
        assert sender.letters == []
        assert only(sessions).last_error == "Nobody in an example is written to."
        written(sessions, "two")
        deliver_due(post(sessions, outbox))
        assert len(outbox.letters) == 1
    finally:
        with sessions() as session:
            session.query(Survey).one().is_example = False
            session.commit()


def test_a_bounced_mail_whose_link_is_struck_is_not_sent_again(
    sessions: sessionmaker[Session],
) -> None:
    written(sessions)
    deliver_due(post(sessions, Recorder()))
    with sessions() as session:
        mail.bounced(session, session.get_one(Mail, only(sessions).id), "Unknown", NOW)
        session.commit()

    assert mail.state(only(sessions), NOW) == "bounced"
    assert not again(sessions, NOW)
