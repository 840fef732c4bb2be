"""Many readings from few: real ones with names, places, dates, numbers and four words in five exchanged, by seed.

    python -m benchmarks.speed.synthetic READINGS.jsonl COUNT OUT.jsonl     readings, spans still exact
    python -m benchmarks.speed.synthetic READINGS.jsonl COUNT OUT/ --texts  their texts, as files to be read

The reports of one world (as many as there are real ones) are exchanged alike, so that what several of them tell of one
incident stays one incident; the worlds lie beside each other in the same ten years and the same few degrees. A word is
exchanged for another of the same length, so that every position stays exact. Every seventh report is a copy of an
earlier one, half of them cut, by another outlet a day later. EVENHAND_KEPT=0.5 makes a harder case: any two worlds'
versions of a report then share 3 % of their 5-grams, as unrelated reports do not, so that what a text is compared with
grows with the number of worlds, up to the bound of 40.
"""

import argparse
import json
import os
import random
import re
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path

import msgspec

from evenhand.model.evidence import sha256_hex
from evenhand.model.reading import Reading

_WORD = re.compile(r"[A-Za-z]{4,}|\d+")
_NAMES = {"name", "speaker_name", "speaker_org", "title", "of", "neutral", "word"}
_COPIED = 7
_BACK = 200
_KEPT = float(os.environ.get("EVENHAND_KEPT", "0.2"))


class Worlds:
    """Makes reading number n; the same n and the same real readings give the same one."""

    def __init__(self, real: list[bytes]) -> None:
        self.real = real
        texts = [json.loads(line)["report"]["text"] for line in real]
        words = sorted({word for text in texts for word in re.findall(r"[a-z]{4,12}", text)})
        self.by_length: dict[int, list[str]] = {}
        for word in words:
            self.by_length.setdefault(len(word), []).append(word)
        self.outlets = sorted({json.loads(line)["report"]["outlet"] or "" for line in real} - {""})

    def reading(self, number: int) -> dict:
        """Record number `number`, as the ledger has it."""
        rng = random.Random(number)
        if number > _BACK and number % _COPIED == 0:
            source = number - rng.randrange(1, _BACK)
            source -= source % _COPIED == 0
            record = self._own(source)
            if rng.random() < 0.5:
                record = _cut(record, rng.uniform(0.4, 0.9))
            record["report"]["outlet"] = rng.choice(self.outlets)
            record["report"]["published"] = _later(record["report"]["published"], rng.randrange(2))
        else:
            record = self._own(number)
        record["report"]["id"] = blake2b(f"report {number}".encode(), digest_size=8).hexdigest()
        record["report"]["original"] = {"sha256": sha256_hex(f"original {number}".encode()), "locator": None}
        record["report"]["file"] = f"{number:07}.txt"
        record["report"]["text_sha256"] = sha256_hex(record["report"]["text"].encode())
        return record

    def _own(self, number: int) -> dict:
        world, base = divmod(number, len(self.real))
        rng = random.Random(1_000_003 * world + 17)
        days, north, east = rng.randrange(-1800, 1800), rng.uniform(-3, 3), rng.uniform(-3, 3)
        record = json.loads(self.real[base])
        return self._changed(record, world, (days, north, east) if world else (0, 0.0, 0.0), "")

    def _changed(self, value, world: int, shift: tuple[int, float, float], key: str):
        if isinstance(value, dict):
            return {name: self._changed(one, world, shift, name) for name, one in value.items()}
        if isinstance(value, list):
            if key in {"sentences", "span", "content", "evidence", "trigger", "cue", "source", "inserts"}:
                return value
            return [self._changed(one, world, shift, key) for one in value]
        if isinstance(value, str):
            if key in {"start", "end", "published", "date"}:
                return _later(value, shift[0])
            if key == "text" or key in _NAMES or key == "chain":
                return _WORD.sub(lambda found: self._word(world, found.group()), value)
            return value
        if key in {"low", "best", "high"} and isinstance(value, int | float) and world:
            return float(self._word(world, str(int(value)))) if value >= 2 else value
        if key == "lat" and value is not None:
            return round(value + shift[1], 5)
        if key == "lon" and value is not None:
            return round(value + shift[2], 5)
        return value

    @lru_cache(maxsize=200_000)  # noqa: B019 - one object a run
    def _word(self, world: int, word: str) -> str:
        if not world:
            return word
        rng = random.Random(f"{world} {word.casefold()}")
        if word.isdigit():
            return str(rng.randrange(10 ** (len(word) - 1), 10 ** len(word)))
        choices = self.by_length.get(len(word))
        if choices is None or rng.random() < _KEPT:
            return word
        other = rng.choice(choices)
        return other.upper() if word.isupper() else other.capitalize() if word[0].isupper() else other


def _later(day: str | None, days: int) -> str | None:
    if day is None or not re.fullmatch(r"\d{4}-\d{2}-\d{2}", day):
        return day
    return (date.fromisoformat(day) + timedelta(days)).isoformat()


def _cut(record: dict, share: float) -> dict:
    """The report up to a sentence's end, and what of its record lies before it."""
    ends = [end for _, end in record["sentences"] if end <= share * len(record["report"]["text"])]
    if not ends:
        return record
    end = ends[-1]
    record["report"]["text"] = record["report"]["text"][:end]
    record["sentences"] = [span for span in record["sentences"] if span[1] <= end]
    dateline = record["report"]["dateline"]
    record["report"]["dateline"] = dateline if dateline and dateline["span"][1] <= end else None
    record["report"]["credits"] = [one for one in record["report"]["credits"] if one["span"] and one["span"][1] <= end]
    for entity in record["entities"]:
        entity["mentions"] = [one for one in entity["mentions"] if one["span"][1] <= end]
    record["statements"] = [one for one in record["statements"] if _last(one) <= end]
    kept = {one["id"] for one in record["statements"]}
    for one in record["statements"]:
        one["parent"] = one["parent"] if one["parent"] in kept else None
    record["claims"] = [
        one for one in record["claims"] if _last(one) <= end and (one["statement"] is None or one["statement"] in kept)
    ]
    return record


def _last(value) -> int:
    """The greatest position in a record."""
    if isinstance(value, dict):
        return max((_last(one) for key, one in value.items() if key not in {"quantities_of"}), default=0)
    if isinstance(value, list):
        if len(value) == 2 and all(isinstance(one, int) for one in value):
            return value[1]
        return max(map(_last, value), default=0)
    return 0


def readings(real: Path, count: int, start: int = 0) -> Iterator[Reading]:
    """Readings number `start` up to `count`."""
    worlds = Worlds(real.read_bytes().splitlines())
    for number in range(start, count):
        yield msgspec.convert(worlds.reading(number), Reading)


def main() -> None:
    """Write them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("real", type=Path)
    parser.add_argument("count", type=int)
    parser.add_argument("out", type=Path)
    parser.add_argument("--texts", action="store_true")
    words = parser.parse_args()
    worlds = Worlds(words.real.read_bytes().splitlines())
    if words.texts:
        words.out.mkdir(parents=True, exist_ok=True)
        for number in range(words.count):
            report = worlds.reading(number)["report"]
            (words.out / report["file"]).write_text(f"{report['title'] or ''}\n{report['text']}\n", encoding="utf-8")
        return
    with words.out.open("wb") as out:
        for number in range(words.count):
            out.write(msgspec.json.encode(worlds.reading(number)) + b"\n")
    sys.stdout.write(f"{words.count} readings in {words.out}\n")


if __name__ == "__main__":
    main()
