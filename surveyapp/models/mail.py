"""Mail: every message, written when it is decided on and sent afterwards."""

import datetime as dt
import uuid

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from surveyapp.models.base import Base
from surveyapp.models.person import Person
from surveyapp.models.submission import Submission


class Mail(Base):
    """One message to one person; its key says what it is for, so it is never sent twice."""

    __tablename__ = "mail"
    __table_args__ = (
        sa.CheckConstraint("key <> ''", name="key_given"),
        sa.CheckConstraint("attempts >= 0", name="attempts_counted"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    key: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[str]
    to_address: Mapped[str]
    person_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("person.id"), index=True)
    submission_id: Mapped[uuid.UUID | None] = mapped_column(
        sa.ForeignKey("submission.id"), index=True
    )
    subject: Mapped[str]
    text: Mapped[str]
    html: Mapped[str]
    # An invitation to a date, as a calendar program reads it.
    calendar: Mapped[str | None]
    created_at: Mapped[dt.datetime]
    due_at: Mapped[dt.datetime] = mapped_column(index=True)
    sending_since: Mapped[dt.datetime | None]
    sent_at: Mapped[dt.datetime | None]
    failed_at: Mapped[dt.datetime | None]
    attempts: Mapped[int] = mapped_column(default=0)
    bounced_at: Mapped[dt.datetime | None]
    # When a person pressed the button behind its link; opening a message is not measured.
    opened_at: Mapped[dt.datetime | None]
    provider_reference: Mapped[str | None] = mapped_column(index=True)
    last_error: Mapped[str | None]

    person: Mapped[Person | None] = relationship()
    submission: Mapped[Submission | None] = relationship()
