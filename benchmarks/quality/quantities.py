"""Scores of the reader of quantities on the development data; one figure a line.

    python -m benchmarks.quality.quantities [--show newsquant|claims|missing]

NewsQuant: values matched one to one within a sentence; `value and bound` asks for the same =, ~, >, <, up
or down too. Gold quantities of lengths of time count, so only dates and times of day are kept from the reader.
Claims: gold triggers of `gold/statements`; a quantity is found when its span shares half its code points
(Dice), its value is right when low and best, or low and high, agree.
"""

import argparse
import collections
import datetime
import json
import pathlib

from evenhand.reading import quantities, sentences, times
from evenhand.reading.quantities import QuantityMention

SHARED = pathlib.Path(__file__).parents[3] / "shared"
Span = tuple[int, int]


def _gold_value(written: str) -> tuple[float, ...] | None:
    body = written.replace(" ", "").replace(",", "")
    try:
        return (float(body),)
    except ValueError:
        pass
    for at in range(1, len(body)):
        if body[at] == "-" and body[at - 1] not in "eE-":
            try:
                return (float(body[:at]), float(body[at + 1 :]))
            except ValueError:
                continue
    return None


def _our_value(mention: QuantityMention) -> tuple[float, ...] | None:
    if mention.reason is not None:
        return None
    if mention.op == "range":
        return (float(mention.low or 0), float(mention.high or 0))
    if mention.number is None:
        return (float(mention.low or 0), float(mention.high or 0))
    share = mention.kind == "percent" and mention.unit is None
    return (float(mention.number) / (100 if share and mention.number > 1 else 1),)


def _our_bound(mention: QuantityMention) -> str:
    if mention.change and mention.op in ("=", "range"):
        return mention.change
    return {"=": "=", "range": "=", "plural": "=", "~": "~", ">=": ">", "<=": "<"}[mention.op]


def _same(a: tuple[float, ...], b: tuple[float, ...]) -> bool:
    return len(a) == len(b) and all(
        abs(x - y) <= 1e-4 * max(1.0, abs(x)) for x, y in zip(sorted(a), sorted(b), strict=True)
    )


def newsquant(show: bool = False) -> dict[str, float]:
    n_gold = n_found = right = both = 0
    for item in json.loads((SHARED / "data/quantities/newsquant-dev.json").read_text(encoding="utf-8")):
        text = item["text"]
        dated = times.dated_spans(times.find(text, published=datetime.date(2019, 10, 1), narrative=False))
        ours = [m for m in quantities.find(text, times=dated) if m.reason is None]
        gold = [(_gold_value(q["value"]), q["change"]) for q in item["quantities"]]
        gold = [g for g in gold if g[0] is not None]
        n_gold, n_found = n_gold + len(gold), n_found + len(ours)
        left = list(ours)
        unmatched = []
        for value, change in gold:
            options = [m for m in left if _same(_our_value(m) or (), value or (0,))]
            if not options:
                unmatched.append((value, change))
                continue
            best = next((m for m in options if _our_bound(m) == change), options[0])
            left.remove(best)
            right += 1
            both += _our_bound(best) == change
            if show and _our_bound(best) != change:
                print("BOUND", change, _our_bound(best), "|", text[max(0, best.span[0] - 30) : best.span[1] + 20])
        if show and (unmatched or left):
            print(
                "SENT",
                text,
                "\n   MISS",
                unmatched,
                "\n   EXTRA",
                [(text[slice(*m.span)], _our_value(m), m.of) for m in left],
            )
    return {
        "newsquant value F1": 2 * right / (n_gold + n_found),
        "newsquant value precision": right / n_found,
        "newsquant value and bound F1": 2 * both / (n_gold + n_found),
    }


def _located(text: str, where: dict[str, object]) -> Span:
    at = -1
    for _ in range(int(str(where["nth"]))):
        at = text.index(str(where["text"]), at + 1)
    return at, at + len(str(where["text"]))


def _dice(a: Span, b: Span) -> float:
    return 2 * max(0, min(a[1], b[1]) - max(a[0], b[0])) / (a[1] - a[0] + b[1] - b[0])


def _value_right(gold: dict[str, object], ours: QuantityMention) -> bool:
    return (gold["low"], gold["best"]) == (ours.low, ours.best) or (gold["low"], gold["high"]) == (ours.low, ours.high)


def claims(show: bool = False) -> dict[str, float]:
    c: collections.Counter[str] = collections.Counter()
    for path in sorted((SHARED / "gold/statements").glob("*.json")):
        doc = json.loads(path.read_text(encoding="utf-8"))
        text = path.with_suffix(".txt").read_text(encoding="utf-8")
        published = datetime.date.fromisoformat(doc["published"]) if doc["published"] else None
        parts = sentences.split(text)
        dated = times.dated_spans(times.find(text, published=published))
        mentions = quantities.find(text, times=dated)
        triggers = [_located(text, x["trigger"]) for x in doc["claims"]]
        kinds = [x["type"] for x in doc["claims"]]
        chosen = quantities.quantities_of_events(text, parts, triggers, kinds, mentions)
        for claim, indices in zip(doc["claims"], chosen, strict=True):
            gold = [(_located(text, q), q) for q in claim["quantities"]]
            left = [mentions[i] for i in indices]
            c["gold"], c["found"] = c["gold"] + len(gold), c["found"] + len(left)
            for span, quantity in gold:
                c["span anywhere"] += any(_dice(span, m.span) >= 0.5 for m in mentions)
                best = max(left, key=lambda m: _dice(span, m.span), default=None)
                if best is None or _dice(span, best.span) < 0.5:
                    if show:
                        near = [(text[slice(*m.span)], m.role) for m in mentions if _dice(span, m.span) > 0]
                        print(
                            "MISS", path.stem, claim["id"], claim["type"], claim["trigger"]["text"], "|", quantity, near
                        )
                    continue
                left.remove(best)
                c["right"] += 1
                c["value"] += _value_right(quantity, best)
                c["role"] += quantity["role"] == best.role
                if show and not _value_right(quantity, best):
                    print("VALUE", path.stem, claim["id"], quantity, best)
                if show and quantity["role"] != best.role:
                    print("ROLE", path.stem, claim["id"], quantity["text"], quantity["role"], best.role)
            if show:
                for m in left:
                    print(
                        "EXTRA",
                        path.stem,
                        claim["id"],
                        claim["type"],
                        claim["trigger"]["text"],
                        "|",
                        text[slice(*m.span)],
                        m.of,
                        m.role,
                    )
    return {
        "claims quantities F1": 2 * c["right"] / (c["gold"] + c["found"]),
        "claims quantities value exact": c["value"] / c["right"] if c["right"] else 0.0,
        "claims quantities role": c["role"] / c["right"] if c["right"] else 0.0,
        "claims gold quantity found as a mention": c["span anywhere"] / c["gold"],
    }


def figures() -> dict[str, float]:
    return newsquant() | claims()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--show", choices=["newsquant", "claims"])
    show = parser.parse_args().show
    if not SHARED.is_dir():
        print(f"no data at {SHARED}")
        return
    for name, value in (newsquant(show == "newsquant") | claims(show == "claims")).items():
        print(f"{name} {value:.3f}")


if __name__ == "__main__":
    main()
