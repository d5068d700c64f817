"""Lets the coding, the matrix and the whole survey be exported."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

BEFORE = ("xlsx", "csv", "json")
NOW = (*BEFORE, "coding", "matrix", "tables", "survey")
NAME = "ck_export_kind"


def upgrade() -> None:
    allow(NOW)


def downgrade() -> None:
    kinds = sa.table("export", sa.column("kind", sa.String()))
    op.execute(sa.delete(kinds).where(kinds.c.kind.not_in(BEFORE)))
    allow(BEFORE)


def allow(kinds: tuple[str, ...]) -> None:
    words = ", ".join(f"'{kind}'" for kind in kinds)
    # No other table refers to this one, so SQLite may copy it.
    with op.batch_alter_table("export") as batch:
        batch.drop_constraint(op.f(NAME), type_="check")
        batch.create_check_constraint(op.f(NAME), f"kind IN ({words})")
