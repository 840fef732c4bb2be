"""Readings, clusters, copies and incidents."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the four tables."""
    op.create_table(
        "readings",
        sa.Column("key", sa.String(16), primary_key=True),
        sa.Column("report", sa.String(16), nullable=False, index=True),
        sa.Column("record", sa.LargeBinary, nullable=False),
    )
    for name in ("clusters", "incidents"):
        op.create_table(
            name,
            sa.Column("position", sa.Integer, primary_key=True, autoincrement=False),
            sa.Column("id", sa.String(32), nullable=False, unique=True),
            sa.Column("record", sa.LargeBinary, nullable=False),
        )
    op.create_table(
        "copies",
        sa.Column("position", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("record", sa.LargeBinary, nullable=False),
    )


def downgrade() -> None:
    """Drop them."""
    for name in ("readings", "clusters", "copies", "incidents"):
        op.drop_table(name)
