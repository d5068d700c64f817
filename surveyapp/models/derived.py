"""What follows from what was said, kept for speed: dropped, it is derived again just the same.

Nothing here is the only copy of anything, and nothing outside refers to it by a foreign key.
"""

import datetime as dt
import uuid
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from surveyapp.models.base import Base


class Derivation(Base):
    """The last time that passages, tags and cells were derived, and how far the next one is.

    `fingerprint` tells what they were derived from; where the survey's differs, they are behind.
    """

    __tablename__ = "derivation"

    survey_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("survey.id"), primary_key=True)
    fingerprint: Mapped[str] = mapped_column(default="")
    codebook_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("snapshot.id"))
    derived_at: Mapped[dt.datetime | None]
    # How many finished passages the suggestions were learnt from.
    taught: Mapped[int] = mapped_column(default=0)
    asked_at: Mapped[dt.datetime | None]
    started_at: Mapped[dt.datetime | None]
    failed_at: Mapped[dt.datetime | None]
    doing: Mapped[str] = mapped_column(default="")
    share_done: Mapped[float] = mapped_column(default=0.0)


class Response(Base):
    """One authority's words under one question or prompt, as synthesis reads them."""

    __tablename__ = "response"
    __table_args__ = (sa.Index("ix_response_survey_id_place", "survey_id", "place"),)

    survey_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("survey.id"), primary_key=True)
    id: Mapped[str] = mapped_column(primary_key=True)
    authority_code: Mapped[str]
    source: Mapped[str]
    question_code: Mapped[str]
    question: Mapped[str]
    # The theme that the question asks about; empty where it asks about none.
    asked: Mapped[str]
    text: Mapped[str]
    use_level: Mapped[str]
    verbatim: Mapped[bool]
    confirmed: Mapped[bool | None]
    # Where it stands when everything is read in order: by authority, then as asked.
    place: Mapped[int]


class Passage(Base):
    """A stretch of a response, with offsets: a sentence, or what a coder drew."""

    __tablename__ = "passage"
    __table_args__ = (
        sa.Index("ix_passage_open_doubt", "survey_id", "coded", "doubt"),
        sa.Index("ix_passage_open_place", "survey_id", "coded", "place"),
        sa.Index("ix_passage_response", "survey_id", "response", "start"),
        sa.Index("ix_passage_authority", "survey_id", "authority_code", "place"),
    )

    # Made from the survey, the place and the words, so that an address holds after a rebuild.
    key: Mapped[str] = mapped_column(primary_key=True)
    survey_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("survey.id"))
    response: Mapped[str]
    start: Mapped[int]
    end: Mapped[int]
    words: Mapped[str]
    # Copied from the response, so that a list of passages needs no other table.
    authority_code: Mapped[str]
    source: Mapped[str]
    question_code: Mapped[str]
    asked: Mapped[str]
    use_level: Mapped[str]
    verbatim: Mapped[bool]
    place: Mapped[int]
    # How unsure the tagger is of its themes, 0 to 1.
    doubt: Mapped[float]
    drawn: Mapped[bool] = mapped_column(default=False)
    # A coder has finished it.
    coded: Mapped[bool] = mapped_column(default=False)
    # It holds what may identify a child, and nobody has cleared it.
    held: Mapped[bool] = mapped_column(default=False)


class Tag(Base):
    """A theme on a passage: suggested with a score and the reason, decided, or both."""

    __tablename__ = "tag"
    __table_args__ = (sa.Index("ix_tag_survey_id_theme", "survey_id", "theme", "verdict"),)

    passage_key: Mapped[str] = mapped_column(primary_key=True)
    theme: Mapped[str] = mapped_column(primary_key=True)
    survey_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("survey.id"))
    # None where nobody but a coder thought of it.
    score: Mapped[float | None]
    reason: Mapped[str]
    # Empty while it is only suggested; else accept, reject or add.
    verdict: Mapped[str] = mapped_column(default="")


class Cell(Base):
    """What an authority said under a theme, counted; or why there is nothing."""

    __tablename__ = "cell"

    survey_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("survey.id"), primary_key=True)
    authority_code: Mapped[str] = mapped_column(primary_key=True)
    theme: Mapped[str] = mapped_column(primary_key=True)
    # What it is where no passage is found: not asked, not answered, nothing found and so on.
    empty: Mapped[str]
    # Gave words that could have held the theme, and so belongs in the base of a count.
    worded: Mapped[bool]
    found: Mapped[int]
    confirmed: Mapped[int]
    # The hash of its passages and their verdicts: a summary written from others is stale.
    rests_on: Mapped[str]


class Mark(Base):
    """A stretch of a text that may identify a child, found by a rule or by the trained model.

    `place` names the text: a response's id, or comment/, upload/ and so on with the row's id.
    """

    __tablename__ = "mark"
    __table_args__ = (sa.Index("ix_mark_survey_id_place", "survey_id", "place"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    survey_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("survey.id"))
    place: Mapped[str]
    start: Mapped[int]
    end: Mapped[int]
    kind: Mapped[str]
    reason: Mapped[str]
    # What was found, as a hash: the words themselves stand in one place only.
    words_sha256: Mapped[str]
    authority_code: Mapped[str]
    found_at: Mapped[dt.datetime]


class Inspected(Base):
    """A text that has been looked through for what may identify a child, known by its hash."""

    __tablename__ = "inspected"

    survey_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("survey.id"), primary_key=True)
    place: Mapped[str] = mapped_column(primary_key=True)
    # Of the text and of the rules that it was looked through with.
    digest: Mapped[str]


class Learning(Base):
    """How much decisions have improved the suggestions, measured on decisions not learnt from."""

    __tablename__ = "learning"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    survey_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("survey.id"), index=True)
    at: Mapped[dt.datetime]
    # Finished passages there were, and the authorities they came from.
    passages: Mapped[int]
    authorities: Mapped[int]
    # Samples-F1, with the 95% interval of the difference.
    without: Mapped[float]
    taught: Mapped[float]
    low: Mapped[float]
    high: Mapped[float]


class Emerging(Base):
    """A theme that the words no theme explains may point to."""

    __tablename__ = "emerging"

    # Made from its words, so that setting it aside holds after a rebuild.
    key: Mapped[str] = mapped_column(primary_key=True)
    survey_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("survey.id"), primary_key=True)
    terms: Mapped[list[str]]
    passages: Mapped[list[str]]
    authorities: Mapped[int]
    place: Mapped[int]
    details: Mapped[dict[str, Any]] = mapped_column(default=dict)
