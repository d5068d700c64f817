"""Colleagues of a return: listed, invited, taken off it, and given its coordination.

Any address can be invited, whether we know it from elsewhere or not, and the answer is the same: a
coordinator learns nothing about an address from us. Until a colleague opens their link they stand
on the page under the name that the coordinator typed, which changes nobody's own.
"""

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from surveyapp import leaving, people
from surveyapp.errors import SurveyError
from surveyapp.models import (
    Answer,
    AnswerRevision,
    Contributor,
    Mail,
    Person,
    SectionState,
    Submission,
)
from surveyapp.respond import teamwork
from surveyapp.respond.team import letters
from surveyapp.respond.team.letters import Sender
from surveyapp.respond.teamwork import Giving

# Whoever presses the button twice has asked once.
SAME_PRESS = dt.timedelta(minutes=1)


class AlreadyHereError(SurveyError):
    """Somebody was to be invited to a return that they complete already."""

    def __init__(self, part: Contributor) -> None:
        """Say who it is."""
        super().__init__(f"{part.name} has this address and is a colleague on this return already")


class CoordinatorStaysError(SurveyError):
    """The coordinator was to be taken off the return that they answer for."""

    def __init__(self) -> None:
        """Say what to do instead."""
        super().__init__("Pass the coordination on to a colleague first.")


class NotHereYetError(SurveyError):
    """The coordination was to go to somebody who has never opened their link."""

    def __init__(self, part: Contributor) -> None:
        """Say what to wait for."""
        super().__init__(f"{part.name} can coordinate once they have opened their link.")


@dataclass(frozen=True, slots=True)
class Newcomer:
    """A colleague as the coordinator describes them, with the codes of sections they take."""

    name: str
    email: str
    job_title: str
    note: str = ""
    sections: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Colleague:
    """One person's part in a return: how it began, what they have, and when they wrote last."""

    part: Contributor
    sections: tuple[str, ...]
    last_wrote: dt.datetime | None
    mail_came_back: bool

    @property
    def has_come(self) -> bool:
        """Say whether they have been here."""
        return has_come(self.part)


def has_come(part: Contributor) -> bool:
    """Say whether somebody has opened their link."""
    return part.opened_at is not None or part.agreed_at is not None


def of(session: Session, submission: Submission) -> tuple[Colleague, ...]:
    """Return everybody who completes a return, the coordinator first."""
    wrote, came_back = _last_wrote(session, submission), _came_back(session, submission)
    team = sorted(teamwork.contributors(session, submission), key=lambda one: not one.coordinator)
    return tuple(
        Colleague(
            part=one,
            sections=tuple(
                state.section_code
                for state in submission.sections
                if state.assigned_to_id == one.id
            ),
            last_wrote=wrote.get(one.person_id),
            mail_came_back=one.person.email in came_back,
        )
        for one in team
    )


def former(session: Session, submission: Submission) -> Sequence[Contributor]:
    """Return who has left a return; what they wrote stays."""
    return session.scalars(
        select(Contributor)
        .join(Contributor.person)
        .where(Contributor.submission_id == submission.id, Contributor.left_at.is_not(None))
        .options(joinedload(Contributor.person))
        .order_by(Person.name, Contributor.id)
    ).all()


def find(session: Session, submission: Submission, contributor_id: uuid.UUID) -> Contributor | None:
    """Return a colleague of this return, or None where there is none or they have left."""
    return session.scalars(
        select(Contributor).where(
            Contributor.id == contributor_id,
            Contributor.submission_id == submission.id,
            Contributor.left_at.is_(None),
        )
    ).one_or_none()


def invite(session: Session, sender: Sender, newcomer: Newcomer) -> Contributor:
    """Let a colleague join, hand them their sections and write to them, all in one message.

    Who had left is back. Asked twice within a minute it is the same invitation.
    """
    submission = sender.by.submission
    teamwork.hold(session, submission)
    person = people.know(session, newcomer.email, newcomer.name)
    part = _part(session, submission, person)
    if part is not None and part.left_at is None:
        if part.invited_at is not None and sender.at - part.invited_at < SAME_PRESS:
            return part
        raise AlreadyHereError(part)
    part = part or Contributor(submission_id=submission.id, person_id=person.id)
    part.job_title, part.invited_as, part.left_at = newcomer.job_title, newcomer.name, None
    session.add(part)
    session.flush()
    taken = _hand_over(session, sender, part, newcomer)
    letters.invite(session, sender, part, _note(newcomer.note, taken))
    part.invited_at = sender.at
    session.flush()
    return part


def send_link(session: Session, sender: Sender, part: Contributor) -> None:
    """Write to a colleague again, with a new link; asked twice within a minute, once."""
    teamwork.hold(session, sender.by.submission)
    if not letters.is_invited(session, part, sender.at - SAME_PRESS):
        letters.invite(session, sender, part)
    session.flush()


def take_off(session: Session, sender: Sender, part: Contributor) -> list[str]:
    """Let a colleague leave: their links and sections are taken back, their words stay.

    The codes of the sections that they had are returned.
    """
    teamwork.hold(session, sender.by.submission)
    session.refresh(part)
    if part.coordinator:
        raise CoordinatorStaysError
    return leaving.take_off(session, part, sender.by, sender.at)


def pass_on(session: Session, sender: Sender, part: Contributor) -> None:
    """Make a colleague the coordinator in one's own place."""
    teamwork.hold(session, sender.by.submission)
    session.refresh(part)
    if not has_come(part):
        raise NotHereYetError(part)
    if part.left_at is not None:
        raise teamwork.NotAColleagueError
    leaving.coordinate(session, part, sender.at)


def _part(session: Session, submission: Submission, person: Person) -> Contributor | None:
    return session.scalars(
        select(Contributor).where(
            Contributor.submission_id == submission.id, Contributor.person_id == person.id
        )
    ).one_or_none()


def _hand_over(
    session: Session, sender: Sender, part: Contributor, newcomer: Newcomer
) -> list[SectionState]:
    wanted = [
        state for state in sender.by.submission.sections if state.section_code in newcomer.sections
    ]
    for state in wanted:
        teamwork.give(session, sender.by, Giving(state, part.id, newcomer.note), sender.at)
    return wanted


def _note(note: str, taken: Sequence[SectionState]) -> str:
    """Return the note of an invitation, with the sections that come along with it."""
    if not taken:
        return note
    titles = teamwork.titles(taken[0].submission)
    names = "; ".join(titles[state.section_code] for state in taken)
    return "\n\n".join(filter(None, (note, f"Sections for you: {names}.")))


def _last_wrote(session: Session, submission: Submission) -> Mapping[uuid.UUID, dt.datetime]:
    rows = session.execute(
        select(AnswerRevision.author_id, sa.func.max(AnswerRevision.saved_at))
        .join(AnswerRevision.answer)
        .where(Answer.submission_id == submission.id)
        .group_by(AnswerRevision.author_id)
    )
    return {row[0]: row[1] for row in rows}


def _came_back(session: Session, submission: Submission) -> set[str]:
    return set(
        session.scalars(
            select(Mail.to_address).where(
                Mail.submission_id == submission.id, Mail.bounced_at.is_not(None)
            )
        )
    )
