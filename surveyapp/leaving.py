"""Leaving a return, and who coordinates it: what its coordinator and the staff both see to.

Whoever leaves has their links and sections taken back. What they wrote stays, with its history.
"""

import datetime as dt
from collections.abc import Iterable

from sqlalchemy.orm import Session

from surveyapp import links
from surveyapp.models import Contributor, Handover, SectionState


def take_off(session: Session, part: Contributor, by: Contributor, at: dt.datetime) -> list[str]:
    """Let a person leave, and return the codes of the sections that `by` takes back from them."""
    theirs = [one for one in part.submission.sections if one.assigned_to_id == part.id]
    session.add_all(_taken_back(theirs, by, at))
    links.revoke(session, part.person, part.submission, at)
    # One who left is no coordinator.
    part.coordinator, part.left_at = False, part.left_at or at
    session.flush()
    return [state.section_code for state in theirs]


def coordinate(session: Session, part: Contributor, at: dt.datetime) -> None:
    """Make a person the coordinator, in the place of whoever is."""
    for one in part.submission.contributors:
        one.coordinator = False
    # A return never has two, not even for a moment.
    session.flush()
    part.coordinator, part.coordinator_since = True, at
    session.flush()


def _taken_back(
    sections: Iterable[SectionState], by: Contributor, at: dt.datetime
) -> Iterable[Handover]:
    for state in sections:
        state.assigned_to = None
        yield Handover(
            submission_id=state.submission_id,
            section_code=state.section_code,
            from_id=by.id,
            to_id=None,
            at=at,
        )
