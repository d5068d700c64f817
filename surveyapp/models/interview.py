"""Interviews: a telephone call with one authority, what was noted, and what was offered on it.

Documents and contacts that were written into the questionnaire are answers, and not here.
"""

import datetime as dt
import uuid
from typing import Literal

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from surveyapp.models.base import Base, never_changes, one_of
from surveyapp.models.person import Person
from surveyapp.models.submission import USE_LEVELS, Submission
from surveyapp.models.survey import Snapshot, Survey

NoteOrigin = Literal["call", "word form", "file"]
NoteMark = Literal["", "contact", "document"]
NOTE_MARKS: tuple[NoteMark, ...] = ("", "contact", "document")
PromptAsked = Literal["asked", "skipped"]
PROMPT_ASKED: tuple[PromptAsked, ...] = ("asked", "skipped")
NOTE_ORIGINS: tuple[NoteOrigin, ...] = ("call", "word form", "file")


class Interview(Base):
    """One call: who speaks with whom, when, from which guide, and what they agreed to.

    It is arranged, perhaps moved or cancelled, held, and its record offered and confirmed: each of
    these is a moment, and none of them is thrown away by the next.
    """

    __tablename__ = "interview"
    __table_args__ = (one_of("use_level", USE_LEVELS),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    submission_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("submission.id"), index=True)
    guide_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("snapshot.id"))
    interviewer_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("person.id"))
    # Whoever types while the interviewer talks; the interviewer may type too.
    note_taker_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("person.id"))
    interviewee: Mapped[str]
    interviewee_role: Mapped[str]
    # Who they are to us, once there is an address to write to.
    interviewee_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("person.id"), index=True)
    # Empty until a time is agreed.
    starts_at: Mapped[dt.datetime | None]
    lasts_minutes: Mapped[int] = mapped_column(default=45, server_default=sa.text("45"))
    # A telephone number, or the address of a meeting.
    place: Mapped[str] = mapped_column(default="", server_default=sa.text("''"))
    # Counts the times that calendars have been told.
    calendar_sequence: Mapped[int] = mapped_column(default=0, server_default=sa.text("0"))
    cancelled_at: Mapped[dt.datetime | None]
    cancelled_why: Mapped[str] = mapped_column(default="", server_default=sa.text("''"))
    # The day of the call; empty until it has begun.
    held_on: Mapped[dt.date | None]
    started_at: Mapped[dt.datetime | None]
    ended_at: Mapped[dt.datetime | None]
    # Empty until the question has been put; notes may be kept only after a yes.
    consent_notes: Mapped[bool | None]
    consent_quotes: Mapped[bool | None]
    # How the words may be used; while empty, as the authority said for the strand in writing.
    use_level: Mapped[str | None]
    # When the record went to the person interviewed, until when they are asked to answer, and when
    # they said that it is what they said.
    offered_at: Mapped[dt.datetime | None]
    answer_by: Mapped[dt.date | None]
    confirmed_at: Mapped[dt.datetime | None]
    # When it was noted that nobody answered: nothing is confirmed then.
    unanswered_at: Mapped[dt.datetime | None]

    submission: Mapped[Submission] = relationship()
    guide: Mapped[Snapshot] = relationship()
    interviewer: Mapped[Person] = relationship(foreign_keys=interviewer_id)
    note_taker: Mapped[Person | None] = relationship(foreign_keys=note_taker_id)
    person: Mapped[Person | None] = relationship(foreign_keys=interviewee_id)
    notes: Mapped[list["Note"]] = relationship(
        back_populates="interview", order_by="Note.second, Note.created_at, Note.id"
    )
    documents: Mapped[list["SharedDocument"]] = relationship(
        back_populates="interview", order_by="SharedDocument.title, SharedDocument.id"
    )
    contacts: Mapped[list["KeyContact"]] = relationship(
        back_populates="interview", order_by="KeyContact.name, KeyContact.id"
    )
    follow_ups: Mapped[list["FollowUp"]] = relationship(
        back_populates="interview", order_by="FollowUp.due_on, FollowUp.created_at, FollowUp.id"
    )

    @property
    def is_held(self) -> bool:
        """Say whether the call took place, or has begun."""
        return self.held_on is not None and self.cancelled_at is None


class InterviewSlot(Base):
    """A time at which an interviewer can be rung; whoever books it first has it."""

    __tablename__ = "interview_slot"
    __table_args__ = (
        sa.UniqueConstraint("interviewer_id", "starts_at"),
        sa.CheckConstraint("lasts_minutes > 0", name="lasts"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    survey_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("survey.id"), index=True)
    interviewer_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("person.id"))
    starts_at: Mapped[dt.datetime]
    lasts_minutes: Mapped[int] = mapped_column(default=45)
    interview_id: Mapped[uuid.UUID | None] = mapped_column(
        sa.ForeignKey("interview.id"), unique=True
    )
    withdrawn_at: Mapped[dt.datetime | None]

    survey: Mapped[Survey] = relationship()
    interviewer: Mapped[Person] = relationship()
    interview: Mapped[Interview | None] = relationship()


class PromptState(Base):
    """A prompt that was asked though nothing was noted under it, or that was left out."""

    __tablename__ = "prompt_state"
    __table_args__ = (one_of("state", PROMPT_ASKED),)

    interview_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("interview.id"), primary_key=True)
    prompt_code: Mapped[str] = mapped_column(primary_key=True)
    state: Mapped[str]
    set_by_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("person.id"))
    at: Mapped[dt.datetime]

    interview: Mapped[Interview] = relationship()


@never_changes
class ConsentAnswer(Base):
    """What the person interviewed said when they were asked, each time; the last one counts."""

    __tablename__ = "consent_answer"
    __table_args__ = (one_of("use_level", USE_LEVELS),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    interview_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("interview.id"), index=True)
    notes: Mapped[bool]
    quotes: Mapped[bool]
    use_level: Mapped[str | None]
    at: Mapped[dt.datetime]
    recorded_by_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("person.id"))

    interview: Mapped[Interview] = relationship()
    recorded_by: Mapped[Person] = relationship()


class Note(Base):
    """What was said under one prompt: a paraphrase, or the speaker's own words."""

    __tablename__ = "note"
    __table_args__ = (
        sa.CheckConstraint("second >= 0", name="second_of_the_call"),
        sa.CheckConstraint("version >= 1", name="version_counts_from_one"),
        one_of("origin", NOTE_ORIGINS),
        one_of("mark", NOTE_MARKS),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    interview_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("interview.id"), index=True)
    # Empty where the words came unprompted.
    prompt_code: Mapped[str] = mapped_column(default="")
    # Seconds since the call began; empty where nobody kept the time.
    second: Mapped[int | None]
    # The strand that the interviewer put the words under; empty where the prompt says it all.
    theme: Mapped[str] = mapped_column(default="", server_default=sa.text("''"))
    verbatim: Mapped[bool] = mapped_column(default=False)
    # Something to come back to after the call.
    follow_up: Mapped[bool] = mapped_column(default=False, server_default=sa.false())
    # Names somebody to ask, or a document that was promised: completed after the call.
    mark: Mapped[str] = mapped_column(default="", server_default=sa.text("''"))
    origin: Mapped[str] = mapped_column(default="call", server_default=sa.text("'call'"))
    text: Mapped[str]
    # The words as first typed, until tidying begins; nothing where they were withdrawn.
    original_text: Mapped[str]
    version: Mapped[int] = mapped_column(default=1)
    # What a browser called its last save: one that lost the answer can tell that it was its own.
    last_write: Mapped[uuid.UUID | None]
    # The version in which the person interviewed confirmed the words.
    confirmed_version: Mapped[int | None]
    # Taken out of the record by the interviewer, and kept.
    struck_at: Mapped[dt.datetime | None]
    # Somebody else's words of the same moment stand beside it, and both are to stay.
    stands_apart: Mapped[bool] = mapped_column(default=False, server_default=sa.false())
    author_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("person.id"))
    created_at: Mapped[dt.datetime]
    updated_at: Mapped[dt.datetime] = mapped_column(index=True)

    interview: Mapped[Interview] = relationship(back_populates="notes")
    author: Mapped[Person] = relationship()

    @property
    def is_confirmed(self) -> bool:
        """Say whether the person interviewed has confirmed the words as they stand."""
        return self.confirmed_version == self.version

    @property
    def counts(self) -> bool:
        """Say whether there are words in the record."""
        return self.struck_at is None and bool(self.text.strip())


class NoteRevision(Base):
    """What a note said before it was changed, and who had written that.

    Rows are only ever added, save that withdrawn words are taken out of them too.
    """

    __tablename__ = "note_revision"
    __table_args__ = (sa.UniqueConstraint("note_id", "version"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    note_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("note.id"))
    version: Mapped[int]
    text: Mapped[str]
    verbatim: Mapped[bool]
    prompt_code: Mapped[str]
    author_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("person.id"))
    saved_at: Mapped[dt.datetime]

    note: Mapped[Note] = relationship()
    author: Mapped[Person] = relationship()


class SharedDocument(Base):
    """A document offered on the telephone: what and where it is, and who may see it."""

    __tablename__ = "shared_document"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    interview_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("interview.id"), index=True)
    # The note in which it was promised.
    note_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("note.id"), index=True)
    theme: Mapped[str]
    title: Mapped[str]
    kind: Mapped[str] = mapped_column(default="")
    url: Mapped[str] = mapped_column(default="")
    dated: Mapped[dt.date | None]
    owner: Mapped[str] = mapped_column(default="")
    may_share: Mapped[bool] = mapped_column(default=False)

    interview: Mapped[Interview] = relationship(back_populates="documents")


class KeyContact(Base):
    """Who to ask about a strand, as named on the telephone."""

    __tablename__ = "key_contact"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    interview_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("interview.id"), index=True)
    # The note in which they were named.
    note_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("note.id"), index=True)
    theme: Mapped[str]
    name: Mapped[str]
    role: Mapped[str] = mapped_column(default="")
    email: Mapped[str] = mapped_column(default="")
    phone: Mapped[str] = mapped_column(default="")
    may_publish: Mapped[bool] = mapped_column(default=False)

    interview: Mapped[Interview] = relationship(back_populates="contacts")


class FollowUp(Base):
    """A task that came of an interview: what is to be done, by when, and when it was."""

    __tablename__ = "follow_up"
    __table_args__ = (
        sa.CheckConstraint("text <> ''", name="says_something"),
        sa.CheckConstraint("(done_at IS NULL) = (done_by_id IS NULL)", name="done_by_someone"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    interview_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("interview.id"), index=True)
    note_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("note.id"), index=True)
    text: Mapped[str]
    due_on: Mapped[dt.date | None]
    made_by_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("person.id"))
    created_at: Mapped[dt.datetime]
    done_at: Mapped[dt.datetime | None]
    done_by_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("person.id"))

    interview: Mapped[Interview] = relationship(back_populates="follow_ups")
    note: Mapped[Note | None] = relationship()
    made_by: Mapped[Person] = relationship(foreign_keys=made_by_id)
    done_by: Mapped[Person | None] = relationship(foreign_keys=done_by_id)
