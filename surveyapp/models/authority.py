"""Local authorities, as they stood at a date."""

import datetime as dt

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from surveyapp.models.base import Base


class Authority(Base):
    """A local authority: known by its ONS code, dated, with every word that would name it.

    `valid_to` is its last day, where that is known.
    """

    __tablename__ = "authority"
    __table_args__ = (
        sa.CheckConstraint("code <> ''", name="code_given"),
        sa.CheckConstraint("valid_to IS NULL OR valid_to >= valid_from", name="ends_after_start"),
        sa.CheckConstraint("successor_code <> code", name="succeeded_by_another"),
    )

    code: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    official_name: Mapped[str]
    type: Mapped[str]
    valid_from: Mapped[dt.date]
    valid_to: Mapped[dt.date | None]
    successor_code: Mapped[str | None] = mapped_column(sa.ForeignKey("authority.code"))
    aliases: Mapped[list[str]] = mapped_column(default=list)
    places: Mapped[list[str]] = mapped_column(default=list)
    brands: Mapped[list[str]] = mapped_column(default=list)

    successor: Mapped["Authority | None"] = relationship(remote_side=[code])

    def stood_on(self, day: dt.date) -> bool:
        """Say whether this authority existed on a day."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)
