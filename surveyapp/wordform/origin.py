"""Where a form that came back was written from: its return, the moment, and what it then said."""

import datetime as dt
import uuid
from dataclasses import dataclass

from synthesis.errors import InputError
from synthesis.word.form import reference


@dataclass(frozen=True, slots=True)
class Origin:
    """When a form was written, the version of its questions, and the use levels as letters."""

    moment: dt.datetime
    version: str = ""
    use_levels: str = ""


def origin(docx: bytes, submission_id: uuid.UUID) -> Origin | None:
    """Return where a form comes from; None where it does not say so any more.

    InputError where it cannot be read, or is the form of another return.
    """
    owner, *written = reference(docx).split(" ")
    if not owner:
        return None
    if owner != str(submission_id):
        raise InputError(
            "The file",
            "It is the form of another return.",
            "Download the form from this page, or send this one on the page of its own return.",
        )
    moment, version, use_levels = [*written, "", "", ""][:3]
    at = _as_moment(moment)
    return None if at is None else Origin(at, version.strip("-"), use_levels)


def _as_moment(written: str) -> dt.datetime | None:
    try:
        moment = dt.datetime.fromisoformat(written)
    except ValueError:
        return None
    return moment if moment.tzinfo else None
