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

accounts = sa.Table(
    "accounts",
    metadata,
    sa.Column("name", sa.String(80), primary_key=True),
    sa.Column("role", sa.String(12), nullable=False),
    sa.Column("password", sa.Text),
    sa.Column("totp", sa.Text),
    sa.Column("totp_used", sa.Integer, nullable=False, server_default="0"),
    sa.Column("disabled", sa.Boolean, nullable=False),
    sa.Column("made_at", sa.String(32), nullable=False),
    sa.Column("failures", sa.Integer, nullable=False, server_default="0"),
    sa.Column("wait_until", sa.Float, nullable=False, server_default="0"),
)

sessions = sa.Table(
    "sessions",
    metadata,
    sa.Column("secret", sa.String(64), primary_key=True),
    sa.Column("account", sa.String(80), nullable=False, index=True),
    sa.Column("ends", sa.Float, nullable=False),
)

tokens = sa.Table(
    "tokens",
    metadata,
    sa.Column("secret", sa.String(64), primary_key=True),
    sa.Column("id", sa.String(16), nullable=False, unique=True),
    sa.Column("account", sa.String(80), nullable=False, index=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("scopes", sa.Text, nullable=False),
    sa.Column("made_at", sa.String(32), nullable=False),
)

looks = sa.Table(
    "looks",
    metadata,
    sa.Column("who", sa.String(80), primary_key=True),
    sa.Column("at", sa.String(32), nullable=False),
)
