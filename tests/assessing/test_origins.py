from dataclasses import replace

import msgspec
import pytest

from evenhand.assessing import AssessmentSettings, assess
from evenhand.assessing.identity import Source
from evenhand.assessing.informants import informant_class
from evenhand.assessing.naming import Namer
from evenhand.errors import CaseError
from evenhand.model.incident import Origin
from evenhand.model.parties import Outlet, Party, Tie
from evenhand.model.profile import Profile
from evenhand.model.reading import Participant, Reading
from evenhand.profiles import world
from tests.assessing.hand import Said, one_cluster, profile, reading


def origins(*readings: Reading) -> dict[str, Origin]:
    found = assess(
        one_cluster(*readings), readings={one.report.id: one for one in readings}, copies=(), profile=profile(),
        settings=AssessmentSettings(),
    )  # fmt: skip
    return {one.name: one for one in found.origins}


def test_what_an_outlet_of_no_party_says_itself_rests_on_its_one_informant():
    found = origins(reading("r1", Said(), Said(by="Varda Watch"), outlet="paper"))
    assert list(found) == ["Varda Watch"]
    blaming = Said(by="Varda Watch", actor="Sund Army")
    found = origins(reading("r1", Said(actor="Sund Army"), blaming, outlet="paper"))
    assert list(found) == ["Varda Watch"]
    assert found["Varda Watch"].stance.responsibility == "blames:sund"
    found = origins(reading("r1", Said(actor="Sund Army"), Said(by="Varda Watch"), outlet="paper"))
    assert found["Varda Watch"].stance.responsibility == "silent"  # blame that it does not utter is not laid to it
    assert found["The Paper"].own_knowledge is False


def test_what_a_partys_organ_says_itself_stays_its_own_without_own_knowledge_beside_informants():
    found = origins(reading("r1", Said(actor="Sund Army"), Said(by="Varda Watch"), outlet="nna"))
    assert found["Varda Watch"].stance.responsibility == "silent"
    assert found["Norland News"].own_knowledge is False


def test_with_two_informants_the_outlets_own_voice_is_neithers():
    found = origins(reading("r1", Said(actor="Sund Army"), Said(by="Varda Watch"), Said(by="Varda Relief")))
    assert found["The Paper"].own_knowledge is False
    assert found["Varda Watch"].stance.responsibility == "silent"


def test_denial_of_the_act_is_not_denial_of_the_event():
    found = origins(
        reading("r1", Said(by="Varda Watch", actor="Norland Army")),
        reading("r2", Said(by="Norland Defence Ministry", denied=True)),
    )
    assert found["Norland Defence Ministry"].stance.responsibility == "denies"
    assert found["Norland Defence Ministry"].stance.occurrence == "silent"
    other = origins(reading("r1", Said(by="Varda Watch", denied=True)))
    assert other["Varda Watch"].stance.occurrence == "denies"


def test_who_denies_the_act_and_gives_it_a_name_tells_nothing_of_it():
    no = Said(by="Sund Army", actor="Sund Army", denied=True, attitude="denies")
    found = origins(reading("r1", no, Said(by="Sund Army", type="killing")))
    assert found["Sund Army"].stance.occurrence == "silent"
    found = origins(reading("r1", no, Said(by="Sund Army", type="killing", target="farmers")))
    assert found["Sund Army"].stance.occurrence == "asserts"


def test_a_family_that_denies_has_not_admitted():
    found = origins(
        reading("r1", Said(by="Norland Army", actor="Norland Army")),
        reading("r2", Said(by="Norland Defence Ministry", actor="Norland Army", denied=True)),
    )
    assert found["Norland Army"].stance.responsibility == "silent"


def test_unnamed_people_of_one_kind_are_one_origin():
    found = origins(
        reading("r1", Said(by="residents")), reading("r2", Said(by="unnamed: a witness")),
        reading("r3", Said(by="unnamed: a doctor")),
    )  # fmt: skip
    assert {one.family for one in found.values()} == {"class:residents", "class:medics"}


def test_who_says_it_is_not_thereby_who_did_it():
    told = reading("r1", Said(by="Norland Army", actor="Norland Army", target="civilians"))
    (claim,), (statement,) = told.claims, told.statements
    words = (statement.source[1] + 1, statement.content[0][1])
    outside = msgspec.structs.replace(claim, actor=Participant(name="Norland Army", span=statement.source))
    quoted = msgspec.structs.replace(statement, content=(words,))
    spoken = msgspec.structs.replace(told, claims=(outside,), statements=(quoted,))
    assert origins(spoken)["Norland Army"].stance.responsibility == "silent"
    admitted = msgspec.structs.replace(quoted, attitude="admits")
    said = msgspec.structs.replace(spoken, statements=(admitted,))
    assert origins(said)["Norland Army"].stance.responsibility == "admits"


def test_its_artillery_is_the_speakers_own_only_at_the_start_of_its_words():
    begins = Said(by="Norland Army", actor="its artillery")
    assert origins(reading("r1", begins))["Norland Army"].stance.responsibility == "silent"


def test_every_origin_says_why():
    for one in origins(reading("r1", Said(by="Varda Watch")), reading("r2", Said(by="nobody we know"))).values():
        assert one.why and all(one.why)


@pytest.mark.parametrize(
    ("words", "kind"),
    [("local activists", "activists"), ("a medical source", "medics"), ("an AFP photographer", "reporter"),
     ("villagers", "residents"), ("media reports", "hearsay"), ("activists and media", "activists"),
     ("13 peasants", "residents"), ("two priests in Dun", "residents"), ("church workers", "churches"),
     ("prosecutors", "officials"), ("the Truth Commission", "inquiries"), ("bystanders", "residents"),
     ("extremists in Dun", "fighters"), ("the kidnappers", "fighters"),
     ("a security official", "officials"), ("the local council", "councils"), ("Jane Doe", None),
     ("two tribal elders", "residents"), ("community leaders", "residents"),
     ("An AFP reporter at the hospital", "reporter"), ("survivors in the clinic", "residents"),
     ("officials at two hospitals", "medics")],
)  # fmt: skip
def test_classes_of_informants(words, kind):
    found = informant_class(words)
    assert (found.id if found else None) == kind


def test_a_title_says_what_somebody_is_only_where_nothing_else_does():
    described = {"Dr Ada Lind": "medics", "the undersecretary of the health ministry, Dr Ada Lind": "officials"}
    for words, kind in described.items():
        found = informant_class(words)
        assert found is not None and found.id == kind


def test_a_reporter_on_the_spot_is_of_the_outlet_named():
    namer = Namer(profile(), AssessmentSettings())
    assert namer.identify(Source(name="a Wire One witness", outlet="paper")).own
    assert namer.identify(Source(name="a witness", outlet="paper")).family == "class:residents"
    found = namer.identify(Source(name="a Wire One photographer", outlet="paper"))
    assert (found.family, found.own) == ("outlet:wire", True)


def test_a_reporter_in_anothers_text_is_of_whom_the_text_is():
    namer = Namer(profile(), AssessmentSettings())
    carried = Source(name="a correspondent at the scene", outlet="paper", text_of="wire")
    assert namer.identify(carried).family == "outlet:wire"
    assert namer.identify(Source(name="a correspondent at the scene", outlet="paper")).family == "outlet:paper"
    unlisted = Source(name="a correspondent at the scene", outlet="the-ost-times")
    assert namer.identify(unlisted).name.startswith("The Ost Times")
    named = Source(name="a correspondent of The Paper at the scene", outlet="paper", text_of="wire")
    assert namer.identify(named).family == "outlet:paper"


def test_accents_make_nobody_another():
    namer = Namer(profile(), AssessmentSettings())
    plain, accented = (namer.identify(Source(name=name)) for name in ("Noella Orr", "Noëlla Orr"))
    assert plain.family == accented.family


def test_a_correspondent_in_a_credited_copy_is_no_second_origin():
    own = reading("r1", Said(by="a correspondent at the scene"), outlet="wire")
    copy = reading("r2", Said(by="a correspondent at the scene"), outlet="paper", credit="wire")
    assert [one.family for one in origins(own, copy).values() if one.own_knowledge] == ["outlet:wire"]


def test_the_army_is_the_outlets_own_only_on_its_own_ground():
    namer = Namer(profile(), AssessmentSettings())
    assert namer.identify(Source(name="the army", outlet="nna", country="VA")).party == "norland"
    assert namer.identify(Source(name="the army", outlet="nna", country="FA")).party is None


@pytest.mark.parametrize(
    "case",
    [{"assessment": {"best": "average"}}, {"same_origin": [{"names": ["one"], "why": "x"}]},
     {"same_origin": [{"names": ["one", "two"]}]}, {"party_of": [{"party": "sund", "why": "x"}]},
     {"not_same_origin": {"names": ["a", "b"]}}, {"assessment": "none"}],
)  # fmt: skip
def test_a_case_file_that_is_off_is_refused_by_name(case):
    with pytest.raises(CaseError, match=r"assessment|same_origin|party_of"):
        AssessmentSettings.from_case(case)


def test_a_case_file_is_read():
    found = AssessmentSettings.from_case(
        {"assessment": {"best": "most_conservative"}, "same_origin": [{"names": ["a", "b"], "why": "one office"}],
         "party_of": [{"name": "x", "party": "none", "why": "left it"}]}
    )  # fmt: skip
    assert found.best == "most_conservative" and found.party_of[0].party is None


@pytest.mark.parametrize(
    ("name", "country", "party"),
    [("Norlandish", "VA", "norland"), ("the government forces", "FA", "far"), ("army units", "FA", "far"),
     ("warplanes", "FA", None), ("government troops", "VA", None), ("rebels", "FA", None), ("the regime", None, None)],
)  # fmt: skip
def test_actors_without_an_owner_are_the_countrys_own_if_it_has_one_government(name, country, party):
    assert Namer(profile(), AssessmentSettings()).party_of(Source(name=name, country=country)) == party


def with_coalition() -> Profile:
    own = profile()
    led = Party(
        id="league", name="Norland-led League", kind="coalition", source="by hand", family="norland",
        adjectives=("League",), names=("the League",),
    )  # fmt: skip
    return replace(own, parties=(*own.parties, led))


def test_a_coalition_and_its_leader_are_one_family_that_admits_for_both():
    told = (
        reading("r1", Said(type="killing", by="Norland Army", actor="the League")),
        reading("r2", Said(by="League forces")),
    )  # fmt: skip
    found = assess(
        one_cluster(*told), readings={one.report.id: one for one in told}, copies=(), profile=with_coalition(),
        settings=AssessmentSettings(),
    )  # fmt: skip
    assert {one.family for one in found.origins} == {"norland"}
    assert {one.stance.responsibility for one in found.origins if one.name == "Norland Army"} == {"admits"}
    assert found.independent_origins == 1


def test_blame_of_a_coalition_and_of_its_leader_agree():
    told = (
        reading("r1", Said(by="Varda Watch", actor="the League")), reading("r2", Said(by="Varda Relief", actor="Norland")),
    )  # fmt: skip
    found = assess(
        one_cluster(*told), readings={one.report.id: one for one in told}, copies=(), profile=with_coalition(),
        settings=AssessmentSettings(),
    )  # fmt: skip
    assert found.questions.responsibility.grade == "corroborated"


@pytest.mark.parametrize(
    "name", ["opponents of Norland", "unnamed: the ambassador of Elsewhere to the Norland government"]
)
def test_a_name_that_stands_for_another_gives_no_party(name):
    namer = Namer(profile(), AssessmentSettings())
    assert namer.identify(Source(name=name, written=name, outlet="paper")).party is None


def test_another_medium_that_is_not_named_is_not_the_organ_that_quotes_it():
    namer = Namer(profile(), AssessmentSettings())
    found = namer.identify(Source(name="TV channel", outlet="nna", country="VA"))
    assert (found.party, found.own) == (None, False)


def test_an_outlet_of_a_group_that_fights_abroad_tells_the_groups_word():
    abroad = Party(id="league", name="Hill League", kind="armed_group", source="invented", country="HI")
    made = profile()
    channel = Outlet(id="hlt", name="Hill TV", kind="party", source="invented", party="league", owner="the League")
    tie = Tie(between=("league", "norland"), kind="allies", source="invented")
    fighting = replace(made, parties=(*made.parties, abroad), outlets=(*made.outlets, channel), ties=(*made.ties, tie))
    told = reading("r1", Said(actor="Sund Army"), outlet="hlt")
    found = assess(one_cluster(told), readings={"r1": told}, copies=(), profile=fighting, settings=AssessmentSettings())
    (league,) = found.origins
    assert (league.own_knowledge, league.interest) == (True, "interested")


def test_a_leader_that_tells_only_of_its_coalitions_strikes_has_not_admitted_the_dead():
    told = reading("r1", Said(by="Norland Army", actor="the League"))
    found = assess(
        one_cluster(told), readings={"r1": told}, copies=(), profile=with_coalition(), settings=AssessmentSettings()
    )
    assert [one.stance.responsibility for one in found.origins] == ["silent"]


def test_an_outlet_of_a_party_from_another_country_does_not_know_by_its_own_voice():
    abroad = Party(id="league", name="Hill League", kind="armed_group", source="invented", country="HI")
    made = profile()
    channel = Outlet(id="hlt", name="Hill TV", kind="party", source="invented", party="league", owner="the League")
    with_league = replace(made, parties=(*made.parties, abroad), outlets=(*made.outlets, channel))
    told = reading("r1", Said(actor="Sund Army"), outlet="hlt")
    found = assess(
        one_cluster(told), readings={"r1": told}, copies=(), profile=with_league, settings=AssessmentSettings()
    )
    assert (found.independent_origins, found.origins[0].own_knowledge) == (0, False)
    assert "another country" in " ".join(found.origins[0].why)


def test_what_was_done_to_a_side_is_its_reason_for_its_own_deed_and_blames_nobody_for_it():
    struck, fired = (
        Said(by="Sund Army", actor="Sund Army"),
        Said(by="Sund Army", actor="Norland Army", target="Sund Army"),
    )
    told = reading("r1", struck, fired)
    second = msgspec.structs.replace(told.claims[1], statement=told.claims[0].statement)
    told = msgspec.structs.replace(told, claims=(told.claims[0], second))
    (sund,) = [one for one in origins(told).values() if one.family == "sund"]
    assert sund.stance.responsibility == "admits"


def test_who_acknowledges_an_assault_and_foils_it_does_not_own_it():
    told = reading(
        "r1", Said(by="Sund Army", attitude="admits", target="Sund Army", words="which it said it had repelled")
    )
    (sund,) = [one for one in origins(told).values() if one.family == "sund"]
    assert sund.stance.responsibility != "admits"


def test_a_countrys_ambassador_at_a_body_is_not_the_body_though_its_text_lost_the_apostrophe():
    namer = Namer(world(), AssessmentSettings())
    told = Source(name="Boris Ivanov", org="Russias UN", written="Russias UN ambassador Boris Ivanov")
    assert namer.identify(told).family != "un"
    assert namer.identify(Source(name="Farhan Haq", org="UN", written="UN spokesman Farhan Haq")).family == "un"


def test_who_fights_a_party_and_is_quoted_by_its_organ_is_not_that_party():
    namer = Namer(profile(), AssessmentSettings())
    for words in ("extremists in Arden", "gunmen", "the kidnappers"):
        found = namer.identify(Source(name=f"unnamed: {words}", written=words, outlet="nna", country="VA"))
        assert found.party is None
