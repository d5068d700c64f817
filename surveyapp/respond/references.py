"""The reference of a return: what its receipt quotes, and what people read out on the telephone."""

import hashlib
import uuid
from itertools import count
from typing import Final

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from surveyapp.models import Submission

# No letter or figure that is taken for another when it is read out.
_LETTERS: Final = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
_LENGTH: Final = 8


def give(session: Session, submission: Submission) -> str:
    """Give a return its reference, which no other has; one that has a reference keeps it."""
    if submission.reference is None:
        submission.reference = next(
            one
            for one in (written(submission.id, attempt) for attempt in count())
            if _take(session, submission, one)
        )
        session.flush()
    return submission.reference


def written(submission_id: uuid.UUID, attempt: int = 0) -> str:
    """Return a reference that is easy to read out, such as EH-7K3P-Q9RT.

    It is made from the return's random id: nobody can guess it, and asking twice gives the same.
    """
    number = int(hashlib.sha256(f"{submission_id} {attempt}".encode()).hexdigest(), 16)
    letters = ""
    for _ in range(_LENGTH):
        number, place = divmod(number, len(_LETTERS))
        letters += _LETTERS[place]
    return f"EH-{letters[:4]}-{letters[4:]}"


def _take(session: Session, submission: Submission, reference: str) -> bool:
    """Write a reference down unless another return has it; the database has the last word."""
    taken = select(Submission.id).where(Submission.reference == reference).correlate(None)
    written_down = session.execute(
        update(Submission)
        .where(Submission.id == submission.id, ~taken.exists())
        .values(reference=reference)
        .execution_options(synchronize_session=False)
        .returning(Submission.id)
    ).one_or_none()
    return written_down is not None
