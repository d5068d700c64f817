"""What colleagues are written, in the transaction that causes it: invitation, section, comment.

Every message carries a link of its own, made only where the message is: a message that is written
already is not written again. Nobody is written to about what they do themselves.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from surveyapp import links, mail, published
from surveyapp.config import Settings
from surveyapp.models import Comment, Contributor, Handover, Mail, SectionState


@dataclass(frozen=True, slots=True)
class Sender:
    """Who causes a message, when, and where its link leads."""

    settings: Settings
    by: Contributor
    at: dt.datetime


def invite(session: Session, sender: Sender, to: Contributor, note: str = "") -> Mail:
    """Write an invitation with a personal link, the first or another one."""
    survey = to.submission.survey
    again = f":{sender.at.isoformat()}" if to.invited_at else ""
    to.invited_at = to.invited_at or sender.at
    return mail.queue(
        session,
        kind="invitation",
        to=to.person,
        key=f"invitation:{to.id}{again}",
        context={
            **_about(session, sender, to),
            "invited_by": sender.by.name,
            "note": note,
            "closes_on": survey.closes_on,
            "is_coordinator": to.coordinator,
        },
        submission=to.submission,
        calendar=mail.calendar(
            mail.deadline(survey.code, survey.title, survey.closes_on), sender.at
        ),
    )


def hand_over(session: Session, sender: Sender, handover: Handover) -> Mail | None:
    """Tell a colleague that a section is theirs; whoever takes one themself knows it."""
    to = session.get(Contributor, handover.to_id) if handover.to_id else None
    key = f"handover:{handover.id}"
    if to is None or to.id == sender.by.id or _is_written(session, key):
        return None
    to.invited_at = to.invited_at or sender.at
    asked = published.questionnaire(to.submission.questionnaire)
    return mail.queue(
        session,
        kind="handover",
        to=to.person,
        key=key,
        context={
            **_about(session, sender, to, handover.section_code),
            "section": asked.section(handover.section_code).title,
            "from_name": sender.by.name,
            "note": handover.note,
            "closes_on": to.submission.survey.closes_on,
        },
        submission=to.submission,
    )


def comment(session: Session, sender: Sender, said: Comment) -> list[Mail]:
    """Tell those whom a comment concerns, once an hour for each question.

    They are the coordinator, who has the section, and whoever commented on the question before. The
    key of a message names the person, the question and the hour, so that ten comments in an hour
    are one message; its link leads to them all.
    """
    written = []
    for one in _concerned(session, sender, said):
        key = f"comment:{one.id}:{said.question_code}:{sender.at.astimezone(dt.UTC):%Y%m%d%H}"
        if _is_written(session, key):
            continue
        context = {
            **_about(session, sender, one, said.question_code),
            "question": said.question_code,
            "author": sender.by.name,
        }
        submission = one.submission
        written.append(
            mail.queue(
                session,
                kind="comment",
                to=one.person,
                key=key,
                context=context,
                submission=submission,
            )
        )
    return written


def _concerned(session: Session, sender: Sender, said: Comment) -> Sequence[Contributor]:
    asked = published.questionnaire(sender.by.submission.questionnaire)
    spoke = select(Comment.author_id).where(
        Comment.submission_id == said.submission_id, Comment.question_code == said.question_code
    )
    has_section = select(SectionState.assigned_to_id).where(
        SectionState.submission_id == said.submission_id,
        SectionState.section_code == asked.section(said.question_code).code,
        SectionState.assigned_to_id.is_not(None),
    )
    return session.scalars(
        select(Contributor)
        .where(
            Contributor.submission_id == said.submission_id,
            Contributor.left_at.is_(None),
            Contributor.id != sender.by.id,
            # The survey has written to them, or they have been here: the others wait to be invited.
            sa.or_(Contributor.invited_at.is_not(None), Contributor.agreed_at.is_not(None)),
            sa.or_(
                Contributor.coordinator,
                Contributor.id.in_(has_section),
                Contributor.person_id.in_(spoke),
            ),
        )
        .options(joinedload(Contributor.person))
        .order_by(Contributor.id)
    ).all()


def is_invited(session: Session, to: Contributor, since: dt.datetime) -> bool:
    """Say whether an invitation to somebody has been written since a moment."""
    recent = select(Mail.id).where(
        Mail.person_id == to.person_id,
        Mail.submission_id == to.submission_id,
        Mail.kind == "invitation",
        Mail.created_at > since,
    )
    return session.scalars(recent).first() is not None


def _is_written(session: Session, key: str) -> bool:
    return session.scalars(select(Mail.id).where(Mail.key == key)).first() is not None


def _about(
    session: Session, sender: Sender, to: Contributor, leads_to: str = ""
) -> dict[str, object]:
    token = links.invite(session, to.person, to.submission, sender.at)
    return {
        "survey_title": to.submission.survey.title,
        "authority": to.submission.authority.name,
        "link": links.address(sender.settings, token, leads_to),
    }
