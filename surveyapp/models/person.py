"""People: those who complete a return, and the staff who run the survey."""

import datetime as dt
import uuid
from typing import Literal

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from surveyapp.models.base import Base, one_of

StaffRole = Literal["interviewer", "consultant", "administrator"]
STAFF_ROLES: tuple[StaffRole, ...] = ("interviewer", "consultant", "administrator")


class Person(Base):
    """Someone we know by their e-mail address; a role makes them staff."""

    __tablename__ = "person"
    __table_args__ = (
        sa.CheckConstraint("email = lower(email)", name="email_in_lower_case"),
        sa.CheckConstraint("email LIKE '%_@_%'", name="email_has_an_at"),
        one_of("staff_role", STAFF_ROLES),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    email: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    staff_role: Mapped[str | None]
    signed_in_at: Mapped[dt.datetime | None]
    # Issuer and subject, once they have signed in through another organisation's service.
    oidc_subject: Mapped[str | None] = mapped_column(unique=True, index=True)
    # Whoever signed in as them before this has to sign in again.
    signed_out_at: Mapped[dt.datetime | None]
