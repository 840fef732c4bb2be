"""Exchanging parties in FA-KES: the Syrian government and the opposition, Russia and the United States.

    .venv/bin/python -m benchmarks.quality.audit [--reports N] [--out DIR]

The exchanges are those that `evenhand audit --parties` makes, with no pair of names chosen by hand. Takes all reports
that name both parties, whatever they say, or N of them, evenly over the corpus. Figures are shares of records that did
not come out exchanged and otherwise the same; "tagger carried" is a run in which the trained tagger's marks were
carried over, so that rules, data and the parser alone can differ.
"""

from __future__ import annotations

import argparse
import io
from collections.abc import Iterator
from pathlib import Path

from evenhand.assessing import AssessmentSettings
from evenhand.audit import Audit, Case, audit, render_page
from evenhand.audit.pairing import Pairing, exchange_of_parties
from evenhand.audit.records import STAGES
from evenhand.cli import options
from evenhand.dossier.ledger import write_text
from evenhand.flow import receive_reports
from evenhand.model.evidence import to_json
from evenhand.model.report import Received
from evenhand.settings import read_case

HERE = Path(__file__).parent
ARTICLES = HERE.parents[2] / "shared" / "data" / "fa-kes" / "articles.csv"
CASE = HERE.parents[1] / "src" / "evenhand" / "profiles" / "cases" / "syria.toml"
COLUMNS = "text=article_content,outlet=source,title=article_title,external_id=unit_id"
EXCHANGES = (("syrian_government", "syrian_opposition"), ("russia", "united_states"))


def audits(number: int | None = None) -> Iterator[tuple[str, Audit]]:
    """Each exchange over its own choice of reports."""
    profile = options.profile_of(CASE)
    paths = [str(ARTICLES)]
    received = tuple(receive_reports(options.intake_of(profile, None, COLUMNS, paths), paths, io.BytesIO(), None))
    reader = options.reader_of(profile).reader()
    for one, other in EXCHANGES:
        whole = Case.of(received, reader, AssessmentSettings.from_case(read_case(CASE)), [])
        chosen = _both_sides(received, whole.pairing(), one, other)
        step = max(1, len(chosen) // number) if number else 1
        case = Case.of(chosen[::step][:number], reader, whole.settings, [])
        yield f"{one} / {other}", audit(case, [(one, other)], [])


def _both_sides(received: tuple[Received, ...], pairing: Pairing, one: str, other: str) -> list[Received]:
    """The reports in which names of both sides are exchanged: some a → b with b → a."""
    exchange = exchange_of_parties(pairing, one, other)
    first = {name for party in pairing.profile.parties if party.id == one for name in (*party.names, *party.adjectives)}
    found = []
    for item in received:
        text = item.report.text
        names = {text[slice(*piece.before)] for piece in exchange.swap(text).alignment.pieces}
        if names & first and names - first:
            found.append(item)
    return found


def figures() -> dict[str, float]:
    """For `python -m benchmarks.quality`: shares of records that came out exchanged and otherwise the same."""
    found: dict[str, float] = {}
    for name, one in audits():
        for stage in STAGES:
            compared = max(1, one.compared(stage))
            found[f"{name}: {stage} unchanged"] = round(1 - one.differing(stage) / compared, 4)
            carried = one.differing(stage, by_rules=True)
            found[f"{name}: {stage} unchanged, tagger carried"] = round(1 - carried / compared, 4)
    return found


def main() -> None:
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("--reports", type=int)
    words.add_argument("--out", type=Path)
    given = words.parse_args()
    for name, one in audits(given.reports):
        pair = one.pairs[0]
        print(
            f"{name}: {pair.occurrences} names exchanged in {pair.touched} of {one.reports} reports; held {pair.held}"
        )
        print("  " + "; ".join(pair.pairs[:20]))
        for stage in STAGES:
            compared, differing = one.compared(stage), one.differing(stage)
            carried = one.differing(stage, by_rules=True)
            print(f"  {stage:16}{compared:8}{differing:8}{differing / max(1, compared):9.2%}   carried {carried:6}")
        if given.out:
            folder = given.out / name.replace(" / ", "-")
            write_text(folder / "audit.json", to_json(one).decode() + "\n")
            write_text(folder / "index.html", render_page(one))


if __name__ == "__main__":
    main()
