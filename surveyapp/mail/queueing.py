"""Mail put in the queue: a row in the transaction that caused it, one for each key."""

import datetime as dt
import uuid
from collections.abc import Callable, Mapping
from typing import TypedDict, Unpack

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from surveyapp import people, published
from surveyapp.mail.dates import calendar, deadline
from surveyapp.mail.kinds import NEEDS, Kind
from surveyapp.mail.rendering import render
from surveyapp.models import Mail, Person, Submission

# Where a session keeps the mail that waits for its commit.
WAITING = "mail_waiting"
Insert = Callable[[type[Mail]], postgresql.Insert | sqlite.Insert]
_insert: Mapping[str, Insert] = {"postgresql": postgresql.insert, "sqlite": sqlite.insert}


class Options(TypedDict, total=False):
    """What a mail may have besides: the return it is about, when it is due, a calendar file."""

    submission: Submission | None
    due_at: dt.datetime | None
    calendar: str | None


def queue(
    session: Session,
    *,
    kind: Kind,
    to: Person,
    key: str,
    context: Mapping[str, object],
    **options: Unpack[Options],
) -> Mail:
    """Write a mail that is sent once this transaction is committed, and not if it is undone.

    A mail that says when the survey closes takes that date along as a calendar file.

    The key says what the mail is for. A second one with the same key is the first one: nothing is
    written or sent again, also when both are asked for at the same moment.
    """
    submission = options.get("submission")
    made = render(kind, to.name, context, _whom_to_ask(session, to, submission, context))
    now = dt.datetime.now(dt.UTC)
    session.flush()
    values = {
        "id": uuid.uuid4(),
        "key": key,
        "kind": kind,
        "to_address": to.email,
        "person_id": to.id,
        "submission_id": submission.id if submission else None,
        "subject": made.subject,
        "text": made.text,
        "html": made.html,
        "calendar": options.get("calendar") or _last_day(kind, submission, now),
        "created_at": now,
        "due_at": options.get("due_at") or now,
        "attempts": 0,
    }
    into = _insert[session.get_bind().dialect.name]
    session.execute(into(Mail).values(values).on_conflict_do_nothing(index_elements=["key"]))
    mail = session.scalars(select(Mail).where(Mail.key == key)).one()
    send_after_commit(session, mail.id)
    return mail


def _whom_to_ask(
    session: Session, to: Person, submission: Submission | None, context: Mapping[str, object]
) -> str:
    """Return whom a person may ask for help; an invitation is by somebody, as it says itself."""
    if submission is None:
        return ""
    contact = published.privacy(submission).contact
    by = str(context.get("invited_by", ""))
    return contact or by or people.invited_by(session, submission, to)


def _last_day(kind: Kind, submission: Submission | None, at: dt.datetime) -> str | None:
    """Return the last day of the survey as a calendar file, for mail that says when it closes."""
    if submission is None or "closes_on" not in NEEDS[kind]:
        return None
    survey = submission.survey
    return calendar(deadline(survey.code, survey.title, survey.closes_on), at)


def send_after_commit(session: Session, mail_id: uuid.UUID) -> None:
    """Remember that a mail may go once this session commits."""
    session.info.setdefault(WAITING, set()).add(mail_id)


def take_waiting(session: Session) -> set[uuid.UUID]:
    """Return the mail that waited for this commit, and forget it."""
    waiting: set[uuid.UUID] = session.info.pop(WAITING, set())
    return waiting
