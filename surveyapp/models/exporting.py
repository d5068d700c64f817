"""Exports: files with everything a survey holds, made behind the pages and kept for a few days."""

import datetime as dt
import uuid
from typing import Literal, get_args

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from surveyapp.models.base import Base, one_of
from surveyapp.models.person import Person
from surveyapp.models.survey import Survey

ExportKind = Literal["xlsx", "csv", "json", "coding", "matrix", "tables", "survey"]
EXPORT_KINDS: tuple[ExportKind, ...] = get_args(ExportKind)
UNDER_WAY = sa.text("done_at IS NULL AND failed_at IS NULL")


class Export(Base):
    """One export somebody asked for: how far it is, and the file once it is made."""

    __tablename__ = "export"
    __table_args__ = (
        one_of("kind", EXPORT_KINDS),
        sa.CheckConstraint("steps_done BETWEEN 0 AND steps", name="steps_counted"),
        sa.CheckConstraint("(done_at IS NULL) = (file_key IS NULL)", name="done_with_a_file"),
        sa.CheckConstraint("(file_key IS NULL) = (size IS NULL)", name="file_of_a_size"),
        # A second press finds the one that is being made.
        sa.Index(
            "uq_export_under_way",
            "survey_id",
            "kind",
            "asked_by_id",
            unique=True,
            sqlite_where=UNDER_WAY,
            postgresql_where=UNDER_WAY,
        ),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    survey_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("survey.id"), index=True)
    kind: Mapped[str]
    asked_by_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("person.id"), index=True)
    asked_at: Mapped[dt.datetime]
    started_at: Mapped[dt.datetime | None]
    done_at: Mapped[dt.datetime | None]
    failed_at: Mapped[dt.datetime | None]
    steps_done: Mapped[int] = mapped_column(default=0)
    # How many tables and files there are to write; unknown until the work begins.
    steps: Mapped[int] = mapped_column(default=0)
    file_key: Mapped[str | None]
    size: Mapped[int | None]

    survey: Mapped[Survey] = relationship()
    asked_by: Mapped[Person] = relationship()

    @property
    def is_under_way(self) -> bool:
        """Say whether it waits or is being made."""
        return self.done_at is None and self.failed_at is None
