"""What is opened with a case: its database for many threads, and its title."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from evenhand.custody import Case
from evenhand.store.database import DatabaseStore


def pooled(store: DatabaseStore) -> sa.Engine:
    """Many threads look things up: connections are pooled. The tables can be made anew: no commit need sync."""
    if store.engine.dialect.name != "sqlite":
        return store.engine
    engine = sa.create_engine(store.engine.url, pool_size=20, max_overflow=30, connect_args={"timeout": 30})

    @sa.event.listens_for(engine, "connect")
    def settings(connection: Any, _record: Any) -> None:
        cursor = connection.cursor()
        for words in ("journal_mode=WAL", "synchronous=NORMAL", "cache_size=-32000", "temp_store=MEMORY"):
            cursor.execute(f"PRAGMA {words}")
        cursor.close()

    return engine


def title_of(case: Case) -> str:
    """The case's title from its case file, else the folder's name."""
    path: Path = case.paths.toml
    try:
        return str(tomllib.loads(path.read_text("utf-8"))["case"]["title"])
    except (OSError, KeyError, TypeError, ValueError):
        return case.paths.root.resolve().name
