"""Statements and claims of the twenty annotated reports, read as a user's files would be."""

from pathlib import Path

from evenhand.evaluation.gold import read_gold
from evenhand.evaluation.scores import score
from evenhand.profiles import world
from evenhand.reading.reader import ReaderSettings

GOLD = Path(__file__).parents[3] / "shared" / "gold" / "statements"


def figures() -> dict[str, float]:
    profile = world()
    reader = ReaderSettings(profile=profile).reader()
    return score([(entry, reader.try_read(entry.received)) for entry in read_gold(GOLD, profile)]).figures


if __name__ == "__main__":
    for name, value in figures().items():
        print(f"{name:44} {value:.3f}")
