"""Submissions: what one authority returns to one survey, by section, and who completes it."""

import datetime as dt
import uuid
from typing import Literal

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from surveyapp.models.authority import Authority
from surveyapp.models.base import Base, one_of
from surveyapp.models.person import Person
from surveyapp.models.survey import Snapshot, Survey

SectionStatus = Literal["not started", "in progress", "finished"]
SECTION_STATUSES: tuple[SectionStatus, ...] = ("not started", "in progress", "finished")
UseLevel = Literal["named", "unnamed", "withheld"]
USE_LEVELS: tuple[UseLevel, ...] = ("named", "unnamed", "withheld")


class Submission(Base):
    """What one authority returns to one survey: exactly one, however many people fill it in."""

    __tablename__ = "submission"
    __table_args__ = (
        sa.UniqueConstraint("survey_id", "authority_code"),
        sa.CheckConstraint(
            "(submitted_at IS NULL) = (submitted_by_id IS NULL)", name="submitted_by_someone"
        ),
        # Only of those that have one: PostgreSQL would take the column for a key otherwise, and
        # whoever gives a reference would wait for everybody who writes about the return.
        sa.Index(
            "uq_submission_reference",
            "reference",
            unique=True,
            sqlite_where=sa.text("reference IS NOT NULL"),
            postgresql_where=sa.text("reference IS NOT NULL"),
        ),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    survey_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("survey.id"))
    authority_code: Mapped[str] = mapped_column(sa.ForeignKey("authority.code"), index=True)
    questionnaire_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("snapshot.id"))
    last_activity_at: Mapped[dt.datetime | None]
    submitted_at: Mapped[dt.datetime | None]
    submitted_by_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("person.id"))
    # What the receipt quotes; given when the return is submitted for the first time.
    reference: Mapped[str | None]
    # More time may have been agreed on the telephone.
    reminders_paused: Mapped[bool] = mapped_column(default=False, server_default=sa.false())

    survey: Mapped[Survey] = relationship()
    authority: Mapped[Authority] = relationship()
    questionnaire: Mapped[Snapshot] = relationship()
    submitted_by: Mapped[Person | None] = relationship()
    sections: Mapped[list["SectionState"]] = relationship(
        back_populates="submission", order_by="SectionState.position"
    )
    contributors: Mapped[list["Contributor"]] = relationship(back_populates="submission")


class SectionState(Base):
    """How far one section of a submission is; written in the transaction that changes it."""

    __tablename__ = "section_state"
    __table_args__ = (
        one_of("status", SECTION_STATUSES),
        one_of("use_level", USE_LEVELS),
        sa.CheckConstraint("answered BETWEEN 0 AND asked", name="answered_of_asked"),
        sa.UniqueConstraint("submission_id", "position"),
    )

    submission_id: Mapped[uuid.UUID] = mapped_column(
        sa.ForeignKey("submission.id"), primary_key=True
    )
    section_code: Mapped[str] = mapped_column(primary_key=True)
    position: Mapped[int]
    status: Mapped[str] = mapped_column(default="not started")
    asked: Mapped[int] = mapped_column(default=0)
    answered: Mapped[int] = mapped_column(default=0)
    last_activity_at: Mapped[dt.datetime | None]
    # Nobody has said yet how these words may be used while this is empty.
    use_level: Mapped[str | None]
    assigned_to_id: Mapped[uuid.UUID | None] = mapped_column(
        sa.ForeignKey("contributor.id"), index=True
    )

    submission: Mapped[Submission] = relationship(back_populates="sections")
    assigned_to: Mapped["Contributor | None"] = relationship()


class Contributor(Base):
    """A person who completes a submission; the coordinator is the one who answers for it."""

    __tablename__ = "contributor"
    __table_args__ = (
        sa.UniqueConstraint("submission_id", "person_id"),
        sa.Index(
            "uq_contributor_one_coordinator",
            "submission_id",
            unique=True,
            sqlite_where=sa.text("coordinator"),
            postgresql_where=sa.text("coordinator"),
        ),
        sa.CheckConstraint("left_at IS NULL OR NOT coordinator", name="coordinator_stays"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    submission_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("submission.id"))
    person_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("person.id"), index=True)
    job_title: Mapped[str] = mapped_column(default="")
    coordinator: Mapped[bool] = mapped_column(default=False)
    invited_at: Mapped[dt.datetime | None]
    # When they first pressed the button behind their link.
    opened_at: Mapped[dt.datetime | None]
    # When they agreed to who sees what; nobody answers before.
    agreed_at: Mapped[dt.datetime | None]
    # What the one who invited them called them; until they open their link nobody learns from
    # this return whether we knew them already, and by which name.
    invited_as: Mapped[str] = mapped_column(default="", server_default=sa.text("''"))
    # When the coordination was passed on to them; empty for whom it was theirs from the start.
    coordinator_since: Mapped[dt.datetime | None]
    # What they wrote stays, and so does this row: hand-overs of the past point to it.
    left_at: Mapped[dt.datetime | None]

    submission: Mapped[Submission] = relationship(back_populates="contributors")
    person: Mapped[Person] = relationship()

    @property
    def name(self) -> str:
        """Return the name that their colleagues see."""
        return (self.opened_at is None and self.invited_as) or self.person.name
