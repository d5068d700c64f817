"""Where a form that came back was written from: its interview, and the moment."""

import datetime as dt
import uuid
from dataclasses import dataclass

from surveyapp.interview.wordguide.layout import KIND
from synthesis.errors import InputError
from synthesis.word.form import reference

REMEDY = "Download the form from this page, or send this one on the page of its own interview."


@dataclass(frozen=True, slots=True)
class Origin:
    """When a form was written; none where the file does not say so any more."""

    moment: dt.datetime | None

    @property
    def stem(self) -> str:
        """Return what its boxes are known by: those of another form are others."""
        return self.moment.isoformat() if self.moment else ""


def origin(docx: bytes, interview_id: uuid.UUID) -> Origin:
    """Return where a form comes from.

    InputError where it cannot be read, or is the form of another interview, or another form.
    """
    said = reference(docx)
    if not said:
        return Origin(None)
    kind, owner, moment = [*said.split(" "), "", "", ""][:3]
    if kind != KIND:
        raise InputError("The file", "It is the questionnaire, not the guide.", REMEDY)
    if owner != str(interview_id):
        raise InputError("The file", "It is the form of another interview.", REMEDY)
    return Origin(_as_moment(moment))


def _as_moment(written: str) -> dt.datetime | None:
    try:
        moment = dt.datetime.fromisoformat(written)
    except ValueError:
        return None
    return moment if moment.tzinfo else None
