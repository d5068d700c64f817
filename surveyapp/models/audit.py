"""The audit trail: who saw and changed what, and when, without a word of what was written."""

import datetime as dt
import uuid
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from surveyapp.models.base import Base, never_changes
from surveyapp.models.person import Person
from surveyapp.models.submission import Submission


@never_changes
class AuditEvent(Base):
    """One thing that happened: an action on a subject, with ids and counts and no words."""

    __tablename__ = "audit_event"
    __table_args__ = (sa.CheckConstraint("action <> ''", name="says_what_happened"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    at: Mapped[dt.datetime] = mapped_column(index=True)
    # Empty where nobody was signed in, or the service acted by itself.
    person_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("person.id"), index=True)
    action: Mapped[str]
    subject_type: Mapped[str]
    subject_id: Mapped[str]
    submission_id: Mapped[uuid.UUID | None] = mapped_column(
        sa.ForeignKey("submission.id"), index=True
    )
    detail: Mapped[dict[str, Any]] = mapped_column(default=dict)

    person: Mapped[Person | None] = relationship()
    submission: Mapped[Submission | None] = relationship()
