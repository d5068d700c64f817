"""Holds the telephone interview: arranged, noted to the second, corrected and confirmed."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

LEVELS = "use_level IN ('named', 'unnamed', 'withheld')"
# Written out where a column refers to another table: SQLite takes that only along with the column.
REFERS = (
    "ALTER TABLE {table} ADD COLUMN {column} {kind} "
    "CONSTRAINT fk_{table}_{column} REFERENCES {to} (id)"
)
IDS = {"sqlite": "CHAR(32)", "postgresql": "UUID"}
REFERENCES = (
    ("link", "interview_id", "interview"),
    ("shared_document", "note_id", "note"),
    ("key_contact", "note_id", "note"),
)
MOMENTS = (
    *("starts_at", "cancelled_at", "started_at", "ended_at"),
    *("offered_at", "confirmed_at", "unanswered_at"),
)
WORDS = ("place", "cancelled_why")
NUMBERS = {"lasts_minutes": "45", "calendar_sequence": "0"}


def refers(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=op.f(f"fk_{table}_{column}"))


def refer(table: str, column: str, to: str) -> None:
    kind = IDS[op.get_bind().dialect.name]
    op.execute(REFERS.format(table=table, column=column, kind=kind, to=to))


def upgrade() -> None:
    arrange()
    time_notes()
    lay_tables()
    for table, column, to in REFERENCES:
        refer(table, column, to)
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column])


def arrange() -> None:
    """Let an interview stand before it is held: its day becomes one that may be empty."""
    op.add_column("interview", sa.Column("day", sa.Date(), nullable=True))
    op.execute("UPDATE interview SET day = held_on")
    op.drop_column("interview", "held_on")
    op.execute("ALTER TABLE interview RENAME COLUMN day TO held_on")
    for name in MOMENTS:
        op.add_column("interview", sa.Column(name, sa.DateTime(timezone=True), nullable=True))
    op.add_column("interview", sa.Column("answer_by", sa.Date(), nullable=True))
    for name in WORDS:
        column = sa.Column(name, sa.String(), server_default=sa.text("''"), nullable=False)
        op.add_column("interview", column)
    for name, usual in NUMBERS.items():
        column = sa.Column(name, sa.Integer(), server_default=sa.text(usual), nullable=False)
        op.add_column("interview", column)
    for name in ("note_taker_id", "interviewee_id"):
        refer("interview", name, "person")
    op.create_index(op.f("ix_interview_interviewee_id"), "interview", ["interviewee_id"])


def time_notes() -> None:
    """Time notes to the second, and say where they come from and what became of them."""
    with op.batch_alter_table("note") as note:
        note.drop_constraint(op.f("ck_note_minute_of_the_call"), type_="check")
        note.alter_column("minute", new_column_name="second", existing_type=sa.Integer())
        note.add_column(
            sa.Column("theme", sa.String(), server_default=sa.text("''"), nullable=False)
        )
        note.add_column(
            sa.Column("follow_up", sa.Boolean(), server_default=sa.false(), nullable=False)
        )
        note.add_column(
            sa.Column("origin", sa.String(), server_default=sa.text("'call'"), nullable=False)
        )
        note.add_column(
            sa.Column("mark", sa.String(), server_default=sa.text("''"), nullable=False)
        )
        note.add_column(sa.Column("last_write", sa.Uuid(), nullable=True))
        note.add_column(sa.Column("confirmed_version", sa.Integer(), nullable=True))
        note.add_column(sa.Column("struck_at", sa.DateTime(timezone=True), nullable=True))
        note.add_column(
            sa.Column("stands_apart", sa.Boolean(), server_default=sa.false(), nullable=False)
        )
    op.execute("UPDATE note SET second = second * 60")
    with op.batch_alter_table("note") as note:
        note.create_check_constraint(op.f("ck_note_second_of_the_call"), "second >= 0")
        note.create_check_constraint(
            op.f("ck_note_origin"), "origin IN ('call', 'word form', 'file')"
        )
        note.create_check_constraint(op.f("ck_note_mark"), "mark IN ('', 'contact', 'document')")
    op.create_index(op.f("ix_note_updated_at"), "note", ["updated_at"])


def lay_tables() -> None:
    op.create_table(
        "interview_slot",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("survey_id", sa.Uuid(), nullable=False),
        sa.Column("interviewer_id", sa.Uuid(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lasts_minutes", sa.Integer(), nullable=False),
        sa.Column("interview_id", sa.Uuid(), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("lasts_minutes > 0", name=op.f("ck_interview_slot_lasts")),
        refers("interview_slot", "survey_id", "survey"),
        refers("interview_slot", "interviewer_id", "person"),
        refers("interview_slot", "interview_id", "interview"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_interview_slot")),
        sa.UniqueConstraint(
            "interviewer_id",
            "starts_at",
            name=op.f("uq_interview_slot_interviewer_id_starts_at"),
        ),
        sa.UniqueConstraint("interview_id", name=op.f("uq_interview_slot_interview_id")),
    )
    op.create_index(op.f("ix_interview_slot_survey_id"), "interview_slot", ["survey_id"])
    op.create_table(
        "prompt_state",
        sa.Column("interview_id", sa.Uuid(), nullable=False),
        sa.Column("prompt_code", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("set_by_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        one_of("prompt_state", "state", ("asked", "skipped")),
        refers("prompt_state", "interview_id", "interview"),
        refers("prompt_state", "set_by_id", "person"),
        sa.PrimaryKeyConstraint("interview_id", "prompt_code", name=op.f("pk_prompt_state")),
    )
    op.create_table(
        "consent_answer",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("interview_id", sa.Uuid(), nullable=False),
        sa.Column("notes", sa.Boolean(), nullable=False),
        sa.Column("quotes", sa.Boolean(), nullable=False),
        sa.Column("use_level", sa.String(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by_id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(LEVELS, name=op.f("ck_consent_answer_use_level")),
        refers("consent_answer", "interview_id", "interview"),
        refers("consent_answer", "recorded_by_id", "person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent_answer")),
    )
    op.create_index(op.f("ix_consent_answer_interview_id"), "consent_answer", ["interview_id"])
    op.create_table(
        "note_revision",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("note_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("verbatim", sa.Boolean(), nullable=False),
        sa.Column("prompt_code", sa.String(), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        refers("note_revision", "note_id", "note"),
        refers("note_revision", "author_id", "person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_note_revision")),
        sa.UniqueConstraint("note_id", "version", name=op.f("uq_note_revision_note_id_version")),
    )
    op.create_table(
        "follow_up",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("interview_id", sa.Uuid(), nullable=False),
        sa.Column("note_id", sa.Uuid(), nullable=True),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("made_by_id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("done_by_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint("text <> ''", name=op.f("ck_follow_up_says_something")),
        sa.CheckConstraint(
            "(done_at IS NULL) = (done_by_id IS NULL)", name=op.f("ck_follow_up_done_by_someone")
        ),
        refers("follow_up", "interview_id", "interview"),
        refers("follow_up", "note_id", "note"),
        refers("follow_up", "made_by_id", "person"),
        refers("follow_up", "done_by_id", "person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_follow_up")),
    )
    for column in ("interview_id", "note_id"):
        op.create_index(op.f(f"ix_follow_up_{column}"), "follow_up", [column])
    lay_answers_to_the_record()


def lay_answers_to_the_record() -> None:
    op.create_table(
        "correction",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("note_id", sa.Uuid(), nullable=False),
        sa.Column("question_code", sa.String(), nullable=False),
        sa.Column("entry_id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("prevails", sa.String(), nullable=False),
        sa.Column("made_by_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        one_of("correction", "kind", ("corrects", "deepens")),
        one_of("correction", "prevails", ("note", "answer", "both")),
        refers("correction", "note_id", "note"),
        refers("correction", "made_by_id", "person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_correction")),
        sa.UniqueConstraint(
            "note_id",
            "question_code",
            "entry_id",
            name=op.f("uq_correction_note_id_question_code_entry_id"),
        ),
    )
    op.create_table(
        "sentence_verdict",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("interview_id", sa.Uuid(), nullable=False),
        sa.Column("note_id", sa.Uuid(), nullable=False),
        sa.Column("note_version", sa.Integer(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("verdict", sa.String(), nullable=False),
        sa.Column("instead", sa.String(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        one_of("sentence_verdict", "verdict", ("confirmed", "corrected", "withdrawn")),
        sa.CheckConstraint(
            '"start" >= 0 AND "end" > "start"', name=op.f("ck_sentence_verdict_some_words")
        ),
        refers("sentence_verdict", "interview_id", "interview"),
        refers("sentence_verdict", "note_id", "note"),
        refers("sentence_verdict", "person_id", "person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sentence_verdict")),
        sa.UniqueConstraint(
            "note_id",
            "note_version",
            "start",
            name=op.f("uq_sentence_verdict_note_id_note_version_start"),
        ),
    )
    op.create_index(op.f("ix_sentence_verdict_interview_id"), "sentence_verdict", ["interview_id"])


def one_of(table: str, column: str, values: Sequence[str]) -> sa.CheckConstraint:
    words = ", ".join(f"'{value}'" for value in values)
    return sa.CheckConstraint(f"{column} IN ({words})", name=op.f(f"ck_{table}_{column}"))


def downgrade() -> None:
    for table, column, _ in REFERENCES:
        op.drop_index(op.f(f"ix_{table}_{column}"), table)
        op.drop_column(table, column)
    tables = (
        *("sentence_verdict", "correction", "follow_up", "note_revision"),
        *("consent_answer", "prompt_state", "interview_slot"),
    )
    for table in tables:
        op.drop_table(table)
    time_notes_by_the_minute()
    op.drop_index(op.f("ix_interview_interviewee_id"), "interview")
    more = ("note_taker_id", "interviewee_id", *MOMENTS, "answer_by", *WORDS, *NUMBERS)
    for name in more:
        op.drop_column("interview", name)
    # Only calls that took place were known then. SQLite makes a column that must not be empty only
    # by copying the table, and that only where no other refers to it.
    op.execute("DELETE FROM interview WHERE held_on IS NULL")
    if op.get_bind().dialect.name != "sqlite":
        op.alter_column("interview", "held_on", nullable=False, existing_type=sa.Date())


def time_notes_by_the_minute() -> None:
    op.drop_index(op.f("ix_note_updated_at"), "note")
    with op.batch_alter_table("note") as note:
        for name in ("second_of_the_call", "origin", "mark"):
            note.drop_constraint(op.f(f"ck_note_{name}"), type_="check")
        note.alter_column("second", new_column_name="minute", existing_type=sa.Integer())
        for name in (
            *("theme", "follow_up", "mark", "origin", "last_write"),
            *("confirmed_version", "struck_at", "stands_apart"),
        ):
            note.drop_column(name)
    op.execute("UPDATE note SET minute = minute / 60")
    with op.batch_alter_table("note") as note:
        note.create_check_constraint(op.f("ck_note_minute_of_the_call"), "minute >= 0")
