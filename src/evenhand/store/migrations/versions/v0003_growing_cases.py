"""Incidents, clusters and copies under their own ids, so that some of them can change; pieces of a grouping's state."""

import json

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Give each record its own key instead of a position, and keep what is there."""
    connection = op.get_bind()
    for name in ("clusters", "incidents"):
        rows = [row._asdict() for row in connection.execute(sa.text(f"SELECT id, record FROM {name}"))]  # noqa: S608
        op.drop_table(name)
        table = op.create_table(
            name,
            sa.Column("id", sa.String(32), primary_key=True),
            sa.Column("record", sa.LargeBinary, nullable=False),
        )
        op.bulk_insert(table, rows)
    records = [bytes(row.record) for row in connection.execute(sa.text("SELECT record FROM copies"))]
    op.drop_table("copies")
    table = op.create_table(
        "copies",
        sa.Column("first", sa.String(32), primary_key=True),
        sa.Column("second", sa.String(32), primary_key=True),
        sa.Column("record", sa.LargeBinary, nullable=False),
    )
    pairs = [(json.loads(record), record) for record in records]
    op.bulk_insert(table, [{"first": p["first"], "second": p["second"], "record": record} for p, record in pairs])
    op.create_table(
        "pieces",
        sa.Column("kind", sa.String(16), primary_key=True),
        sa.Column("number", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("data", sa.LargeBinary, nullable=False),
    )


def downgrade() -> None:
    """The records of an assessment are made again by the next one."""
    for name in ("clusters", "incidents"):
        op.drop_table(name)
        op.create_table(
            name,
            sa.Column("position", sa.Integer, primary_key=True, autoincrement=False),
            sa.Column("id", sa.String(32), nullable=False, unique=True),
            sa.Column("record", sa.LargeBinary, nullable=False),
        )
    op.drop_table("copies")
    op.create_table(
        "copies",
        sa.Column("position", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("record", sa.LargeBinary, nullable=False),
    )
    op.drop_table("pieces")
