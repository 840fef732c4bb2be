"""Scores of the reader of times on the development data; one figure a line.

    python -m benchmarks.quality.times [--show wikiwars|gum|claims]

WikiWars: TIMEX3 relaxed (overlapping spans, one to one) and value F1 as TempEval-3 defines them.
GUM: the printed string and the document's date alone; `exact` = same first and last day, `covered` = the gold
days of a range lie inside ours (a gold bound that is open is met by any day on that side; of a gold range with
one bound ours must not cross it). Months and seasons without a year are compared without it.
Claims: gold triggers of `gold/statements` through `times_of_events`.
"""

import argparse
import collections
import datetime
import html
import json
import pathlib
import re
import time

from evenhand.model.dates import days_in_month
from evenhand.reading import sentences, times
from evenhand.reading.times import TimeMention
from evenhand.reading.times.mention import SINCE_CLAUSE

SHARED = pathlib.Path(__file__).parents[3] / "shared"
Timex = tuple[int, int, str]
Edge = tuple[int | None, int, int]
_TAG = re.compile(r"<(/?)TIMEX3([^>]*)>")


def _timeml(path: pathlib.Path) -> tuple[datetime.date, str, list[Timex]]:
    raw = path.read_text(encoding="utf-8")
    created = re.search(r'<DCT><TIMEX3[^>]*value="([^"]*)"', raw)
    body = re.search(r"<TEXT>(.*)</TEXT>", raw, re.DOTALL)
    assert created and body
    text, at = "", 0
    gold: list[Timex] = []
    opened: list[tuple[int, str]] = []
    for match in _TAG.finditer(body.group(1)):
        text += html.unescape(body.group(1)[at : match.start()])
        at = match.end()
        if match.group(1):
            start, value = opened.pop()
            gold.append((start, len(text), value))
        else:
            value = re.search(r'value="([^"]*)"', match.group(2))
            opened.append((len(text), value.group(1) if value else ""))
    text += html.unescape(body.group(1)[at:])
    return datetime.date.fromisoformat(created.group(1)), text, sorted(gold)


def _flat(mentions: tuple[TimeMention, ...]) -> list[Timex]:
    parts = [p for m in mentions if m.rule != SINCE_CLAUSE for p in (m.parts or (m,))]
    return [(*p.span, p.value) for p in parts]


def _paired(gold: list[Timex], found: list[Timex]) -> list[tuple[Timex, Timex]]:
    """Overlapping spans, one to one, most shared code points first."""
    shared = sorted(
        (
            (min(g[1], f[1]) - max(g[0], f[0]), -i, -j)
            for i, g in enumerate(gold)
            for j, f in enumerate(found)
            if g[0] < f[1] and f[0] < g[1]
        ),
        reverse=True,
    )
    gone_g: set[int] = set()
    gone_f: set[int] = set()
    out = []
    for _, i, j in shared:
        if i not in gone_g and j not in gone_f:
            gone_g.add(i)
            gone_f.add(j)
            out.append((gold[-i], found[-j]))
    return out


def _around(text: str, x: Timex) -> str:
    return repr(text[max(0, x[0] - 50) : x[0]] + "[[" + text[x[0] : x[1]] + "]]" + text[x[1] : x[1] + 30])


def wikiwars(show: bool = False) -> dict[str, float]:
    n_gold = n_found = matched = right = chars = 0
    seconds = 0.0
    for path in sorted((SHARED / "data/times/wikiwars").glob("*.tml")):
        created, text, gold = _timeml(path)
        began = time.perf_counter()
        found = _flat(times.find(text, published=created))
        seconds += time.perf_counter() - began
        chars += len(text)
        pairs = _paired(gold, found)
        n_gold, n_found, matched = n_gold + len(gold), n_found + len(found), matched + len(pairs)
        right += sum(g[2] == f[2] for g, f in pairs)
        if show:
            of_gold, ours = {g for g, _ in pairs}, {f for _, f in pairs}
            for g in gold:
                print(*(["MISS", path.stem[:6], g[2], _around(text, g)] if g not in of_gold else []))
            for f in found:
                print(*(["EXTRA", path.stem[:6], f[2], _around(text, f)] if f not in ours else []))
            for g, f in pairs:
                print(*(["VALUE", path.stem[:6], "gold", g[2], "ours", f[2], _around(text, f)] if g[2] != f[2] else []))
    return {
        "wikiwars relaxed F1": 2 * matched / (n_gold + n_found),
        "wikiwars relaxed precision": matched / n_found,
        "wikiwars relaxed recall": matched / n_gold,
        "wikiwars value F1": 2 * right / (n_gold + n_found),
        "code points a second": chars / seconds,
    }


def _edge(value: str, *, last: bool) -> Edge:
    fields = re.match(r"-?(-|\d{4})(?:-(\d\d))?(?:-(\d\d))?", value)
    assert fields
    year = None if fields.group(1) == "-" else int(fields.group(1))
    month = int(fields.group(2) or (12 if last else 1))
    return year, month, int(fields.group(3) or (days_in_month(year or 2001, month) if last else 1))


def _gold_days(tag: str) -> tuple[Edge | None, Edge | None, bool]:
    attributes = dict(re.findall(r'(\w+)="([^"]*)"', tag))
    if "when" in attributes:
        return _edge(attributes["when"], last=False), _edge(attributes["when"], last=True), False
    first = attributes.get("from", attributes.get("notBefore"))
    last = attributes.get("to", attributes.get("notAfter"))
    return (_edge(first, last=False) if first else None, _edge(last, last=True) if last else None, True)


def _key(day: datetime.date | None, like: Edge | None) -> Edge | None:
    if day is None or like is None:
        return None
    return day.year if like[0] is not None else None, day.month, day.day


def _covers(start: Edge | None, end: Edge | None, first: Edge | None, last: Edge | None) -> bool:
    if None in ((first or (0,))[0:1] + (last or (0,))[0:1]):
        return False
    if first is not None and not (start is not None and start <= first):  # type: ignore[operator]
        return False
    if last is None:
        return True
    return end is not None and (end >= last if first else end <= last)  # type: ignore[operator]


def gum(show: bool = False) -> dict[str, float]:
    total = exact = ranges = covered = 0
    for line in (SHARED / "data/times/gum-dates.jsonl").read_text(encoding="utf-8").splitlines():
        item = json.loads(line)
        first, last, is_range = _gold_days(item["tag"])
        created = datetime.date.fromisoformat(item["created"])
        found = times.find(item["text"], published=created, narrative=False)
        ours = next((m for m in found if m.start or m.end), None)
        start, end = (_key(ours.start, first), _key(ours.end, last)) if ours else (None, None)
        same = ours is not None and start == first and end == last
        inside = same or (ours is not None and _covers(start, end, first, last))
        total, exact = total + 1, exact + same
        ranges, covered = ranges + is_range, covered + (is_range and inside)
        if show and not (same or (is_range and inside)):
            print(item["created"], "|", item["tag"], "|", item["text"], "|", ours and (ours.start, ours.end, ours.rule))
    return {"gum exact": exact / total, "gum ranges covered": covered / ranges}


def _located(text: str, where: dict[str, object]) -> tuple[int, int]:
    at = -1
    for _ in range(int(str(where["nth"]))):
        at = text.index(str(where["text"]), at + 1)
    return at, at + len(str(where["text"]))


def claims(show: bool = False) -> dict[str, float]:
    c: collections.Counter[str] = collections.Counter()
    for path in sorted((SHARED / "gold/statements").glob("*.json")):
        doc = json.loads(path.read_text(encoding="utf-8"))
        text = path.with_suffix(".txt").read_text(encoding="utf-8")
        published = datetime.date.fromisoformat(doc["published"]) if doc["published"] else None
        parts = sentences.split(text)
        mentions = times.find(text, published=published, sentences=parts)
        cues = [_located(text, s["cue"]) for s in doc["statements"] if s["cue"]]
        triggers = [_located(text, x["trigger"]) for x in doc["claims"]]
        kinds = [x["type"] for x in doc["claims"]]
        chosen = times.times_of_events(text, parts, triggers, kinds, mentions, cues=cues)
        for claim, at, index in zip(doc["claims"], triggers, chosen, strict=True):
            ours = mentions[index] if index is not None else None
            days = (str(ours.start), str(ours.end)) if ours and ours.start and ours.end else None
            gold = tuple((claim["date"].split("/") * 2)[:2]) if claim["date"] else None
            right = days == gold
            c["dated"] += gold is not None
            c["right"] += right and gold is not None
            c["printed"] += claim["date_text"] is not None and gold is not None
            c["printed right"] += right and claim["date_text"] is not None and gold is not None
            c["ours"] += days is not None
            c["only ours"] += days is not None and gold is None
            c["of undated reports"] += gold is not None and published is None
            if show and not right and (published or days):
                words = text[max(0, at[0] - 30) : at[0]] + "[[" + text[slice(*at)] + "]]"
                print(path.stem, claim["id"], claim["type"], words, "| gold", claim["date"], claim["date_text"],
                      "| ours", days, ours and text[slice(*ours.span)], ours and ours.rule)  # fmt: skip
    return {
        "claims date exact": c["right"] / c["dated"],
        "claims date exact, of dated reports": c["right"] / (c["dated"] - c["of undated reports"]),
        "claims date exact, printed beside": c["printed right"] / c["printed"],
        "claims dated, gold undated (share of ours)": c["only ours"] / c["ours"],
    }


def figures() -> dict[str, float]:
    return wikiwars() | gum() | claims()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--show", choices=["wikiwars", "gum", "claims"])
    show = parser.parse_args().show
    if not SHARED.is_dir():
        print(f"no data at {SHARED}")
        return
    for name, value in (wikiwars(show == "wikiwars") | gum(show == "gum") | claims(show == "claims")).items():
        print(f"{name} {value:.3f}")


if __name__ == "__main__":
    main()
