"""What of a report is read: not its asides, and not without end."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.model.report import Dateline, Notice, OriginalRef, Received, Report
from evenhand.profiles import world
from evenhand.reading import extent
from evenhand.reading.extent import MAX_READ, readable
from evenhand.reading.reader import ReaderSettings


def report(text, *asides):
    notices = tuple(Notice(kind="aside", what="another story", span=span) for span in asides)
    return Report(id="r", original=OriginalRef(sha256=""), text=text, notices=notices)


def test_what_is_aside_stands_as_line_ends_of_the_same_length():
    found, problem = readable(report("One said. Other story Two said.", (10, 21)))
    assert (found.text, problem) == ("One said. " + "\n" * 11 + " Two said.", None)


def test_the_colon_of_a_dateline_is_no_transcripts():
    printed = report("BEIRUT: Warplanes struck a house, police said: all fled.")
    line = Dateline(span=(0, 7), place="BEIRUT", date=None, agency=None)
    found, problem = readable(msgspec.structs.replace(printed, dateline=line))
    assert (found.text, problem) == ("BEIRUT– Warplanes struck a house, police said: all fled.", None)
    assert readable(printed)[0].text == printed.text


def test_a_long_text_is_read_to_the_last_end_before_the_cap_and_the_rest_is_named():
    text = "Representatives reported shortages everywhere yesterday. " * (MAX_READ // 50)
    found, problem = readable(report(text))
    assert MAX_READ - 60 < len(found.text) <= MAX_READ
    assert text.startswith(found.text)
    assert found.text.endswith(".")
    assert str(len(text)) in problem.why
    assert str(len(found.text)) in problem.why
    assert problem.cure


def test_a_text_of_signs_is_read_to_a_number_of_signs():
    found, problem = readable(report('"' * MAX_READ))
    assert len(found.text) == extent.MAX_TOKENS
    assert str(extent.MAX_TOKENS) in problem.why


@given(st.text(max_size=60), st.lists(st.tuples(st.integers(0, 70), st.integers(0, 70)), max_size=4))
def test_positions_stay(text, spans):
    found, _ = readable(report(text, *spans))
    assert len(found.text) == len(text)
    assert all(one == other or one == "\n" for one, other in zip(found.text, text, strict=True))


@pytest.fixture(scope="module")
def reader():
    return ReaderSettings(profile=world()).reader()


def test_the_reader_takes_nothing_from_asides_and_keeps_the_text(reader):
    own = "The army said on Monday that it killed ten fighters in Aleppo. "
    tail = "Related News Police said that bombers killed forty people in Lagos"
    whole = report(own + tail, (len(own), len(own + tail)))
    reading = reader.read(Received(report=whole))
    assert reading.report.text == own + tail
    assert reading.unread is None
    assert reading.claims
    ends = [end for claim in reading.claims for _, end in claim.evidence] + [end for _, end in reading.sentences]
    ends += [end for statement in reading.statements for _, end in statement.content]
    assert max(ends) <= len(own)


def test_a_long_report_is_read_in_part_and_says_so(reader, monkeypatch):
    monkeypatch.setattr(extent, "MAX_READ", 500)
    text = "The army said on Monday that it killed ten fighters in Aleppo. " * 20
    reading = reader.read(Received(report=report(text)))
    assert reading.claims
    assert "only the first" in reading.unread.why
    assert max(end for _, end in reading.sentences) <= 500
