"""Decisions on the invented war: applied at once, on both databases, and never lost."""

import pytest
import sqlalchemy as sa

from evenhand.custody import open_case, verify
from evenhand.errors import ConflictError, RefusedError
from evenhand.reviewing import Proposal, version_of
from evenhand.reviewing.records import plain
from evenhand.workbench import lists, tables
from evenhand.workbench.filters import Activity, Incidents, Queue, Search
from evenhand.workbench.searching import search
from tests.workbench import cases, found


def edit(bench, where, who="Ada", **fields):
    report, item = where
    kind = {"s": "statement", "c": "claim", "e": "entity"}[item[0]]
    return bench.decide(Proposal(action="edit", kind=kind, item=item, report=report, fields=fields, why="checked"), who)


HALLESK = ("one of its drones had hit a bus", "Our drone crew took the bus")


def test_a_corrected_speaker_changes_the_grade_at_once_and_undo_brings_it_back(any_bench):
    incident = found.incident(any_bench, "Hallesk")
    assert found.grade(any_bench, incident) == "acknowledged"
    done = [
        edit(any_bench, found.statement(any_bench, words), speaker_name="Straits Monitoring Group", attitude="asserts")
        for words in HALLESK
    ]
    assert found.grade(any_bench, incident) == "single_origin"
    assert {(c.question, c.after) for one in done for c in one.changes} >= {("occurrence", "single_origin")}
    for one in reversed(done):
        any_bench.undo(one.decisions[0].id, "Bo")
    assert found.grade(any_bench, incident) == "acknowledged"
    with any_bench.reading() as connection:
        told = lists.history(connection, incident)
    assert told[0]["because"].startswith("Bo took back: corrected statement")


def test_what_the_screens_show_is_what_assess_writes(any_bench):
    for words in HALLESK:
        edit(any_bench, found.statement(any_bench, words), speaker_name="Straits Monitoring Group", attitude="asserts")
    report, item = found.statement(any_bench, "Two fishermen were killed")
    any_bench.decide(Proposal(action="reject", kind="statement", item=item, report=report), "Ada")
    before = found.everything(any_bench)
    cases.run("assess", any_bench.case.paths.root, "--jobs", "1")
    any_bench.refresh()
    assert found.everything(any_bench) == before


def test_a_decision_that_was_logged_is_taken_up_after_a_kill(bench, monkeypatch):
    report, item = found.statement(bench, "Two fishermen were killed")
    monkeypatch.setattr(bench, "_apply", lambda decisions: (_ for _ in ()).throw(KeyboardInterrupt))
    with pytest.raises(KeyboardInterrupt):
        bench.decide(Proposal(action="reject", kind="statement", item=item, report=report), "Ada")
    again = cases.bench(bench.case.paths.root)
    assert [one.decision for one in found.standing(again, report).rejected] == [again.desk.decisions[0].id]
    again.close()


def test_tables_that_are_gone_are_made_anew_with_the_same_content(bench):
    for words in HALLESK:
        edit(bench, found.statement(bench, words), speaker_name="Straits Monitoring Group", attitude="asserts")
    before = found.everything(bench)
    with bench.engine.begin() as connection:
        tables.drop(connection)
    again = cases.bench(bench.case.paths.root)
    assert found.everything(again) == before
    again.close()


def test_two_people_on_one_record_nothing_is_lost(any_bench):
    report, item = found.statement(any_bench, "Two fishermen were killed")
    seen = version_of(found.standing(any_bench, report).item("statement", item))
    asked = Proposal(
        action="edit", kind="statement", item=item, report=report, fields={"attitude": "believes"}, basis=seen
    )
    any_bench.decide(asked, "Ada")
    with pytest.raises(ConflictError) as caught:
        any_bench.decide(
            Proposal(**{**plain(asked), "fields": {"attitude": "denies"}, "others": (), "exact": {}}), "Bo"
        )
    assert caught.value.yours == {"attitude": "denies"}
    assert caught.value.theirs["attitude"] == "believes"
    assert len(any_bench.desk.decisions) == 1


def test_incidents_merge_split_and_claims_move(any_bench):
    lomveth, ansvel = found.incident(any_bench, "Lomveth"), found.incident(any_bench, "Port Ansvel")
    merged = any_bench.decide(Proposal(action="merge", kind="incident", item=lomveth, others=(ansvel,)), "Ada")
    assert ansvel not in any_bench.desk.piles.clusters
    assert any_bench.desk.piles.named(ansvel) == lomveth
    any_bench.undo(merged.decisions[0].id, "Ada")
    assert ansvel in any_bench.desk.piles.clusters
    ref = any_bench.desk.piles.clusters[lomveth].claims[0]
    split = any_bench.decide(
        Proposal(action="split", kind="incident", item=lomveth, others=(f"{ref.report} {ref.claim}",)), "Ada"
    )
    made = any_bench.desk.piles.home[ref]
    assert made != lomveth
    assert {made, lomveth} <= set(split.incidents)
    any_bench.decide(
        Proposal(action="move", kind="claim", item=ref.claim, report=ref.report, fields={"incident": ansvel}), "Ada"
    )
    assert any_bench.desk.piles.home[ref] == ansvel
    edit(any_bench, (ref.report, ref.claim), polarity="denied")
    assert any_bench.desk.piles.home[ref] == ansvel, "what a person moved stays where it was put"
    before = found.everything(any_bench)
    cases.run("assess", any_bench.case.paths.root, "--jobs", "1")
    any_bench.refresh()
    assert any_bench.desk.piles.home[ref] == ansvel
    assert found.everything(any_bench)["wb_incidents"] == before["wb_incidents"]


def test_an_added_claim_finds_its_incident_and_a_rejected_one_leaves_it(bench):
    report = found.report(bench, "Harbour")
    text = found.standing(bench, report).reading.report.text
    claim = next(
        one for one in found.standing(bench, report).reading.claims if bench.desk.piles.home.get(_ref(report, one.id))
    )
    incident = bench.desk.piles.home[_ref(report, claim.id)]
    done = bench.decide(Proposal(action="reject", kind="claim", item=claim.id, report=report), "Ada")
    assert _ref(report, claim.id) not in bench.desk.piles.home
    bench.undo(done.decisions[0].id, "Ada")
    assert bench.desk.piles.home[_ref(report, claim.id)] == incident
    word = text[slice(*claim.trigger)]
    other = "destruction" if claim.type != "destruction" else "killing"
    made = bench.decide(
        Proposal(action="add", kind="claim", report=report, fields={
            "type": other, "trigger": claim.trigger, "statement": claim.statement, "place": plain(claim.place), "time": plain(claim.time)},
            exact={"trigger": (word,), "place": _words(text, claim.place), "time": _words(text, claim.time)}), "Ada")  # fmt: skip
    assert made.item.startswith("c-")


def _words(text, part):
    return (text[slice(*part.span)],) if part is not None and part.span is not None else ()


def _ref(report, claim):
    from evenhand.model.incident import ClaimRef

    return ClaimRef(report=report, claim=claim)


def test_copies_and_origins_are_ruled_on(any_bench):
    incident = found.incident(any_bench, "Lomveth")
    with any_bench.reading() as connection:
        pair = connection.execute(sa.select(tables.copies).where(tables.copies.c.label == "copy")).first()
        names = connection.scalars(sa.select(tables.origins.c.name).where(tables.origins.c.incident == incident)).all()
    done = any_bench.decide(
        Proposal(
            action="edit",
            kind="copy",
            item=pair.second,
            report=pair.first,
            fields={"label": "independent"},
            why="two reporters",
        ),
        "Ada",
    )
    assert done.incidents
    with any_bench.reading() as connection:
        label = connection.scalar(
            sa.select(tables.copies.c.label).where(
                tables.copies.c.first == pair.first, tables.copies.c.second == pair.second
            )
        )
    assert label == "independent"
    before = len(names)
    any_bench.decide(
        Proposal(action="merge", kind="origin", item=names[0], others=(names[1],), why="one body under two names"),
        "Ada",
    )
    with any_bench.reading() as connection:
        names = connection.scalars(sa.select(tables.origins.c.name).where(tables.origins.c.incident == incident)).all()
    assert len(names) < before


def test_a_signed_incident_freezes_and_later_evidence_reopens_it(any_bench):
    incident = found.incident(any_bench, "Hallesk")
    with pytest.raises(RefusedError):
        any_bench.sign(incident, "Ed", "")
    any_bench.decide(Proposal(action="status", kind="incident", item=incident, fields={"status": "reviewed"}), "Ada")
    any_bench.sign(incident, "Ed", "all read")
    sign = any_bench.desk.signs[incident]
    kept = any_bench.case.paths.root / "signed" / incident / sign.bundle
    assert (kept / "index.html").exists() or list(kept.glob("**/*.html"))
    assert (kept / "ledger" / "readings.jsonl").stat().st_mode & 0o222 == 0
    assert (sign.stage, sign.who) == ("signed", "Ed")
    edit(any_bench, found.statement(any_bench, HALLESK[0]), speaker_name="Straits Monitoring Group", attitude="asserts")
    assert any_bench.desk.signs[incident].reopened
    assert (kept / "ledger" / "readings.jsonl").exists(), "what was signed stays"


def test_a_person_marked_as_sensitive_is_in_no_list_and_no_search(any_bench):
    name = "Ruth Amsel"
    report, item = found.statement(any_bench, "clinic had run out", name)
    who = found.standing(any_bench, report).item("statement", item).speaker
    done = any_bench.decide(Proposal(action="mark", kind="entity", item=who, report=report, why="a witness"), "Ada")
    with any_bench.reading() as connection:
        for table in (tables.reports, tables.items, tables.origins, tables.docs):
            columns = [c for c in table.c if c.name != "record"]
            assert name not in str(connection.execute(sa.select(*columns)).all()), table.name
        assert search(connection, Search(q="Amsel")).total == 0
    any_bench.undo(done.decisions[0].id, "Ada")
    with any_bench.reading() as connection:
        assert search(connection, Search(q="Amsel")).total > 0


SIGNS = (
    '"',
    "*",
    "NEAR(a b)",
    "a OR b",
    "--",
    "'; drop table wb_docs",
    "market*",
    'col:"x',
    "^market",
    "(((",
    "%",
    "\x00",
    "\u202e",
)


def test_signs_in_a_search_mean_nothing(any_bench):
    with any_bench.reading() as connection:
        for words in SIGNS:
            search(connection, Search(q=words))
        assert search(connection, Search(q="market")).total > 0


def test_search_finds_words_without_accents_and_opens_at_them(bench):
    with bench.reading() as connection:
        hits = search(connection, Search(q="MÁRKET shells"))
    assert {row["kind"] for row in hits.rows} >= {"report", "statement"}
    assert any(hit for _, hit in hits.rows[0]["snippet"])


def test_bulk_is_one_batch_that_is_undone_as_one(any_bench):
    with any_bench.reading() as connection:
        rows = lists.queue(connection, Queue(kind="claim")).rows[:6]
    asked = [
        Proposal(action="accept", kind="claim", item=row["item"], report=row["report"], basis=row["version"])
        for row in rows
    ]
    done = any_bench.decide_all(asked, "Ada")
    assert len(done.decisions) == 6
    with any_bench.reading() as connection:
        assert lists.queue(connection, Queue(kind="claim", state="accepted")).total == 6
        assert lists.activity(connection, Activity()).total == 6
    any_bench.undo(done.decisions[0].batch, "Ada")
    with any_bench.reading() as connection:
        assert lists.queue(connection, Queue(kind="claim", state="accepted")).total == 0


def test_new_reports_show_as_the_reason_of_a_new_grade(bench, tmp_path):
    with bench.reading() as connection:
        before = lists.incidents(connection, Incidents()).total
    extra = tmp_path / "extra.txt"
    extra.write_text(
        "PORT ANSVEL, March 5 (KNA) - Two fishermen were killed on Monday when a shell hit the harbour of Port Ansvel, Medics Beyond Lines "
        "said on Tuesday. Doctor Ruth Amsel of Medics Beyond Lines said her team had treated nine people wounded by the shelling of Port Ansvel on Monday, March 4, 2024.",
        "utf-8",
    )
    cases.run("add", bench.case.paths.root, extra)
    cases.run("assess", bench.case.paths.root, "--jobs", "1")
    bench.refresh()
    assert bench.desk.numbers[max(bench.desk.numbers, key=bench.desk.numbers.get)] == 15
    with bench.reading() as connection:
        told = lists.changed_since(connection, "")
        assert lists.incidents(connection, Incidents()).total >= before
    assert any("since R-15 was added" in one["because"] for one in told)


def test_the_log_stays_whole(any_bench):
    edit(any_bench, found.statement(any_bench, HALLESK[0]), attitude="asserts")
    root = any_bench.case.paths.root
    assert not verify(root).findings
    assert [entry.what for entry in open_case(root).log.entries()].count("decision") == 1


def test_many_threads_look_and_decide_at_once(any_bench):
    from concurrent.futures import ThreadPoolExecutor

    with any_bench.reading() as connection:
        rows = lists.queue(connection, Queue(kind="statement")).rows[:24]

    def work(number):
        row = rows[number % len(rows)]
        any_bench.refresh()
        with any_bench.reading() as connection:
            lists.incidents(connection, Incidents())
        try:
            any_bench.decide(
                Proposal(action="accept", kind="statement", item=row["item"], report=row["report"], why=str(number)),
                f"person {number % 5}",
            )
        except ConflictError:
            return 0
        any_bench.refresh()
        return 1

    with ThreadPoolExecutor(8) as pool:
        taken = sum(pool.map(work, range(48)))
    assert taken == len(any_bench.desk.decisions) == 48
    assert not verify(any_bench.case.paths.root).findings


def test_a_page_sees_one_moment(any_bench):
    report, item = found.statement(any_bench, "Two fishermen were killed")
    count = sa.select(sa.func.count()).select_from(tables.items).where(tables.items.c.state == "machine")
    with any_bench.reading() as connection:
        before = connection.scalar(count)
        any_bench.decide(Proposal(action="accept", kind="statement", item=item, report=report), "Ada")
        assert connection.scalar(count) == before
    with any_bench.reading() as connection:
        assert connection.scalar(count) == before - 1
