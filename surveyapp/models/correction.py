"""After the call: notes that change a written answer, and what the person interviewed says."""

import datetime as dt
import uuid
from typing import Literal

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from surveyapp.models.base import Base, one_of
from surveyapp.models.interview import Interview, Note
from surveyapp.models.person import Person

CorrectionKind = Literal["corrects", "deepens"]
CORRECTION_KINDS: tuple[CorrectionKind, ...] = ("corrects", "deepens")
Prevails = Literal["note", "answer", "both"]
PREVAILING: tuple[Prevails, ...] = ("note", "answer", "both")
Verdict = Literal["confirmed", "corrected", "withdrawn"]
SENTENCE_VERDICTS: tuple[Verdict, ...] = ("confirmed", "corrected", "withdrawn")


class Correction(Base):
    """A note that corrects a written answer or deepens it: both are kept, and one may prevail."""

    __tablename__ = "correction"
    __table_args__ = (
        one_of("kind", CORRECTION_KINDS),
        one_of("prevails", PREVAILING),
        sa.UniqueConstraint("note_id", "question_code", "entry_id"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    note_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("note.id"))
    question_code: Mapped[str]
    entry_id: Mapped[str] = mapped_column(default="")
    kind: Mapped[str]
    prevails: Mapped[str]
    made_by_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("person.id"))
    at: Mapped[dt.datetime]
    undone_at: Mapped[dt.datetime | None]

    note: Mapped[Note] = relationship()
    made_by: Mapped[Person] = relationship()


class SentenceVerdict(Base):
    """What the person interviewed says to one sentence of their record.

    Until they send the record back it is a draft, with the words they would put instead. Once sent
    it says what they decided; words that were withdrawn are nowhere in it.
    """

    __tablename__ = "sentence_verdict"
    __table_args__ = (
        one_of("verdict", SENTENCE_VERDICTS),
        sa.UniqueConstraint("note_id", "note_version", "start"),
        sa.CheckConstraint('"start" >= 0 AND "end" > "start"', name="some_words"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    interview_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("interview.id"), index=True)
    note_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("note.id"))
    note_version: Mapped[int]
    # Where the sentence stands in that version of the note.
    start: Mapped[int]
    end: Mapped[int]
    verdict: Mapped[str]
    instead: Mapped[str] = mapped_column(default="")
    person_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("person.id"))
    at: Mapped[dt.datetime]
    sent_at: Mapped[dt.datetime | None]

    interview: Mapped[Interview] = relationship()
    note: Mapped[Note] = relationship()
    person: Mapped[Person] = relationship()
