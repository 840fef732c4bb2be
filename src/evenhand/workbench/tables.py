"""The tables behind the screens: worked out from readings and decisions, and made anew whenever they are missing."""

import sqlalchemy as sa

VERSION = "3"
"""Of these tables and of what is written into them; another version makes everything anew."""

metadata = sa.MetaData()
_ID = sa.String(40)

reports = sa.Table(
    "wb_reports",
    metadata,
    sa.Column("id", _ID, primary_key=True),
    sa.Column("number", sa.Integer, nullable=False),
    sa.Column("key", sa.String(16), nullable=False),
    sa.Column("outlet", sa.Text, nullable=False),
    sa.Column("title", sa.Text, nullable=False),
    sa.Column("published", sa.String(10), index=True),
    sa.Column("language", sa.String(8)),
    sa.Column("file", sa.Text),
    sa.Column("unread", sa.Text),
    sa.Column("wires", sa.Text, nullable=False),
    sa.Column("statements", sa.Integer, nullable=False),
    sa.Column("claims", sa.Integer, nullable=False),
    sa.Column("open", sa.Integer, nullable=False),
    sa.Column("record", sa.LargeBinary, nullable=False),
)

items = sa.Table(
    "wb_items",
    metadata,
    sa.Column("report", _ID, primary_key=True),
    sa.Column("item", _ID, primary_key=True),
    sa.Column("kind", sa.String(10), nullable=False),
    sa.Column("position", sa.Integer, nullable=False),
    sa.Column("state", sa.String(10), nullable=False),
    sa.Column("confidence", sa.Float, nullable=False),
    sa.Column("label", sa.String(24), nullable=False),
    sa.Column("speaker", sa.Text, nullable=False),
    sa.Column("words", sa.Text, nullable=False),
    sa.Column("outlet", sa.Text, nullable=False),
    sa.Column("published", sa.String(10)),
    sa.Column("place", sa.Text, nullable=False),
    sa.Column("day", sa.String(10)),
    sa.Column("incident", _ID, index=True),
    sa.Column("within", _ID),
    sa.Column("version", sa.String(16), nullable=False),
    sa.Index("wb_items_queue", "state", "confidence", "report", "item"),
    sa.Index("wb_items_kind", "kind", "state", "confidence", "report", "item"),
    sa.Index("wb_items_speaker", "speaker", "kind", "published", "report", "position"),
)

tallies = sa.Table(
    "wb_tallies",
    metadata,
    sa.Column("kind", sa.String(10), primary_key=True),
    sa.Column("state", sa.String(10), primary_key=True),
    sa.Column("label", sa.String(24), primary_key=True),
    sa.Column("outlet", sa.Text, primary_key=True),
    sa.Column("number", sa.Integer, nullable=False),
)
"""How many items there are of each kind, state, label and outlet."""

speakers = sa.Table(
    "wb_speakers",
    metadata,
    sa.Column("speaker", sa.Text, primary_key=True),
    sa.Column("number", sa.Integer, nullable=False),
    sa.Index("wb_speakers_often", sa.text("number DESC"), "speaker"),
)
"""How many statements each speaker makes."""

incidents = sa.Table(
    "wb_incidents",
    metadata,
    sa.Column("id", _ID, primary_key=True),
    sa.Column("number", sa.Integer, nullable=False),
    sa.Column("title", sa.Text, nullable=False),
    sa.Column("type", sa.String(24), nullable=False),
    sa.Column("place", sa.Text, nullable=False),
    sa.Column("country", sa.String(4)),
    sa.Column("lat", sa.Float),
    sa.Column("lon", sa.Float),
    sa.Column("radius_km", sa.Float),
    sa.Column("start", sa.String(10), index=True),
    sa.Column("end", sa.String(10)),
    sa.Column("occurrence", sa.String(16)),
    sa.Column("responsibility", sa.String(16)),
    sa.Column("killed_low", sa.Float),
    sa.Column("killed_high", sa.Float),
    sa.Column("reports", sa.Integer, nullable=False),
    sa.Column("origins", sa.Integer, nullable=False),
    sa.Column("stage", sa.String(10), nullable=False),
    sa.Column("changed_at", sa.String(32)),
    sa.Column("version", sa.String(16), nullable=False),
    sa.Column("record", sa.LargeBinary, nullable=False),
    sa.Column("cluster", sa.LargeBinary, nullable=False),
    sa.Index("wb_incidents_order", sa.text("origins DESC"), sa.text("reports DESC"), "id"),
)

origins = sa.Table(
    "wb_origins",
    metadata,
    sa.Column("incident", _ID, primary_key=True),
    sa.Column("position", sa.Integer, primary_key=True),
    sa.Column("kind", sa.String(16), nullable=False, index=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("family", sa.Text),
    sa.Column("party", sa.Text),
    sa.Column("interest", sa.String(20), nullable=False),
    sa.Column("own", sa.Boolean, nullable=False),
    sa.Column("outlets", sa.Text, nullable=False),
    sa.Column("why", sa.Text, nullable=False),
    sa.Index("wb_origins_name", "name"),
)

origin_kinds = sa.Table(
    "wb_origin_kinds",
    metadata,
    sa.Column("kind", sa.String(16), primary_key=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("family", sa.Text),
    sa.Column("party", sa.Text, index=True),
    sa.Column("interest", sa.String(20), nullable=False),
    sa.Column("number", sa.Integer, nullable=False),
    sa.Index("wb_origin_kinds_often", sa.text("number DESC"), "name", "interest"),
)
"""In how many incidents an origin of this name, family, party and interest stands; `kind` is their hash."""

base = sa.Table(
    "wb_base",
    metadata,
    sa.Column("id", _ID, primary_key=True),
    sa.Column("record", sa.LargeBinary, nullable=False),
)

copies = sa.Table(
    "wb_copies",
    metadata,
    sa.Column("first", _ID, primary_key=True),
    sa.Column("second", _ID, primary_key=True, index=True),
    sa.Column("label", sa.String(12), nullable=False),
    sa.Column("shared", sa.Float, nullable=False),
    sa.Column("why", sa.Text, nullable=False),
)

decisions = sa.Table(
    "wb_decisions",
    metadata,
    sa.Column("position", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("id", _ID, nullable=False, unique=True),
    sa.Column("at", sa.String(32), nullable=False),
    sa.Column("who", sa.Text, nullable=False, index=True),
    sa.Column("action", sa.String(10), nullable=False, index=True),
    sa.Column("kind", sa.String(10), nullable=False),
    sa.Column("report", _ID, index=True),
    sa.Column("item", sa.Text, nullable=False),
    sa.Column("summary", sa.Text, nullable=False),
    sa.Column("why", sa.Text, nullable=False),
    sa.Column("batch", _ID, index=True),
    sa.Column("stands", sa.Boolean, nullable=False),
    sa.Column("orphan", sa.Text),
)

history = sa.Table(
    "wb_history",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("incident", _ID, nullable=False, index=True),
    sa.Column("at", sa.String(32), nullable=False, index=True),
    sa.Column("question", sa.String(20), nullable=False),
    sa.Column("before", sa.Text),
    sa.Column("after", sa.Text),
    sa.Column("because", sa.Text, nullable=False),
    sa.Column("decision", _ID),
)

docs = sa.Table(
    "wb_docs",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("report", _ID, nullable=False, index=True),
    sa.Column("kind", sa.String(10), nullable=False),
    sa.Column("item", _ID, nullable=False),
    sa.Column("body", sa.Text, nullable=False),
)

stale = sa.Table(
    "wb_stale",
    metadata,
    sa.Column("kind", sa.String(10), primary_key=True),
    sa.Column("name", _ID, primary_key=True),
    sa.Column("position", sa.Integer, nullable=False),
    sa.Column("at", sa.String(32), nullable=False),
    sa.Column("because", sa.Text, nullable=False),
    sa.Column("decision", _ID),
)
"""Reports and incidents that a decision touched and that are still to be brought up to date, in their order."""

meta = sa.Table(
    "wb_meta",
    metadata,
    sa.Column("name", sa.String(32), primary_key=True),
    sa.Column("value", sa.Text, nullable=False),
)

_SQLITE = (
    "CREATE VIRTUAL TABLE wb_words USING fts5(body, content='wb_docs', content_rowid='id', "
    "tokenize='unicode61 remove_diacritics 2')",
    "CREATE TRIGGER wb_docs_in AFTER INSERT ON wb_docs BEGIN "
    "INSERT INTO wb_words(rowid, body) VALUES (new.id, new.body); END",
    "CREATE TRIGGER wb_docs_out AFTER DELETE ON wb_docs BEGIN "
    "INSERT INTO wb_words(wb_words, rowid, body) VALUES ('delete', old.id, old.body); END",
)
_POSTGRESQL = (
    "ALTER TABLE wb_docs ADD COLUMN words tsvector GENERATED ALWAYS AS (to_tsvector('simple', body)) STORED",
    "CREATE INDEX wb_docs_words ON wb_docs USING gin(words)",
)


def make(connection: sa.Connection) -> None:
    """Make all tables and the index of words."""
    metadata.create_all(connection)
    for words in _SQLITE if connection.dialect.name == "sqlite" else _POSTGRESQL:
        connection.exec_driver_sql(words)


def look_over(connection: sa.Connection) -> None:
    """Let the database note how its values are spread: without, it takes the wrong index for rare ones."""
    for table in metadata.sorted_tables:
        connection.exec_driver_sql(f"ANALYZE {table.name}")


def drop(connection: sa.Connection) -> None:
    """Take all tables away."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("DROP TABLE IF EXISTS wb_words")
    metadata.drop_all(connection)


def version(connection: sa.Connection) -> str | None:
    """The version of the tables that are there, or None."""
    if not sa.inspect(connection).has_table(meta.name):
        return None
    return connection.scalar(sa.select(meta.c.value).where(meta.c.name == "version"))
