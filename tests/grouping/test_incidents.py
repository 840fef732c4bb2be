import random

import msgspec
import pytest

from evenhand.grouping import cluster, compare, settle_ids
from evenhand.grouping.clustering import average_linkage
from evenhand.grouping.happenings import claims_as_happenings
from evenhand.model.incident import Cluster
from evenhand.model.reading import Claim, Place, Reading, Time
from tests.assessing.hand import Said, reading

BORDEN = ("Borden", 10.9, 20.9)


def sets(*readings: Reading) -> set[frozenset[str]]:
    return {frozenset(one.reports) for one in cluster(readings)}


def test_reports_of_one_strike_meet_and_its_dead_belong_to_it():
    a = reading("r1", Said(by="Varda Watch"), Said(type="killing", by="Varda Watch", killed=(20, 20, 20)))
    b = reading("r2", Said(by="residents", words="market"), Said(type="killing", by="residents", killed=(21, 21, 21)))
    (found,) = cluster([a, b])
    assert found.type == "airstrike"
    assert len(found.claims) == 4
    assert any(why.startswith("same_spot") for why in found.why)


@pytest.mark.parametrize(
    "other",
    [
        Said(start="2031-05-05"),  # another strike on the same town the next day
        Said(start="2030-03-01"),  # last year's massacre
        Said(place=BORDEN),  # the same day elsewhere
        Said(type="ceasefire"),
    ],
)
def test_another_happening_stays_apart(other):
    assert sets(reading("r1", Said()), reading("r2", other)) == {frozenset({"r1"}), frozenset({"r2"})}
    assert len(cluster([reading("r3", Said(), other)])) == 2


def test_a_total_over_months_is_not_the_incident():
    told = reading("r1", Said(), Said(type="killing", killed=(900, 900, 900), start="2030-11-01", end="2031-05-04",
                                      cumulative=True))  # fmt: skip
    assert len(cluster([told])) == 2


def test_two_villages_of_one_report_are_two_strikes_though_no_list_knows_one_of_them():
    def struck(*places):
        text, claims = "", []
        for number, (name, lat, lon) in enumerate(places):
            start, text = len(text), text + f"Jets struck the village of {name} on Monday. "
            where = (start + len("Jets struck "), start + len(f"Jets struck the village of {name}"))
            claims.append(Claim(
                id=f"c{number}", type="airstrike", trigger=(start + 5, start + 11),
                place=Place(name=name, lat=lat, lon=lon, radius_km=2.0 if lat else None, span=where),
                time=Time(start="2031-05-04", end="2031-05-04", precision=1),
            ))  # fmt: skip
        return msgspec.structs.replace(reading("r1", Said()), claims=tuple(claims), report=msgspec.structs.replace(
            reading("r1", Said()).report, text=text))  # fmt: skip

    def told_as_one(*places):
        return any(len(one.claims) > 1 for one in cluster([struck(*places)]))

    assert not told_as_one(("Xyloun", None, None), ("Arden", 10.0, 20.0))
    assert told_as_one(("Xyloun", None, None), ("Xyloun", None, None))


def test_what_is_hoped_demanded_or_planned_makes_no_incident():
    for modality in ("hoped", "called_for", "planned", "hypothetical"):
        assert cluster([reading("r1", Said(modality=modality))]) == ()


@pytest.mark.parametrize("day", range(1, 16))
def test_an_undated_follow_up_meets_the_strike_whatever_the_day(day):
    dated = reading("r1", Said(start=f"2031-05-{day:02}"), published=f"2031-05-{day:02}")
    for later in range(3):
        undated = reading("r2", Said(start=None), published=f"2031-05-{day + later:02}")
        assert sets(dated, undated) == {frozenset({"r1", "r2"})}


def test_a_rising_toll_without_a_day_belongs_to_the_deed_beside_it():
    told = reading("r1", Said())
    later = reading("r2", Said(start=None), Said(type="killing", killed=(22, 22, 22), start=None, cumulative=True))
    one_sentence = msgspec.structs.replace(later, sentences=((0, len(later.report.text)),))
    assert sets(told, one_sentence) == {frozenset({"r1", "r2"})}


def test_denied_claims_stay_with_the_incident():
    (found,) = cluster([reading("r1", Said()), reading("r2", Said(by="Norland Army", denied=True))])
    assert found.reports == ("r1", "r2")


def test_likeness_does_not_chain():
    days = [
        reading(
            f"r{n}", Said(start=f"2031-05-{n + 1:02}", words="market bakery river"), published=f"2031-05-{n + 1:02}"
        )
        for n in range(9)
    ]
    assert len(cluster(days)) == 9
    scores = {(n, n + 1): 1.0 for n in range(9)}
    assert max(len(group) for group in average_linkage(list(range(10)), scores)) <= 2


def test_order_does_not_matter():
    told = [reading(f"r{n}", Said(start=f"2031-05-{n % 3 + 1:02}"), Said(type="killing", killed=(n, n, n),
            start=f"2031-05-{n % 3 + 1:02}")) for n in range(9)]  # fmt: skip
    expected = cluster(told)
    for seed in range(4):
        random.Random(seed).shuffle(told)
        assert cluster(told) == expected


def test_adding_a_report_never_renames_and_merged_ids_stay_as_aliases():
    before = cluster([reading("r5", Said())])
    after = cluster([reading("r5", Said()), reading("r1", Said(), published="2031-05-04")], known=before)
    assert after[0].id == before[0].id and len(after[0].reports) == 2
    one = Cluster(id="aaa", type="airstrike", claims=before[0].claims, reports=("r5",))
    two = Cluster(id="bbb", type="airstrike", claims=after[0].claims[:1], reports=("r1",), aliases=("old",))
    merged = Cluster(id="zzz", type="airstrike", claims=(*one.claims, *two.claims), reports=("r1", "r5"))
    (settled,) = settle_ids([merged], [one, two])
    assert settled.id == "aaa" and settled.aliases == ("bbb", "old")


def test_no_name_is_given_twice():
    (first,) = cluster([reading("r1", Said())])
    grown = Cluster(id="aaa", type="airstrike", claims=cluster([reading("r2", Said())])[0].claims, reports=("r2",))
    apart = settle_ids([first, grown], [Cluster(**{**_fields(grown), "id": first.id})])
    names = {one.reports[0]: one.id for one in apart}
    assert names["r2"] == first.id != names["r1"]  # the claim that named it is another cluster's now
    held = {first.id, names["r1"]}
    (third,) = settle_ids([first], [], held.__contains__)
    assert third.id not in held


def _fields(one: Cluster) -> dict[str, object]:
    return {name: getattr(one, name) for name in one.__struct_fields__}


def test_copies_share_their_happenings_though_one_lost_its_place_and_date():
    words = "struck the old market beside the river bridge shortly before noon while many families were shopping"
    a = reading("r1", Said(words=words))
    b = reading("r2", Said(words=words, place=None, start=None))
    pairs = compare([a.report, b.report])
    assert len(cluster([a, b], pairs)) == 1


def test_what_kills_nobody_is_no_cause_of_deaths_that_more_reports_tell_of():
    dead = Said(type="killing", by="residents", killed=(20, 20, 20))
    barred = reading("r1", dead, Said(type="aid_obstruction", by="residents"))
    (found,) = cluster([barred, reading("r2", dead), reading("r3", dead)])
    assert found.type == "killing"


def test_a_denied_attack_is_the_one_told_before_whatever_it_is_called():
    told = reading(
        "r1", Said(type="ground_attack", by="residents"), Said(by="Sund Army", attitude="denies", denied=True)
    )
    assert len({one.id for one in cluster([told])}) == 1
    apart = reading("r1", Said(type="ground_attack", by="residents"), Said(by="Sund Army"))
    assert len({one.id for one in cluster([apart])}) == 2


def _in_the_village(key, kind, sentence, killed=0, month=False):
    start, end = ("2031-05-01", "2031-05-31") if month else ("2031-05-04", "2031-05-04")
    told = reading(key, Said(type=kind, start=start, end=end, killed=(killed, killed, killed) if killed else None))
    at = sentence.find(" in ") + len(" in ")
    where = (at, sentence.index(".") if "village" in sentence else sentence.index(" in May"))
    word = next(w for w in ("raids", "raid", "clash", "killed") if w in sentence)
    trigger = (sentence.index(word), sentence.index(word) + len(word))
    claims = tuple(
        msgspec.structs.replace(
            one, trigger=trigger, place=Place(name=sentence[slice(*where)], span=where),
            time=msgspec.structs.replace(one.time, precision=4) if month else one.time,
        )
        for one in told.claims
    )  # fmt: skip
    report = msgspec.structs.replace(told.report, text=sentence)
    return msgspec.structs.replace(told, claims=claims, report=report, sentences=((0, len(sentence)),))


def test_the_village_of_one_report_is_not_that_of_another():
    fought = _in_the_village("r1", "armed_clash", "Ten men fell in a clash in the village.")
    named = _in_the_village("r2", "armed_clash", "Ten men fell in a clash in the village of Xyloun.")
    shown = {name for one in cluster([fought, named]) for why in one.why for name in why.split()[:1]}
    assert not shown & {"same_name", "other_name"}


def test_one_deed_of_a_month_is_no_sum_of_months():
    days = _in_the_village("r1", "airstrike", "Twelve were killed by a raid in Xyloun in May 2031.", 71)
    month = _in_the_village("r2", "airstrike", "Soldiers and a raid struck in Xyloun in May 2031.", 68, month=True)
    many = _in_the_village("r3", "airstrike", "Soldiers and raids struck in Xyloun in May 2031.", 68, month=True)
    assert frozenset({"r1", "r2"}) in sets(days, month)
    assert frozenset({"r1", "r3"}) not in sets(days, many)


def test_what_another_deed_is_counted_from_is_told_in_passing():
    text = "Jets struck Arden on Monday. " * 30 + "The raid came two days after 50 were killed in Borden."
    at = text.index("two days after")
    passing = Said(type="killing", killed=(50, 50, 50), start="2031-05-02", place=BORDEN)
    told = reading("r1", Said(), passing)
    killed = text.index("killed")
    later = msgspec.structs.replace(
        told.claims[1], trigger=(killed, killed + 6),
        time=Time(start="2031-05-02", end="2031-05-02", precision=1, span=(at, at + len("two days after"))),
    )  # fmt: skip
    whole = msgspec.structs.replace(
        told, claims=(msgspec.structs.replace(told.claims[0], trigger=(5, 11)), later), sentences=((0, at), (at, len(text))),
        report=msgspec.structs.replace(told.report, text=text),
    )  # fmt: skip
    assert all(ref.claim != later.id for one in cluster([whole]) for ref in one.claims)


def test_a_report_without_a_day_tells_of_nothing_that_came_after_it():
    dated = reading("r1", Said(start="2031-05-05"), published="2031-05-05")
    assert sets(dated, reading("r2", Said(start=None), published="2031-05-06")) == {frozenset({"r1", "r2"})}
    assert len(sets(dated, reading("r2", Said(start=None), published="2031-05-04"))) == 2


def test_a_sum_since_some_day_is_not_the_number_of_that_day():
    text = "A convoy was hit near Xyloun. The monitor said 213 people were killed since the truce ended on Monday."
    told = reading("r1", Said(type="killing", killed=(213, 213, 213)))
    (claim,) = told.claims
    at, monday = text.index("killed"), text.index("on Monday")
    claim = msgspec.structs.replace(
        claim, trigger=(at, at + 6), time=msgspec.structs.replace(claim.time, span=(monday, monday + 9))
    )
    ends = text.index("The monitor")
    shown = msgspec.structs.replace(
        told, claims=(claim,), sentences=((0, ends - 1), (ends, len(text))),
        report=msgspec.structs.replace(told.report, text=text),
    )  # fmt: skip
    (found,) = claims_as_happenings(shown)
    assert found.cumulative


def test_violence_beside_the_dead_is_no_kind_of_its_own():
    attack = reading("r1", Said(type="ground_attack"), Said(type="killing", killed=(22, 22, 22)))
    told = reading("r2", Said(type="other"), Said(type="killing", killed=(24, 24, 24)))
    assert frozenset({"r1", "r2"}) in sets(attack, told)
