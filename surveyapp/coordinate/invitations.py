"""Invitations: a personal link and a mail for each person, written in one transaction."""

import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp import audit, links, mail, published
from surveyapp.config import Settings
from surveyapp.mail import dates
from surveyapp.mail.rendering import Rendered, render
from surveyapp.models import Contributor, Link, Person, Survey

A_MOMENT: Final = dt.timedelta(seconds=30)
UNMADE_LINK = "(their personal link)"


@dataclass(frozen=True, slots=True)
class Inviting:
    """Who invites, to which survey, when, and where links lead."""

    survey: Survey
    by: Person
    settings: Settings
    at: dt.datetime

    @property
    def is_refused(self) -> bool:
        """Say whether nobody may be written to: an example's people are invented."""
        return self.survey.is_example and self.settings.mail != "outbox"


def preview(inviting: Inviting, to: Contributor) -> Rendered:
    """Return the message that a person will get; its link is made only when it is sent."""
    ask = published.privacy(to.submission).contact or inviting.by.name
    return render("invitation", to.person.name, _context(inviting, to, UNMADE_LINK), ask)


def invite(session: Session, inviting: Inviting, people: Iterable[Contributor]) -> int:
    """Give each person a link of their own and a mail with it; return how many there were.

    Whoever was invited a moment ago is left out: a second press means the first.
    """
    survey = inviting.survey
    given = tuple(people)
    lately = _lately(session, inviting, given)
    wanted = tuple(one for one in given if (one.submission_id, one.person_id) not in lately)
    for one in wanted:
        token = links.invite(session, one.person, one.submission, inviting.at)
        again = f":{inviting.at:%Y%m%d%H%M%S}" if one.invited_at else ""
        mail.queue(
            session,
            kind="invitation",
            to=one.person,
            key=f"invitation:{one.id}{again}",
            context=_context(inviting, one, links.address(inviting.settings, token)),
            submission=one.submission,
            calendar=dates.calendar(
                dates.deadline(survey.code, survey.title, survey.closes_on), inviting.at
            ),
        )
        one.invited_at = one.invited_at or inviting.at
        audit.record(session, "contributor.invited", one, inviting.by)
    session.flush()
    return len(wanted)


def _lately(
    session: Session, inviting: Inviting, people: Iterable[Contributor]
) -> set[tuple[uuid.UUID | None, uuid.UUID]]:
    """Return who was given a link a moment ago, and still has it."""
    rows = session.execute(
        select(Link.submission_id, Link.person_id).where(
            Link.person_id.in_({one.person_id for one in people}),
            Link.created_at > inviting.at - A_MOMENT,
            Link.revoked_at.is_(None),
        )
    )
    return {(row.submission_id, row.person_id) for row in rows}


def _context(inviting: Inviting, to: Contributor, link: str) -> dict[str, object]:
    return {
        "survey_title": inviting.survey.title,
        "authority": to.submission.authority.name,
        "link": link,
        "invited_by": inviting.by.name,
        "note": inviting.survey.invitation_note,
        "closes_on": inviting.survey.closes_on,
        "is_coordinator": to.coordinator,
    }
