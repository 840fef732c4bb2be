"""Whose word it is: offices with an owner in another country, offices without one, and people who say nothing at all."""

from dataclasses import replace
from datetime import date

import msgspec
import pytest

from evenhand.assessing import AssessmentSettings, assess
from evenhand.assessing.forces import is_office, without_deed, without_holder
from evenhand.assessing.grounds import forces_in
from evenhand.assessing.identity import Source
from evenhand.assessing.naming import Namer
from evenhand.assessing.participants import actors_of
from evenhand.assessing.relevance import is_specific
from evenhand.assessing.sources import source_of
from evenhand.assessing.tellers import Teller, is_opinion, tellers_of
from evenhand.model.incident import CopyGroup, Incident
from evenhand.model.parties import Outlet
from evenhand.model.reading import Claim, Entity, Mention, Reading, Statement
from evenhand.profiles import world
from tests.assessing.hand import SOFTWARE, WHERE, Said, one_cluster, profile, reading

NAMER = Namer(world(), AssessmentSettings())


def assessed(*readings: Reading, copies: tuple[CopyGroup, ...] = (), kind: str = "airstrike") -> Incident:
    return assess(
        one_cluster(*readings, kind=kind), readings={one.report.id: one for one in readings}, copies=copies,
        profile=profile(), settings=AssessmentSettings(),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("words", "party"),
    [
        ("the Turkish army in Syria", "turkey"),
        ("the Syrian army in Turkey", "syrian_government"),
        ("the top U.S. commander in Afghanistan", "united_states"),
        ("the French ambassador in Moscow", "france"),
        ("the Russian ambassador in Paris", "russia"),
        ("the defence ministry in Moscow", "russia"),
    ],
)
def test_an_organ_in_another_country_is_of_the_owner_before_it(words: str, party: str):
    owner = world().owner_of(words, on=date(2015, 10, 6))
    assert owner is not None
    assert owner.party == party


@pytest.mark.parametrize(
    ("words", "party"),
    [
        ("the Georgian Ministry of Internal Affairs", "georgia"),
        ("the Russian Ministry of Internal Affairs", "russia"),
        ("the Investigative Committee of the Russian Federation", "russia"),
        ("the Ukrainian General Prosecutor's Office", "ukraine"),
        ("the Russian ministry", "russia"),
    ],
)
def test_ministries_and_prosecutors_by_their_other_names(words: str, party: str):
    owner = world().owner_of(words, on=date(2022, 6, 1))
    assert owner is not None
    assert owner.party == party


@pytest.mark.parametrize(
    ("name", "country", "party"),
    [
        ("Ministry of Interior", "IQ", "iraq"),
        ("Police Headquarters", "LK", "sri_lanka"),
        ("Prosecutor General's Office", "AZ", "azerbaijan"),
        ("Prosecutor General's Office", "AM", "armenia"),
        ("unnamed: minister of Public Security Aru Belo Cani", "IQ", "iraq"),
        ("unnamed: minister of Xland Aru Belo Cani", "IQ", None),
        ("Health Ministry", "PS", None),  # another side of that country has a body so called
        ("unnamed: its military wing", "PS", None),
    ],
)
def test_an_office_that_is_nobodys_by_name_is_of_the_state_on_whose_ground_it_is(
    name: str, country: str, party: str | None
):
    found = NAMER.identify(
        Source(name=name, written=name.removeprefix("unnamed: "), on=date(2014, 7, 1), country=country)
    )
    assert found.party == party


def test_an_office_and_the_name_of_its_holder():
    assert is_office("the Supreme Court")
    assert not is_office("Xland Ministry")
    assert without_holder("deputy minister of Interior Aru Belo") == "deputy minister of Interior"
    assert without_holder("the village of Aru Belo") == "the village of Aru Belo"


def test_the_army_of_a_people_is_named_behind_an_article_too():
    """Else the report would seem to name only the other side's army, and an officer of no given side would be its man."""
    for first, second in (("Norland", "Sund"), ("Sund", "Norland")):
        text = f"The {first}ish army accused the {second}ish army of killing 50. The army fired."
        assert forces_in(text, None, profile()) == {first.lower(), second.lower()}


@pytest.mark.parametrize(
    ("words", "whose"),
    [("an Xian naval vessel", "Xian"), ("two Yan armoured vehicles", "two Yan"), ("Xian snipers", "Xian")],
)
def test_ships_vehicles_and_snipers_are_means_of_whom_they_are_of(words: str, whose: str):
    assert without_deed(words) == whose


@pytest.mark.parametrize(
    "words",
    ["a local civil society official", "a civil society leader", "the president of the civil society of Arden"],
)
def test_civil_society_is_a_class_of_informants_who_know_their_place(words: str):
    found = NAMER.identify(Source(name=f"unnamed: {words}", written=words))
    assert (found.family, found.own, found.partisan) == ("class:civil_society", True, False)


@pytest.mark.parametrize(("words", "says"), [("are now said", False), ("were feared", False), ("have said", True)])
def test_who_is_said_to_have_died_says_nothing(words: str, says: bool):
    text = f"More than 20 people {words} to have died in Arden. "
    span = (0, len(text) - 1)
    told, cue = text.index("to have"), text.index(words)
    statement = Statement(
        id="s1", kind="indirect", content=((told, span[1]),), source=(0, cue - 1), cue=(cue, cue + len(words)),
        speaker_name="unnamed: more than 20 people", attitude="asserts", chain=("paper", "unnamed: more than 20 people"),
    )  # fmt: skip
    at = text.index("died")
    claim = Claim(id="c1", type="killing", trigger=(at, at + 4), statement="s1", evidence=((told, span[1]),))
    report = msgspec.structs.replace(reading("r1", Said()).report, text=text)
    found = Reading(software=SOFTWARE, report=report, sentences=(span,), statements=(statement,), claims=(claim,))
    (teller,) = tellers_of(found, claim, None, {}, NAMER)
    assert teller.own_voice is not says


@pytest.mark.parametrize(
    ("text", "called"),
    [
        ("The area, army spokesman Lt. Col. Aru Belo said, was shelled.", "army spokesman Lt. Col. Aru Belo"),
        ("Xian Prime Minister Aru Belo, meeting Yan Union leaders, said so.", "Xian Prime Minister Aru Belo"),
        ("In Xland General Aru Belo said so.", None),
        ("On Monday Aru Belo said so.", None),
    ],
)
def test_a_person_is_called_by_the_office_before_the_name(text: str, called: str | None):
    at = text.index("Aru Belo")
    who = Entity(id="e1", kind="person", name="Aru Belo", mentions=(Mention(span=(at, at + 8), form="name"),))
    statement = Statement(
        id="s1", kind="indirect", content=((0, 3),), source=(at, at + 8), speaker="e1", speaker_name="Aru Belo",
        attitude="asserts", chain=("paper", "Aru Belo"),
    )  # fmt: skip
    report = msgspec.structs.replace(reading("r1", Said()).report, text=text)
    assert source_of(statement, {"e1": who}, report, None, None).called == called


def test_a_reporter_in_an_agencys_text_is_the_agencys_whoever_prints_it():
    seen = Said(by="unnamed: a correspondent at the scene", killed=(27, 27, 27))
    first, second = reading("r1", seen, outlet="wire"), reading("r2", seen)
    group = CopyGroup(reports=("r1", "r2"), of="wire")
    assert assessed(first, second).independent_origins == 2
    assert assessed(first, second, copies=(group,)).independent_origins == 1


def test_a_court_of_no_given_state_counts_for_nobody_beside_a_side_that_speaks():
    court = reading("r1", Said(by="unnamed: the district court", killed=(5, 5, 5)))
    for side in ("Norland Army", "Sund Army"):
        told = reading("r2", Said(by=side, target=f"{side} post", force=True, killed=(5, 5, 5)))
        assert assessed(court).independent_origins == 1
        assert assessed(court, told).independent_origins == 1


@pytest.mark.parametrize("side", ["Norland", "Sund"])
def test_who_denies_it_and_tells_what_else_it_hit_has_not_admitted_it(side: str):
    other = "Sund" if side == "Norland" else "Norland"
    blame = Said(by=f"{other} Army", actor=f"{side} Army", killed=(9, 9, 9))
    denial = Said(by=f"{side} Army", actor=f"{side} Army", denied=True, attitude="denies")
    hit = Said(by=f"{side} Army", actor=f"{side} Army", target="a camp", force=True)
    same = assessed(reading("r1", blame, denial, hit))
    assert same.questions.responsibility.grade == "contested"
    later = assessed(reading("r1", blame, denial), reading("r2", hit))
    assert later.questions.responsibility.grade == "acknowledged"
    outright = assessed(reading("r1", blame, denial, replace(hit, attitude="admits")))
    assert outright.questions.responsibility.grade == "acknowledged"


@pytest.mark.parametrize(
    ("text", "deed", "specific"),
    [
        ("The army said it was behind an air strike on a town, but that it only hits fighters.", "air strike", True),
        ("The militia said it had ordered an attack on a post.", "attack", True),
        ("The navy said it carried out one long-range strike on a depot.", "strike", True),
        ("The army said it had struck only posts.", "struck", True),
        ("The navy said it had sunk boats exclusively of smugglers.", "sunk", True),
        ("The army said it struck only fighters.", "struck", False),
        ("The army said it makes air strikes on fighters.", "air strikes", False),
        ("The army said that it only makes an attack on fighters.", "attack", False),
    ],
)
def test_what_one_was_behind_is_one_deed_and_a_rule_in_other_words_is_not_its(text: str, deed: str, specific: bool):
    at, since = text.index(deed), text.index("it ")
    claim = Claim(id="c1", type="airstrike", trigger=(at, at + len(deed)))
    until = text.index(", but") if ", but" in text else len(text)
    assert is_specific(text, (0, len(text)), claim, (since, until)) == specific


@pytest.mark.parametrize("words", ["human rights investigators working in Xland", "a human rights researcher"])
def test_who_looks_into_human_rights_is_a_monitor(words: str):
    assert NAMER.identify(Source(name=f"unnamed: {words}", written=words)).family == "class:monitors"


@pytest.mark.parametrize(
    ("words", "party"),
    [
        ("the head of Georgian peacekeeping operations", "georgia"),
        ("the Russian peacekeeping command", "russia"),
        ("Indian peacekeepers", None),  # they may be of a body of many states
    ],
)
def test_a_peacekeeping_command_of_a_state_is_its_armys(words: str, party: str | None):
    owner = world().owner_of(words, on=date(2008, 8, 8))
    assert (owner.party if owner is not None else None) == party


@pytest.mark.parametrize(
    "written",
    [
        "The commander of federal forces, Colonel General Aru Belo",
        "the command of the group of federal forces",
        "the chief of staff of the armed forces, Aru Belo",
    ],
)
def test_who_commands_a_states_own_forces_without_an_owner_is_of_the_state_told_of(written: str):
    name = "Aru Belo" if "Aru" in written else f"unnamed: {written}"
    for country, party in (("RU", "russia"), ("IQ", "iraq")):
        source = Source(name=name, written=written, on=date(2015, 4, 1), country=country)
        found = NAMER.forces_at_home(source)
        assert found is not None
        assert found.party == party


def test_a_page_of_a_listed_body_is_the_bodys_own_word():
    assert NAMER.outlet("monusco", None).family == "un"
    assert NAMER.outlet("the-hill-gazette", None).family == "outlet:the-hill-gazette"


def told_by(first: str, kind: str, second: str, org: str | None = None) -> str:
    """The name of who is found to say the second of two sentences, both told by these."""
    told = reading("r1", Said(by=first, killed=(3, 3, 3)), Said(by=second, org=org, killed=(3, 3, 3)))
    entity = Entity(id="e9", kind=kind, name=first, mentions=(Mention(span=(0, len(first)), form="name"),))
    one, other = told.statements
    one = msgspec.structs.replace(one, speaker="e9")
    told = msgspec.structs.replace(told, entities=(*told.entities, entity), statements=(one, other))
    _, claim = told.claims
    (teller,) = tellers_of(told, claim, None, {}, Namer(profile(), AssessmentSettings()))
    return teller.who.name


@pytest.mark.parametrize("army", ["Norland Army", "Sund Army"])
def test_an_officer_speaks_for_the_army_that_spoke_right_before_him(army: str):
    assert told_by(army, "organisation", "Lieutenant Colonel Aru Belo") == army
    assert told_by(army, "person", "Lieutenant Colonel Aru Belo") != army


def test_somebody_of_the_groups_division_is_of_the_group_that_spoke_right_before():
    assert told_by("Varda Watch", "organisation", "Cani Dore", "group’s crisis division") == "Varda Watch"
    assert told_by("Varda Watch", "organisation", "Cani Dore", "Hill crisis division") != "Varda Watch"


def test_we_on_a_bodys_own_page_is_the_body():
    page = replace(
        profile(), outlets=(*profile().outlets, Outlet(id="watch", name="Varda Watch", kind="monitor", source=WHERE))
    )
    told = reading("r1", Said(by="unnamed: we", killed=(9, 9, 9)), outlet="watch")
    (claim,) = told.claims
    (teller,) = tellers_of(told, claim, None, {}, Namer(page, AssessmentSettings()))
    assert (teller.who.name, teller.who.own, teller.own_voice) == ("Varda Watch", True, False)


@pytest.mark.parametrize(
    ("side", "party"),
    [
        ("Syrian government", "syrian_government"),
        ("Syrian opposition", "syrian_opposition"),
        ("Syrian regime", "syrian_government"),
        ("Syrian rebel", "syrian_opposition"),
        ("Russian naval", "russia"),
        ("Israeli tank", "israel"),
    ],
)
def test_any_side_before_a_deed_is_who_did_it(side: str, party: str):
    """Else one side's shelling would be nobody's where the other's is told of in the same words."""
    assert actor_before(f"At least 31 died in {side} shelling of the town", "shelling") == {party}


@pytest.mark.parametrize(
    ("text", "deed", "party"),
    [
        ("Relief Office: Israel Used Gas On A Town", "Used", {"israel"}),
        ("Relief Office: Hamas Used Gas On A Town", "Used", {"hamas"}),
        ("In the words of a man in Israel used that day", "used", set()),
        ("Relief Office: Israeli Used Gas On A Town", "Used", set()),
    ],
)
def test_a_name_that_begins_a_headline_does_what_its_verb_says(text: str, deed: str, party: set[str]):
    assert actor_before(text, deed) == party


def actor_before(text: str, deed: str) -> frozenset[str]:
    """The parties that are read as who did a deed of which no actor was made out."""
    at = text.index(deed)
    claim = Claim(id="c1", type="shelling" if deed == "shelling" else "chemical_attack", trigger=(at, at + len(deed)))
    told = reading("r1", Said())
    told = msgspec.structs.replace(told, report=msgspec.structs.replace(told.report, text=text), claims=(claim,))
    teller = Teller(who=NAMER.outlet("paper", None), span=(0, len(text)), own_voice=True)
    return actors_of(told, claim, teller, NAMER, Source(name="", outlet="paper", on=date(2016, 7, 2), country="SY"))


@pytest.mark.parametrize(
    ("word", "party"),
    [("the Tigers", "ltte"), ("Tigers", "ltte"), ("the tigers", None), ("the Front", None), ("the Eelam", "ltte")],
)
def test_one_word_of_a_groups_name_stands_for_the_only_group_that_the_report_names_so(word: str, party: str | None):
    named = Entity(id="e1", kind="armed_group", name="Liberation Tigers of Tamil Eelam", party="ltte")
    told = msgspec.structs.replace(reading("r1", Said()), entities=(named,))
    assert Namer(world(), AssessmentSettings()).named_so(word, told) == party


@pytest.mark.parametrize(
    ("text", "party"),
    [
        ("A U.S. Marine and 15 people died. The Marines returned fire.", "united_states"),
        ("British Marines took the hill. Marines shot two men.", "united_kingdom"),
        ("British Marines and U.S. Marines took the hill.", None),
        ("The Marines took the hill.", None),
    ],
)
def test_whose_the_marines_are_the_report_says_once(text: str, party: str | None):
    told = reading("r1", Said(), published="2005-11-20")
    told = msgspec.structs.replace(told, report=msgspec.structs.replace(told.report, text=text))
    assert Namer(world(), AssessmentSettings()).named_so("Marines", told) == party


@pytest.mark.parametrize(
    ("cue", "account"),
    [
        ("does not claim", False),
        ("did not say", False),
        ("declined to confirm", False),
        ("refused to comment on", False),
        ("has never claimed", False),
        ("claimed", True),
        ("said", True),
        ("did not deny", True),
    ],
)
def test_what_somebody_is_said_not_to_say_is_no_account(cue: str, account: bool):
    teller = Teller(who=NAMER.outlet("paper", None), span=(0, 9), cue=cue)
    assert is_opinion(teller) is not account
