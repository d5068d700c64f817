"""Builds of the review: numbered, compared, and the consultant's own standing text."""

import datetime as dt
import uuid
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from surveyapp.models.base import Base
from surveyapp.models.person import Person
from surveyapp.models.survey import Survey


class Build(Base):
    """One build of the review: how far it is, what it was made from, and its files once made.

    `files` leads from what each file is to the key under which it is kept. A build whose words
    were withdrawn or erased since is forgotten: its files are gone, its number stays.
    """

    __tablename__ = "build"
    __table_args__ = (
        sa.UniqueConstraint("survey_id", "number"),
        sa.CheckConstraint("share_done BETWEEN 0 AND 1", name="share_of_the_whole"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    survey_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("survey.id"), index=True)
    number: Mapped[int]
    asked_by_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("person.id"))
    asked_at: Mapped[dt.datetime]
    started_at: Mapped[dt.datetime | None]
    done_at: Mapped[dt.datetime | None]
    failed_at: Mapped[dt.datetime | None]
    forgotten_at: Mapped[dt.datetime | None]
    signed_off_at: Mapped[dt.datetime | None]
    signed_off_by_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("person.id"))
    doing: Mapped[str] = mapped_column(default="")
    share_done: Mapped[float] = mapped_column(default=0.0)
    # The hash of everything it was built from.
    inputs: Mapped[str] = mapped_column(default="")
    files: Mapped[dict[str, Any]] = mapped_column(default=dict)
    # How many rules it breaks, where it failed; which they are stands in its file.
    violations: Mapped[int] = mapped_column(default=0)

    survey: Mapped[Survey] = relationship()
    asked_by: Mapped[Person] = relationship(foreign_keys=[asked_by_id])
    signed_off_by: Mapped[Person | None] = relationship(foreign_keys=[signed_off_by_id])


class StandingText(Base):
    """What the consultant puts in place of a standing text of the outline; every version is kept.

    `place` is the outline's own, such as chapters.foreword.text.
    """

    __tablename__ = "standing_text"
    __table_args__ = (
        sa.UniqueConstraint("survey_id", "place", "version"),
        sa.CheckConstraint("version >= 1", name="version_counts_from_one"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    survey_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("survey.id"), index=True)
    place: Mapped[str]
    version: Mapped[int]
    # Empty words put the outline's own back.
    text: Mapped[str]
    author_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("person.id"))
    at: Mapped[dt.datetime]

    author: Mapped[Person] = relationship()


class LinkCheck(Base):
    """When a link to a shared document was last tried, and what came of it."""

    __tablename__ = "link_check"

    survey_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("survey.id"), primary_key=True)
    url: Mapped[str] = mapped_column(primary_key=True)
    checked_at: Mapped[dt.datetime]
    works: Mapped[bool]
    # What the other end said, or why it could not be asked.
    outcome: Mapped[str]
