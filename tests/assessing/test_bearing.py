"""What is told of another place, day, deed or victim beside an incident makes nobody an origin of it."""

import msgspec

from evenhand.assessing import AssessmentSettings, assess
from evenhand.model.incident import Incident
from evenhand.model.reading import Participant, Place, Reading
from tests.assessing.hand import Said, one_cluster, profile, reading

BORDEN = ("Borden", 10.9, 20.9)
STRIKE = Said(by="Varda Watch", actor="Sund Army", target="the bakery")
DEAD = Said(type="killing", by="Varda Watch", killed=(20, 20, 20), target="shoppers")


def assessed(*readings: Reading, kind: str = "airstrike") -> Incident:
    return assess(
        one_cluster(*readings, kind=kind), readings={one.report.id: one for one in readings}, copies=(),
        profile=profile(), settings=AssessmentSettings(),
    )  # fmt: skip


def origin(found: Incident, name: str):
    return next(one for one in found.origins if one.name == name)


def test_a_strike_on_another_town_the_same_day_is_no_second_account():
    told = [reading("r1", STRIKE, DEAD), reading("r2", STRIKE), reading("r3", Said(by="Varda Relief", place=BORDEN))]
    found = assessed(*told)
    relief = origin(found, "Varda Relief")
    assert (found.independent_origins, relief.own_knowledge, relief.stance.occurrence) == (1, False, "silent")
    assert any("Borden" in why and "km from Arden" in why for why in relief.why)


def test_a_village_that_is_told_by_its_town_is_the_same_place():
    village = Said(by="Varda Relief", place=("Upper Arden", 10.1, 20.0))
    assert assessed(reading("r1", STRIKE, DEAD), reading("r2", village)).independent_origins == 2


def test_last_weeks_dead_move_no_figure():
    earlier = Said(type="killing", by="Varda Relief", killed=(3, 3, 3), start="2031-04-28")
    found = assessed(reading("r1", STRIKE, DEAD), reading("r2", STRIKE, earlier))
    assert (found.questions.killed.low, found.questions.killed.high) == (20, 20)
    assert found.independent_origins == 1
    assert any("6 days apart" in why for why in origin(found, "Varda Relief").why)


def test_a_shot_down_helicopter_is_not_the_gas_attack_on_the_same_town():
    gas = [Said(type="chemical_attack", by=by, target="the market") for by in ("Varda Watch", "Varda Relief")]
    lost = Said(type="destruction", by="Norland Army", target="Norland Army helicopter", force=True, killed=(5, 5, 5))
    found = assessed(reading("r1", gas[0], gas[1]), reading("r2", lost), kind="chemical_attack")
    assert found.questions.occurrence.grade == "corroborated"  # not acknowledged by those who lost the helicopter
    assert found.questions.killed.low is None
    assert origin(found, "Norland Army").own_knowledge is False


def test_soldiers_killed_by_the_strike_that_is_told_are_its_dead():
    strike = Said(by="Varda Watch", target="Norland Army base", force=True)
    lost = Said(type="killing", by="Norland Army", target="Norland Army soldiers", force=True, killed=(62, 62, 62))
    found = assessed(reading("r1", strike), reading("r2", lost))
    assert (found.questions.killed.low, found.questions.occurrence.grade) == (62, "acknowledged")


def test_shelling_of_another_quarter_by_others_is_not_the_air_strike():
    shelling = Said(type="shelling", by="Norland Army", actor="Awaylandish forces", target="the mill quarter")
    found = assessed(reading("r1", STRIKE, DEAD), reading("r2", shelling))
    assert found.independent_origins == 1
    same = Said(type="shelling", by="Norland Army", actor="Awaylandish forces", target="the old bakery")
    assert assessed(reading("r1", STRIKE, DEAD), reading("r2", same)).independent_origins == 2


def test_a_prisoner_executed_did_not_die_of_the_shelling():
    executed = Said(type="execution", by="Norland Army", target="a prisoner", killed=(1, 1, 1))
    found = assessed(reading("r1", STRIKE, DEAD), reading("r2", executed))
    assert (found.questions.killed.low, found.questions.killed.high) == (20, 20)


def test_who_looks_into_a_report_tells_nothing():
    told = reading("r1", Said(by="Sund Army", actor="Sund Army", target="shoppers"))
    (claim,), (statement,) = told.claims, told.statements
    text = "Sund Army said it would investigate whether an airstrike by Sund Army killed shoppers."
    start = text.index("airstrike")
    open_ = msgspec.structs.replace(
        told, report=msgspec.structs.replace(told.report, text=text), sentences=((0, len(text)),),
        claims=(msgspec.structs.replace(claim, trigger=(start, start + 9), evidence=((0, len(text)),)),),
        statements=(msgspec.structs.replace(statement, content=((15, len(text)),)),),
    )  # fmt: skip
    found = assessed(open_)
    assert (found.questions.occurrence.grade, found.questions.responsibility.grade) == ("unattributed", "unattributed")


def test_it_had_struck_is_the_speakers_own_act():
    told = reading("r1", Said(by="Sund Army", actor="it", target="the depot"))
    (claim,), (statement,) = told.claims, told.statements
    text = "Sund Army said it had carried out an airstrike on the depot in Arden."
    start, actor = text.index("airstrike"), text.index("it ")
    own = msgspec.structs.replace(
        told, report=msgspec.structs.replace(told.report, text=text), sentences=((0, len(text)),),
        claims=(msgspec.structs.replace(
            claim, trigger=(start, start + 9), actor=Participant(name="it", span=(actor, actor + 2))),),
        statements=(msgspec.structs.replace(statement, content=((actor, len(text)),)),),
    )  # fmt: skip
    assert assessed(own).questions.responsibility.grade == "acknowledged"


def test_what_is_said_of_a_whole_country_and_of_no_day_is_no_account():
    attack = reading("r1", Said(by="Varda Watch", killed=(7, 7, 7)))
    sums = reading("r2", Said(by="Varda Relief", type="destruction", start=None))
    claim = sums.claims[0]
    country = Place(name="Vardania", country="VA", precision=6)
    sums = msgspec.structs.replace(sums, claims=(msgspec.structs.replace(claim, place=country),))
    found = assessed(attack, sums)
    assert (found.independent_origins, origin(found, "Varda Relief").own_knowledge) == (1, False)


def test_a_denial_without_a_place_of_its_own_answers_what_is_told_around_it():
    (told,) = (denial := reading("r2", Said(by="Sund Army", denied=True, place=("Borden", 12.9, 22.9)))).claims
    taken = msgspec.structs.replace(told.place, why="not said here: taken over from another event of the report")
    answer = msgspec.structs.replace(denial, claims=(msgspec.structs.replace(told, place=taken, time=None),))
    charge = reading("r1", Said(by="Varda Watch", actor="Sund Army"), Said(by="residents", actor="Sund Army"))
    assert assessed(charge, denial).questions.responsibility.grade == "corroborated"
    assert assessed(charge, answer).questions.responsibility.grade == "contested"


def test_the_reason_given_for_an_attack_is_not_the_attack():
    strike = Said(by="Sund Army", actor="Sund Army", target="the bakery")
    dead = Said(type="killing", by="Varda Watch", killed=(2, 2, 2), target="shoppers")
    reason = Said(type="killing", by="Sund Army", killed=(5, 5, 5), before="raid in retaliation for the")
    found = assessed(reading("r1", strike, dead, reason))
    assert (found.questions.killed.low, found.questions.killed.high) == (2, 2)
    alone = assessed(reading("r1", dead, reason), kind="killing")
    assert alone.questions.killed.high == 2


def test_what_a_report_tells_of_only_as_a_reason_is_still_told():
    reason = Said(by="Sund Army", before="raid in retaliation for the", target="the bakery")
    dead = Said(type="killing", by="Sund Army", killed=(5, 5, 5), before="raid in retaliation for the")
    assert assessed(reading("r1", reason, dead)).questions.killed.low == 5


def test_what_those_who_were_struck_did_elsewhere_moves_no_figure():
    rocket = Said(by="Varda Watch", actor="Norland Army", target="Sund Army base", force=True)
    dead = Said(type="killing", by="Varda Watch", actor="Norland Army", target="Sund Army soldiers", force=True,
                killed=(1, 1, 1))  # fmt: skip
    back = Said(type="killing", by="Varda Relief", actor="Sund Army", target="Norland Army soldiers", force=True,
                killed=(11, 11, 11), place=("Varda", 10.0, 20.0), radius=60.0)  # fmt: skip
    found = assessed(reading("r1", rocket, dead, back))
    assert (found.questions.killed.low, found.questions.killed.high) == (1, 1)


def test_two_reports_that_mention_the_same_other_dead_do_not_make_them_of_the_incident():
    other = Said(type="killing", by="Varda Relief", killed=(5, 5, 5), place=BORDEN)
    found = assessed(reading("r1", STRIKE, DEAD, other), reading("r2", STRIKE, other))
    assert (found.questions.killed.low, found.questions.killed.high) == (20, 20)
    assert found.independent_origins == 1


def test_dead_of_a_deed_to_which_a_report_goes_over_move_no_figure():
    over = Said(
        type="killing", by="Varda Watch", killed=(28, 28, 28), place=None, start=None, opening="Earlier this week,"
    )
    found = assessed(reading("r1", STRIKE, DEAD, over))
    assert (found.questions.killed.low, found.questions.killed.high) == (20, 20)
    first = Said(type="killing", by="Varda Watch", killed=(28, 28, 28), place=None, start=None, opening="Last week,")
    found = assessed(reading("r1", first))
    assert found.questions.killed.high == 28  # a report that begins so tells of nothing before it
