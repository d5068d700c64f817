"""Coding: which passages a coder has finished, what can be undone, memos, and blind samples."""

import datetime as dt
import uuid
from typing import Any, Literal

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from surveyapp.models.base import Base, one_of
from surveyapp.models.person import Person
from surveyapp.models.survey import Survey

About = Literal["passage", "theme", "authority", "cell", "survey"]
ABOUT: tuple[About, ...] = ("passage", "theme", "authority", "cell", "survey")


class Sample(Base):
    """Authorities drawn for a second coder, who codes them whole without seeing what others did."""

    __tablename__ = "sample"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    survey_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("survey.id"), index=True)
    coder_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("person.id"), index=True)
    drawn_by_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("person.id"))
    drawn_at: Mapped[dt.datetime]
    # The same seed draws the same authorities from the same list.
    seed: Mapped[int]
    authorities: Mapped[list[str]]
    finished_at: Mapped[dt.datetime | None]
    # Set aside: what was coded is kept, and counts in no measure.
    dropped_at: Mapped[dt.datetime | None]

    survey: Mapped[Survey] = relationship()
    coder: Mapped[Person] = relationship(foreign_keys=[coder_id])
    drawn_by: Mapped[Person] = relationship(foreign_keys=[drawn_by_id])


class CodedPassage(Base):
    """A passage that one coder has finished: what they did not give it, it does not carry.

    `suggested` holds the themes suggested to them then, with their scores; empty for a blind coder.
    """

    __tablename__ = "coded_passage"
    __table_args__ = (
        sa.UniqueConstraint("survey_id", "response", "start", "end", "coder_id"),
        sa.CheckConstraint('"start" >= 0 AND "end" > "start"', name="some_words"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    survey_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("survey.id"))
    response: Mapped[str]
    start: Mapped[int]
    end: Mapped[int]
    words: Mapped[str]
    coder_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("person.id"))
    sample_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("sample.id"), index=True)
    codebook_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("snapshot.id"))
    suggested: Mapped[dict[str, Any]] = mapped_column(default=dict)
    at: Mapped[dt.datetime]


class CodingAct(Base):
    """One thing a coder did, on one passage or on many, so that it can be undone.

    `before` and `after` list what stood on each passage by place, theme and verdict; no words.
    """

    __tablename__ = "coding_act"
    __table_args__ = (sa.Index("ix_coding_act_last", "survey_id", "coder_id", "at"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    survey_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("survey.id"))
    coder_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("person.id"))
    sample_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("sample.id"))
    kind: Mapped[str]
    before: Mapped[dict[str, Any]]
    after: Mapped[dict[str, Any]]
    at: Mapped[dt.datetime]
    undone_at: Mapped[dt.datetime | None]


class Memo(Base):
    """What a coder thinks about a passage, a theme, an authority, a cell or the survey."""

    __tablename__ = "memo"
    __table_args__ = (
        one_of("about", ABOUT),
        sa.Index("ix_memo_about", "survey_id", "about", "subject"),
        sa.CheckConstraint("version >= 1", name="version_counts_from_one"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    survey_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("survey.id"))
    about: Mapped[str]
    # A passage's key, a theme's or an authority's code, or both with a slash for a cell.
    subject: Mapped[str] = mapped_column(default="")
    text: Mapped[str]
    version: Mapped[int] = mapped_column(default=1)
    author_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("person.id"))
    at: Mapped[dt.datetime]
    removed_at: Mapped[dt.datetime | None]

    survey: Mapped[Survey] = relationship()
    author: Mapped[Person] = relationship()
