"""Answers: the current value under each question, and every value there has been."""

import datetime as dt
import uuid
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from surveyapp.models.base import Base, never_changes
from surveyapp.models.person import Person
from surveyapp.models.submission import Submission


class Answer(Base):
    """The current value under one question, and one entry where the question repeats."""

    __tablename__ = "answer"
    __table_args__ = (
        sa.UniqueConstraint("submission_id", "question_code", "entry_id"),
        sa.CheckConstraint("version >= 1", name="version_counts_from_one"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    submission_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("submission.id"))
    question_code: Mapped[str]
    # Random, never a position; empty where the question does not repeat.
    entry_id: Mapped[str] = mapped_column(default="")
    value: Mapped[dict[str, Any]]
    version: Mapped[int]
    author_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("person.id"))
    created_at: Mapped[dt.datetime]
    updated_at: Mapped[dt.datetime]

    submission: Mapped[Submission] = relationship()
    author: Mapped[Person] = relationship()


@never_changes
class AnswerRevision(Base):
    """One value an answer has had, the current one included; kept for ever."""

    __tablename__ = "answer_revision"
    __table_args__ = (sa.UniqueConstraint("answer_id", "version"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    answer_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("answer.id"))
    version: Mapped[int]
    value: Mapped[dict[str, Any]]
    author_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("person.id"))
    saved_at: Mapped[dt.datetime]

    answer: Mapped[Answer] = relationship()
    author: Mapped[Person] = relationship()
