"""Scores of the reader of times on the development data; one figure a line.

    python benchmarks/quality/times.py [--show wikiwars|gum|claims] [--data ../shared]

WikiWars: TIMEX3 relaxed (overlapping spans, one to one) and value F1 as TempEval-3 defines them.
GUM: the printed string and the document's date alone; `exact` = same first and last day, `covers` = the
gold days lie inside ours (a gold bound that is open is met by any day on that side).
Claims: gold triggers of `gold/statements`, the attachment of times to events (`times_of_events`).
"""

import argparse
import collections
import datetime
import html
import json
import pathlib
import re
import time

from evenhand.reading import times
from evenhand.reading.times.mention import TimeMention

Timex = tuple[int, int, str]
_TAG = re.compile(r"<(/?)TIMEX3([^>]*)>")


def timeml(path: pathlib.Path) -> tuple[datetime.date, str, list[Timex]]:
    raw = path.read_text(encoding="utf-8")
    created = re.search(r'<DCT><TIMEX3[^>]*value="([^"]*)"', raw)
    body = re.search(r"<TEXT>(.*)</TEXT>", raw, re.S)
    assert created and body
    text, gold, open_tags, at = "", [], [], 0
    for match in _TAG.finditer(body.group(1)):
        text += html.unescape(body.group(1)[at : match.start()])
        at = match.end()
        if match.group(1):
            start, value = open_tags.pop()
            gold.append((start, len(text), value))
        else:
            value = re.search(r'value="([^"]*)"', match.group(2))
            open_tags.append((len(text), value.group(1) if value else ""))
    text += html.unescape(body.group(1)[at:])
    return datetime.date.fromisoformat(created.group(1)), text, sorted(gold)


def flat(mentions: tuple[TimeMention, ...]) -> list[Timex]:
    parts = [p for m in mentions if m.rule != "since an event" for p in (m.parts or (m,))]
    return [(*p.span, p.value) for p in parts]


def paired(gold: list[Timex], found: list[Timex]) -> list[tuple[Timex, Timex]]:
    """Overlapping spans, one to one, most shared code points first."""
    shared = sorted(
        ((min(g[1], f[1]) - max(g[0], f[0]), -i, -j) for i, g in enumerate(gold) for j, f in enumerate(found)
         if g[0] < f[1] and f[0] < g[1]), reverse=True)  # fmt: skip
    gone_g, gone_f, out = set(), set(), []
    for _, i, j in shared:
        if i not in gone_g and j not in gone_f:
            gone_g.add(i)
            gone_f.add(j)
            out.append((gold[-i], found[-j]))
    return out


def wikiwars(root: pathlib.Path, show: bool) -> None:
    n_gold = n_found = matched = right = chars = 0
    seconds = 0.0
    wrong: list[str] = []
    for path in sorted((root / "data/times/wikiwars").glob("*.tml")):
        created, text, gold = timeml(path)
        began = time.perf_counter()
        found = flat(times.find(text, published=created))
        seconds += time.perf_counter() - began
        chars += len(text)
        pairs = paired(gold, found)
        n_gold, n_found, matched = n_gold + len(gold), n_found + len(found), matched + len(pairs)
        right += sum(1 for g, f in pairs if g[2] == f[2])
        hit_g, hit_f = {g for g, _ in pairs}, {f for _, f in pairs}
        around = lambda x: text[max(0, x[0] - 50) : x[0]] + "[[" + text[x[0] : x[1]] + "]]" + text[x[1] : x[1] + 30]  # noqa: E731
        wrong += [f"MISS {path.stem[:6]} {g[2]} | {around(g)!r}" for g in gold if g not in hit_g]
        wrong += [f"EXTRA {path.stem[:6]} {f[2]} | {around(f)!r}" for f in found if f not in hit_f]
        wrong += [f"VALUE {path.stem[:6]} gold {g[2]} ours {f[2]} | {around(f)!r}" for g, f in pairs if g[2] != f[2]]
    print(f"wikiwars timexes {n_gold} found {n_found}")
    print(f"wikiwars relaxed precision {matched / n_found:.3f} recall {matched / n_gold:.3f}")
    print(f"wikiwars relaxed F1 {2 * matched / (n_gold + n_found):.3f}")
    print(f"wikiwars value F1 {2 * right / (n_gold + n_found):.3f}")
    print(f"speed {chars / seconds:,.0f} code points/s")
    if show:
        print("\n".join(wrong))


def _edge(value: str, last: bool) -> tuple[int | None, int, int]:
    fields = re.match(r"-?(-|\d{4})(?:-(\d\d))?(?:-(\d\d))?", value)
    assert fields
    year = None if fields.group(1) == "-" else int(fields.group(1))
    month = int(fields.group(2) or (12 if last else 1))
    end = times.find("x", published=None) or 31
    del end
    from evenhand.model.dates import days_in_month

    return year, month, int(fields.group(3) or (days_in_month(year or 2001, month) if last else 1))


def _gold_days(tag: str) -> tuple[tuple[int | None, int, int] | None, tuple[int | None, int, int] | None, bool]:
    attributes = dict(re.findall(r'(\w+)="([^"]*)"', tag))
    if "when" in attributes:
        return _edge(attributes["when"], False), _edge(attributes["when"], True), False
    first = attributes.get("from", attributes.get("notBefore"))
    last = attributes.get("to", attributes.get("notAfter"))
    return first and _edge(first, False), last and _edge(last, True), True  # type: ignore[return-value]


def _key(day: datetime.date | None, year: int | None) -> tuple[int | None, int, int] | None:
    return None if day is None else (day.year if year is not None else None, day.month, day.day)


def gum(root: pathlib.Path, show: bool) -> None:
    total = exact = ranges = covered = 0
    for line in (root / "data/times/gum-dates.jsonl").read_text(encoding="utf-8").splitlines():
        item = json.loads(line)
        first, last, is_range = _gold_days(item["tag"])
        created = datetime.date.fromisoformat(item["created"])
        found = times.find(item["text"], published=created, narrative=False)
        ours = next((m for m in found if m.start or m.end), None)
        start = _key(ours.start, first[0]) if ours and first else None
        end = _key(ours.end, last[0]) if ours and last else None
        same = ours is not None and start == first and end == last
        recurring = first is not None and first[0] is None
        inside = same or (
            ours is not None and not recurring
            and (first is None or (ours.start is not None and start <= first))  # type: ignore[operator]
            and (last is None or (ours.end is not None and (end >= last if first else end <= last)))  # type: ignore[operator]
        )  # fmt: skip
        total, exact = total + 1, exact + same
        ranges, covered = ranges + is_range, covered + (is_range and inside)
        if show and not (same or (is_range and inside)):
            print(item["created"], "|", item["tag"], "|", item["text"], "|", ours and (ours.start, ours.end, ours.rule))
    print(f"gum dates {total} exact {exact / total:.3f}")
    print(f"gum ranges {ranges} covered {covered / ranges:.3f}")


def located(text: str, where: dict[str, object]) -> tuple[int, int]:
    at = -1
    for _ in range(int(where["nth"])):  # type: ignore[call-overload]
        at = text.index(str(where["text"]), at + 1)
    return at, at + len(str(where["text"]))


def split(text: str) -> list[tuple[int, int]]:
    """Plain sentences for this bench: a stop, a blank and a capital; or a blank line."""
    from evenhand.reading import sentences

    return list(sentences.split(text))


def claims(root: pathlib.Path, show: bool) -> None:
    c: collections.Counter[str] = collections.Counter()
    for path in sorted((root / "gold/statements").glob("*.json")):
        if path.name.startswith("_"):
            continue
        doc = json.loads(path.read_text(encoding="utf-8"))
        text = path.with_suffix(".txt").read_text(encoding="utf-8")
        published = datetime.date.fromisoformat(doc["published"]) if doc["published"] else None
        sentences = split(text)
        mentions = times.find(text, published=published, sentences=sentences)
        cues = [located(text, s["cue"]) for s in doc["statements"] if s["cue"]]
        triggers = [located(text, x["trigger"]) for x in doc["claims"]]
        kinds = [x["type"] for x in doc["claims"]]
        chosen = times.times_of_events(text, sentences, triggers, kinds, mentions, cues=cues)
        for claim, at, index in zip(doc["claims"], triggers, chosen, strict=True):
            ours = mentions[index] if index is not None else None
            days = (str(ours.start), str(ours.end)) if ours and ours.start and ours.end else None
            gold = tuple((claim["date"].split("/") * 2)[:2]) if claim["date"] else None
            ok = days == gold
            c["dated"] += gold is not None
            c["right"] += ok and gold is not None
            c["stated"] += claim["date_text"] is not None and gold is not None
            c["stated right"] += ok and claim["date_text"] is not None and gold is not None
            c["given"] += days is not None
            c["invented"] += days is not None and gold is None
            c["unknowable"] += gold is not None and published is None
            if show and not ok and not (gold and published is None and days is None):
                print(path.stem, claim["id"], claim["type"], text[at[0] - 30 : at[0]], "[[", text[at[0] : at[1]], "]]",
                      "| gold", claim["date"], claim["date_text"], "| ours", days,
                      ours and text[slice(*ours.span)], ours and ours.rule)  # fmt: skip
    print(f"claims with a date {c['dated']} (of reports without a date: {c['unknowable']})")
    print(f"claims date exact {c['right'] / c['dated']:.3f}")
    print(f"claims date exact, reports with a date {c['right'] / (c['dated'] - c['unknowable']):.3f}")
    print(f"claims date exact, date printed beside {c['stated right'] / c['stated']:.3f}")
    print(f"claims dated by us where gold has none {c['invented']} of {c['given']} dated")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=pathlib.Path, default=pathlib.Path(__file__).parents[2].parent / "shared")
    parser.add_argument("--show", choices=["wikiwars", "gum", "claims"])
    args = parser.parse_args()
    if not args.data.is_dir():
        print(f"no data at {args.data}; give --data DIR")
        return
    wikiwars(args.data, args.show == "wikiwars")
    gum(args.data, args.show == "gum")
    claims(args.data, args.show == "claims")


if __name__ == "__main__":
    main()
