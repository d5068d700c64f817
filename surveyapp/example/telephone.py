"""What an example file says of telephone interviews: from a time offered to a record confirmed."""

import datetime as dt
from typing import Self

from pydantic import BaseModel, ConfigDict, model_validator

from surveyapp.models.correction import CorrectionKind, Prevails
from surveyapp.models.interview import NoteMark
from surveyapp.models.submission import UseLevel


class Part(BaseModel):
    """A part of a file: it knows every setting it may have."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class GivenSlot(Part):
    """A time at which an interviewer can be rung, that nobody has booked."""

    interviewer: str
    starts: dt.datetime
    withdrawn: bool = False


class GivenContact(Part):
    """Somebody named in a note as the one to ask."""

    name: str
    theme: str
    role: str = ""
    email: str = ""
    phone: str = ""
    may_publish: bool = False


class GivenDocument(Part):
    """A document promised in a note."""

    title: str
    theme: str
    kind: str = ""
    url: str = ""
    dated: dt.date | None = None
    owner: str = ""
    may_share: bool = False


class GivenCorrection(Part):
    """Which written answer a note corrects or deepens, and which of the two prevails."""

    question: str
    kind: CorrectionKind = "corrects"
    prevails: Prevails = "note"


class Rewording(Part):
    """A sentence as it was, and as the person interviewed would have it."""

    was: str
    now: str


class GivenNote(Part):
    """What was said under one prompt.

    `text` is how the note reads now; `typed`, how it was first typed. `was_longer` counts the
    letters of a last sentence that the person interviewed took back: its words are nowhere.
    """

    text: str
    prompt: str = ""
    minute: int | None = None
    second: int | None = None
    verbatim: bool = False
    theme: str = ""
    typed: str = ""
    follow_up: bool = False
    mark: NoteMark = ""
    struck: bool = False
    reworded: tuple[Rewording, ...] = ()
    was_longer: int = 0
    corrects: GivenCorrection | None = None
    contact: GivenContact | None = None
    document: GivenDocument | None = None

    @model_validator(mode="after")
    def _holds_its_rewordings(self) -> Self:
        if any(one.now not in self.text for one in self.reworded):
            raise ValueError("the text does not hold what a sentence was changed into")
        return self

    @property
    def at_second(self) -> int | None:
        """Return the second of the call, where anybody kept the time."""
        if self.second is None and self.minute is not None:
            return self.minute * 60
        return self.second


class GivenConsent(Part):
    """What the person said at first, where they said otherwise later."""

    notes: bool
    quotes: bool
    use_level: UseLevel | None = None


class GivenFollowUp(Part):
    """A task that came of a call; `note` counts the call's notes from 1."""

    text: str
    due: dt.date | None = None
    done: dt.date | None = None
    note: int | None = None


class GivenInterview(Part):
    """A telephone call: agreed, moved or cancelled, held, and what became of it.

    Without `on` it has not begun. `starts` says when it is or was due, on a clock in England.
    """

    interviewer: str
    interviewee: str
    interviewee_role: str
    on: dt.date | None = None
    note_taker: str = ""
    starts: dt.datetime | None = None
    place: str = ""
    slot: bool = False
    moved: int = 0
    cancelled: dt.date | None = None
    cancelled_why: str = ""
    under_way: bool = False
    consent_notes: bool | None = None
    consent_quotes: bool | None = None
    use_level: UseLevel | None = None
    at_first: GivenConsent | None = None
    offered: dt.date | None = None
    answer_by: dt.date | None = None
    confirmed: dt.date | None = None
    notes: tuple[GivenNote, ...] = ()
    skipped: tuple[str, ...] = ()
    follow_ups: tuple[GivenFollowUp, ...] = ()

    @model_validator(mode="after")
    def _happens_in_order(self) -> Self:
        if self.on is None and (self.notes or self.offered or self.under_way):
            raise ValueError("a call that has no day has no notes and no record")
        if self.confirmed is not None and self.offered is None:
            raise ValueError("a record is confirmed only once it was offered")
        if self.slot and self.starts is None:
            raise ValueError("a time that was booked is given in `starts`")
        if any(not 0 < (one.note or 1) <= len(self.notes) for one in self.follow_ups):
            raise ValueError("a follow-up counts the notes from 1")
        return self
