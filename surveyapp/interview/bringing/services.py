"""Files of notes brought in to an interview: read, kept as a draft, found again, placed."""

import datetime as dt
from collections.abc import Iterable, Mapping
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.files import names
from surveyapp.interview.bringing import coded, drafts, placing, reading
from surveyapp.interview.bringing.drafts import LEAVE, Draft, Role
from surveyapp.interview.bringing.placing import Chosen, Settled
from surveyapp.interview.notes import Hand
from surveyapp.interview.services import refuse_without_consent
from surveyapp.models import Interview, Note, Person


def bring_in(
    folder: Path, interview: Interview, file: tuple[str, bytes], by: Person, at: dt.datetime
) -> tuple[str, Draft]:
    """Read a file into a draft, and return its key; the file itself is not kept.

    ConsentError without consent to notes, and SurveyError where the file cannot be read.
    """
    refuse_without_consent(interview)
    name, content = file
    brought = coded.take_off(reading.read(name, content), coded.codes_of(interview))
    draft = drafts.make(brought, names.safe(name), content, by, at)
    key = drafts.key_of(interview, draft)
    begun = drafts.find(folder, key, by)
    if begun is not None:
        return key, begun
    drafts.keep(folder, key, draft)
    return key, draft


def find(
    session: Session, folder: Path, interview: Interview, key: str, person: Person
) -> Draft | None:
    """Return a draft of a person's own, with what has become of its passages since."""
    draft = drafts.find(folder, key, person)
    if draft is None:
        return None
    ids = session.scalars(select(Note.id).where(Note.interview_id == interview.id))
    return drafts.reconcile(draft, interview, ids)


def say_who(draft: Draft, roles: Mapping[str, Role]) -> Draft:
    """Note who is who in a transcript; what our own side said is left out unless chosen."""
    draft.roles = dict(roles)
    for piece in draft.waiting:
        piece.choice = LEAVE if draft.roles.get(piece.speaker) == "ours" else ""
    return draft


def place(
    session: Session, interview: Interview, draft: Draft, chosen: Iterable[Chosen], by: Hand
) -> Settled:
    """Save as notes what a person placed on a page, and leave out what they left out."""
    # A colleague may be placing the same file, whose notes have the same ids.
    session.refresh(interview, with_for_update=True)
    refuse_without_consent(interview)
    pieces = placing.note_down(draft, chosen)
    return placing.settle(session, interview, draft, pieces, by)
