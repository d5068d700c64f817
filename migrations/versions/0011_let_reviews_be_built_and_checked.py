"""Lays the tables for clearing, builds of the review and member checks."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
# Written out where a column refers to another table: SQLite takes that only along with the column.
REFERS = (
    "ALTER TABLE {table} ADD COLUMN {column} {kind} "
    "CONSTRAINT fk_{table}_{column} REFERENCES {to} (id)"
)
IDS = {"sqlite": "CHAR(32)", "postgresql": "UUID"}


def refer(table: str, column: str, to: str) -> None:
    kind = IDS[op.get_bind().dialect.name]
    op.execute(REFERS.format(table=table, column=column, kind=kind, to=to))


def upgrade() -> None:
    lay_clearing()
    lay_building()
    lay_checking()
    lay_shortlist()
    for moment in ("looked_against_at", "removed_at"):
        op.add_column("finding", sa.Column(moment, sa.DateTime(timezone=True), nullable=True))
    refer("finding", "looked_against_by_id", "person")
    # Beside a default that stays: SQLite could take it away only by copying the table.
    place = sa.Column("place", sa.Integer(), nullable=False, server_default=sa.text("0"))
    op.add_column("finding", place)


def lay_clearing() -> None:
    op.create_table(
        "clearing",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("survey_id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("words_sha256", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("verdict", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "verdict IN ('cleared', 'held', 'erased')", name=op.f("ck_clearing_verdict")
        ),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_clearing_by_id")),
        sa.ForeignKeyConstraint(["survey_id"], ["survey.id"], name=op.f("fk_clearing_survey_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clearing")),
    )
    op.create_index("ix_clearing_place", "clearing", ["survey_id", "place"])


def lay_building() -> None:
    op.create_table(
        "build",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("survey_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("asked_by_id", sa.Uuid(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("failed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("forgotten_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("signed_off_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("signed_off_by_id", sa.Uuid(), nullable=True),
        sa.Column("doing", sa.String(), nullable=False),
        sa.Column("share_done", sa.Double(), nullable=False),
        sa.Column("inputs", sa.String(), nullable=False),
        sa.Column("files", JSON, nullable=False),
        sa.Column("violations", sa.Integer(), nullable=False),
        sa.CheckConstraint("share_done BETWEEN 0 AND 1", name=op.f("ck_build_share_of_the_whole")),
        sa.ForeignKeyConstraint(["asked_by_id"], ["person.id"], name=op.f("fk_build_asked_by_id")),
        sa.ForeignKeyConstraint(
            ["signed_off_by_id"], ["person.id"], name=op.f("fk_build_signed_off_by_id")
        ),
        sa.ForeignKeyConstraint(["survey_id"], ["survey.id"], name=op.f("fk_build_survey_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_build")),
        sa.UniqueConstraint("survey_id", "number", name=op.f("uq_build_survey_id_number")),
    )
    op.create_index(op.f("ix_build_survey_id"), "build", ["survey_id"])
    op.create_table(
        "standing_text",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("survey_id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("version >= 1", name=op.f("ck_standing_text_version_counts_from_one")),
        sa.ForeignKeyConstraint(
            ["author_id"], ["person.id"], name=op.f("fk_standing_text_author_id")
        ),
        sa.ForeignKeyConstraint(
            ["survey_id"], ["survey.id"], name=op.f("fk_standing_text_survey_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_standing_text")),
        sa.UniqueConstraint(
            "survey_id", "place", "version", name=op.f("uq_standing_text_survey_id_place_version")
        ),
    )
    op.create_index(op.f("ix_standing_text_survey_id"), "standing_text", ["survey_id"])
    op.create_table(
        "link_check",
        sa.Column("survey_id", sa.Uuid(), nullable=False),
        sa.Column("url", sa.String(), nullable=False),
        sa.Column("checked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("works", sa.Boolean(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["survey_id"], ["survey.id"], name=op.f("fk_link_check_survey_id")),
        sa.PrimaryKeyConstraint("survey_id", "url", name=op.f("pk_link_check")),
    )


def lay_checking() -> None:
    op.create_table(
        "member_check",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("submission_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("build_id", sa.Uuid(), nullable=True),
        sa.Column("sent_by_id", sa.Uuid(), nullable=False),
        sa.Column("sent_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("returned_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("silent_on", sa.Date(), nullable=True),
        sa.Column("taken_back_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("remark", sa.String(), nullable=False),
        sa.Column("profile_verdict", sa.String(), nullable=False),
        sa.CheckConstraint("due_on >= sent_on", name=op.f("ck_member_check_due_after_it_is_sent")),
        sa.ForeignKeyConstraint(["build_id"], ["build.id"], name=op.f("fk_member_check_build_id")),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_member_check_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["sent_by_id"], ["person.id"], name=op.f("fk_member_check_sent_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["submission_id"], ["submission.id"], name=op.f("fk_member_check_submission_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_member_check")),
    )
    op.create_index(op.f("ix_member_check_person_id"), "member_check", ["person_id"])
    op.create_index(op.f("ix_member_check_submission_id"), "member_check", ["submission_id"])
    op.create_table(
        "check_item",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("check_id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("response", sa.String(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("verdict", sa.String(), nullable=False),
        sa.Column("instead", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "verdict IN ('', 'confirmed', 'corrected', 'unnamed')",
            name=op.f("ck_check_item_verdict"),
        ),
        sa.CheckConstraint(
            '"start" >= 0 AND "end" > "start"', name=op.f("ck_check_item_some_words")
        ),
        sa.ForeignKeyConstraint(
            ["check_id"], ["member_check.id"], name=op.f("fk_check_item_check_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_check_item")),
        sa.UniqueConstraint(
            "check_id",
            "response",
            "start",
            "end",
            name=op.f("uq_check_item_check_id_response_start_end"),
        ),
    )


def lay_shortlist() -> None:
    op.create_table(
        "shortlisting",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("survey_id", sa.Uuid(), nullable=False),
        sa.Column("practice", sa.String(), nullable=False),
        sa.Column("shortlisted", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_shortlisting_reason_given")),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_shortlisting_by_id")),
        sa.ForeignKeyConstraint(
            ["survey_id"], ["survey.id"], name=op.f("fk_shortlisting_survey_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shortlisting")),
    )
    op.create_index(op.f("ix_shortlisting_survey_id"), "shortlisting", ["survey_id"])


def downgrade() -> None:
    for name in ("looked_against_at", "removed_at", "looked_against_by_id", "place"):
        op.drop_column("finding", name)
    for table in (
        *("shortlisting", "check_item", "member_check"),
        *("link_check", "standing_text", "build", "clearing"),
    ):
        op.drop_table(table)
