"""Says for each survey who answers for what people tell us, whom to ask, how long it is kept."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

COLUMNS = ("controller", "contact", "kept_for")


def upgrade() -> None:
    for name in COLUMNS:
        column = sa.Column(name, sa.String(), server_default=sa.text("''"), nullable=False)
        op.add_column("survey", column)


def downgrade() -> None:
    with op.batch_alter_table("survey") as survey:
        for name in reversed(COLUMNS):
            survey.drop_column(name)
