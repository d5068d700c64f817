"""What others have noted meanwhile: asked for every few seconds by every open screen."""

import datetime as dt
from collections.abc import Sequence
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from surveyapp.models import Interview, Note, Person

# A note says when its save arrived; it can be seen once the writers before it are done. Whoever
# asks is told again of what is as old as that, and knows by its version that it is nothing new.
OVERLAP: Final = dt.timedelta(seconds=15)


def changed_since(
    session: Session, interview: Interview, since: dt.datetime | None
) -> Sequence[Note]:
    """Return the notes of a call that changed since a moment, or all of them."""
    found = (
        select(Note)
        .where(Note.interview_id == interview.id, Note.struck_at.is_(None))
        .order_by(Note.second, Note.created_at, Note.id)
        .options(joinedload(Note.author).load_only(Person.name))
    )
    if since is not None:
        found = found.where(Note.updated_at > since - OVERLAP)
    return session.scalars(found).all()
