"""What goes between the live screen and the service: notes, strictly read and plainly told."""

import datetime as dt
import uuid
from collections.abc import Sequence
from typing import Annotated, Final

from pydantic import BaseModel, ConfigDict, Field

from surveyapp.identifying import warning
from surveyapp.interview.notes import Kept, Typed
from surveyapp.models import Interview, Note
from surveyapp.models.interview import NoteMark

# The longest note, in letters, and as many saves without an answer as three hours of trying make.
MOST_LETTERS: Final = 50_000
MOST_UNANSWERED: Final = 1_000
# As sent: each letter may take six characters, each name of a save forty.
MOST_SENT: Final = 6 * MOST_LETTERS + 40 * MOST_UNANSWERED + 4_000
# A day is longer than any call; where nobody ended it, time stands still then.
LAST_SECOND: Final = 24 * 60 * 60

Code = Annotated[str, Field(max_length=40)]


class Arriving(BaseModel):
    """A note as a browser sends it, and who its page says is typing."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)

    by: uuid.UUID
    id: uuid.UUID
    text: Annotated[str, Field(max_length=MOST_LETTERS)]
    seen: Annotated[int, Field(ge=0)]
    write: uuid.UUID
    unanswered: Annotated[tuple[uuid.UUID, ...], Field(max_length=MOST_UNANSWERED)] = ()
    prompt_code: Code = ""
    second: Annotated[int, Field(ge=0, le=LAST_SECOND)] | None = None
    theme: Code = ""
    verbatim: bool = False
    follow_up: bool = False
    mark: NoteMark = ""

    def typed(self) -> Typed:
        """Return the note as it is to be kept."""
        told = self.model_dump(exclude={"by", "text"})
        return Typed(text=storable(self.text), **told)


def storable(text: str) -> str:
    """Return words as every database can hold them."""
    return text.replace("\0", "")


def note(found: Note) -> dict[str, object]:
    """Return a note as the screen holds it."""
    return {
        "id": str(found.id),
        "text": found.text,
        "seen": found.version,
        "prompt_code": found.prompt_code,
        "second": found.second,
        "theme": found.theme,
        "verbatim": found.verbatim,
        "follow_up": found.follow_up,
        "mark": found.mark,
        "author": found.author.name,
        "by": str(found.author_id),
        "made": found.created_at.isoformat(),
        "identifying": warning.told(warning.of(found.text)),
    }


def saved(kept: Kept) -> dict[str, object]:
    """Return what a browser is told of a note that was kept."""
    beside = None if kept.twin_of is None else note(kept.twin_of)
    found = kept.note
    told = warning.told(warning.of(found.text))
    reply = {"state": "saved", "id": str(found.id), "seen": found.version, "twin_of": beside}
    return reply | {"identifying": told}


def standing(interview: Interview, elapsed: float | None) -> dict[str, object]:
    """Return how a call stands: its clock, and what was agreed."""
    return {
        "elapsed": elapsed,
        "ended": interview.ended_at is not None,
        "consent": {
            "notes": interview.consent_notes,
            "quotes": interview.consent_quotes,
            "use_level": interview.use_level,
        },
    }


def heard(found: Sequence[Note], cursor: dt.datetime) -> dict[str, object]:
    """Return the notes that changed lately, and from when to ask next."""
    return {"notes": [note(one) for one in found], "cursor": cursor.isoformat()}
