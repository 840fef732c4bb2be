"""Which of the kept readings the last assessment was made from."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table; it is empty until the next assessment."""
    op.create_table(
        "current",
        sa.Column("position", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("key", sa.String(16), nullable=False),
    )


def downgrade() -> None:
    """Drop it."""
    op.drop_table("current")
