"""Lets a personal link lead to quotations that an authority is asked to check."""

from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

# Written out: SQLite takes a column that refers to another table only along with the column.
REFERS = (
    "ALTER TABLE link ADD COLUMN check_id {kind} "
    "CONSTRAINT fk_link_check_id REFERENCES member_check (id)"
)
IDS = {"sqlite": "CHAR(32)", "postgresql": "UUID"}


def upgrade() -> None:
    op.execute(REFERS.format(kind=IDS[op.get_bind().dialect.name]))
    op.create_index("ix_link_check_id", "link", ["check_id"])


def downgrade() -> None:
    op.drop_index("ix_link_check_id", "link")
    op.drop_column("link", "check_id")
