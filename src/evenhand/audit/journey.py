"""The audit of a case: every exchange that is asked for, each a second run compared with the first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from evenhand.assessing import AssessmentSettings, rule_table
from evenhand.audit.comparing import Comparison
from evenhand.audit.exchange import Exchange, Swapped
from evenhand.audit.outcomes import Outcome, run
from evenhand.audit.pairing import Pairing, exchange_of_outlets, exchange_of_parties
from evenhand.audit.records import Audit, PairAudit, StageResult
from evenhand.audit.rows import listed_names
from evenhand.audit.worlds import (
    CarryingTagger,
    RememberingTagger,
    exchanged_reader,
    exchanged_report,
    exchanged_settings,
)
from evenhand.model.profile import Profile
from evenhand.model.report import Received
from evenhand.reading.extent import readable
from evenhand.reading.places.lexicon import lexicon
from evenhand.reading.places.records import AREA_KINDS
from evenhand.reading.reader import Reader
from evenhand.reading.tagging.tagger import Tagger

Pair = tuple[str, str]
_MOST_SHOWN = 60


@dataclass(frozen=True)
class Case:
    """What is audited: the reports, what reads them, and the user's decisions; `given` pairs of names come first."""

    received: tuple[Received, ...]
    reader: Reader
    settings: AssessmentSettings
    given: Sequence[Pair] = ()

    @classmethod
    def of(
        cls, received: Iterable[Received], reader: Reader, settings: AssessmentSettings, given: Sequence[Pair] = ()
    ) -> Case:
        """A case whose reader keeps what its network answered; each report once."""
        once = {one.report.id: one for one in received}
        remembering = replace(reader, tagger=RememberingTagger(reader.tagger))
        return cls(tuple(once.values()), remembering, settings, given)

    def run(self) -> Outcome:
        """The outcome without any exchange."""
        return run(self.received, self.reader, self.settings)

    def pairing(self) -> Pairing:
        """What decides which name stands for which in this case."""
        texts = "\0".join(one.report.text for one in self.received)
        return Pairing(self.reader.profile, self.ground, lambda name: name in texts, self.given)

    def ground(self, name: str) -> str:
        """What ground a name names: a "place" (country, region, place of the case), a "people", or nothing."""
        if name.casefold() in lexicon().demonyms:
            return "people"
        own = {word.casefold() for place in self.reader.profile.places for word in (place.name, *place.names)}
        if name.casefold() in own or any(entry.kind in AREA_KINDS for entry in self.reader.gazetteer.lookup(name)):
            return "place"
        return ""


def audit(
    case: Case, parties: Sequence[Pair], outlets: Sequence[Pair], tell: Callable[[PairAudit], None] = lambda _: None
) -> Audit:
    """Exchange every pair of parties and of outlets; `tell` hears of each pair as it is done.

    KeyError where a party is not in the profile.
    """
    plain = case.run()
    done = []
    for kind, exchange in _exchanges(case, parties, outlets):
        found = audit_pair(case, plain, exchange, kind == "parties")
        tell(found)
        done.append(found)
    unread = sum(reading.unread is not None for reading in plain.readings.values())
    return Audit(
        software=case.reader.software,
        rules=rule_table().version,
        reports=len(case.received),
        unread=unread,
        pairs=tuple(done),
    )


def _exchanges(case: Case, parties: Sequence[Pair], outlets: Sequence[Pair]) -> Iterator[tuple[str, Exchange]]:
    pairing = case.pairing()
    for one, other in parties:
        yield "parties", exchange_of_parties(pairing, one, other)
    for one, other in outlets:
        yield "outlets", exchange_of_outlets(pairing, one, other)


def audit_pair(case: Case, plain: Outcome, exchange: Exchange, of_parties: bool = True) -> PairAudit:
    """Run the case with one exchange and compare with the outcome `plain` of the case as it is."""
    done = [exchanged_report(one, exchange) for one in case.received]
    swapped = {received.report.id: words for received, words in done}
    alignments = {home: words.alignment for home, words in swapped.items()}
    seen = {
        readable(there.report)[0].text: (readable(one.report)[0].text, words.alignment)
        for one, (there, words) in zip(case.received, done, strict=True)
    }
    carrying = CarryingTagger(case.reader.tagger, case.reader.known, seen)

    def compared(tagger: Tagger) -> tuple[StageResult, ...]:
        reader = exchanged_reader(case.reader, exchange, tagger)
        other = run([received for received, _ in done], reader, exchanged_settings(case.settings, exchange))
        return Comparison(plain, other, exchange, alignments, listed_names(case.reader.profile)).results()

    used = _used(case.received, swapped)
    texts = [one.report.text for one in case.received]
    return PairAudit(
        kind="parties" if of_parties else "outlets",
        one=exchange.label[0],
        other=exchange.label[1],
        reports=len(case.received),
        touched=sum(bool(words.alignment.pieces) for words in swapped.values()),
        occurrences=used.total(),
        pairs=tuple(f"{name} → {exchange.names[name]} ({count})" for name, count in used.most_common(_MOST_SHOWN)),
        kept=tuple(name for name in exchange.kept if any(name in text for text in texts)),
        held=sum(len(words.held) for words in swapped.values()),
        stages=compared(case.reader.tagger),
        by_rules=compared(carrying),
    )


def _used(received: Iterable[Received], swapped: dict[str, Swapped]) -> Counter[str]:
    return Counter(
        one.report.text[piece.before[0] : piece.before[1]]
        for one in received
        for piece in swapped[one.report.id].alignment.pieces
    )


def occurring_parties(case: Case) -> tuple[Pair, ...]:
    """Pairs of parties named in one report, those named together most often first."""
    together: Counter[Pair] = Counter()
    for text in (one.report.text for one in case.received):
        words = set(text.replace("’", "'").replace("'s", "").split())
        there = sorted(
            {party.id for party in case.reader.profile.parties if any(_stands(name, text, words) for name in
             (party.name, *party.names, *party.adjectives, *party.seats))}
        )  # fmt: skip
        together.update((one, other) for i, one in enumerate(there) for other in there[i + 1 :])
    return tuple(pair for pair, _ in sorted(together.items(), key=lambda entry: (-entry[1], entry[0])))


def _stands(name: str, text: str, words: set[str]) -> bool:
    """Whether a name stands in a text as whole words; the first word is looked up before the text is searched."""
    first = name.split(maxsplit=1)[0]
    return (first in words or f"{first}," in words or f"{first}." in words) and name in text


def occurring_outlets(case: Case) -> tuple[Pair, ...]:
    """The outlets of the reports two by two, so that each is exchanged once (the odd one with the first)."""
    found = sorted({outlet for one in case.received if (outlet := one.report.outlet)})
    pairs = [(found[i], found[i + 1]) for i in range(0, len(found) - 1, 2)]
    return tuple(pairs + ([(found[0], found[-1])] if len(found) % 2 and len(found) > 2 else []))


def parties_of_case(profile: Profile, defined: Iterable[str], pairs: Sequence[Pair]) -> tuple[Pair, ...]:
    """Of these pairs those between parties that the case file defines, if there are any; else all of them."""
    own = {party for party in defined if profile.party(party) is not None}
    chosen = tuple(pair for pair in pairs if own.issuperset(pair))
    return chosen or tuple(pairs)
