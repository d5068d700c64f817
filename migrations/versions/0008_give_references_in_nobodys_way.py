"""Makes a reference no key of a submission, so that giving one waits for nobody."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

GIVEN = sa.text("reference IS NOT NULL")


def upgrade() -> None:
    op.drop_index("uq_submission_reference", "submission")
    op.create_index(
        "uq_submission_reference",
        "submission",
        ["reference"],
        unique=True,
        sqlite_where=GIVEN,
        postgresql_where=GIVEN,
    )


def downgrade() -> None:
    op.drop_index("uq_submission_reference", "submission")
    op.create_index("uq_submission_reference", "submission", ["reference"], unique=True)
