"""Surveys, and the published snapshots they pin."""

import datetime as dt
import uuid
from typing import Literal

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from surveyapp.models.base import Base, never_changes, one_of

SnapshotKind = Literal["questionnaire", "interview guide", "codebook", "outline"]
SNAPSHOT_KINDS: tuple[SnapshotKind, ...] = (
    "questionnaire",
    "interview guide",
    "codebook",
    "outline",
)


@never_changes
class Snapshot(Base):
    """A questionnaire, guide, codebook or outline as it was published: known by its content."""

    __tablename__ = "snapshot"
    __table_args__ = (
        one_of("kind", SNAPSHOT_KINDS),
        sa.CheckConstraint("length(content_hash) = 64", name="sha256"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    kind: Mapped[str]
    content_hash: Mapped[str] = mapped_column(unique=True)
    # Canonical JSON, kept as the text its hash was made from.
    content: Mapped[str]
    published_at: Mapped[dt.datetime]


class Survey(Base):
    """One round of the review: what is asked, and from when until when."""

    __tablename__ = "survey"
    __table_args__ = (
        sa.CheckConstraint("closes_on >= opens_on", name="closes_after_it_opens"),
        sa.CheckConstraint("code <> ''", name="code_given"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    code: Mapped[str] = mapped_column(unique=True)
    title: Mapped[str]
    region: Mapped[str]
    # The people and places are invented, and nobody is written to.
    is_example: Mapped[bool] = mapped_column(default=False)
    opens_on: Mapped[dt.date]
    closes_on: Mapped[dt.date]
    opened_at: Mapped[dt.datetime | None]
    closed_at: Mapped[dt.datetime | None]
    # What the consultant adds to every invitation.
    invitation_note: Mapped[str] = mapped_column(default="", server_default=sa.text("''"))
    # Who answers for what people tell us here, whom to ask, and how long it is kept; what the
    # questionnaire says counts where nobody has said it for this survey.
    controller: Mapped[str] = mapped_column(default="", server_default=sa.text("''"))
    contact: Mapped[str] = mapped_column(default="", server_default=sa.text("''"))
    kept_for: Mapped[str] = mapped_column(default="", server_default=sa.text("''"))
    questionnaire_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("snapshot.id"))
    guide_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("snapshot.id"))
    codebook_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("snapshot.id"))
    outline_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("snapshot.id"))

    questionnaire: Mapped[Snapshot] = relationship(foreign_keys=questionnaire_id)
    guide: Mapped[Snapshot] = relationship(foreign_keys=guide_id)
    codebook: Mapped[Snapshot] = relationship(foreign_keys=codebook_id)
    outline: Mapped[Snapshot] = relationship(foreign_keys=outline_id)

    @property
    def is_open(self) -> bool:
        """Say whether answers are taken."""
        return self.opened_at is not None and self.closed_at is None
