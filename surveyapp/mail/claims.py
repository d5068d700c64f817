"""Claims: one worker's hold on one mail, taken and given up in short transactions of their own."""

import datetime as dt
import hashlib
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy import select, update
from sqlalchemy.orm import Session, sessionmaker

from surveyapp.extensions import begin_writing
from surveyapp.mail.log import GONE_QUIET
from surveyapp.mail.senders.letters import Letter, Sender
from surveyapp.models import Mail

AT_ONCE = 200
Clock = Callable[[], dt.datetime]
Condition = sa.ColumnElement[bool]


@dataclass(frozen=True, slots=True)
class Post:
    """What delivery needs: the database, who sends, from which domain, and the time."""

    sessions: sessionmaker[Session]
    sender: Sender
    domain: str = "localhost"
    now: Clock = lambda: dt.datetime.now(dt.UTC)


@dataclass(frozen=True, slots=True)
class Claim:
    """One worker's hold on one mail; whoever claims it later has another time in it."""

    mail_id: uuid.UUID
    since: dt.datetime
    attempts: int
    letter: Letter
    is_invented: bool


def free(at: dt.datetime) -> Condition:
    """Say which mail is due and may be claimed: nothing of it has left."""
    abandoned = sa.and_(Mail.sending_since < at - GONE_QUIET, Mail.provider_reference.is_(None))
    return sa.and_(
        Mail.sent_at.is_(None),
        Mail.failed_at.is_(None),
        Mail.due_at <= at,
        sa.or_(Mail.sending_since.is_(None), abandoned),
    )


def uncertain(at: dt.datetime) -> Condition:
    """Say which mail was being handed over when its worker went quiet."""
    return sa.and_(
        Mail.sent_at.is_(None),
        Mail.failed_at.is_(None),
        Mail.sending_since < at - GONE_QUIET,
        Mail.provider_reference.is_not(None),
    )


def find(post: Post, condition: Condition) -> Sequence[uuid.UUID]:
    """Return the mail of which this is true, the longest due first."""
    with post.sessions() as session:
        found = select(Mail.id).where(condition).order_by(Mail.due_at).limit(AT_ONCE)
        return session.scalars(found).all()


def take(post: Post, mail_id: uuid.UUID) -> Claim | None:
    """Claim a mail; of several workers that try, one is given the claim."""
    at = post.now()
    with post.sessions() as session:
        begin_writing(session)
        claimed = session.execute(
            update(Mail)
            .where(Mail.id == mail_id, free(at))
            .values(sending_since=at, attempts=Mail.attempts + 1)
            .execution_options(synchronize_session=False)
            .returning(Mail.id)
        ).one_or_none()
        claim = None if claimed is None else _read(post, session.get_one(Mail, mail_id), at)
        session.commit()
    return claim


def record(post: Post, claim: Claim, change: Mapping[str, object]) -> bool:
    """Write what happened, unless the mail is another worker's by now; say which."""
    held = sa.and_(Mail.sending_since == claim.since, Mail.sent_at.is_(None))
    return change_where(post, claim.mail_id, held, change)


def change_where(
    post: Post, mail_id: uuid.UUID, condition: Condition, change: Mapping[str, object]
) -> bool:
    """Change a mail if this is still true of it, and say whether it was."""
    with post.sessions() as session:
        begin_writing(session)
        changed = session.execute(
            update(Mail)
            .where(Mail.id == mail_id, condition)
            .values(change)
            .execution_options(synchronize_session=False)
            .returning(Mail.id)
        ).one_or_none()
        session.commit()
    return changed is not None


def reference(key: str, domain: str) -> str:
    """Return the Message-ID of the mail with this key: the same however often it is tried."""
    return f"<{hashlib.sha256(key.encode()).hexdigest()[:40]}@{domain}>"


def _read(post: Post, mail: Mail, at: dt.datetime) -> Claim:
    letter = Letter(
        reference=reference(mail.key, post.domain),
        to_name=" ".join(mail.person.name.split()) if mail.person else "",
        to_address=mail.to_address,
        subject=mail.subject,
        text=mail.text,
        html=mail.html,
        calendar=mail.calendar,
    )
    is_invented = mail.submission is not None and mail.submission.survey.is_example
    return Claim(mail.id, at, mail.attempts, letter, is_invented)
