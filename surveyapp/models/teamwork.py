"""How colleagues complete one return together: comments, sections handed over, who is here."""

import datetime as dt
import uuid

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from surveyapp.models.base import Base, never_changes
from surveyapp.models.person import Person
from surveyapp.models.submission import Contributor, Submission


class Comment(Base):
    """What one person writes to the others about a question; it is no part of the answer."""

    __tablename__ = "comment"
    __table_args__ = (
        sa.CheckConstraint("text <> ''", name="says_something"),
        sa.CheckConstraint(
            "(resolved_at IS NULL) = (resolved_by_id IS NULL)", name="resolved_by_someone"
        ),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    submission_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("submission.id"), index=True)
    question_code: Mapped[str]
    entry_id: Mapped[str] = mapped_column(default="")
    author_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("person.id"))
    text: Mapped[str]
    created_at: Mapped[dt.datetime]
    resolved_at: Mapped[dt.datetime | None]
    resolved_by_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("person.id"))

    submission: Mapped[Submission] = relationship()
    author: Mapped[Person] = relationship(foreign_keys=author_id)
    resolved_by: Mapped[Person | None] = relationship(foreign_keys=resolved_by_id)


@never_changes
class Handover(Base):
    """A section given to a colleague, or taken back; who has it now stands with the section."""

    __tablename__ = "handover"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    submission_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("submission.id"), index=True)
    section_code: Mapped[str]
    from_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("contributor.id"))
    # Empty where the section was taken back.
    to_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("contributor.id"))
    note: Mapped[str] = mapped_column(default="")
    at: Mapped[dt.datetime]

    submission: Mapped[Submission] = relationship()
    given_by: Mapped[Contributor] = relationship(foreign_keys=from_id)
    given_to: Mapped[Contributor | None] = relationship(foreign_keys=to_id)


class Presence(Base):
    """When a contributor was last seen in a section."""

    __tablename__ = "presence"

    contributor_id: Mapped[uuid.UUID] = mapped_column(
        sa.ForeignKey("contributor.id"), primary_key=True
    )
    section_code: Mapped[str] = mapped_column(primary_key=True)
    seen_at: Mapped[dt.datetime]

    contributor: Mapped[Contributor] = relationship()
