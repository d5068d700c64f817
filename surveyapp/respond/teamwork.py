"""Colleagues in one return: who has which section, who is here, what they say to each other."""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from surveyapp import published
from surveyapp.errors import SurveyError
from surveyapp.models import (
    Answer,
    AnswerRevision,
    Clearing,
    Comment,
    Contributor,
    Handover,
    Person,
    Presence,
    SectionState,
    Submission,
)

HERE = dt.timedelta(seconds=60)  # someone not heard of for longer has gone
Wrote = Sequence[AnswerRevision]


class NotAColleagueError(SurveyError):
    """A section was to be given to somebody who does not complete this return."""

    def __init__(self) -> None:
        """Say what to do instead."""
        super().__init__("Choose a colleague who helps to complete this return.")


class NothingSaidError(SurveyError):
    """A comment without words."""

    def __init__(self) -> None:
        """Say what to do instead."""
        super().__init__("Enter a comment.")


@dataclass(frozen=True, slots=True)
class Giving:
    """A section on its way to a colleague, with a note for them."""

    section: SectionState
    to_id: uuid.UUID | None
    note: str = ""


def contributors(session: Session, submission: Submission) -> Sequence[Contributor]:
    """Return everybody who completes a return, by name."""
    return session.scalars(
        select(Contributor)
        .join(Contributor.person)
        .where(Contributor.submission_id == submission.id, Contributor.left_at.is_(None))
        .options(joinedload(Contributor.person))
        .order_by(Person.name, Contributor.id)
    ).all()


def hold(session: Session, submission: Submission) -> None:
    """Make others who change the team of this return wait: of two presses, one finds it done."""
    session.flush()
    session.refresh(submission, with_for_update=True)


def titles(submission: Submission) -> Mapping[str, str]:
    """Return the titles of a return's sections by code."""
    asked = published.questionnaire(submission.questionnaire)
    return {section.code: section.title for section in asked.sections}


def give(session: Session, giver: Contributor, giving: Giving, at: dt.datetime) -> Handover | None:
    """Hand a section to a colleague, or take it back where nobody is named.

    Where that is how it stands already, and there is nothing new to say, nothing is handed over.
    """
    hold(session, giver.submission)
    session.refresh(giving.section)
    team = [one.id for one in contributors(session, giver.submission)]
    if giving.to_id is not None and giving.to_id not in team:
        raise NotAColleagueError
    if giving.section.assigned_to_id == giving.to_id and _is_said(session, giving):
        return None
    giving.section.assigned_to_id = giving.to_id
    handover = Handover(
        submission_id=giver.submission_id,
        section_code=giving.section.section_code,
        from_id=giver.id,
        to_id=giving.to_id,
        note=giving.note.strip(),
        at=at,
    )
    session.add(handover)
    session.flush()
    session.expire(giving.section, ["assigned_to"])
    return handover


def _is_said(session: Session, giving: Giving) -> bool:
    """Say whether a note is what the last hand-over of a section said, or says nothing."""
    last = session.scalars(
        select(Handover.note)
        .where(
            Handover.submission_id == giving.section.submission_id,
            Handover.section_code == giving.section.section_code,
        )
        .order_by(Handover.at.desc(), Handover.id)
        .limit(1)
    ).one_or_none()
    return giving.note.strip() in ("", last)


def last_handovers(session: Session, submission: Submission) -> Mapping[str, Handover]:
    """Return how each section was handed over last."""
    rows = session.scalars(
        select(Handover)
        .where(Handover.submission_id == submission.id)
        .options(joinedload(Handover.given_by).joinedload(Contributor.person))
        .order_by(Handover.at, Handover.id)
    )
    return {row.section_code: row for row in rows}


def arrive(session: Session, contributor: Contributor, code: str, at: dt.datetime) -> None:
    """Note that somebody is in a section now."""
    presence = session.get(Presence, (contributor.id, code))
    if presence is None:
        session.add(Presence(contributor_id=contributor.id, section_code=code, seen_at=at))
    else:
        presence.seen_at = at
    session.flush()


def here(session: Session, submission: Submission, code: str, at: dt.datetime) -> Sequence[Person]:
    """Return who is in a section now."""
    return session.scalars(
        select(Person)
        .join(Contributor, Contributor.person_id == Person.id)
        .join(Presence, Presence.contributor_id == Contributor.id)
        .where(
            Contributor.submission_id == submission.id,
            Contributor.left_at.is_(None),
            Presence.section_code == code,
            Presence.seen_at > at - HERE,
        )
        .order_by(Person.name)
    ).all()


def everywhere(
    session: Session, submission: Submission, at: dt.datetime
) -> Mapping[str, Sequence[Person]]:
    """Return who is where now, by section."""
    rows = session.execute(
        select(Presence.section_code, Person)
        .join(Contributor, Contributor.id == Presence.contributor_id)
        .join(Person, Person.id == Contributor.person_id)
        .where(
            Contributor.submission_id == submission.id,
            Contributor.left_at.is_(None),
            Presence.seen_at > at - HERE,
        )
        .order_by(Person.name)
    )
    found: dict[str, list[Person]] = defaultdict(list)
    for code, person in rows:
        found[code].append(person)
    return found


def comment(
    session: Session, submission: Submission, code: str, words: tuple[Person, str], at: dt.datetime
) -> Comment:
    """Keep what somebody says to their colleagues about a question."""
    author, text = words
    if not text.strip():
        raise NothingSaidError
    said = Comment(
        submission=submission,
        question_code=code,
        author=author,
        text=text.strip(),
        created_at=at,
    )
    session.add(said)
    session.flush()
    return said


def comments(session: Session, submission: Submission, code: str) -> Sequence[Comment]:
    """Return what has been said about a question, first things first."""
    return session.scalars(
        select(Comment)
        .where(Comment.submission_id == submission.id, Comment.question_code == code)
        .options(joinedload(Comment.author), joinedload(Comment.resolved_by))
        .order_by(Comment.created_at, Comment.id)
    ).all()


def open_comments(session: Session, submission: Submission) -> Mapping[str, int]:
    """Return how many comments wait to be dealt with, by question."""
    rows = session.execute(
        select(Comment.question_code, sa.func.count())
        .where(Comment.submission_id == submission.id, Comment.resolved_at.is_(None))
        .group_by(Comment.question_code)
    )
    return {row[0]: row[1] for row in rows}


def resolve(
    session: Session, submission: Submission, comment_id: uuid.UUID, person: Person, at: dt.datetime
) -> Comment:
    """Mark a comment as dealt with."""
    found = session.scalars(
        select(Comment).where(Comment.id == comment_id, Comment.submission_id == submission.id)
    ).one()
    if found.resolved_at is None:
        found.resolved_at, found.resolved_by = at, person
    session.flush()
    return found


def history(session: Session, submission: Submission, codes: Sequence[str]) -> Wrote:
    """Return everything ever written under a question, the latest first."""
    return session.scalars(
        select(AnswerRevision)
        .join(AnswerRevision.answer)
        .where(Answer.submission_id == submission.id, Answer.question_code.in_(codes))
        .options(joinedload(AnswerRevision.author), joinedload(AnswerRevision.answer))
        .order_by(AnswerRevision.saved_at.desc(), AnswerRevision.version.desc())
    ).all()


def erasures(session: Session, submission: Submission, wrote: Wrote) -> frozenset[uuid.UUID]:
    """Return which versions are what erasing words left: they stand under the eraser's name."""
    acts = select(Clearing.by_id, Clearing.at).where(
        Clearing.survey_id == submission.survey_id, Clearing.verdict == "erased"
    )
    erased = {tuple(row) for row in session.execute(acts.distinct())}
    return frozenset(one.id for one in wrote if (one.author_id, one.saved_at) in erased)
