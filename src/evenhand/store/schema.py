"""The tables, once, for every database SQLAlchemy speaks; migrations bring older files to this shape."""

import sqlalchemy as sa

metadata = sa.MetaData()

readings = sa.Table(
    "readings",
    metadata,
    sa.Column("key", sa.String(16), primary_key=True),
    sa.Column("report", sa.String(16), nullable=False, index=True),
    sa.Column("record", sa.LargeBinary, nullable=False),
)

current = sa.Table(
    "current",
    metadata,
    sa.Column("position", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("key", sa.String(16), nullable=False),
)

clusters = sa.Table(
    "clusters",
    metadata,
    sa.Column("position", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("id", sa.String(32), nullable=False, unique=True),
    sa.Column("record", sa.LargeBinary, nullable=False),
)

copies = sa.Table(
    "copies",
    metadata,
    sa.Column("position", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("record", sa.LargeBinary, nullable=False),
)

incidents = sa.Table(
    "incidents",
    metadata,
    sa.Column("position", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("id", sa.String(32), nullable=False, unique=True),
    sa.Column("record", sa.LargeBinary, nullable=False),
)
