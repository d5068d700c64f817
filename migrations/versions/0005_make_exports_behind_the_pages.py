"""Lays the table for exports that are made behind the pages."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

UNDER_WAY = sa.text("done_at IS NULL AND failed_at IS NULL")


def upgrade() -> None:
    op.create_table(
        "export",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("survey_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("asked_by_id", sa.Uuid(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("failed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("steps_done", sa.Integer(), nullable=False),
        sa.Column("steps", sa.Integer(), nullable=False),
        sa.Column("file_key", sa.String(), nullable=True),
        sa.Column("size", sa.Integer(), nullable=True),
        sa.CheckConstraint("kind IN ('xlsx', 'csv', 'json')", name=op.f("ck_export_kind")),
        sa.CheckConstraint("steps_done BETWEEN 0 AND steps", name=op.f("ck_export_steps_counted")),
        sa.CheckConstraint(
            "(done_at IS NULL) = (file_key IS NULL)", name=op.f("ck_export_done_with_a_file")
        ),
        sa.CheckConstraint(
            "(file_key IS NULL) = (size IS NULL)", name=op.f("ck_export_file_of_a_size")
        ),
        sa.ForeignKeyConstraint(["survey_id"], ["survey.id"], name=op.f("fk_export_survey_id")),
        sa.ForeignKeyConstraint(["asked_by_id"], ["person.id"], name=op.f("fk_export_asked_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_export")),
    )
    op.create_index(op.f("ix_export_survey_id"), "export", ["survey_id"])
    op.create_index(op.f("ix_export_asked_by_id"), "export", ["asked_by_id"])
    op.create_index(
        "uq_export_under_way",
        "export",
        ["survey_id", "kind", "asked_by_id"],
        unique=True,
        sqlite_where=UNDER_WAY,
        postgresql_where=UNDER_WAY,
    )


def downgrade() -> None:
    op.drop_table("export")
