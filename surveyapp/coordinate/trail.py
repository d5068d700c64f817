"""Who saw and changed what: what was noted, and who saved which answer when, as one list.

The history of answers is the only witness of every save, so the trail reads it and notes none.
"""

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

import sqlalchemy as sa
from sqlalchemy import select
from sqlalchemy.orm import InstrumentedAttribute, Session, joinedload

from surveyapp.coordinate import happenings
from surveyapp.models import (
    Answer,
    AnswerRevision,
    AuditEvent,
    Authority,
    Contributor,
    Link,
    Person,
    Submission,
    Survey,
)

PAGE: Final = 100
ON_A_RETURN: Final = 20
# Links to sign in with lead to no return, so their events know nothing of one.
ENTERING: Final = ("link.asked_for", "link.claimed")
EVERYWHERE: Final = "The survey"


class Happening(NamedTuple):
    """One thing that somebody saw or did: when, who, what in a sentence, and where."""

    at: dt.datetime
    who: str
    what: str
    where: str


class Pages(NamedTuple):
    """Which part of the list is wanted."""

    number: int = 1
    size: int = PAGE


def of_survey(
    session: Session, survey: Survey, pages: Pages, authority: str = ""
) -> tuple[Sequence[Happening], bool]:
    """Return one page of what happened in a survey, the latest first, and whether there is more.

    Where an authority is named, only what happened in its return.
    """
    about = [Submission.survey_id == survey.id]
    if authority:
        about.append(Submission.authority_code == authority)
    wanted = _events(select(Submission.id).where(*about))
    if not authority:
        is_survey = (AuditEvent.subject_type == "survey", AuditEvent.subject_id == str(survey.id))
        wanted = sa.or_(sa.and_(*is_survey), wanted)
    return _page(session, wanted, sa.and_(*about), pages)


def of_return(
    session: Session, submission: Submission, pages: Pages
) -> tuple[Sequence[Happening], bool]:
    """Return one page of what happened in one return, the latest first, and whether more did."""
    this = Submission.id == submission.id
    return _page(session, _events(select(Submission.id).where(this)), this, pages)


def _events(returns: sa.Select[uuid.UUID]) -> sa.ColumnElement[bool]:
    people = select(Contributor.person_id).where(Contributor.submission_id.in_(returns))
    links = select(_plain(sa.cast(Link.id, sa.String))).where(
        Link.person_id.in_(people), Link.submission_id.is_(None)
    )
    entering = sa.and_(AuditEvent.action.in_(ENTERING), _plain(AuditEvent.subject_id).in_(links))
    return sa.or_(AuditEvent.submission_id.in_(returns), entering)


def _plain(identity: sa.ColumnElement[str] | InstrumentedAttribute[str]) -> sa.ColumnElement[str]:
    """Return an id without its hyphens: the two databases write it down differently."""
    return sa.func.replace(identity, "-", "")


def _page(
    session: Session,
    events: sa.ColumnElement[bool],
    returns: sa.ColumnElement[bool],
    pages: Pages,
) -> tuple[Sequence[Happening], bool]:
    noted = select(AuditEvent.id, AuditEvent.at).where(events)
    saved = (
        select(AnswerRevision.id, AnswerRevision.saved_at)
        .join(AnswerRevision.answer)
        .join(Answer.submission)
        .where(returns)
    )
    both = sa.union_all(noted, saved).subquery()
    rows = session.execute(
        select(both)
        .order_by(both.c.at.desc(), both.c.id)
        .offset((pages.number - 1) * pages.size)
        .limit(pages.size + 1)
    ).all()
    wanted = [row.id for row in rows[: pages.size]]
    told = {**_noted(session, wanted), **_saved(session, wanted)}
    return tuple(told[one] for one in wanted), len(rows) > pages.size


def _saved(session: Session, wanted: Sequence[uuid.UUID]) -> Mapping[uuid.UUID, Happening]:
    """Return who saved what, without a word of it."""
    rows = session.execute(
        select(
            AnswerRevision.id,
            AnswerRevision.saved_at,
            AnswerRevision.version,
            Answer.question_code,
            Person.name,
            Authority.name.label("authority"),
        )
        .join(AnswerRevision.answer)
        .join(AnswerRevision.author)
        .join(Answer.submission)
        .join(Submission.authority)
        .where(AnswerRevision.id.in_(wanted))
    )
    return {
        row.id: Happening(
            row.saved_at,
            row.name,
            happenings.saved(row.question_code, row.version),
            row.authority,
        )
        for row in rows
    }


def _noted(session: Session, wanted: Sequence[uuid.UUID]) -> Mapping[uuid.UUID, Happening]:
    rows = session.scalars(
        select(AuditEvent)
        .where(AuditEvent.id.in_(wanted))
        .options(
            joinedload(AuditEvent.person),
            joinedload(AuditEvent.submission).joinedload(Submission.authority),
        )
    ).all()
    names = _names(session, rows)
    return {row.id: _happening(row, names.get(row.subject_id, "")) for row in rows}


def _happening(row: AuditEvent, subject: str) -> Happening:
    return Happening(
        row.at,
        row.person.name if row.person else happenings.NOBODY.get(row.action, "The service"),
        happenings.sentence(row.action, row.detail, subject),
        row.submission.authority.name if row.submission else EVERYWHERE,
    )


def _names(session: Session, rows: Sequence[AuditEvent]) -> Mapping[str, str]:
    """Return what the subjects of events are called: people by name, sections by code."""

    def ids(kind: str) -> list[uuid.UUID]:
        return [uuid.UUID(row.subject_id) for row in rows if row.subject_type == kind]

    parts = select(Contributor.id, Person.name).join(Contributor.person)
    links = select(Link.id, Person.name).join(Link.person)
    found = [
        *session.execute(parts.where(Contributor.id.in_(ids("contributor")))),
        *session.execute(links.where(Link.id.in_(ids("link")))),
    ]
    sections = (row.subject_id for row in rows if row.subject_type == "section_state")
    return {one: one.rpartition("/")[2] for one in sections} | {
        str(row[0]): row[1] for row in found
    }
