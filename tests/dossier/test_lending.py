import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.dossier.lending import AT_ONCE, Lent


class Shelves:
    """Records by id that count what is asked for."""

    def __init__(self, count: int) -> None:
        self.ids = [f"r{n}" for n in range(count)]
        self.asked: list[list[str]] = []

    def fetch(self, ids):
        self.asked.append(list(ids))
        return (one.upper() for one in ids)

    def lent(self, held: int) -> Lent[str]:
        return Lent(self.ids, self.fetch, held)


def test_all_records_come_in_the_order_of_the_ids_some_at_a_time():
    shelves = Shelves(2 * AT_ONCE + 1)
    assert list(shelves.lent(held=3).values()) == [one.upper() for one in shelves.ids]
    assert [len(part) for part in shelves.asked] == [AT_ONCE, AT_ONCE, 1]


def test_all_of_a_small_case_are_kept():
    shelves = Shelves(5)
    lent = shelves.lent(held=5)
    assert list(lent.values()) == list(lent.values()) == [lent[one] for one in shelves.ids]
    assert shelves.asked == [shelves.ids]


def test_what_was_not_used_for_a_while_is_asked_for_again():
    shelves = Shelves(4)
    lent = shelves.lent(held=2)
    assert [lent[one] for one in ("r0", "r1", "r0", "r2", "r0", "r1")] == ["R0", "R1", "R0", "R2", "R0", "R1"]
    assert shelves.asked == [["r0"], ["r1"], ["r2"], ["r1"]]


def test_those_taken_together_are_at_hand_even_where_they_are_more_than_are_kept():
    shelves = Shelves(6)
    lent = shelves.lent(held=2)
    lent.take(["r1", "r2", "unknown", "r3", "r1"])
    assert [lent["r1"], lent["r2"], lent["r3"]] == ["R1", "R2", "R3"]
    assert shelves.asked == [["r1", "r2", "r3"]]


def test_an_unknown_id_is_an_error_and_asks_for_nothing():
    shelves = Shelves(1)
    with pytest.raises(KeyError):
        shelves.lent(2)["unknown"]
    assert "unknown" not in shelves.lent(2)
    assert shelves.asked == []


@given(st.lists(st.lists(st.integers(0, 9), max_size=6)), st.integers(1, 4))
def test_whatever_is_asked_for_is_what_is_kept_there(asked, held):
    lent = Shelves(10).lent(held)
    for some in asked:
        lent.take(f"r{n}" for n in some)
        assert [lent[f"r{n}"] for n in some] == [f"R{n}" for n in some]
