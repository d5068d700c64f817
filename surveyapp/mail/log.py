"""The log of mail: what became of each message, in words, and what people and servers report."""

import datetime as dt
import re
import uuid
from collections.abc import Sequence
from typing import Literal

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from surveyapp.mail.queueing import send_after_commit
from surveyapp.models import Mail, Person, Submission

State = Literal["waiting", "sending", "uncertain", "sent", "failed", "bounced", "opened"]
# A worker that has said nothing for so long is not working on it any more.
GONE_QUIET = dt.timedelta(minutes=10)

# What stands in our copy where a personal link was.
LINK = "/link/"
STRUCK = f"{LINK}…"
PERSONAL_LINK = re.compile(rf"{LINK}[\w-]+")
AFRESH: dict[str, object] = {"attempts": 0} | dict.fromkeys(
    ("sending_since", "sent_at", "failed_at", "bounced_at", "provider_reference", "last_error")
)


def state(mail: Mail, at: dt.datetime) -> State:
    """Say what became of a mail.

    Uncertain means that it was being handed over when something broke: it may have arrived or not,
    so only a person may have it sent again.
    """
    told: tuple[tuple[State, object], ...] = (
        ("opened", mail.opened_at),
        ("bounced", mail.bounced_at),
        ("failed", mail.failed_at),
        ("sent", mail.sent_at),
    )
    for name, when in told:
        if when is not None:
            return name
    if mail.sending_since is None:
        return "waiting"
    if mail.sending_since > at - GONE_QUIET:
        return "sending"
    return "uncertain" if mail.provider_reference else "waiting"


def struck(words: str) -> str:
    """Return what a mail says without its personal link, which only its reader may have."""
    return PERSONAL_LINK.sub(STRUCK, words)


def mails(session: Session, submission: Submission | None = None) -> Sequence[Mail]:
    """Return the mail about a return, or all of it, the latest first."""
    found = select(Mail).order_by(Mail.created_at.desc(), Mail.id)
    if submission is not None:
        found = found.where(Mail.submission_id == submission.id)
    return session.scalars(found).all()


def get_mail(session: Session, mail_id: uuid.UUID) -> Mail:
    """Return one mail."""
    return session.scalars(select(Mail).where(Mail.id == mail_id)).one()


def can_be_sent_again(mail: Mail, at: dt.datetime) -> bool:
    """Say whether a person may have this mail sent again.

    Once a mail has gone out its personal link is struck from our copy; then write a new one.
    """
    is_whole = STRUCK not in mail.text
    return is_whole and state(mail, at) in {"uncertain", "failed", "bounced"}


def send_again(session: Session, mail: Mail, at: dt.datetime) -> bool:
    """Send a mail again that failed, bounced or may not have arrived; say whether it will be.

    A second press finds a mail that waits, is being sent or has been sent, and does nothing.
    """
    if not can_be_sent_again(mail, at):
        return False
    as_seen = (
        column.is_not_distinct_from(value)
        for column, value in (
            (Mail.sending_since, mail.sending_since),
            (Mail.failed_at, mail.failed_at),
            (Mail.bounced_at, mail.bounced_at),
        )
    )
    freed = session.execute(
        update(Mail)
        .where(Mail.id == mail.id, *as_seen)
        .values({**AFRESH, "due_at": at, "to_address": _address(mail)})
        .execution_options(synchronize_session=False)
        .returning(Mail.id)
    ).one_or_none()
    session.refresh(mail)
    if freed is not None:
        send_after_commit(session, mail.id)
    return freed is not None


def bounced(session: Session, mail: Mail, reason: str, at: dt.datetime) -> None:
    """Record that a mail came back: its address has to be mended before it is tried again."""
    mail.bounced_at = mail.bounced_at or at
    mail.last_error = reason
    session.flush()


def opened(
    session: Session, person: Person, submission: Submission | None, at: dt.datetime
) -> Mail | None:
    """Record that a person pressed the button behind the link of the latest mail that had one."""
    about = Mail.submission_id == submission.id if submission else Mail.submission_id.is_(None)
    mail = session.scalars(
        select(Mail)
        .where(Mail.person_id == person.id, about, Mail.text.contains(LINK, autoescape=True))
        .order_by(Mail.created_at.desc(), Mail.id)
        .limit(1)
    ).first()
    if mail is not None and mail.opened_at is None:
        mail.opened_at = at
        session.flush()
    return mail


def _address(mail: Mail) -> str:
    """Return where a mail goes now: the address may have been mended since."""
    return mail.person.email if mail.person else mail.to_address
