"""A case of many invented reports, without reading a word: readings, clusters and incidents made from a seed."""

from __future__ import annotations

import random
from pathlib import Path

import msgspec

from evenhand import assessing, grouping
from evenhand.assessing import AssessmentSettings
from evenhand.custody import Case, create_case, open_case
from evenhand.model.evidence import content_id, sha256_hex
from evenhand.model.incident import ClaimRef, Cluster, CopyPair, Origin, Questions, Spread, Toll
from evenhand.model.profile import Profile
from evenhand.model.reading import Claim, Entity, Mention, Place, Quantity, Reading, Software, Statement, Time
from evenhand.model.report import OriginalRef, Report, report_id
from evenhand.profiles import world
from evenhand.store.database import DatabaseStore, open_store
from evenhand.workbench.bench import Workbench

SOFTWARE = Software(name="evenhand", version="synthetic", weights="sha256:0")
TYPES = ("killing", "shelling", "airstrike", "displacement", "detention")
SPEAKERS = ("a local doctor", "the army command", "rescue workers", "the health ministry", "a resident", "the monitors")
OUTLETS = ("reuters", "ap", "afp", "sana", "tass", "dpa", "xinhua", "anadolu")
_ASSESSED = 60
FILL = "The road to the north stayed closed and nobody could say when aid would come through again this week. "


def reading(number: int, claims: int, rng: random.Random) -> Reading:
    """One report with so many claims, each in a statement of its own."""
    place, day = f"Town {number % 400}", f"2016-{1 + number % 12:02d}-{1 + number % 28:02d}"
    text, statements, made, entities = "", [], [], []
    for n in range(claims):
        who, dead = rng.choice(SPEAKERS), rng.randrange(2, 60)
        start = len(text)
        said = f"shells killed {dead} people in {place}"
        text += f"{said}, {who} number {n} said on Monday. {FILL}"
        source = text.index(f"{who} number {n}", start)
        entities.append(Entity(id=f"e{n + 1}", kind="person", name=f"{who} {number % 97}",
                               mentions=(Mention(span=(source, source + len(who)), form="name"),)))  # fmt: skip
        statements.append(Statement(
            id=f"s{n + 1}", kind="indirect", content=((start, start + len(said)),), source=(source, source + len(who)),
            speaker=f"e{n + 1}", speaker_name=f"{who} {number % 97}", chain=(OUTLETS[number % 8], f"{who} {number % 97}"),
            confidence=round(rng.uniform(0.3, 1), 3),
        ))  # fmt: skip
        at, figure = text.index("killed", start), text.index(str(dead), start)
        made.append(Claim(
            id=f"c{n + 1}", type=rng.choice(TYPES), trigger=(at, at + 6), statement=f"s{n + 1}", evidence=((start, start + len(said)),),
            place=Place(name=place, span=(text.index(place, start), text.index(place, start) + len(place)), country="SY",
                        lat=33 + (number % 400) / 100, lon=36 + (number % 350) / 100, radius_km=5, precision=2),
            time=Time(start=day, end=day, precision=1),
            quantities=(Quantity(role="killed", span=(figure, figure + len(str(dead))), op="=", low=dead, best=dead, high=dead),),
            confidence=round(rng.uniform(0.3, 1), 3),
        ))  # fmt: skip
    original = OriginalRef(sha256=sha256_hex(text.encode()))
    report = Report(
        id=report_id(original, OUTLETS[number % 8], str(number)), original=original, file=f"{number}.txt",
        outlet=OUTLETS[number % 8], title=f"Shells kill people in {place}, report {number}", language="en", published=day,
        published_from="metadata", text=text, text_sha256=original.sha256,
    )  # fmt: skip
    return Reading(software=SOFTWARE, report=report, sentences=((0, len(text)),), entities=tuple(entities),
                   statements=tuple(statements), claims=tuple(made))  # fmt: skip


def fill(store: DatabaseStore, profile: Profile, reports: int, claims: int, seed: int = 7) -> None:
    """Put readings and an assessment of them into a store: reports of one town and month are one incident."""
    rng = random.Random(seed)
    keys, clusters, pairs, held = [], {}, [], {}
    for start in range(0, reports, 500):
        part = []
        for number in range(start, min(reports, start + 500)):
            one = reading(number, claims, rng)
            key = content_id("reading", "synthetic", str(number))
            keys.append(key)
            part.append((key, one))
            held[one.report.id] = one
            clusters.setdefault(f"{number % 400}-{number % 12}", []).append(one)
        store.add_readings(part)
    made = []
    for name, members in clusters.items():
        for n, group in enumerate(members[i : i + 8] for i in range(0, len(members), 8)):
            refs = tuple(
                sorted(
                    (ClaimRef(report=one.report.id, claim=c.id) for one in group for c in one.claims),
                    key=lambda r: (r.report, r.claim),
                )
            )
            made.append(
                Cluster(
                    id=content_id("incident", name, str(n)),
                    type="shelling",
                    claims=refs,
                    reports=tuple(one.report.id for one in group),
                )
            )
            if len(group) > 1:
                first, second = sorted((group[0].report.id, group[1].report.id))
                pairs.append(CopyPair(first=first, second=second, label="copy", shared=0.8, why="shared text 0.80"))
    copies = grouping.groups(pairs, [one.report for one in held.values()])
    graded = assessing.assess_all(
        made[:_ASSESSED], readings=held, copies=copies, profile=profile, settings=AssessmentSettings()
    )
    incidents = list(graded)
    for number, one in enumerate(made[_ASSESSED:]):  # the rest as the first were graded: what is timed is showing them
        like = graded[number % len(graded)]
        place = held[one.reports[0]].claims[0].place
        incidents.append(msgspec.structs.replace(
            like, id=one.id, reports=one.reports, claims=one.claims, copies=(), place=place,
            title=f"Shelling reported, {place.name if place else 'somewhere'}",
            origins=tuple(_elsewhere(origin, one) for origin in like.origins), questions=_moved(like.questions, one),
        ))  # fmt: skip
    store.put_assessment(made, pairs, incidents)
    store.put_current(keys)


def _elsewhere(origin: Origin, cluster: Cluster) -> Origin:
    report = cluster.reports[0]
    refs = tuple(ref for ref in cluster.claims if ref.report == report)
    evidence = tuple(msgspec.structs.replace(one, report=report) for one in origin.evidence)
    return msgspec.structs.replace(origin, reports=(report,), claims=refs, evidence=evidence)


def _moved(asked: Questions, cluster: Cluster) -> Questions:
    report = cluster.reports[0]

    def toll(one: Toll) -> Toll:
        figures = tuple(msgspec.structs.replace(figure, report=report) for figure in one.figures)
        return msgspec.structs.replace(one, figures=figures)

    def spread(one: Spread) -> Spread:
        values = tuple(
            msgspec.structs.replace(v, evidence=tuple(msgspec.structs.replace(e, report=report) for e in v.evidence))
            for v in one.values
        )
        return msgspec.structs.replace(one, values=values)

    return msgspec.structs.replace(
        asked,
        killed=toll(asked.killed),
        injured=toll(asked.injured),
        place=spread(asked.place),
        time=spread(asked.time),
    )


def case(folder: Path, reports: int, claims: int, store: str | None = None) -> Case:
    """A case folder that was assessed, as far as the workbench can tell."""
    from evenhand.casework import put_store, store_of

    made = create_case(folder, title="Synthetic", who="benchmark")
    if store is not None:
        put_store(made, store)
    opened = open_store(store_of(made))
    fill(opened, world(), reports, claims)
    opened.close()
    made.log.append("assessed", {"software": "synthetic"}, who="benchmark")
    return made


def bench(folder: Path) -> Workbench:
    """The workbench over such a case."""
    from evenhand.casework import store_of

    made = Workbench(open_case(folder), open_store(store_of(open_case(folder))), world(), AssessmentSettings())
    made.open()
    return made
