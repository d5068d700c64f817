"""What lets people in: personal links, and the second factor of staff."""

import datetime as dt
import uuid
from typing import Literal

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from surveyapp.models.base import Base, one_of
from surveyapp.models.checking import MemberCheck
from surveyapp.models.interview import Interview
from surveyapp.models.person import Person
from surveyapp.models.submission import Submission

LinkPurpose = Literal["contribute", "sign in"]
LINK_PURPOSES: tuple[LinkPurpose, ...] = ("contribute", "sign in")


class Link(Base):
    """A personal link: only its hash is kept, and it works again until it is revoked or expires."""

    __tablename__ = "link"
    __table_args__ = (
        one_of("purpose", LINK_PURPOSES),
        sa.CheckConstraint("length(token_hash) = 64", name="sha256"),
        sa.CheckConstraint("expires_at > created_at", name="expires_after_it_was_made"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    person_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("person.id"), index=True)
    # Where the link leads, when it leads to one return.
    submission_id: Mapped[uuid.UUID | None] = mapped_column(
        sa.ForeignKey("submission.id"), index=True
    )
    # Or to one interview.
    interview_id: Mapped[uuid.UUID | None] = mapped_column(
        sa.ForeignKey("interview.id"), index=True
    )
    # Or to quotations that an authority is asked to check.
    check_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("member_check.id"), index=True)
    purpose: Mapped[str]
    token_hash: Mapped[str] = mapped_column(unique=True)
    created_at: Mapped[dt.datetime]
    expires_at: Mapped[dt.datetime]
    revoked_at: Mapped[dt.datetime | None]
    first_used_at: Mapped[dt.datetime | None]
    last_used_at: Mapped[dt.datetime | None]

    person: Mapped[Person] = relationship()
    submission: Mapped[Submission | None] = relationship()
    interview: Mapped[Interview | None] = relationship()
    check: Mapped[MemberCheck | None] = relationship()


class StaffKey(Base):
    """The second factor of one member of staff: the secret their authenticator app shares with us.

    It counts from the moment they have typed a code from it.
    """

    __tablename__ = "staff_key"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    person_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("person.id"), unique=True)
    # Encrypted, so that a copy of the database alone opens nothing.
    secret: Mapped[str]
    confirmed_at: Mapped[dt.datetime | None]
    # The half minute whose code was used last: no code works twice.
    last_step: Mapped[int | None]

    person: Mapped[Person] = relationship()


class RecoveryCode(Base):
    """A code that stands in for a lost telephone once; only its hash is kept."""

    __tablename__ = "recovery_code"
    __table_args__ = (sa.CheckConstraint("length(code_hash) = 64", name="sha256"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    person_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("person.id"), index=True)
    code_hash: Mapped[str] = mapped_column(unique=True)
    used_at: Mapped[dt.datetime | None]

    person: Mapped[Person] = relationship()


class Passkey(Base):
    """A second factor kept by a telephone, a computer or a security key: we hold its public half.

    A person may have several, and tells them apart by name.
    """

    __tablename__ = "passkey"
    __table_args__ = (
        sa.CheckConstraint("sign_count >= 0", name="signatures_counted"),
        sa.CheckConstraint("name <> ''", name="named"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    person_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("person.id"), index=True)
    # As browsers write it: base64 for addresses, without padding.
    credential_id: Mapped[str] = mapped_column(unique=True)
    public_key: Mapped[bytes]
    # How often the key says it has signed; one that goes back has been copied.
    sign_count: Mapped[int] = mapped_column(sa.BigInteger)
    name: Mapped[str]
    created_at: Mapped[dt.datetime]
    last_used_at: Mapped[dt.datetime | None]

    person: Mapped[Person] = relationship()
