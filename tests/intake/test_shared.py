"""The seed, the hand-made gold and the real articles, where `../shared` is there."""

import json

import pytest

from tests.fakes import SHARED
from tests.intake.desk import received, report, words

GOLD = SHARED / "gold" / "statements"
needs_shared = pytest.mark.skipif(not SHARED.is_dir(), reason="../shared is not there")


@needs_shared
def test_the_seed():
    data = (SHARED / "seed.txt").read_bytes()
    found = report(data, "seed.txt")
    assert words(found, found.dateline.span) == "MOSCOW, December 27. /TASS/."
    assert (found.dateline.place, found.dateline.date, found.dateline.agency) == ("MOSCOW", "2016-12-27", "tass")
    assert (found.outlet, found.published, found.published_from) == ("tass", "2016-12-27", "header")
    assert (found.credits, found.language, found.file) == ((), "en", "seed.txt")
    assert found.text == data.decode()


@needs_shared
def test_the_gold_s_days():
    for path in sorted(GOLD.glob("*.txt")):
        gold = json.loads(path.with_suffix(".json").read_text())
        found = report(path.read_bytes(), path.name)
        assert found.text == path.read_bytes().decode()
        if gold["published_from"] in ("header", "dateline", None):
            assert found.published == gold["published"], path.name


@needs_shared
def test_all_the_real_articles():
    rows = received((SHARED / "data" / "fa-kes" / "articles.csv").read_bytes(), "articles.csv")
    assert len(rows) == 652
    assert not [row for row in rows if row.unread]
    assert [row.report.original.locator for row in rows] == [f"row {n}" for n in range(1, 653)]
    assert len({row.report.id for row in rows}) == 652
    for row in rows:
        for credit in row.report.credits:
            assert credit.span is None or words(row.report, credit.span).strip()
    printed = sum(row.report.published_from == "header" for row in rows)
    assert printed >= 630
