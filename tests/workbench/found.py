"""Finds things of the invented war by what they say."""

import sqlalchemy as sa

from evenhand.workbench import tables


def report(bench, outlet: str, nth: int = 0) -> str:
    with bench.reading() as connection:
        query = (
            sa.select(tables.reports.c.id)
            .where(tables.reports.c.outlet.contains(outlet))
            .order_by(tables.reports.c.number)
        )
        return connection.scalars(query).all()[nth]


def standing(bench, report: str):
    with bench.reading() as connection:
        return bench.desk.standing(connection, report)


def statement(bench, words: str, speaker: str | None = None) -> tuple[str, str]:
    """(report, id) of the one statement with these words."""
    with bench.reading() as connection:
        table = tables.items.c
        query = sa.select(table.report, table.item).where(table.kind == "statement", table.words.contains(words))
        query = query.where(table.speaker == speaker) if speaker else query
        found = connection.execute(query).all()
    assert len(found) >= 1, words
    return tuple(found[0])


def incident(bench, title: str) -> str:
    """The incident with these words in its title that most reports tell of."""
    table = tables.incidents.c
    with bench.reading() as connection:
        query = sa.select(table.id).where(table.title.contains(title)).order_by(sa.desc(table.reports), table.id)
        found = connection.scalars(query).all()
    assert found, title
    return found[0]


def grade(bench, incident: str) -> str | None:
    with bench.reading() as connection:
        return connection.scalar(sa.select(tables.incidents.c.occurrence).where(tables.incidents.c.id == incident))


def everything(bench) -> dict[str, list]:
    """All rows that a screen shows, to be compared."""
    with bench.reading() as connection:
        return {
            table.name: sorted(
                map(
                    str,
                    connection.execute(
                        sa.select(*(c for c in table.c if c.name not in {"changed_at", "cluster"}))
                    ).all(),
                )
            )
            for table in (tables.reports, tables.items, tables.origins, tables.incidents, tables.copies)
        }
