"""Lays the tables for people who sign in, answer together, and are written to."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

# JSON that PostgreSQL can search, and that SQLite keeps as text.
JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def refers(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [to], name=op.f(f"fk_{table}_{column}"))


def upgrade() -> None:

    op.create_table(
        "recovery_code",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("code_hash", sa.String(), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("length(code_hash) = 64", name=op.f("ck_recovery_code_sha256")),
        refers("recovery_code", "person_id", "person.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recovery_code")),
        sa.UniqueConstraint("code_hash", name=op.f("uq_recovery_code_code_hash")),
    )
    op.create_index(op.f("ix_recovery_code_person_id"), "recovery_code", ["person_id"])
    op.create_table(
        "staff_key",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("secret", sa.String(), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_step", sa.Integer(), nullable=True),
        refers("staff_key", "person_id", "person.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_key")),
        sa.UniqueConstraint("person_id", name=op.f("uq_staff_key_person_id")),
    )
    op.create_table(
        "audit_event",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("subject_type", sa.String(), nullable=False),
        sa.Column("subject_id", sa.String(), nullable=False),
        sa.Column("submission_id", sa.Uuid(), nullable=True),
        sa.Column("detail", JSON, nullable=False),
        sa.CheckConstraint("action <> ''", name=op.f("ck_audit_event_says_what_happened")),
        refers("audit_event", "person_id", "person.id"),
        refers("audit_event", "submission_id", "submission.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_event")),
    )
    op.create_index(op.f("ix_audit_event_at"), "audit_event", ["at"])
    op.create_index(op.f("ix_audit_event_person_id"), "audit_event", ["person_id"])
    op.create_index(op.f("ix_audit_event_submission_id"), "audit_event", ["submission_id"])
    op.create_table(
        "comment",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("submission_id", sa.Uuid(), nullable=False),
        sa.Column("question_code", sa.String(), nullable=False),
        sa.Column("entry_id", sa.String(), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("resolved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("resolved_by_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint("text <> ''", name=op.f("ck_comment_says_something")),
        sa.CheckConstraint(
            "(resolved_at IS NULL) = (resolved_by_id IS NULL)",
            name=op.f("ck_comment_resolved_by_someone"),
        ),
        refers("comment", "author_id", "person.id"),
        refers("comment", "resolved_by_id", "person.id"),
        refers("comment", "submission_id", "submission.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comment")),
    )
    op.create_index(op.f("ix_comment_submission_id"), "comment", ["submission_id"])
    op.create_table(
        "link",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("submission_id", sa.Uuid(), nullable=True),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("first_used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_used_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("purpose IN ('contribute', 'sign in')", name=op.f("ck_link_purpose")),
        sa.CheckConstraint(
            "expires_at > created_at", name=op.f("ck_link_expires_after_it_was_made")
        ),
        sa.CheckConstraint("length(token_hash) = 64", name=op.f("ck_link_sha256")),
        refers("link", "person_id", "person.id"),
        refers("link", "submission_id", "submission.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_link")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_link_token_hash")),
    )
    op.create_index(op.f("ix_link_person_id"), "link", ["person_id"])
    op.create_index(op.f("ix_link_submission_id"), "link", ["submission_id"])
    op.create_table(
        "mail",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("to_address", sa.String(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("submission_id", sa.Uuid(), nullable=True),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("html", sa.String(), nullable=False),
        sa.Column("calendar", sa.String(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sending_since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("failed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("bounced_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("provider_reference", sa.String(), nullable=True),
        sa.Column("last_error", sa.String(), nullable=True),
        sa.CheckConstraint("key <> ''", name=op.f("ck_mail_key_given")),
        sa.CheckConstraint("attempts >= 0", name=op.f("ck_mail_attempts_counted")),
        refers("mail", "person_id", "person.id"),
        refers("mail", "submission_id", "submission.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mail")),
        sa.UniqueConstraint("key", name=op.f("uq_mail_key")),
    )
    op.create_index(op.f("ix_mail_due_at"), "mail", ["due_at"])
    op.create_index(op.f("ix_mail_person_id"), "mail", ["person_id"])
    op.create_index(op.f("ix_mail_provider_reference"), "mail", ["provider_reference"])
    op.create_index(op.f("ix_mail_submission_id"), "mail", ["submission_id"])
    op.create_table(
        "reopening",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("submission_id", sa.Uuid(), nullable=False),
        sa.Column("reopened_by_id", sa.Uuid(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answers_before", JSON, nullable=False),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_reopening_reason_given")),
        refers("reopening", "reopened_by_id", "person.id"),
        refers("reopening", "submission_id", "submission.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reopening")),
    )
    op.create_index(op.f("ix_reopening_submission_id"), "reopening", ["submission_id"])
    op.create_table(
        "unsaved",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("submission_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("question_code", sa.String(), nullable=False),
        sa.Column("entry_id", sa.String(), nullable=False),
        sa.Column("value", JSON, nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "reason IN ('closed', 'submitted', 'signed out', 'expired', 'invalid', 'conflict')",
            name=op.f("ck_unsaved_reason"),
        ),
        refers("unsaved", "person_id", "person.id"),
        refers("unsaved", "submission_id", "submission.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unsaved")),
    )
    op.create_index(op.f("ix_unsaved_person_id"), "unsaved", ["person_id"])
    op.create_index(op.f("ix_unsaved_submission_id"), "unsaved", ["submission_id"])
    op.create_table(
        "upload",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("submission_id", sa.Uuid(), nullable=False),
        sa.Column("question_code", sa.String(), nullable=False),
        sa.Column("entry_id", sa.String(), nullable=False),
        sa.Column("file_key", sa.String(), nullable=False),
        sa.Column("file_name", sa.String(), nullable=False),
        sa.Column("media_type", sa.String(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("uploaded_by_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("length(sha256) = 64", name=op.f("ck_upload_sha256")),
        sa.CheckConstraint("size >= 0", name=op.f("ck_upload_size_counted")),
        refers("upload", "submission_id", "submission.id"),
        refers("upload", "uploaded_by_id", "person.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_upload")),
    )
    op.create_index(op.f("ix_upload_submission_id"), "upload", ["submission_id"])
    op.create_table(
        "handover",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("submission_id", sa.Uuid(), nullable=False),
        sa.Column("section_code", sa.String(), nullable=False),
        sa.Column("from_id", sa.Uuid(), nullable=False),
        sa.Column("to_id", sa.Uuid(), nullable=True),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        refers("handover", "from_id", "contributor.id"),
        refers("handover", "submission_id", "submission.id"),
        refers("handover", "to_id", "contributor.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handover")),
    )
    op.create_index(op.f("ix_handover_submission_id"), "handover", ["submission_id"])
    op.create_table(
        "presence",
        sa.Column("contributor_id", sa.Uuid(), nullable=False),
        sa.Column("section_code", sa.String(), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        refers("presence", "contributor_id", "contributor.id"),
        sa.PrimaryKeyConstraint("contributor_id", "section_code", name=op.f("pk_presence")),
    )
    op.add_column("contributor", sa.Column("invited_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("contributor", sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("contributor", sa.Column("agreed_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("person", sa.Column("signed_in_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("submission", sa.Column("reference", sa.String(), nullable=True))
    op.create_index("uq_submission_reference", "submission", ["reference"], unique=True)
    op.add_column(
        "survey",
        sa.Column("invitation_note", sa.String(), server_default=sa.text("''"), nullable=False),
    )


def downgrade() -> None:
    op.drop_index("uq_submission_reference", "submission")
    for table, column in (
        ("survey", "invitation_note"),
        ("submission", "reference"),
        ("person", "signed_in_at"),
        ("contributor", "agreed_at"),
        ("contributor", "opened_at"),
        ("contributor", "invited_at"),
    ):
        op.drop_column(table, column)
    for table in (
        "presence",
        "handover",
        "upload",
        "unsaved",
        "reopening",
        "mail",
        "link",
        "comment",
        "audit_event",
        "staff_key",
        "recovery_code",
    ):
        op.drop_table(table)
