"""The store in a SQL database: SQLite in the case's own folder, or PostgreSQL for a team."""

import logging
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

import msgspec
import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.util import CommandError
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.pool import NullPool

from evenhand.errors import StoreError
from evenhand.model.evidence import to_json
from evenhand.model.incident import Cluster, CopyPair, Incident
from evenhand.model.reading import Reading
from evenhand.store import schema
from evenhand.store.base import Change, Piece

R = TypeVar("R")
K = TypeVar("K", str, int)

# SQLite allows 32,766 parameters a statement since 3.32; a round number well below it.
_KEYS_A_QUERY = 5000
_READ_AHEAD = 200
_ROWS_AT_ONCE = 500
_ANEW = "Nothing in the ledger depends on it: move the file away and run again to read everything anew."


class DatabaseStore:
    """A `Store` over one SQLAlchemy engine. Use `open_store`."""

    def __init__(self, engine: sa.Engine, path: Path | str) -> None:
        self.engine = self._engine = engine
        self._path = path

    def keys_read(self, keys: Sequence[str]) -> frozenset[str]:
        """Those of the keys under which a reading is kept."""
        found: set[str] = set()
        with self._engine.connect() as connection:
            for start in range(0, len(keys), _KEYS_A_QUERY):
                part = list(keys[start : start + _KEYS_A_QUERY])
                query = sa.select(schema.readings.c.key).where(schema.readings.c.key.in_(part))
                found.update(connection.scalars(query))
        return frozenset(found)

    def add_readings(self, readings: Iterable[tuple[str, Reading]]) -> None:
        """Keep readings, in one transaction; a key that is there already keeps its record."""
        rows = {key: {"key": key, "report": reading.report.id, "record": to_json(reading)} for key, reading in readings}
        there = self.keys_read(list(rows))
        fresh = [row for key, row in rows.items() if key not in there]
        if fresh:
            with self._engine.begin() as connection:
                connection.execute(sa.insert(schema.readings), fresh)

    def readings(self, keys: Sequence[str]) -> Iterator[Reading]:
        """The readings under these keys, in the order of the keys, a few at a time."""
        decoder = msgspec.json.Decoder(Reading)
        for record in self.records(keys):
            yield self._decoded(decoder, record)

    def records(self, keys: Sequence[str]) -> Iterator[bytes]:
        """The readings under these keys as bytes, in the order of the keys, a few at a time."""
        table = schema.readings
        for start in range(0, len(keys), _READ_AHEAD):
            part = keys[start : start + _READ_AHEAD]
            query = sa.select(table.c.key, table.c.record).where(table.c.key.in_(list(part)))
            with self._engine.connect() as connection:
                rows = {row.key: row.record for row in connection.execute(query)}
            for key in part:
                yield rows[key]

    def reports(self, keys: Sequence[str]) -> tuple[str, ...]:
        """The ids of the reports whose readings are kept under these keys, in their order."""
        table, found = schema.readings.c, dict[str, str]()
        with self._engine.connect() as connection:
            for part in _parts(keys):
                rows = connection.execute(sa.select(table.key, table.report).where(table.key.in_(part)))
                found.update((row.key, row.report) for row in rows)
        return tuple(found[key] for key in keys)

    def clusters(self, ids: Sequence[str] | None = None) -> tuple[Cluster, ...]:
        """The clusters of the last grouping, or those of these ids."""
        if ids is None:
            return self._records(schema.clusters, Cluster)
        decoder, found, key = msgspec.json.Decoder(Cluster), list[Cluster](), schema.clusters.c.id
        with self._engine.connect() as connection:
            for part in _parts(ids):
                rows = connection.scalars(sa.select(schema.clusters.c.record).where(key.in_(part)).order_by(key))
                found.extend(self._decoded(decoder, record) for record in rows)
        return tuple(found)

    def incident_ids(self) -> tuple[str, ...]:
        """The ids of the incidents of the last assessment, in their order."""
        with self._engine.connect() as connection:
            return tuple(connection.scalars(sa.select(schema.incidents.c.id).order_by(schema.incidents.c.id)))

    def incidents(self, ids: Sequence[str] | None = None) -> tuple[Incident, ...]:
        """The incidents of the last assessment, or those of these ids in that order."""
        if ids is None:
            return self._records(schema.incidents, Incident)
        decoder, table, found = msgspec.json.Decoder(Incident), schema.incidents.c, dict[str, Incident]()
        with self._engine.connect() as connection:
            for part in _parts(ids):
                rows = connection.execute(sa.select(table.id, table.record).where(table.id.in_(part)))
                found.update((row.id, self._decoded(decoder, row.record)) for row in rows)
        return tuple(found[one] for one in ids)

    def copies(self) -> tuple[CopyPair, ...]:
        """The compared pairs of the last grouping."""
        return self._records(schema.copies, CopyPair)

    def copies_of(self, pairs: Iterable[tuple[str, str]]) -> tuple[CopyPair, ...]:
        """Those of these pairs of reports that were compared in the last grouping."""
        decoder, table, found = msgspec.json.Decoder(CopyPair), schema.copies.c, list[CopyPair]()
        with self._engine.connect() as connection:
            for first, second in pairs:
                query = sa.select(table.record).where(table.first == first, table.second == second)
                found.extend(self._decoded(decoder, record) for record in connection.scalars(query))
        return tuple(found)

    def put_assessment(
        self, clusters: Sequence[Cluster], copies: Sequence[CopyPair], incidents: Sequence[Incident]
    ) -> None:
        """Replace the last grouping and assessment, in one transaction."""
        with self._engine.begin() as connection:
            connection.execute(sa.delete(schema.clusters))
            _put(connection, schema.clusters, ({"id": one.id, "record": to_json(one)} for one in clusters))
            _put_assessed(connection, Change(copies=copies, incidents=incidents, copies_anew=True, incidents_anew=True))

    def change_assessment(self, change: Change) -> None:
        """Change what the step says, in one transaction."""
        with self._engine.begin() as connection:
            for table in (schema.clusters, schema.incidents):
                for part in _parts(change.gone):
                    connection.execute(sa.delete(table).where(table.c.id.in_(part)))
            _put(connection, schema.clusters, ({"id": one.id, "record": to_json(one)} for one in change.clusters))
            _put_assessed(connection, change)
            _put(connection, schema.pieces, map(_piece, change.pieces))

    def pieces(self, kind: str, numbers: Sequence[int]) -> Mapping[int, bytes]:
        """Those of the numbered pieces of this kind that are there."""
        table, found = schema.pieces, dict[int, bytes]()
        with self._engine.connect() as connection:
            for part in _parts(numbers):
                query = sa.select(table.c.number, table.c.data).where(table.c.kind == kind, table.c.number.in_(part))
                found.update((row.number, row.data) for row in connection.execute(query))
        return found

    def put_pieces(self, pieces: Iterable[Piece]) -> None:
        """Keep pieces, in one transaction; one that is there is replaced."""
        with self._engine.begin() as connection:
            _put(connection, schema.pieces, map(_piece, pieces))

    def drop_pieces(self) -> None:
        """Forget all pieces."""
        with self._engine.begin() as connection:
            connection.execute(sa.delete(schema.pieces))

    def put_current(self, keys: Sequence[str]) -> None:
        """Replace the list of readings that the last assessment was made from, in one transaction."""
        with self._engine.begin() as connection:
            _replace(connection, schema.current, [{"position": i, "key": key} for i, key in enumerate(keys)])

    def current(self) -> tuple[str, ...]:
        """The keys of the readings that the last assessment was made from, in their order."""
        with self._engine.connect() as connection:
            found = connection.scalars(sa.select(schema.current.c.key).order_by(schema.current.c.position))
            return tuple(found)

    def forget(self) -> None:
        """Take away all readings and all that was made of them, from the disk, too; people's accounts stay."""
        tables = (schema.readings, schema.current, schema.clusters, schema.copies, schema.incidents, schema.pieces)
        if self._engine.dialect.name == "postgresql":
            # not DELETE, which leaves the rows' bytes in the files until they are written over
            names = ", ".join(table.name for table in tables)
            with self._engine.begin() as connection:
                connection.execute(sa.text(f"TRUNCATE {names}"))
            return
        with self._engine.begin() as connection:
            for table in tables:
                connection.execute(sa.delete(table))
        with self._engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(sa.text("VACUUM"))
            connection.execute(sa.text("PRAGMA wal_checkpoint(TRUNCATE)"))

    def close(self) -> None:
        """Let go of the database."""
        self._engine.dispose()

    def _records(self, table: sa.Table, kind: type[R]) -> tuple[R, ...]:
        decoder = msgspec.json.Decoder(kind)
        with self._engine.connect() as connection:
            found = connection.scalars(sa.select(table.c.record).order_by(*table.primary_key.columns))
            return tuple(self._decoded(decoder, record) for record in found)

    def _decoded(self, decoder: msgspec.json.Decoder[R], record: bytes) -> R:
        try:
            return decoder.decode(record)
        except (msgspec.DecodeError, UnicodeDecodeError) as problem:
            raise StoreError(
                f"{self._path}: a record in the working state is damaged ({problem}). {_ANEW}"
            ) from problem


def _parts(keys: Sequence[K]) -> Iterator[list[K]]:
    for start in range(0, len(keys), _KEYS_A_QUERY):
        yield list(keys[start : start + _KEYS_A_QUERY])


def _piece(piece: Piece) -> dict[str, Any]:
    return {"kind": piece[0], "number": piece[1], "data": piece[2]}


def _put_assessed(connection: sa.Connection, change: Change) -> None:
    for table, anew in ((schema.copies, change.copies_anew), (schema.incidents, change.incidents_anew)):
        if anew:
            connection.execute(sa.delete(table))
    pairs = ({"first": one.first, "second": one.second, "record": to_json(one)} for one in change.copies)
    _put(connection, schema.copies, pairs)
    ready = (one if isinstance(one, tuple) else (one.id, to_json(one)) for one in change.incidents)
    _put(connection, schema.incidents, ({"id": name, "record": record} for name, record in ready))


def _put(connection: sa.Connection, table: sa.Table, rows: Iterable[dict[str, Any]]) -> None:
    """Insert rows, some at a time; a row whose key is there is replaced."""
    insert = (postgresql if connection.dialect.name == "postgresql" else sqlite).insert(table)
    keys = list(table.primary_key.columns)
    values = {column.name: insert.excluded[column.name] for column in table.columns if column not in set(keys)}
    put = insert.on_conflict_do_update(index_elements=keys, set_=values)
    waiting = iter(rows)
    while part := list(islice(waiting, _ROWS_AT_ONCE)):
        connection.execute(put, part)


def _replace(connection: sa.Connection, table: sa.Table, rows: list[dict[str, Any]]) -> None:
    connection.execute(sa.delete(table))
    if rows:
        connection.execute(sa.insert(table), rows)


def open_store(where: Path | str) -> DatabaseStore:
    """Open, and where needed create or migrate, the SQLite file at a path, or the database of a `postgresql://` URL.

    Raises StoreError when it is damaged, not ours, out of reach, or of a newer version than this software.
    """
    # Ctrl-C while a connection closes is no news for the user; the pool would print it with a traceback
    logging.getLogger("sqlalchemy.pool").setLevel(logging.CRITICAL + 1)
    if isinstance(where, str):
        url = server_url(where)
        name, engine = url.render_as_string(hide_password=True), sa.create_engine(url, pool_size=20, pool_pre_ping=True)
    else:
        where.parent.mkdir(parents=True, exist_ok=True)
        name = str(where)
        engine = sa.create_engine(f"sqlite:///{where}", poolclass=NullPool, connect_args={"timeout": 30})
        sa.event.listen(engine, "connect", _sqlite_settings)
    try:
        migrate(engine)
    except (sa.exc.SQLAlchemyError, CommandError) as problem:
        engine.dispose()
        reason = str(getattr(problem, "orig", None) or problem).strip()
        cure = _ANEW if isinstance(where, Path) else "Check the address, the rights and that the server runs."
        raise StoreError(f"{name}: the working state cannot be used ({reason}). {cure}") from problem
    sa.event.listen(engine, "handle_error", partial(_refused, name))
    return DatabaseStore(engine, name)


def server_url(where: str) -> sa.URL:
    """The address of a PostgreSQL database, with the driver we use. Raises StoreError for any other address."""
    try:
        url = sa.make_url(where)
    except sa.exc.ArgumentError as problem:
        raise StoreError("the store's address is none; give postgresql://user@host:port/database") from problem
    if url.get_backend_name() not in {"postgresql", "postgres"}:
        raise StoreError(f"{url.drivername}: no such store; give postgresql://user@host:port/database")
    return url.set(drivername="postgresql+psycopg")


def _refused(path: str, context: sa.ExceptionContext) -> None:
    """What the database refuses in the middle of a run, as an error of ours with the cure."""
    if context.sqlalchemy_exception is None:  # Ctrl-C in the middle of a statement is none of the database's
        return
    reason = str(context.original_exception)
    if "full" in reason:
        cure = "Make room on the disk and run the same command again: what was read is kept."
    elif "locked" in reason or "UNIQUE" in reason:
        cure = "Another run works in this folder: wait for its end and run again, or name another folder."
    elif "readonly" in reason or "read-only" in reason:
        cure = "Change the rights of the folder, or name another one."
    else:
        cure = _ANEW
    raise StoreError(f"{path}: the working state cannot be used ({reason}). {cure}") from context.original_exception


def migrate(engine: sa.Engine) -> None:
    """Bring the database to the newest schema, running each migration once."""
    with engine.begin() as connection:
        command.upgrade(migrations(connection), "head")


def migrations(connection: sa.Connection) -> Config:
    """What alembic needs to know to run our migrations over this connection."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).with_name("migrations")))
    config.attributes["connection"] = connection
    return config


def _sqlite_settings(connection: Any, _record: Any) -> None:
    cursor = connection.cursor()
    # WAL: readers never wait for the writer; FULL: a committed reading outlasts a power cut
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=FULL")
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.close()
