"""Lays the tables for coding, and those that are derived for speed."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0010"
down_revision = "0009"
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
    lay_coding()
    lay_derived()
    refer("decision", "sample_id", "sample")
    op.create_index(op.f("ix_decision_sample_id"), "decision", ["sample_id"])


def lay_coding() -> None:
    op.create_table(
        "sample",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("survey_id", sa.Uuid(), nullable=False),
        sa.Column("coder_id", sa.Uuid(), nullable=False),
        sa.Column("drawn_by_id", sa.Uuid(), nullable=False),
        sa.Column("drawn_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seed", sa.Integer(), nullable=False),
        sa.Column("authorities", JSON, nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("dropped_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["coder_id"], ["person.id"], name=op.f("fk_sample_coder_id")),
        sa.ForeignKeyConstraint(["drawn_by_id"], ["person.id"], name=op.f("fk_sample_drawn_by_id")),
        sa.ForeignKeyConstraint(["survey_id"], ["survey.id"], name=op.f("fk_sample_survey_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sample")),
    )
    op.create_index(op.f("ix_sample_coder_id"), "sample", ["coder_id"])
    op.create_index(op.f("ix_sample_survey_id"), "sample", ["survey_id"])
    op.create_table(
        "coded_passage",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("survey_id", sa.Uuid(), nullable=False),
        sa.Column("response", sa.String(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("coder_id", sa.Uuid(), nullable=False),
        sa.Column("sample_id", sa.Uuid(), nullable=True),
        sa.Column("codebook_id", sa.Uuid(), nullable=False),
        sa.Column("suggested", JSON, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            '"start" >= 0 AND "end" > "start"', name=op.f("ck_coded_passage_some_words")
        ),
        sa.ForeignKeyConstraint(
            ["codebook_id"], ["snapshot.id"], name=op.f("fk_coded_passage_codebook_id")
        ),
        sa.ForeignKeyConstraint(
            ["coder_id"], ["person.id"], name=op.f("fk_coded_passage_coder_id")
        ),
        sa.ForeignKeyConstraint(
            ["sample_id"], ["sample.id"], name=op.f("fk_coded_passage_sample_id")
        ),
        sa.ForeignKeyConstraint(
            ["survey_id"], ["survey.id"], name=op.f("fk_coded_passage_survey_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_coded_passage")),
        sa.UniqueConstraint(
            "survey_id",
            "response",
            "start",
            "end",
            "coder_id",
            name=op.f("uq_coded_passage_survey_id_response_start_end_coder_id"),
        ),
    )
    op.create_index(op.f("ix_coded_passage_sample_id"), "coded_passage", ["sample_id"])
    op.create_table(
        "coding_act",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("survey_id", sa.Uuid(), nullable=False),
        sa.Column("coder_id", sa.Uuid(), nullable=False),
        sa.Column("sample_id", sa.Uuid(), nullable=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("before", JSON, nullable=False),
        sa.Column("after", JSON, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["coder_id"], ["person.id"], name=op.f("fk_coding_act_coder_id")),
        sa.ForeignKeyConstraint(["sample_id"], ["sample.id"], name=op.f("fk_coding_act_sample_id")),
        sa.ForeignKeyConstraint(["survey_id"], ["survey.id"], name=op.f("fk_coding_act_survey_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_coding_act")),
    )
    op.create_index("ix_coding_act_last", "coding_act", ["survey_id", "coder_id", "at"])
    op.create_table(
        "memo",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("survey_id", sa.Uuid(), nullable=False),
        sa.Column("about", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "about IN ('passage', 'theme', 'authority', 'cell', 'survey')",
            name=op.f("ck_memo_about"),
        ),
        sa.CheckConstraint("version >= 1", name=op.f("ck_memo_version_counts_from_one")),
        sa.ForeignKeyConstraint(["author_id"], ["person.id"], name=op.f("fk_memo_author_id")),
        sa.ForeignKeyConstraint(["survey_id"], ["survey.id"], name=op.f("fk_memo_survey_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_memo")),
    )
    op.create_index("ix_memo_about", "memo", ["survey_id", "about", "subject"])
    op.create_table(
        "codebook_change",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("survey_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("before_id", sa.Uuid(), nullable=False),
        sa.Column("after_id", sa.Uuid(), nullable=False),
        sa.Column("theme", sa.String(), nullable=False),
        sa.Column("into", JSON, nullable=False),
        sa.Column("changes_meaning", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "kind IN ('add', 'promote', 'reword', 'merge', 'split', 'retire', 'set aside')",
            name=op.f("ck_codebook_change_kind"),
        ),
        sa.ForeignKeyConstraint(
            ["after_id"], ["snapshot.id"], name=op.f("fk_codebook_change_after_id")
        ),
        sa.ForeignKeyConstraint(
            ["before_id"], ["snapshot.id"], name=op.f("fk_codebook_change_before_id")
        ),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_codebook_change_by_id")),
        sa.ForeignKeyConstraint(
            ["survey_id"], ["survey.id"], name=op.f("fk_codebook_change_survey_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_codebook_change")),
    )
    op.create_index(op.f("ix_codebook_change_survey_id"), "codebook_change", ["survey_id"])


def lay_derived() -> None:
    op.create_table(
        "derivation",
        sa.Column("survey_id", sa.Uuid(), nullable=False),
        sa.Column("fingerprint", sa.String(), nullable=False),
        sa.Column("codebook_id", sa.Uuid(), nullable=True),
        sa.Column("derived_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("taught", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("failed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("doing", sa.String(), nullable=False),
        sa.Column("share_done", sa.Double(), nullable=False),
        sa.ForeignKeyConstraint(
            ["codebook_id"], ["snapshot.id"], name=op.f("fk_derivation_codebook_id")
        ),
        sa.ForeignKeyConstraint(["survey_id"], ["survey.id"], name=op.f("fk_derivation_survey_id")),
        sa.PrimaryKeyConstraint("survey_id", name=op.f("pk_derivation")),
    )
    op.create_table(
        "response",
        sa.Column("survey_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("authority_code", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("question_code", sa.String(), nullable=False),
        sa.Column("question", sa.String(), nullable=False),
        sa.Column("asked", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("use_level", sa.String(), nullable=False),
        sa.Column("verbatim", sa.Boolean(), nullable=False),
        sa.Column("confirmed", sa.Boolean(), nullable=True),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["survey_id"], ["survey.id"], name=op.f("fk_response_survey_id")),
        sa.PrimaryKeyConstraint("survey_id", "id", name=op.f("pk_response")),
    )
    op.create_index("ix_response_survey_id_place", "response", ["survey_id", "place"])
    op.create_table(
        "passage",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("survey_id", sa.Uuid(), nullable=False),
        sa.Column("response", sa.String(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("authority_code", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("question_code", sa.String(), nullable=False),
        sa.Column("asked", sa.String(), nullable=False),
        sa.Column("use_level", sa.String(), nullable=False),
        sa.Column("verbatim", sa.Boolean(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("doubt", sa.Double(), nullable=False),
        sa.Column("drawn", sa.Boolean(), nullable=False),
        sa.Column("coded", sa.Boolean(), nullable=False),
        sa.Column("held", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["survey_id"], ["survey.id"], name=op.f("fk_passage_survey_id")),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_passage")),
    )
    op.create_index("ix_passage_authority", "passage", ["survey_id", "authority_code", "place"])
    op.create_index("ix_passage_open_doubt", "passage", ["survey_id", "coded", "doubt"])
    op.create_index("ix_passage_open_place", "passage", ["survey_id", "coded", "place"])
    op.create_index("ix_passage_response", "passage", ["survey_id", "response", "start"])
    op.create_table(
        "tag",
        sa.Column("passage_key", sa.String(), nullable=False),
        sa.Column("theme", sa.String(), nullable=False),
        sa.Column("survey_id", sa.Uuid(), nullable=False),
        sa.Column("score", sa.Double(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("verdict", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["survey_id"], ["survey.id"], name=op.f("fk_tag_survey_id")),
        sa.PrimaryKeyConstraint("passage_key", "theme", name=op.f("pk_tag")),
    )
    op.create_index("ix_tag_survey_id_theme", "tag", ["survey_id", "theme", "verdict"])
    op.create_table(
        "cell",
        sa.Column("survey_id", sa.Uuid(), nullable=False),
        sa.Column("authority_code", sa.String(), nullable=False),
        sa.Column("theme", sa.String(), nullable=False),
        sa.Column("empty", sa.String(), nullable=False),
        sa.Column("worded", sa.Boolean(), nullable=False),
        sa.Column("found", sa.Integer(), nullable=False),
        sa.Column("confirmed", sa.Integer(), nullable=False),
        sa.Column("rests_on", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["survey_id"], ["survey.id"], name=op.f("fk_cell_survey_id")),
        sa.PrimaryKeyConstraint("survey_id", "authority_code", "theme", name=op.f("pk_cell")),
    )
    op.create_table(
        "mark",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("survey_id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("words_sha256", sa.String(), nullable=False),
        sa.Column("authority_code", sa.String(), nullable=False),
        sa.Column("found_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["survey_id"], ["survey.id"], name=op.f("fk_mark_survey_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mark")),
    )
    op.create_index("ix_mark_survey_id_place", "mark", ["survey_id", "place"])
    op.create_table(
        "inspected",
        sa.Column("survey_id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["survey_id"], ["survey.id"], name=op.f("fk_inspected_survey_id")),
        sa.PrimaryKeyConstraint("survey_id", "place", name=op.f("pk_inspected")),
    )
    op.create_table(
        "learning",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("survey_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("passages", sa.Integer(), nullable=False),
        sa.Column("authorities", sa.Integer(), nullable=False),
        sa.Column("without", sa.Double(), nullable=False),
        sa.Column("taught", sa.Double(), nullable=False),
        sa.Column("low", sa.Double(), nullable=False),
        sa.Column("high", sa.Double(), nullable=False),
        sa.ForeignKeyConstraint(["survey_id"], ["survey.id"], name=op.f("fk_learning_survey_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_learning")),
    )
    op.create_index(op.f("ix_learning_survey_id"), "learning", ["survey_id"])
    op.create_table(
        "emerging",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("survey_id", sa.Uuid(), nullable=False),
        sa.Column("terms", JSON, nullable=False),
        sa.Column("passages", JSON, nullable=False),
        sa.Column("authorities", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("details", JSON, nullable=False),
        sa.ForeignKeyConstraint(["survey_id"], ["survey.id"], name=op.f("fk_emerging_survey_id")),
        sa.PrimaryKeyConstraint("key", "survey_id", name=op.f("pk_emerging")),
    )


def downgrade() -> None:
    op.drop_index(op.f("ix_decision_sample_id"), "decision")
    op.drop_column("decision", "sample_id")
    for table in (
        *("emerging", "learning", "inspected", "mark", "cell", "tag", "passage", "response"),
        *("derivation", "codebook_change", "memo", "coding_act", "coded_passage", "sample"),
    ):
        op.drop_table(table)
