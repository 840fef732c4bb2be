import os
from pathlib import Path

import pytest

from evenhand.learning.corpora import read_gold, read_polnear, read_re3d, said
from evenhand.reading.tagging.spans import trim_content

SHARED = Path(os.environ.get("EVENHAND_SHARED", Path(__file__).parents[3] / "shared"))
shared = pytest.mark.skipif(not SHARED.exists(), reason="../shared is not here")


def test_an_attribution_is_brought_to_the_ledgers_form():
    text = "He said “that it rained,” there."
    one = said(text, [(8, 25)], (3, 7), (0, 2))
    assert text[slice(*one.content[0])] == "it rained"
    assert said(text, [(8, 9)], None, None) is None


def test_brat_files_are_read_by_role_and_the_fullest_is_taken(tmp_path):
    folder = tmp_path / "train"
    (folder / "text").mkdir(parents=True)
    (folder / "attributions").mkdir()
    (folder / "text" / "doc.txt").write_bytes(b"Ana said it rained.\r\nBo left.")
    lines = "T1\tSource 0 3\tAna\nT2\tCue 4 8\tsaid\nT3\tContent 9 18\tit rained\nT4\tAttribution 4 8\tsaid\n"
    event = "E1\tAttribution:T4 Content:T3 Cue:T2 Source:T1\n"
    (folder / "attributions" / "doc_a.ann").write_text(lines + event)
    (folder / "attributions" / "doc_b.ann").write_text("")
    (example,) = read_polnear(tmp_path, "train")
    assert example.text.endswith("\r\nBo left.")
    (one,) = example.outer
    assert (one.content, one.cue, one.source) == (((9, 18),), (4, 8), (0, 3))


@shared
def test_gold_statements_split_by_level():
    examples = list(read_gold(SHARED / "gold" / "statements"))
    assert sum(len(e.outer) + len(e.inner) for e in examples) == 170
    assert sum(len(e.inner) for e in examples) == 19
    for example in examples:
        for one in (*example.outer, *example.inner):
            assert all(trim_content(example.text, s) == s for s in one.content)


@shared
def test_re3d_keeps_what_its_annotators_kept():
    examples = list(read_re3d(SHARED / "data" / "re3d" / "documents.jsonl"))
    assert len(examples) == 71
    assert all(0 <= s < e <= len(x.text) for x in examples for s, e, _ in x.names)
