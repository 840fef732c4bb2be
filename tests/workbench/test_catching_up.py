"""What a decision touches is brought up to date in steps, also over a stop; in the end nothing differs."""

import pytest
import sqlalchemy as sa

from evenhand.reviewing import Proposal
from evenhand.workbench import carrying_out, catching_up, tables
from tests.workbench import cases, found


@pytest.fixture
def small_steps(monkeypatch):
    """One report and one incident before the answer; the background does nothing until it is asked to."""
    monkeypatch.setattr(carrying_out, "INCIDENTS_AT_ONCE", 1)
    monkeypatch.setattr(carrying_out, "REPORTS_AT_ONCE", 1)
    monkeypatch.setattr("evenhand.workbench.bench.Workbench._catch_up", lambda _self: None)


def common_origin(bench) -> str:
    """The origin that most incidents have."""
    with bench.reading() as connection:
        query = sa.select(tables.origin_kinds.c.name).order_by(sa.desc(tables.origin_kinds.c.number))
        return connection.scalars(query).first()


def rule_on(bench, name):
    return bench.decide(Proposal(action="edit", kind="origin", item=name, fields={"party": None}, why="a body"), "Ada")


def accept_many(bench):
    with bench.reading() as connection:
        table = tables.items.c
        rows = connection.execute(sa.select(table.report, table.item, table.kind).order_by(table.report, table.item))
        asked = [Proposal(action="accept", kind=one.kind, item=one.item, report=one.report) for one in rows]
    return bench.decide_all(asked, "Ada")


def test_grades_that_follow_later_are_those_of_one_step(any_bench, tmp_path_factory, small_steps):
    first = found.incident(any_bench, "Hallesk")
    name = common_origin(any_bench)
    done = any_bench.decide(
        Proposal(action="edit", kind="origin", item=name, fields={"party": None}, why="a body"), "Ada", first
    )
    assert done.later == any_bench.left > 0
    any_bench.settle()
    assert any_bench.left == 0
    stepwise = found.everything(any_bench)
    cases.run("assess", any_bench.case.paths.root, "--jobs", "1")
    any_bench.refresh()
    assert found.everything(any_bench) == stepwise


def test_a_server_that_stops_between_goes_on_where_it_was(bench, small_steps):
    done = accept_many(bench)
    assert bench.left > 0
    bench.close()
    again = cases.bench(bench.case.paths.root)
    assert again.left > 0
    again.settle()
    with again.reading() as connection:
        query = sa.select(sa.func.count()).where(tables.items.c.state == "accepted")
        assert connection.scalar(query) == len(done.decisions)
    again.undo(done.decisions[0].batch, "Ada")
    again.settle()
    with again.reading() as connection:
        assert connection.scalar(query) == 0
    again.close()


def test_what_is_signed_is_brought_up_to_date_before(bench, small_steps):
    rule_on(bench, common_origin(bench))
    with bench.reading() as connection:
        late = connection.scalars(sa.select(tables.stale.c.name)).first()
    bench.decide(Proposal(action="status", kind="incident", item=late, fields={"status": "reviewed"}), "Ada")
    bench.sign(late, "Ada", "all read")
    with bench.reading() as connection:
        assert late not in connection.scalars(sa.select(tables.stale.c.name)).all()
    bench.settle()
    assert not bench.desk.signs[late].reopened


def test_the_background_catches_up_by_itself(bench, monkeypatch):
    monkeypatch.setattr(carrying_out, "INCIDENTS_AT_ONCE", 1)
    rule_on(bench, common_origin(bench))
    behind = bench._behind
    if behind is not None:
        behind.join(timeout=60)
    with bench.reading() as connection:
        assert catching_up.left(connection) == 0
    assert bench.left == 0


def test_counts_that_are_kept_are_those_that_counting_gives(any_bench):
    from evenhand.workbench import kept

    report, item = found.statement(any_bench, "Two fishermen were killed")
    any_bench.decide(
        Proposal(action="edit", kind="statement", item=item, report=report, fields={"speaker_name": "A passer-by"}),
        "Ada",
    )
    any_bench.decide(Proposal(action="reject", kind="statement", item=item, report=report), "Ada")
    rule_on(any_bench, common_origin(any_bench))
    every = (tables.tallies, tables.speakers, tables.origin_kinds)
    with any_bench.engine.begin() as connection:
        now = [counts(connection, table) for table in every]
        kept.make_anew(connection)
        assert [counts(connection, table) for table in every] == now


def counts(connection, table):
    return sorted(map(str, connection.execute(sa.select(table).where(table.c.number > 0)).all()))
