import random

from hypothesis import given, settings
from hypothesis import strategies as st

from evenhand.grouping import blocks
from evenhand.grouping.blocks import Blocks
from evenhand.grouping.pieces import MemoryPieces

STATES = st.dictionaries(
    st.sampled_from("abcde"),
    st.one_of(st.binary(max_size=300), st.lists(st.integers(0, 300), max_size=300), st.text(max_size=40)),
)


@settings(max_examples=100, deadline=None)
@given(st.lists(STATES, min_size=1, max_size=4), st.booleans())
def test_what_is_read_is_what_was_written_last(states, by_another):
    pieces = MemoryPieces()
    kept = Blocks(pieces, "state")
    usual, blocks._BLOCK = blocks._BLOCK, 16
    try:
        for number, state in enumerate(states):
            whole = {"n": number, "inner": state} if state else {"n": number}
            pieces.put(kept.changed(whole))
            if by_another:
                kept = Blocks(pieces, "state")
            assert kept.read() == whole
    finally:
        blocks._BLOCK = usual


def test_blocks_that_stand_are_not_written_again():
    pieces = MemoryPieces()
    long = random.Random(1).randbytes(40 * blocks._BLOCK)
    pieces.put(Blocks(pieces, "state").changed({"long": long, "short": [1, 2]}))
    again = Blocks(pieces, "state")
    again.read()
    changed = long[:5] + b"x" + long[6:] + b"more"
    written = list(again.changed({"long": changed, "short": [1, 2]}))
    assert len(written) == 3, "the block that changed, what came at the end, and the names"
    pieces.put(written)
    assert Blocks(pieces, "state").read() == {"long": changed, "short": [1, 2]}
    assert Blocks(pieces, "other").read() == {}
