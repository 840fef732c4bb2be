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
    sa.Column("id", sa.String(32), primary_key=True),
    sa.Column("record", sa.LargeBinary, nullable=False),
)

copies = sa.Table(
    "copies",
    metadata,
    sa.Column("first", sa.String(32), primary_key=True),
    sa.Column("second", sa.String(32), primary_key=True),
    sa.Column("record", sa.LargeBinary, nullable=False),
)

incidents = sa.Table(
    "incidents",
    metadata,
    sa.Column("id", sa.String(32), primary_key=True),
    sa.Column("record", sa.LargeBinary, nullable=False),
)

pieces = sa.Table(
    "pieces",
    metadata,
    sa.Column("kind", sa.String(16), primary_key=True),
    sa.Column("number", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("data", sa.LargeBinary, nullable=False),
)
