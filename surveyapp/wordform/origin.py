"""Where a form that came back was written from: its return, the moment, and what it then said."""

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import Final

from synthesis.errors import InputError
from synthesis.word.form import reference

BLANK: Final = "blank"
"""What the reference of a form begins with that holds no answers and is of no one return."""


@dataclass(frozen=True, slots=True)
class Origin:
    """When a form was written, the version of its questions, and the use levels as letters.

    A blank form has neither a return nor use levels.
    """

    moment: dt.datetime
    version: str = ""
    use_levels: str = ""
    is_blank: bool = False

    def is_before(self, version: str) -> bool:
        """Say whether the form was written from another version of the questions than this."""
        return bool(self.version) and self.version != version


def origin(docx: bytes, submission_id: uuid.UUID, questionnaire: str) -> Origin | None:
    """Return where a form comes from; None where it does not say so any more.

    InputError where it cannot be read, or is the form of another return or questionnaire. A blank
    form serves every return of its questionnaire.
    """
    owner, *written = reference(docx).split(" ")
    if not owner:
        return None
    moment, version, rest = [*written, "", "", ""][:3]
    is_blank = owner == BLANK
    if is_blank and rest != questionnaire:
        raise _other("questionnaire")
    if not is_blank and owner != str(submission_id):
        raise _other("return")
    at = _as_moment(moment)
    return (
        None if at is None else Origin(at, version.strip("-"), "" if is_blank else rest, is_blank)
    )


def _other(what: str) -> InputError:
    return InputError(
        "The file",
        f"It is the form of another {what}.",
        "Download the form from this page, or send this one on the page of its own return.",
    )


def _as_moment(written: str) -> dt.datetime | None:
    try:
        moment = dt.datetime.fromisoformat(written)
    except ValueError:
        return None
    return moment if moment.tzinfo else None
