"""Interviews: a telephone call with one authority, what was noted, and what was offered on it.

Documents and contacts that were written into the questionnaire are answers, and not here.
"""

import datetime as dt
import uuid

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from surveyapp.models.base import Base, one_of
from surveyapp.models.person import Person
from surveyapp.models.submission import USE_LEVELS, Submission
from surveyapp.models.survey import Snapshot


class Interview(Base):
    """One call: who spoke with whom, when, from which guide, and what they agreed to."""

    __tablename__ = "interview"
    __table_args__ = (one_of("use_level", USE_LEVELS),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    submission_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("submission.id"), index=True)
    guide_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("snapshot.id"))
    interviewer_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("person.id"))
    interviewee: Mapped[str]
    interviewee_role: Mapped[str]
    held_on: Mapped[dt.date]
    # Empty until the question has been put; notes may be kept only after a yes.
    consent_notes: Mapped[bool | None]
    consent_quotes: Mapped[bool | None]
    # How the words may be used; while empty, as the authority said for the strand in writing.
    use_level: Mapped[str | None]

    submission: Mapped[Submission] = relationship()
    guide: Mapped[Snapshot] = relationship()
    interviewer: Mapped[Person] = relationship()
    notes: Mapped[list["Note"]] = relationship(
        back_populates="interview", order_by="Note.minute, Note.created_at, Note.id"
    )
    documents: Mapped[list["SharedDocument"]] = relationship(
        back_populates="interview", order_by="SharedDocument.title, SharedDocument.id"
    )
    contacts: Mapped[list["KeyContact"]] = relationship(
        back_populates="interview", order_by="KeyContact.name, KeyContact.id"
    )


class Note(Base):
    """What was said under one prompt: a paraphrase, or the speaker's own words."""

    __tablename__ = "note"
    __table_args__ = (
        sa.CheckConstraint("minute >= 0", name="minute_of_the_call"),
        sa.CheckConstraint("version >= 1", name="version_counts_from_one"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    interview_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("interview.id"), index=True)
    # Empty where the words came unprompted.
    prompt_code: Mapped[str] = mapped_column(default="")
    minute: Mapped[int | None]
    verbatim: Mapped[bool] = mapped_column(default=False)
    text: Mapped[str]
    original_text: Mapped[str]
    version: Mapped[int] = mapped_column(default=1)
    author_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("person.id"))
    created_at: Mapped[dt.datetime]
    updated_at: Mapped[dt.datetime]

    interview: Mapped[Interview] = relationship(back_populates="notes")
    author: Mapped[Person] = relationship()


class SharedDocument(Base):
    """A document offered on the telephone: what and where it is, and who may see it."""

    __tablename__ = "shared_document"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    interview_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("interview.id"), index=True)
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
    theme: Mapped[str]
    name: Mapped[str]
    role: Mapped[str] = mapped_column(default="")
    email: Mapped[str] = mapped_column(default="")
    phone: Mapped[str] = mapped_column(default="")
    may_publish: Mapped[bool] = mapped_column(default=False)

    interview: Mapped[Interview] = relationship(back_populates="contacts")
