"""Lets staff sign in with passkeys, and through another organisation's sign-in service."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "passkey",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("credential_id", sa.String(), nullable=False),
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        sa.Column("sign_count", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_used_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("sign_count >= 0", name=op.f("ck_passkey_signatures_counted")),
        sa.CheckConstraint("name <> ''", name=op.f("ck_passkey_named")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_passkey_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_passkey")),
        sa.UniqueConstraint("credential_id", name=op.f("uq_passkey_credential_id")),
    )
    op.create_index(op.f("ix_passkey_person_id"), "passkey", ["person_id"])
    op.add_column("person", sa.Column("oidc_subject", sa.String(), nullable=True))
    op.add_column("person", sa.Column("signed_out_at", sa.DateTime(timezone=True), nullable=True))
    # An index and not a constraint: SQLite cannot add a constraint without building the table anew.
    op.create_index(op.f("ix_person_oidc_subject"), "person", ["oidc_subject"], unique=True)


def downgrade() -> None:
    op.drop_index(op.f("ix_person_oidc_subject"), "person")
    with op.batch_alter_table("person") as person:
        person.drop_column("signed_out_at")
        person.drop_column("oidc_subject")
    op.drop_table("passkey")
