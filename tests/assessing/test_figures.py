import msgspec

from evenhand.assessing import AssessmentSettings, assess
from evenhand.model.incident import Incident, Toll
from evenhand.model.reading import Participant, Reading
from tests.assessing.hand import Said, one_cluster, profile, reading


def killed(*readings: Reading, best: str = "none") -> Toll:
    return assessed(*readings, best=best).questions.killed


def assessed(*readings: Reading, best: str = "none") -> Incident:
    return assess(
        one_cluster(*readings), readings={one.report.id: one for one in readings}, copies=(), profile=profile(),
        settings=AssessmentSettings(best=best),
    )  # fmt: skip


def said(by: str | None, number: float, **more: object) -> Said:
    return Said(type="killing", by=by, killed=(number, number, number), **more)


def test_the_range_runs_from_the_lowest_to_the_highest_latest_total_and_is_never_an_average():
    found = killed(reading("r1", said("Varda Watch", 20)), reading("r2", said("Varda Relief", 31)))
    assert (found.low, found.best, found.high) == (20, None, 31)
    assert all(figure.origin and figure.report and figure.span for figure in found.figures)


def test_a_later_total_of_the_same_origin_is_an_update_not_a_contradiction():
    found = killed(
        reading("r1", said("Varda Watch", 20), published="2031-05-04"),
        reading("r2", said("Varda Watch", 44), published="2031-05-06"),
    )
    assert (found.low, found.high, found.grade) == (44, 44, "single_origin")
    assert [figure.superseded for figure in found.figures] == [True, False]


def test_of_one_day_the_higher_total_of_one_family_is_the_later():
    found = killed(
        reading("r1", said("Norland Army", 44)), reading("r2", said("Norland Defence Ministry", 31)),
    )  # fmt: skip
    assert (found.low, found.high) == (44, 44)


def test_at_least_fewer_does_not_replace_a_higher_total():
    later = Said(type="killing", by="Varda Watch", killed=(22, 22, None), op=">=")
    found = killed(
        reading("r1", said("Varda Watch", 31), published="2031-05-04"), reading("r2", later, published="2031-05-05")
    )
    assert (found.low, found.high) == (31, 31)


def test_parts_are_not_summed_with_wholes():
    found = killed(reading("r1", said("Varda Watch", 20), said("Varda Watch", 8)))
    assert (found.low, found.high) == (20, 20)
    assert sorted(figure.part for figure in found.figures) == [False, True]
    marked = killed(reading("r1", said("Varda Watch", 20), said("Varda Watch", 25, extra={"part_of": 0})))
    assert marked.high == 20


def test_cumulative_totals_stay_out():
    found = killed(
        reading(
            "r1",
            said("Varda Watch", 20),
            said("Varda Watch", 9000, cumulative=True, start="2031-01-01", end="2031-05-04"),
        )
    )
    assert (found.low, found.high) == (20, 20)


def test_a_rising_toll_told_without_a_day_is_that_of_what_it_is_told_of():
    found = killed(reading("r1", said("Varda Watch", 20), said("Varda Relief", 22, cumulative=True, start=None)))
    assert (found.low, found.high) == (20, 22)


def test_vague_words_move_no_bound_while_a_number_stands():
    vague = Said(type="killing", by="Varda Relief", killed=(24, None, 99), op="plural")
    found = killed(reading("r1", said("Varda Watch", 20)), reading("r2", vague))
    assert (found.low, found.high) == (20, 20)
    alone = killed(reading("r2", vague))
    assert (alone.low, alone.high) == (24, 99)


def test_a_number_in_the_outlets_own_voice_alone_is_unattributed():
    found = killed(reading("r1", said(None, 20)))
    assert (found.low, found.high, found.grade) == (20, 20, "unattributed")


def test_totals_that_cannot_both_be_so_are_contested_but_a_rise_is_not():
    apart = killed(reading("r1", said("Varda Watch", 20)), reading("r2", said("Varda Relief", 60)))
    assert apart.grade == "contested"
    rise = killed(
        reading("r1", said("Varda Watch", 20), published="2031-05-04"),
        reading("r2", said("Varda Relief", 60), published="2031-05-06"),
    )
    assert rise.grade == "corroborated"


def test_best_only_by_the_rule_that_the_user_chose():
    told = (reading("r1", said("Norland Army", 10)), reading("r2", said("Varda Watch", 20), published="2031-05-06"))
    assert killed(*told).best is None
    assert killed(*told, best="most_conservative").best == 10
    latest = killed(*told, best="latest_best_graded")
    assert latest.best == 20
    assert any("the user chose" in why for why in latest.reasons)


def test_people_killed_count_as_killed():
    dead = Said(type="killing", by="Varda Watch", killed=(10, 10, 10), extra={"role": "people"})
    assert killed(reading("r1", dead)).low == 10


def test_some_of_the_dead_are_a_part_whoever_counts_them():
    children = Said(type="killing", by="Varda Relief", killed=(11, 11, 11), extra={"of": "children"})
    found = killed(reading("r1", said("Varda Watch", 58)), reading("r2", children))
    assert (found.low, found.high) == (58, 58)
    assert killed(reading("r2", children)).low == 11


def test_a_bare_name_moves_no_bound_beside_an_origin_that_is_made_out():
    found = killed(reading("r1", said("Varda Watch", 20)), reading("r2", said("Urum", 3)))
    assert (found.low, found.high) == (20, 20)
    alone = killed(reading("r2", said("Urum", 3)))
    assert (alone.low, alone.high) == (3, 3)


def test_a_partys_organ_gives_a_number_of_its_own_where_it_names_nobody():
    found = killed(reading("r1", said("Varda Watch", 20)), reading("r2", said(None, 26), outlet="nna"))
    assert (found.low, found.high) == (20, 26)
    assert killed(reading("r1", said("Varda Watch", 20)), reading("r2", said(None, 26))).high == 20


def test_who_did_it_is_not_counted_among_the_dead():
    told = reading("r1", said("Varda Watch", 1))
    claim = told.claims[0]
    actor = Participant(name="a suicide bomber", span=claim.quantities[0].span)
    told = msgspec.structs.replace(told, claims=(msgspec.structs.replace(claim, actor=actor),))
    assert killed(told).figures == ()


def test_an_earlier_figure_moves_no_bound_whoever_gave_it():
    text = "The ministry said 85 people were killed. The previous toll of the police was 58."
    now, before = text.index("85"), text.index("58")
    told = reading("r1", said("Varda Watch", 85), said("Varda Relief", 58))
    claims = [
        with_span(claim, span) for claim, span in zip(told.claims, ((now, now + 2), (before, before + 2)), strict=True)
    ]
    report = msgspec.structs.replace(told.report, text=text)
    found = killed(msgspec.structs.replace(told, report=report, claims=tuple(claims)))
    assert (found.low, found.high) == (85, 85)
    assert sorted(figure.superseded for figure in found.figures) == [False, True]


def with_span(claim, span):
    (quantity,) = claim.quantities
    return msgspec.structs.replace(claim, quantities=(msgspec.structs.replace(quantity, span=span),))


def test_different_dead_of_one_deed_are_a_total_and_no_part_of_a_larger_one_elsewhere():
    text = "The raid killed 22 children and six teachers."
    told = reading("r1", said("Varda Relief", 22))
    (claim,) = told.claims
    (first,) = claim.quantities
    at = text.index("22"), text.index("six")
    numbers = (
        msgspec.structs.replace(first, span=(at[0], at[0] + 2), of="children"),
        msgspec.structs.replace(first, span=(at[1], at[1] + 3), low=6, best=6, high=6, of="teachers"),
    )
    told = msgspec.structs.replace(
        told,
        report=msgspec.structs.replace(told.report, text=text),
        claims=(msgspec.structs.replace(claim, quantities=numbers),),
    )
    found = killed(told, reading("r2", said("Varda Watch", 35)))
    assert (found.low, found.high) == (28, 35)


def test_a_number_is_nobody_elses_because_another_gives_the_same():
    told = reading("r1", said("officials", 90), said("Sund Army", 90))
    assert {figure.origin for figure in killed(told).figures} == {"officials without a named side", "Sund Army"}


def test_no_more_than_officials_moves_no_bound_beside_somebody_named():
    found = killed(reading("r1", said("officials", 30)), reading("r2", said("Norland Defence Ministry", 85)))
    assert (found.low, found.high) == (85, 85)
    assert killed(reading("r1", said("officials", 30))).low == 30


def test_a_lower_total_of_a_later_day_is_another_account():
    first = reading("r1", said("Varda Watch", 26), published="2031-05-05")
    later = reading("r2", said("Varda Watch", 20), published="2031-05-06")
    found = killed(first, later)
    assert (found.low, found.high) == (20, 26)
    assert not any(figure.superseded for figure in found.figures)


def test_a_total_that_is_revised_down_replaces_the_higher_one():
    first = reading("r1", said("Varda Watch", 26), published="2031-05-05")
    later = reading("r2", said("Varda Watch", 20), published="2031-05-06")
    text = "The Watch revised the toll down to 20."
    (claim,) = later.claims
    (quantity,) = claim.quantities
    moved = msgspec.structs.replace(quantity, span=(text.index("20"), text.index("20") + 2))
    later = msgspec.structs.replace(
        later,
        report=msgspec.structs.replace(later.report, text=text),
        claims=(msgspec.structs.replace(claim, quantities=(moved,)),),
    )
    found = killed(first, later)
    assert (found.low, found.high) == (20, 20)


def test_each_figure_that_moves_no_bound_is_told_with_one_reason():
    part = said("Varda Watch", 8)
    vague = Said(type="killing", by="Varda Relief", killed=(24, None, 99), op="plural")
    first = reading("r1", said("Varda Watch", 20), part, vague, said("officials", 30), published="2031-05-05")
    second = reading("r2", said("Varda Watch", 44), published="2031-05-06")
    (note,) = (why for why in killed(first, second).reasons if why.startswith("not counted"))
    assert note == (
        "not counted: 1 of some of the dead or wounded, 1 replaced by another of the same origin or given as an earlier "
        "one, 1 in words without a number, 1 of a source that nobody makes out beside one that is known"
    )


def test_an_exact_number_of_a_bare_name_stands_before_a_vague_one_of_a_known_body():
    vague = Said(type="killing", by="Varda Watch", killed=(36, None, 108), op="plural")
    found = killed(reading("r1", vague), reading("r2", said("Merrick Oddlaw", 45)))
    assert (found.low, found.high) == (45, 45)


def test_policemen_may_be_all_the_dead_though_another_tells_of_more():
    force = said("Varda Watch", 13, extra={"of": "policemen"})
    found = killed(reading("r1", force), reading("r2", said(None, 31)))
    assert (found.low, found.high) == (13, 13)


def test_half_a_man_of_about_125_goes_outwards():
    about = Said(type="killing", by="Varda Watch", killed=(112, 125, 138), op="~")
    found = killed(reading("r1", about))
    assert (found.low, found.high) == (112, 138)


def test_a_first_number_stands_unless_its_teller_gives_another_beside_it():
    text = "The ministry said 85 people were killed. The police had put the toll at 58."
    spans = [(text.index(number), text.index(number) + 2) for number in ("85", "58")]
    for teller, bounds in (("Varda Relief", (58, 85)), ("Varda Watch", (85, 85))):
        told = reading("r1", said("Varda Watch", 85), said(teller, 58))
        claims = tuple(with_span(claim, span) for claim, span in zip(told.claims, spans, strict=True))
        report = msgspec.structs.replace(told.report, text=text)
        found = killed(msgspec.structs.replace(told, report=report, claims=claims))
        assert (found.low, found.high) == bounds


def test_a_number_of_two_falls_when_one_of_them_gives_a_higher_one():
    first = reading("r1", said("Varda Watch", 70), said("Varda Relief", 70), published="2031-05-04")
    claims = tuple(with_span(claim, (0, 2)) for claim in first.claims)  # one number, said by both
    later = reading("r2", said("Varda Watch", 131), published="2031-05-05")
    found = killed(msgspec.structs.replace(first, claims=claims), later)
    assert (found.low, found.high) == (131, 131)


def test_whoever_gives_a_toll_under_a_name_counts_beside_those_the_profile_knows():
    for name in ("Maro Ullin", "Ora Benn", "Red Field Ambulance", "Society of the Poor"):
        found = killed(reading("r1", said("Varda Watch", 20)), reading("r2", said(name, 31)))
        assert (found.low, found.high) == (20, 31), name


def test_words_that_name_nobody_move_no_bound_beside_one_who_is_known():
    for words in ("the regime", "figures compiled from clinics", "Investigators working in the north", "page"):
        found = killed(reading("r1", said("Varda Watch", 20)), reading("r2", said(words, 31)))
        assert (found.low, found.high) == (20, 20), words


def test_a_toll_that_rises_over_a_few_days_is_the_incidents_and_one_of_a_week_is_not():
    for last, high in (("2031-05-06", 31), ("2031-05-12", 20)):
        rising = said("Varda Relief", 31, end=last, cumulative=True)
        found = killed(reading("r1", said("Varda Watch", 20)), reading("r2", rising))
        assert found.high == high, last


def none(by: str) -> Said:
    return Said(type="killing", by=by, denied=True, before="strike left nobody after the")


def test_who_says_that_nobody_died_gives_none_as_a_toll():
    found = killed(reading("r1", said("Norland Army", 600)), reading("r2", none("Varda Watch")))
    assert (found.low, found.high) == (0, 600)
    found = killed(reading("r1", said("Varda Watch", 6)), reading("r2", none("Varda Watch")))
    assert (found.low, found.high) == (6, 6)


def test_who_says_that_there_was_no_strike_counts_nobody():
    refused = Said(by="Sund Army", denied=True)
    found = killed(reading("r1", said("Varda Watch", 6)), reading("r2", refused, none("Sund Army")))
    assert (found.low, found.high) == (6, 6)


def test_officials_of_no_side_count_on_for_the_one_side_that_speaks():
    first = reading("r1", said("Norland Army", 20), published="2031-05-04")
    later = reading("r2", said("officials", 31), published="2031-05-05")
    assert (killed(first, later).low, killed(first, later).high) == (31, 31)
    blamed = reading("r3", said("Varda Watch", 25, actor="Norland Army"))
    found = killed(first, later, blamed)
    assert (found.low, found.high) == (20, 25)


def test_a_running_total_of_a_later_day_is_of_the_deed_it_is_told_of():
    later = said("Varda Watch", 13, cumulative=True, start="2031-05-07")
    found = killed(reading("r1", said("Varda Watch", 12)), reading("r2", later, published="2031-05-07"))
    assert (found.low, found.high) == (13, 13)
    other = said("Varda Watch", 13, start="2031-05-07")
    found = killed(reading("r1", Said(), said("Varda Watch", 12)), reading("r2", other, published="2031-05-07"))
    assert (found.low, found.high) == (12, 12)


def test_relatives_are_some_of_the_dead():
    own = said("residents", 11, extra={"of": "relatives"})
    found = killed(reading("r1", said("Varda Watch", 40)), reading("r2", own))
    assert (found.low, found.high) == (40, 40)


def test_a_bare_one_is_some_of_the_dead():
    found = killed(reading("r1", said("Varda Watch", 40)), reading("r2", said("Varda Relief", 1)))
    assert (found.low, found.high) == (40, 40)
    alone = killed(reading("r1", said("Varda Relief", 1)))
    assert (alone.low, alone.high) == (1, 1)
    pilot = said("Varda Relief", 1, extra={"of": "pilot"})
    assert killed(reading("r1", said("Varda Watch", 4)), reading("r2", pilot)).low == 1


def test_what_a_committee_looks_into_is_the_word_of_who_tells_it_of_it():
    told = reading("r1", said("Xan Yish", 31))
    text = told.report.text
    (outer,) = told.statements
    at = text.index("killed")
    inner = msgspec.structs.replace(
        outer, id="s2", parent="s1", cue=(at, at + 6), speaker_name="a committee", chain=("paper", "a committee")
    )
    looks = msgspec.structs.replace(told.report, text=text.replace("killed", "probes"))
    changed = msgspec.structs.replace(
        told, report=looks, statements=(outer, inner),
        claims=tuple(msgspec.structs.replace(claim, statement="s2") for claim in told.claims),
    )  # fmt: skip
    assert [figure.origin for figure in killed(changed).figures] == ["Xan Yish"]
    says = msgspec.structs.replace(changed, report=told.report)
    assert [figure.origin for figure in killed(says).figures] != ["Xan Yish"]
