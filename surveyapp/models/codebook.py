"""How a survey's codebook came to be what it is: each change leads from one version to the next."""

import datetime as dt
import uuid
from typing import Literal

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from surveyapp.models.base import Base, never_changes, one_of
from surveyapp.models.person import Person
from surveyapp.models.survey import Snapshot, Survey

ChangeKind = Literal["add", "promote", "reword", "merge", "split", "retire", "set aside"]
CHANGE_KINDS: tuple[ChangeKind, ...] = (
    "add",
    "promote",
    "reword",
    "merge",
    "split",
    "retire",
    "set aside",
)


@never_changes
class CodebookChange(Base):
    """One change: a theme added, reworded, merged into others, split or retired.

    An emergent theme that was proposed and not taken up is set aside, by its key; the codebook
    stays as it was.
    """

    __tablename__ = "codebook_change"
    __table_args__ = (one_of("kind", CHANGE_KINDS),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    survey_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("survey.id"), index=True)
    kind: Mapped[str]
    before_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("snapshot.id"))
    after_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("snapshot.id"))
    theme: Mapped[str]
    # The themes that take its place, for a merge or a split.
    into: Mapped[list[str]] = mapped_column(default=list)
    # Decisions made before need a second look.
    changes_meaning: Mapped[bool]
    reason: Mapped[str] = mapped_column(default="")
    by_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("person.id"))
    at: Mapped[dt.datetime]

    survey: Mapped[Survey] = relationship()
    before: Mapped[Snapshot] = relationship(foreign_keys=[before_id])
    after: Mapped[Snapshot] = relationship(foreign_keys=[after_id])
    by: Mapped[Person] = relationship()
