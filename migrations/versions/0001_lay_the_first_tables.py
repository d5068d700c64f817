"""Lays the first tables: what is asked, what people say, what the researcher decides."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

# JSON that PostgreSQL can search, and that SQLite keeps as text.
JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def refers(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [to], name=op.f(f"fk_{table}_{column}"))


def upgrade() -> None:
    op.create_table(
        "authority",
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("official_name", sa.String(), nullable=False),
        sa.Column("type", sa.String(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("successor_code", sa.String(), nullable=True),
        sa.Column("aliases", JSON, nullable=False),
        sa.Column("places", JSON, nullable=False),
        sa.Column("brands", JSON, nullable=False),
        sa.CheckConstraint("code <> ''", name=op.f("ck_authority_code_given")),
        sa.CheckConstraint(
            "successor_code <> code", name=op.f("ck_authority_succeeded_by_another")
        ),
        sa.CheckConstraint(
            "valid_to IS NULL OR valid_to >= valid_from", name=op.f("ck_authority_ends_after_start")
        ),
        refers("authority", "successor_code", "authority.code"),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_authority")),
    )
    op.create_table(
        "person",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("staff_role", sa.String(), nullable=True),
        sa.CheckConstraint("email LIKE '%_@_%'", name=op.f("ck_person_email_has_an_at")),
        sa.CheckConstraint(
            "staff_role IN ('interviewer', 'consultant', 'administrator')",
            name=op.f("ck_person_staff_role"),
        ),
        sa.CheckConstraint("email = lower(email)", name=op.f("ck_person_email_in_lower_case")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
        sa.UniqueConstraint("email", name=op.f("uq_person_email")),
    )
    op.create_table(
        "snapshot",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("content_hash", sa.String(), nullable=False),
        sa.Column("content", sa.String(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "kind IN ('questionnaire', 'interview guide', 'codebook', 'outline')",
            name=op.f("ck_snapshot_kind"),
        ),
        sa.CheckConstraint("length(content_hash) = 64", name=op.f("ck_snapshot_sha256")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_snapshot")),
        sa.UniqueConstraint("content_hash", name=op.f("uq_snapshot_content_hash")),
    )
    op.create_table(
        "survey",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("region", sa.String(), nullable=False),
        sa.Column("is_example", sa.Boolean(), nullable=False),
        sa.Column("opens_on", sa.Date(), nullable=False),
        sa.Column("closes_on", sa.Date(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("questionnaire_id", sa.Uuid(), nullable=False),
        sa.Column("guide_id", sa.Uuid(), nullable=False),
        sa.Column("codebook_id", sa.Uuid(), nullable=False),
        sa.Column("outline_id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("code <> ''", name=op.f("ck_survey_code_given")),
        sa.CheckConstraint("closes_on >= opens_on", name=op.f("ck_survey_closes_after_it_opens")),
        refers("survey", "codebook_id", "snapshot.id"),
        refers("survey", "guide_id", "snapshot.id"),
        refers("survey", "outline_id", "snapshot.id"),
        refers("survey", "questionnaire_id", "snapshot.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_survey")),
        sa.UniqueConstraint("code", name=op.f("uq_survey_code")),
    )
    op.create_table(
        "decision",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("survey_id", sa.Uuid(), nullable=False),
        sa.Column("response", sa.String(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("theme", sa.String(), nullable=False),
        sa.Column("verdict", sa.String(), nullable=False),
        sa.Column("coder_id", sa.Uuid(), nullable=False),
        sa.Column("codebook_id", sa.Uuid(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "verdict IN ('accept', 'reject', 'add')", name=op.f("ck_decision_verdict")
        ),
        sa.CheckConstraint('"start" >= 0 AND "end" > "start"', name=op.f("ck_decision_some_words")),
        refers("decision", "codebook_id", "snapshot.id"),
        refers("decision", "coder_id", "person.id"),
        refers("decision", "survey_id", "survey.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision")),
        sa.UniqueConstraint(
            "survey_id",
            "response",
            "start",
            "end",
            "theme",
            "coder_id",
            name=op.f("uq_decision_survey_id_response_start_end_theme_coder_id"),
        ),
    )
    op.create_table(
        "finding",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("survey_id", sa.Uuid(), nullable=False),
        sa.Column("theme", sa.String(), nullable=False),
        sa.Column("claim", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("claim <> ''", name=op.f("ck_finding_says_something")),
        sa.CheckConstraint("version >= 1", name=op.f("ck_finding_version_counts_from_one")),
        refers("finding", "author_id", "person.id"),
        refers("finding", "survey_id", "survey.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_finding")),
    )
    op.create_index(op.f("ix_finding_survey_id"), "finding", ["survey_id"])
    op.create_table(
        "submission",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("survey_id", sa.Uuid(), nullable=False),
        sa.Column("authority_code", sa.String(), nullable=False),
        sa.Column("questionnaire_id", sa.Uuid(), nullable=False),
        sa.Column("last_activity_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("submitted_by_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "(submitted_at IS NULL) = (submitted_by_id IS NULL)",
            name=op.f("ck_submission_submitted_by_someone"),
        ),
        refers("submission", "authority_code", "authority.code"),
        refers("submission", "questionnaire_id", "snapshot.id"),
        refers("submission", "submitted_by_id", "person.id"),
        refers("submission", "survey_id", "survey.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_submission")),
        sa.UniqueConstraint(
            "survey_id", "authority_code", name=op.f("uq_submission_survey_id_authority_code")
        ),
    )
    op.create_index(op.f("ix_submission_authority_code"), "submission", ["authority_code"])
    op.create_table(
        "summary",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("survey_id", sa.Uuid(), nullable=False),
        sa.Column("authority_code", sa.String(), nullable=False),
        sa.Column("theme", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("rests_on", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("version >= 1", name=op.f("ck_summary_version_counts_from_one")),
        refers("summary", "author_id", "person.id"),
        refers("summary", "authority_code", "authority.code"),
        refers("summary", "survey_id", "survey.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_summary")),
        sa.UniqueConstraint(
            "survey_id",
            "authority_code",
            "theme",
            name=op.f("uq_summary_survey_id_authority_code_theme"),
        ),
    )
    op.create_table(
        "answer",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("submission_id", sa.Uuid(), nullable=False),
        sa.Column("question_code", sa.String(), nullable=False),
        sa.Column("entry_id", sa.String(), nullable=False),
        sa.Column("value", JSON, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("version >= 1", name=op.f("ck_answer_version_counts_from_one")),
        refers("answer", "author_id", "person.id"),
        refers("answer", "submission_id", "submission.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answer")),
        sa.UniqueConstraint(
            "submission_id",
            "question_code",
            "entry_id",
            name=op.f("uq_answer_submission_id_question_code_entry_id"),
        ),
    )
    op.create_table(
        "contributor",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("submission_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("job_title", sa.String(), nullable=False),
        sa.Column("coordinator", sa.Boolean(), nullable=False),
        refers("contributor", "person_id", "person.id"),
        refers("contributor", "submission_id", "submission.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contributor")),
        sa.UniqueConstraint(
            "submission_id", "person_id", name=op.f("uq_contributor_submission_id_person_id")
        ),
    )
    op.create_index(op.f("ix_contributor_person_id"), "contributor", ["person_id"])
    op.create_index(
        "uq_contributor_one_coordinator",
        "contributor",
        ["submission_id"],
        unique=True,
        sqlite_where=sa.text("coordinator"),
        postgresql_where=sa.text("coordinator"),
    )
    op.create_table(
        "finding_passage",
        sa.Column("finding_id", sa.Uuid(), nullable=False),
        sa.Column("response", sa.String(), nullable=False),
        sa.Column("start", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("end", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("side", sa.String(), nullable=False),
        sa.CheckConstraint("side IN ('for', 'against')", name=op.f("ck_finding_passage_side")),
        sa.CheckConstraint(
            '"start" >= 0 AND "end" > "start"', name=op.f("ck_finding_passage_some_words")
        ),
        refers("finding_passage", "finding_id", "finding.id"),
        sa.PrimaryKeyConstraint(
            "finding_id", "response", "start", "end", name=op.f("pk_finding_passage")
        ),
    )
    op.create_table(
        "interview",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("submission_id", sa.Uuid(), nullable=False),
        sa.Column("guide_id", sa.Uuid(), nullable=False),
        sa.Column("interviewer_id", sa.Uuid(), nullable=False),
        sa.Column("interviewee", sa.String(), nullable=False),
        sa.Column("interviewee_role", sa.String(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("consent_notes", sa.Boolean(), nullable=True),
        sa.Column("consent_quotes", sa.Boolean(), nullable=True),
        sa.Column("use_level", sa.String(), nullable=True),
        sa.CheckConstraint(
            "use_level IN ('named', 'unnamed', 'withheld')", name=op.f("ck_interview_use_level")
        ),
        refers("interview", "guide_id", "snapshot.id"),
        refers("interview", "interviewer_id", "person.id"),
        refers("interview", "submission_id", "submission.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_interview")),
    )
    op.create_index(op.f("ix_interview_submission_id"), "interview", ["submission_id"])
    op.create_table(
        "answer_revision",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("answer_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("value", JSON, nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        refers("answer_revision", "answer_id", "answer.id"),
        refers("answer_revision", "author_id", "person.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answer_revision")),
        sa.UniqueConstraint(
            "answer_id", "version", name=op.f("uq_answer_revision_answer_id_version")
        ),
    )
    op.create_table(
        "key_contact",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("interview_id", sa.Uuid(), nullable=False),
        sa.Column("theme", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("phone", sa.String(), nullable=False),
        sa.Column("may_publish", sa.Boolean(), nullable=False),
        refers("key_contact", "interview_id", "interview.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_key_contact")),
    )
    op.create_index(op.f("ix_key_contact_interview_id"), "key_contact", ["interview_id"])
    op.create_table(
        "note",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("interview_id", sa.Uuid(), nullable=False),
        sa.Column("prompt_code", sa.String(), nullable=False),
        sa.Column("minute", sa.Integer(), nullable=True),
        sa.Column("verbatim", sa.Boolean(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("original_text", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("minute >= 0", name=op.f("ck_note_minute_of_the_call")),
        sa.CheckConstraint("version >= 1", name=op.f("ck_note_version_counts_from_one")),
        refers("note", "author_id", "person.id"),
        refers("note", "interview_id", "interview.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_note")),
    )
    op.create_index(op.f("ix_note_interview_id"), "note", ["interview_id"])
    op.create_table(
        "section_state",
        sa.Column("submission_id", sa.Uuid(), nullable=False),
        sa.Column("section_code", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("asked", sa.Integer(), nullable=False),
        sa.Column("answered", sa.Integer(), nullable=False),
        sa.Column("last_activity_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("use_level", sa.String(), nullable=True),
        sa.Column("assigned_to_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "status IN ('not started', 'in progress', 'finished')",
            name=op.f("ck_section_state_status"),
        ),
        sa.CheckConstraint(
            "use_level IN ('named', 'unnamed', 'withheld')", name=op.f("ck_section_state_use_level")
        ),
        sa.CheckConstraint(
            "answered BETWEEN 0 AND asked", name=op.f("ck_section_state_answered_of_asked")
        ),
        refers("section_state", "assigned_to_id", "contributor.id"),
        refers("section_state", "submission_id", "submission.id"),
        sa.PrimaryKeyConstraint("submission_id", "section_code", name=op.f("pk_section_state")),
        sa.UniqueConstraint(
            "submission_id", "position", name=op.f("uq_section_state_submission_id_position")
        ),
    )
    op.create_index(op.f("ix_section_state_assigned_to_id"), "section_state", ["assigned_to_id"])
    op.create_table(
        "shared_document",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("interview_id", sa.Uuid(), nullable=False),
        sa.Column("theme", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("url", sa.String(), nullable=False),
        sa.Column("dated", sa.Date(), nullable=True),
        sa.Column("owner", sa.String(), nullable=False),
        sa.Column("may_share", sa.Boolean(), nullable=False),
        refers("shared_document", "interview_id", "interview.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shared_document")),
    )
    op.create_index(op.f("ix_shared_document_interview_id"), "shared_document", ["interview_id"])


def downgrade() -> None:
    for table in (
        "shared_document",
        "section_state",
        "note",
        "key_contact",
        "answer_revision",
        "interview",
        "finding_passage",
        "contributor",
        "answer",
        "summary",
        "submission",
        "finding",
        "decision",
        "survey",
        "snapshot",
        "person",
        "authority",
    ):
        op.drop_table(table)
