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
    # No other table refers to this one, so SQLite may copy it.
    with op.batch_alter_table("link") as batch:
        batch.drop_constraint("fk_link_check_id", type_="foreignkey")
        batch.drop_column("check_id")
