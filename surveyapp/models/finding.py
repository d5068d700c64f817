"""What the consultant writes: summaries of cells, findings with their passages, a shortlist."""

import datetime as dt
import uuid
from typing import Literal

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from surveyapp.models.authority import Authority
from surveyapp.models.base import Base, never_changes, one_of
from surveyapp.models.person import Person
from surveyapp.models.survey import Survey

Side = Literal["for", "against"]
SIDES: tuple[Side, ...] = ("for", "against")


class Summary(Base):
    """What the researcher wrote in one cell of the matrix: an authority under a theme."""

    __tablename__ = "summary"
    __table_args__ = (
        sa.UniqueConstraint("survey_id", "authority_code", "theme"),
        sa.CheckConstraint("version >= 1", name="version_counts_from_one"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    survey_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("survey.id"))
    authority_code: Mapped[str] = mapped_column(sa.ForeignKey("authority.code"))
    theme: Mapped[str]
    text: Mapped[str]
    # The hash of the passages it was written from; when theirs differs, the summary is stale.
    rests_on: Mapped[str]
    version: Mapped[int] = mapped_column(default=1)
    author_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("person.id"))
    updated_at: Mapped[dt.datetime]

    survey: Mapped[Survey] = relationship()
    authority: Mapped[Authority] = relationship()
    author: Mapped[Person] = relationship()


class Finding(Base):
    """A claim in the review; how many authorities it holds for is counted, never typed.

    `looked_against_at` is when somebody last looked for passages that contradict it.
    """

    __tablename__ = "finding"
    __table_args__ = (
        sa.CheckConstraint("version >= 1", name="version_counts_from_one"),
        sa.CheckConstraint("claim <> ''", name="says_something"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    survey_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("survey.id"), index=True)
    theme: Mapped[str]
    claim: Mapped[str]
    version: Mapped[int] = mapped_column(default=1)
    author_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("person.id"))
    updated_at: Mapped[dt.datetime]
    looked_against_at: Mapped[dt.datetime | None]
    looked_against_by_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("person.id"))
    # Where it stands among the findings on its theme.
    place: Mapped[int] = mapped_column(default=0, server_default=sa.text("0"))
    removed_at: Mapped[dt.datetime | None]

    survey: Mapped[Survey] = relationship()
    author: Mapped[Person] = relationship(foreign_keys=[author_id])
    passages: Mapped[list["FindingPassage"]] = relationship(
        back_populates="finding", order_by="FindingPassage.response, FindingPassage.start"
    )


class FindingPassage(Base):
    """Exact words that speak for a finding, or against it."""

    __tablename__ = "finding_passage"
    __table_args__ = (
        one_of("side", SIDES),
        sa.CheckConstraint('"start" >= 0 AND "end" > "start"', name="some_words"),
    )

    finding_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("finding.id"), primary_key=True)
    response: Mapped[str] = mapped_column(primary_key=True)
    start: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    end: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    words: Mapped[str]
    side: Mapped[str] = mapped_column(default="for")

    finding: Mapped[Finding] = relationship(back_populates="passages")


@never_changes
class Shortlisting(Base):
    """Whether an example goes into the review, and why: of several entries the last holds."""

    __tablename__ = "shortlisting"
    __table_args__ = (sa.CheckConstraint("reason <> ''", name="reason_given"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    survey_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("survey.id"), index=True)
    # The example's id in synthesis: authority, question and entry.
    practice: Mapped[str]
    shortlisted: Mapped[bool]
    reason: Mapped[str]
    by_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("person.id"))
    at: Mapped[dt.datetime]

    by: Mapped[Person] = relationship()
