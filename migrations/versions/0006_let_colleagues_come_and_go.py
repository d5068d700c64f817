"""Lets colleagues join a return, leave it again and take over its coordination."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

# Written out: SQLite takes a constraint only along with its column, and copying the table to add
# one would break what points to its rows.
LEFT = (
    "ALTER TABLE contributor ADD COLUMN left_at {kind} CONSTRAINT ck_contributor_coordinator_stays "
    "CHECK (left_at IS NULL OR NOT coordinator)"
)
KINDS = {"sqlite": "DATETIME", "postgresql": "TIMESTAMP WITH TIME ZONE"}


def upgrade() -> None:
    op.add_column(
        "contributor",
        sa.Column("invited_as", sa.String(), server_default=sa.text("''"), nullable=False),
    )
    op.add_column(
        "contributor", sa.Column("coordinator_since", sa.DateTime(timezone=True), nullable=True)
    )
    op.execute(LEFT.format(kind=KINDS[op.get_bind().dialect.name]))


def downgrade() -> None:
    with op.batch_alter_table("contributor") as contributor:
        contributor.drop_constraint("ck_contributor_coordinator_stays", type_="check")
        contributor.drop_column("left_at")
        contributor.drop_column("coordinator_since")
        contributor.drop_column("invited_as")
