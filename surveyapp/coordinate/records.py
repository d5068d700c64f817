"""What has been recorded about the mail of a survey, and what can be done about it."""

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, get_args

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, load_only

from surveyapp import mail as post
from surveyapp.mail.log import STRUCK, State
from surveyapp.models import Authority, Contributor, Mail, Submission, Survey

PAGE: Final = 100
STATES: Final[tuple[State, ...]] = get_args(State)
# What the state of a message follows from; its words are long, and read only where shown.
TELLING: Final = (
    Mail.opened_at,
    Mail.bounced_at,
    Mail.failed_at,
    Mail.sent_at,
    Mail.sending_since,
    Mail.provider_reference,
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which mail somebody wants to see: in one state, to one authority, or all."""

    state: State | None = None
    authority: str = ""
    page: int = 1


@dataclass(frozen=True, slots=True)
class Letter:
    """One message, what became of it, and what a person can do about it.

    `invited` is whom a new invitation would go to, where the link of this one is gone.
    """

    mail: Mail
    state: State
    can_be_sent_again: bool
    can_have_come_back: bool
    invited: uuid.UUID | None


def mail(
    session: Session, survey: Survey, wanted: Wanted, at: dt.datetime
) -> tuple[Sequence[Letter], bool]:
    """Return one page of the mail of a survey, the latest first, and whether there is more."""
    about = [Submission.survey_id == survey.id]
    if wanted.authority:
        about.append(Submission.authority_code == wanted.authority)
    found = select(Mail).join(Mail.submission).where(*about)
    found = found.order_by(Mail.created_at.desc(), Mail.id)
    if wanted.state is not None:
        # The state is not a column: it follows from several, and from the time.
        seen = session.scalars(found.options(load_only(*TELLING))).all()
        ids = [one.id for one in seen if post.state(one, at) == wanted.state]
        first = (wanted.page - 1) * PAGE
        found = found.where(Mail.id.in_(ids[first : first + PAGE + 1]))
    else:
        found = found.offset((wanted.page - 1) * PAGE).limit(PAGE + 1)
    rows = session.scalars(
        found.options(joinedload(Mail.submission).joinedload(Submission.authority))
    ).all()
    return _letters(session, rows[:PAGE], at), len(rows) > PAGE


def of_return(session: Session, submission: Submission, at: dt.datetime) -> Sequence[Letter]:
    """Return the mail of one return, the latest first."""
    rows = session.scalars(
        select(Mail)
        .where(Mail.submission_id == submission.id)
        .order_by(Mail.created_at.desc(), Mail.id)
        .limit(PAGE)
    ).all()
    return _letters(session, rows, at)


def find_mail(session: Session, survey: Survey, mail_id: uuid.UUID) -> Mail:
    """Return one message of this survey."""
    return session.scalars(
        select(Mail)
        .join(Mail.submission)
        .where(Submission.survey_id == survey.id, Mail.id == mail_id)
        .options(joinedload(Mail.submission).joinedload(Submission.authority))
    ).one()


def letter(session: Session, mail: Mail, at: dt.datetime) -> Letter:
    """Return one message with what became of it."""
    return _letters(session, [mail], at)[0]


def authorities(session: Session, survey: Survey) -> Mapping[str, str]:
    """Return the authorities of a survey, by code, in the order of their names."""
    rows = session.execute(
        select(Authority.code, Authority.name)
        .join(Submission, Submission.authority_code == Authority.code)
        .where(Submission.survey_id == survey.id)
        .order_by(Authority.name)
    )
    return {row.code: row.name for row in rows}


def _letters(session: Session, mails: Sequence[Mail], at: dt.datetime) -> Sequence[Letter]:
    people = {one.person_id for one in mails}
    rows = session.execute(
        select(Contributor.submission_id, Contributor.person_id, Contributor.id)
        .join(Contributor.submission)
        .where(
            Contributor.person_id.in_(people),
            Contributor.left_at.is_(None),
            Submission.submitted_at.is_(None),
        )
    )
    here = {(row.submission_id, row.person_id): row.id for row in rows}
    return tuple(_letter(one, here.get((one.submission_id, one.person_id)), at) for one in mails)


def _letter(mail: Mail, contributor: uuid.UUID | None, at: dt.datetime) -> Letter:
    state, again = post.state(mail, at), post.can_be_sent_again(mail, at)
    is_gone = STRUCK in mail.text and state in ("uncertain", "failed", "bounced")
    return Letter(
        mail=mail,
        state=state,
        can_be_sent_again=again,
        can_have_come_back=state in ("sent", "uncertain"),
        invited=contributor if is_gone else None,
    )
