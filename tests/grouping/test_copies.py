import random

from hypothesis import given, settings
from hypothesis import strategies as st

from evenhand.grouping import CopyIndex, compare, groups
from evenhand.grouping.pieces import MemoryPieces
from evenhand.grouping.shingles import shingles_of
from evenhand.model.report import Credit, Dateline, OriginalRef, Report

WORDS = [a + b for a in ("mar", "bri", "con", "sta", "hol", "ver", "lum", "tor") for b in
         ("ket", "dge", "voy", "tion", "low", "dant", "bers", "rent", "sel", "vane")]  # fmt: skip


def prose(seed: int, count: int = 200) -> str:
    return " ".join(random.Random(seed).choices(WORDS, k=count))


def report(key: str, text: str, outlet: str = "o", credit: str | None = None, line: str | None = None) -> Report:
    return Report(
        id=key, original=OriginalRef(sha256="0" * 64), text=text, outlet=outlet,
        credits=(Credit(agency=credit),) if credit else (),
        dateline=Dateline(span=(0, 1), place="Arden", agency=line) if line else None,
    )  # fmt: skip


def labels(*reports: Report) -> dict[tuple[str, str], str]:
    return {(pair.first, pair.second): pair.label for pair in compare(reports)}


def test_a_text_cut_to_its_first_half_under_a_new_headline_is_a_copy():
    text = prose(1)
    found = labels(report("a", text), report("b", "A headline of our own. " + text[: len(text) // 3]))
    assert found == {("a", "b"): "copy"}


def test_shared_passages_in_two_texts_of_their_own_are_partial():
    shared = prose(2, 40)
    found = labels(report("a", prose(3) + shared), report("b", prose(4, 80) + " " + shared + " " + prose(5)))
    assert found == {("a", "b"): "partial"}


def test_texts_that_share_only_names_are_independent():
    assert set(labels(report("a", prose(6)), report("b", prose(7))).values()) <= {"independent"}


def test_a_houses_repeated_paragraph_is_background():
    house = prose(8, 45)
    found = labels(*(report(f"r{n}", prose(20 + n) + " " + house) for n in range(8)))
    assert set(found.values()) == {"independent"}


def test_a_long_quotation_alone_counts_half():
    quoted = '"' + prose(9, 35) + '"'
    found = labels(report("a", f"{prose(10)} {quoted}"), report("b", f"{prose(11)} {quoted}"))
    assert found == {("a", "b"): "independent"}


def test_passages_are_the_same_words_in_both():
    text = prose(12)
    one, two = report("a", text), report("b", prose(13, 30) + " " + text.upper() + " " + prose(14, 30))
    (pair,) = compare([one, two])
    assert pair.passages
    for passage in pair.passages:
        first, second = one.text[slice(*passage.first)], two.text[slice(*passage.second)]
        assert first.casefold() == second.casefold()


def test_groups_name_the_wire_by_credit_dateline_or_outlet_and_say_why():
    text = prose(15)
    reports = [report("a", text, credit="wire"), report("b", text + " more"), report("c", text, line="wire")]
    (group,) = groups(compare(reports), reports)
    assert group.reports == ("a", "b", "c")
    assert group.of == "wire"
    assert "wire in 2" in group.why
    two = [report("a", text, credit="one"), report("b", text, credit="two")]
    assert groups(compare(two), two)[0].of is None


def test_a_wires_own_report_names_the_group():
    text = prose(16)
    reports = [report("a", text, outlet="wire"), report("b", text, credit="wire")]
    (pair,) = compare(reports)
    assert "the outlet of the other" in pair.why


def test_order_does_not_matter_and_one_by_one_is_the_same():
    reports = [report(f"r{n}", prose(n % 4) + prose(50 + n, 60)) for n in range(12)]
    expected = compare(reports)
    shuffled = reports[:]
    random.Random(1).shuffle(shuffled)
    assert compare(shuffled) == expected
    index = CopyIndex()
    for one in shuffled:
        index.add(one)
    assert index.pairs() == expected


def test_a_flood_of_copies_is_one_group():
    text = prose(17, 150)
    reports = [report(f"r{n:04}", prose(1000 + n, 8) + " " + text) for n in range(600)]
    found = groups(compare(reports), reports)
    assert len(found) == 1 and len(found[0].reports) == 600


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=400), st.text(max_size=400))
def test_any_text_can_be_compared(one, two):
    for pair in compare([report("a", one), report("b", two)]):
        for passage in pair.passages:
            assert 0 <= passage.first[0] < passage.first[1] <= len(one)
            assert 0 <= passage.second[0] < passage.second[1] <= len(two)


def test_hostile_quotation_marks_are_read_to_their_end():
    assert len(shingles_of('"' * 300_000).starts) == 0
    assert list(shingles_of("“" * 300_000 + " a b c d e f").starts) == [300_001 + 2 * n for n in range(6)]


def test_what_was_taken_in_earlier_runs_is_compared_from_what_was_kept():
    reports = [report(f"r{n}", prose(n % 5) + prose(50 + n, 60)) for n in range(14)]
    expected = compare(reports)
    pieces, state = MemoryPieces(), None
    postings = []
    for start in range(0, 14, 3):
        index = CopyIndex(pieces=pieces, reports=lambda numbers: [reports[number] for number in numbers])
        if state is not None:
            index.load(state)
            for length, data in postings:
                index.postings.load(length, data)
        index.take(reports[start : start + 3])
        state, postings = index.dump(), list(zip(index.postings.lengths(), index.postings.dump(), strict=True))
    assert index.pairs() == expected
    assert len(index.changed) == len(expected)
