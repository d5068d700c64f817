"""Decisions: a coder's verdicts on themes, for exact words of a response."""

import datetime as dt
import uuid
from typing import Literal

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from surveyapp.models.base import Base, one_of
from surveyapp.models.coding import Sample
from surveyapp.models.person import Person
from surveyapp.models.survey import Snapshot, Survey

Verdict = Literal["accept", "reject", "add"]
VERDICTS: tuple[Verdict, ...] = ("accept", "reject", "add")


class Decision(Base):
    """One coder's verdict on one theme; the words are kept, so it can be laid over fresh tags."""

    __tablename__ = "decision"
    __table_args__ = (
        sa.UniqueConstraint("survey_id", "response", "start", "end", "theme", "coder_id"),
        one_of("verdict", VERDICTS),
        sa.CheckConstraint('"start" >= 0 AND "end" > "start"', name="some_words"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    survey_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("survey.id"))
    response: Mapped[str]
    start: Mapped[int]
    end: Mapped[int]
    words: Mapped[str]
    theme: Mapped[str]
    verdict: Mapped[str]
    coder_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("person.id"))
    codebook_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("snapshot.id"))
    made_at: Mapped[dt.datetime]
    # A blind coder's verdict is for measuring agreement, and goes no further.
    sample_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("sample.id"), index=True)

    survey: Mapped[Survey] = relationship()
    coder: Mapped[Person] = relationship()
    codebook: Mapped[Snapshot] = relationship()
    sample: Mapped[Sample | None] = relationship()
