"""What a report brings to a grouping, drawn from its reading alone: a pure function, for an engine to map.

First its text: shingles, and the words its claims stand in. Then, once it is known how rare words are, what it tells:
in the form in which it is kept, and where it is looked for. Both take most of the time that grouping takes.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import msgspec

from evenhand.errors import EngineError, StoreError
from evenhand.grouping.candidates import Whereabouts, whereabouts
from evenhand.grouping.comparing import Weights
from evenhand.grouping.copies import text_of
from evenhand.grouping.happenings import terms_of
from evenhand.grouping.incidents import told
from evenhand.grouping.rarity import Eras
from evenhand.model.evidence import Record
from evenhand.model.reading import Reading


class TextExtract(Record, frozen=True, kw_only=True):
    """A report's text as it is compared, the words that count for rarity, and its length in code points."""

    text: Any  # a Text: its arrays are no records
    terms: tuple[str, ...]
    length: int


class ClaimsExtract(Record, frozen=True, kw_only=True):
    """The happenings a report tells: `told` as they are kept.

    `claims`: the first claim of each; `where`: how each is found.
    """

    report: str
    told: bytes
    claims: tuple[str, ...]
    where: tuple[Whereabouts, ...]


def of_text(reading: Reading) -> TextExtract:
    """What is taken in of a report's text."""
    terms = tuple(sorted(terms_of(reading)))
    return TextExtract(text=text_of(reading.report), terms=terms, length=len(reading.report.text))


def of_claims(reading: Reading, eras: Eras, place: int, weights: Weights) -> ClaimsExtract:
    """What is taken in of the claims of the report at this place of its case."""
    rarity = eras.rarity(eras.of(place))
    found = told(reading, rarity, weights)
    happenings = [one.happening for one in found]
    return ClaimsExtract(
        report=reading.report.id,
        told=msgspec.msgpack.encode(found),
        claims=tuple(one.claims[0] for one in happenings),
        where=tuple(whereabouts(one, rarity.vector(one.terms), rarity.vector(one.lead_terms)) for one in happenings),
    )


@dataclass(frozen=True, slots=True)
class Batch:
    """Readings as the store has them, unread, of reports at places of the case from `place` on."""

    place: int
    records: tuple[bytes, ...]


def texts() -> Callable[[Batch], tuple[TextExtract, ...]]:
    """What an engine prepares in each worker for texts. Raises StoreError for a damaged reading, as does the next."""
    return _texts


def claims(eras: Eras, weights: Weights) -> Callable[[Batch], tuple[ClaimsExtract, ...]]:
    """What an engine prepares for claims, once all texts are taken in."""
    return partial(_claims, eras, weights)


def _texts(batch: Batch) -> tuple[TextExtract, ...]:
    return tuple(map(of_text, _read(batch)))


def _claims(eras: Eras, weights: Weights, batch: Batch) -> tuple[ClaimsExtract, ...]:
    return tuple(of_claims(reading, eras, place, weights) for place, reading in enumerate(_read(batch), batch.place))


def _read(batch: Batch) -> Sequence[Reading]:
    decoder = msgspec.json.Decoder(Reading)
    try:
        return [decoder.decode(record) for record in batch.records]
    except (msgspec.DecodeError, UnicodeDecodeError) as problem:
        raise StoreError(f"a reading in the working state is damaged ({problem}); read everything anew") from problem


def lost(batch: Batch) -> tuple[Any, ...]:
    """No report is left out: where workers die on some, the run stops and says so."""
    raise EngineError(
        f"the processes that group died twice on one of the reports {batch.place + 1} to "
        f"{batch.place + len(batch.records)}; run again with --jobs 1 to see why, or with more memory"
    )
