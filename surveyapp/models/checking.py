"""Member checking: an authority looks at its profile and at every quotation of its words."""

import datetime as dt
import uuid
from typing import Literal

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from surveyapp.models.base import Base
from surveyapp.models.person import Person
from surveyapp.models.submission import Submission

CheckVerdict = Literal["confirmed", "corrected", "unnamed"]
CHECK_VERDICTS: tuple[CheckVerdict, ...] = ("confirmed", "corrected", "unnamed")


class MemberCheck(Base):
    """What one authority was sent to look at, until when, and whether it came back.

    `silent_on` is the day after which nobody had answered: recorded as silence, never as consent.
    """

    __tablename__ = "member_check"
    __table_args__ = (sa.CheckConstraint("due_on >= sent_on", name="due_after_it_is_sent"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    submission_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("submission.id"), index=True)
    person_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("person.id"), index=True)
    build_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("build.id"))
    sent_by_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("person.id"))
    sent_on: Mapped[dt.date]
    due_on: Mapped[dt.date]
    opened_at: Mapped[dt.datetime | None]
    returned_at: Mapped[dt.datetime | None]
    silent_on: Mapped[dt.date | None]
    taken_back_at: Mapped[dt.datetime | None]
    # What they say about the profile as a whole.
    remark: Mapped[str] = mapped_column(default="")
    profile_verdict: Mapped[str] = mapped_column(default="")

    submission: Mapped[Submission] = relationship()
    person: Mapped[Person] = relationship(foreign_keys=[person_id])
    sent_by: Mapped[Person] = relationship(foreign_keys=[sent_by_id])
    items: Mapped[list["CheckItem"]] = relationship(
        back_populates="check", order_by="CheckItem.place"
    )


class CheckItem(Base):
    """One quotation to look at: the exact words, and what the authority says to them."""

    __tablename__ = "check_item"
    __table_args__ = (
        sa.CheckConstraint("verdict IN ('', 'confirmed', 'corrected', 'unnamed')", name="verdict"),
        sa.CheckConstraint('"start" >= 0 AND "end" > "start"', name="some_words"),
        sa.UniqueConstraint("check_id", "response", "start", "end"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    check_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("member_check.id"))
    place: Mapped[int]
    response: Mapped[str]
    start: Mapped[int]
    end: Mapped[int]
    words: Mapped[str]
    verdict: Mapped[str] = mapped_column(default="")
    # What they would have said there instead.
    instead: Mapped[str] = mapped_column(default="")
    version: Mapped[int] = mapped_column(default=1)
    at: Mapped[dt.datetime | None]

    check: Mapped[MemberCheck] = relationship(back_populates="items")
