"""What is kept beside the answers: files, words that could not be saved, returns opened again."""

import datetime as dt
import uuid
from typing import Any, Literal

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from surveyapp.models.base import Base, never_changes, one_of
from surveyapp.models.person import Person
from surveyapp.models.submission import Submission

UnsavedReason = Literal["closed", "submitted", "signed out", "expired", "invalid", "conflict"]
UNSAVED_REASONS: tuple[UnsavedReason, ...] = (
    "closed",
    "submitted",
    "signed out",
    "expired",
    "invalid",
    "conflict",
)


class Upload(Base):
    """A file given with an answer: what it is called, what it is and where its content is kept."""

    __tablename__ = "upload"
    __table_args__ = (
        sa.CheckConstraint("size >= 0", name="size_counted"),
        sa.CheckConstraint("length(sha256) = 64", name="sha256"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    submission_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("submission.id"), index=True)
    question_code: Mapped[str]
    entry_id: Mapped[str] = mapped_column(default="")
    file_key: Mapped[str]
    file_name: Mapped[str]
    media_type: Mapped[str]
    size: Mapped[int]
    sha256: Mapped[str]
    uploaded_by_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("person.id"))
    at: Mapped[dt.datetime]
    removed_at: Mapped[dt.datetime | None]

    submission: Mapped[Submission] = relationship()
    uploaded_by: Mapped[Person] = relationship()


class Unsaved(Base):
    """Words that arrived when they could not be saved, kept so that nothing typed is lost."""

    __tablename__ = "unsaved"
    __table_args__ = (one_of("reason", UNSAVED_REASONS),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    submission_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("submission.id"), index=True)
    person_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("person.id"), index=True)
    question_code: Mapped[str]
    entry_id: Mapped[str] = mapped_column(default="")
    value: Mapped[dict[str, Any]]
    reason: Mapped[str]
    at: Mapped[dt.datetime]

    submission: Mapped[Submission] = relationship()
    person: Mapped[Person] = relationship()


@never_changes
class Reopening(Base):
    """A return opened again after it was submitted: by whom, why, and what it said until then."""

    __tablename__ = "reopening"
    __table_args__ = (sa.CheckConstraint("reason <> ''", name="reason_given"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    submission_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("submission.id"), index=True)
    reopened_by_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("person.id"))
    reason: Mapped[str]
    at: Mapped[dt.datetime]
    # The version of each answer, by its id, so that changes since can be marked.
    answers_before: Mapped[dict[str, Any]]

    submission: Mapped[Submission] = relationship()
    reopened_by: Mapped[Person] = relationship()
