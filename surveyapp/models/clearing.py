"""Clearing: a person's word that a text identifies no child, or that what did is gone."""

import datetime as dt
import uuid
from typing import Literal

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from surveyapp.models.base import Base, never_changes, one_of
from surveyapp.models.person import Person
from surveyapp.models.survey import Survey

ClearingVerdict = Literal["cleared", "held", "erased"]
CLEARING_VERDICTS: tuple[ClearingVerdict, ...] = ("cleared", "held", "erased")


@never_changes
class Clearing(Base):
    """What a person decided about words that may identify a child; of several the last holds.

    It holds no words: they are known by their hash, and by the text in which they stood.
    """

    __tablename__ = "clearing"
    __table_args__ = (
        one_of("verdict", CLEARING_VERDICTS),
        sa.Index("ix_clearing_place", "survey_id", "place"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    survey_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("survey.id"))
    # As a mark's: a response's id, or comment/, upload/ and so on with the row's id.
    place: Mapped[str]
    words_sha256: Mapped[str]
    kind: Mapped[str]
    verdict: Mapped[str]
    reason: Mapped[str] = mapped_column(default="")
    by_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("person.id"))
    at: Mapped[dt.datetime]

    survey: Mapped[Survey] = relationship()
    by: Mapped[Person] = relationship()
