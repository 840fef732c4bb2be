"""Who somebody is by what the report says beside the name; what somebody found; whose an office is."""

from datetime import date

import pytest

from evenhand.assessing import AssessmentSettings
from evenhand.assessing.described import has_lived_it, headed, holders, is_clause, is_finding
from evenhand.assessing.identity import Identity, Source
from evenhand.assessing.naming import Namer
from evenhand.assessing.sources import speaking_of
from evenhand.assessing.tellers import tellers_of
from evenhand.model.reading import Claim, Entity, Mention, Reading, Statement
from evenhand.model.report import OriginalRef, Report
from evenhand.profiles import world
from tests.assessing.hand import SOFTWARE

NAMER = Namer(world(), AssessmentSettings())


def told(
    text: str, source: str, said: str, *, kind: str = "direct", name: str = "", role: str | None = None,
    published: str = "2031-05-05",
) -> Reading:  # fmt: skip
    """One statement of one named person in a text, with a claim in it."""
    at, inside = text.index(source), text.index(said)
    called = name or source
    first = text.index(called) if called in text else at
    speaker = Entity(
        id="e1", kind="person", name=called, role=role,
        mentions=(Mention(span=(first, first + len(called)), form="name"),),
    )  # fmt: skip
    statement = Statement(
        id="s1", kind=kind, content=((inside, inside + len(said)),), source=(at, at + len(source)),
        speaker="e1", speaker_name=called, chain=("paper", called),
    )  # fmt: skip
    claim = Claim(id="c1", type="shelling", statement="s1", trigger=(inside, inside + 5), evidence=((0, len(text)),))
    report = Report(
        id=text, original=OriginalRef(sha256="0" * 64, locator="r1"), outlet="paper", text=text, published=published
    )
    return Reading(
        software=SOFTWARE, report=report, sentences=((0, len(text)),), entities=(speaker,), statements=(statement,),
        claims=(claim,),
    )  # fmt: skip


def who(found: Reading, country: str | None = None) -> Identity:
    namer = Namer(world(), AssessmentSettings())  # it takes readings of one report for the same
    (teller,) = tellers_of(found, found.claims[0], None, {found.report.id: found}, namer, country)
    return teller.who


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("crater analysis", True),
        ("an initial inquiry", True),
        ("the preliminary results of the investigation", True),
        ("Our investigation", True),
        ("figures compiled by the clinics", True),
        ("the Hallam Inquiry", False),
        ("an investigator", False),
        ("reports", False),
        ("the tally clerk", False),
    ],
)
def test_what_somebody_found_is_no_informant(words: str, found: bool):
    assert is_finding(words) is found


def test_what_a_body_found_is_the_bodys_word():
    text = "Officers in Orlin said crater analysis showed that the shell came from the north."
    outer = Statement(
        id="s1", kind="indirect", content=((22, 80),), source=(0, 17), speaker_name="unnamed: officers in Orlin"
    )
    inner = Statement(
        id="s2", kind="indirect", content=((46, 80),), source=(23, 38), parent="s1",
        speaker_name="unnamed: crater analysis",
    )  # fmt: skip
    found = told(text, "Officers", "the shell came")
    found = Reading(software=SOFTWARE, report=found.report, sentences=found.sentences, statements=(outer, inner))
    assert speaking_of(inner, found) is outer
    alone = Reading(software=SOFTWARE, report=found.report, sentences=found.sentences, statements=(inner,))
    assert speaking_of(inner, alone) is inner


@pytest.mark.parametrize(
    "text",
    [
        '"The first shell hit the roof," said Marta Ilun, who sells fish beside the pier.',
        '"The first shell hit the roof," said Marta Ilun, 34, outside the ruins.',
        '"The first shell hit the roof," said Marta Ilun, whose younger brother was killed.',
        '"The first shell hit the roof," said Marta Ilun, a baker who fled on foot.',
        '"The first shell hit the roof and we ran," said Marta Ilun.',
        '"The first shell hit the roof," said Marta Ilun, a track worker from the next town, who was repairing the line.',
        '"The first shell hit the roof," said Marta Ilun, who had been unloading boxes.',
        '"The first shell hit the roof," said Marta Ilun, who was nearby.',
        '"The first shell hit the roof and I couldn’t hear anything," said Marta Ilun.',
    ],
)
def test_one_who_was_there_by_the_reports_description_is_a_witness(text: str):
    said = text[1 : text.index(',"')]
    assert who(told(text, "Marta Ilun", said)).family == "class:residents"


@pytest.mark.parametrize(
    "text",
    [
        '"The first shell hit the roof," said Marta Ilun.',
        '"The first shell hit the roof," said Marta Ilun, whose party governs the province.',
        '"The first shell hit the roof," said Marta Ilun, 34 km to the north.',
        '"The first shell hit the roof," said Marta Ilun, who leads a movement.',
        '"The first shell hit the roof," said Marta Ilun, who was attending a meeting in the capital.',
        '"The first shell hit the roof and we ran," said contract soldier Marta Ilun.',
        '"The first shell hit the roof and we ran," said Marta Ilun, a reservist.',
    ],
)
def test_a_name_of_which_nothing_is_said_is_nobodys(text: str):
    said = text[1 : text.index(',"')]
    assert who(told(text, "Marta Ilun", said)).family == "name:marta ilun"


@pytest.mark.parametrize(
    ("role", "family"),
    [
        ("worker", "class:residents"),
        ("trader", "class:residents"),
        ("spokesman", "name:marta ilun"),
        ("", "class:residents"),
    ],
)
def test_a_trade_may_be_a_witness_an_office_not(role: str, family: str):
    text = '"The first shell hit the roof," said Marta Ilun, who was standing by the door.'
    assert who(told(text, "Marta Ilun", text[1 : text.index(',"')], role=role or None)).family == family


@pytest.mark.parametrize(
    ("words", "kind", "family"),
    [
        (", who lives on the square,", "direct", "class:residents"),
        (", who lives on the square,", "indirect", "name:marta ilun"),
        (", who was crossing the square,", "indirect", "class:residents"),
        (", 34,", "indirect", "name:marta ilun"),
    ],
)
def test_a_home_or_an_age_is_enough_for_who_is_quoted_only(words: str, kind: str, family: str):
    text = f"Marta Ilun{words} said a shell hit the roof."
    assert who(told(text, "Marta Ilun", "a shell hit the roof", kind=kind)).family == family


def test_a_document_is_no_bystander():
    text = '"We have lost many and we saw it burn," the communique said.'
    found = told(text, "the communique", text[1 : text.index(',"')], name="unnamed: the communique")
    assert who(found).family != "class:residents"


@pytest.mark.parametrize(
    ("beside", "own"),
    [
        ("Its figures are based on what sources in the area told it.", False),
        ("The office does not have access to the area.", False),
        ("Journalists do not have access to the area.", True),
        ("Its staff visited the area.", True),
    ],
)
def test_a_body_that_has_it_from_others_has_no_own_knowledge(beside: str, own: bool):
    text = f"OHCHR said shells fell on the market. {beside}"
    found = told(text, "OHCHR", "shells fell", kind="indirect")
    at = text.index(beside)
    found = Reading(software=SOFTWARE, report=found.report, sentences=((0, at - 1), (at, len(text))),
                    entities=found.entities, statements=found.statements, claims=found.claims)  # fmt: skip
    assert who(found).own is own


def test_who_is_called_a_survivor_and_bears_arms_is_no_bystander():
    text = '"The first shell hit the roof and we fell," a survivor, contract soldier Marta Ilun, told the paper.'
    found = who(told(text, "a survivor, contract soldier Marta Ilun", text[1 : text.index(',"')], name="Marta Ilun"))
    assert (found.family, found.own) == ("class:officials", False)


@pytest.mark.parametrize(
    ("words", "party"),
    [
        ("The superintendent of the hospital, which is run by the Tamil Tigers,", "ltte"),
        ("The superintendent of the hospital, which is run by nuns,", None),
    ],
)
def test_a_hospital_that_a_side_runs_is_that_sides(words: str, party: str | None):
    text = f"{words} said shells fell."
    found = told(text, "The superintendent of the hospital", "shells fell", kind="indirect", published="2007-05-05",
                 name="unnamed: the superintendent of the hospital")  # fmt: skip
    assert who(found, "LK").party == party


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("Ilun, the envoy who leads the Kosovo Verification Mission, said shells fell.", "osce"),
        ("Ilun, who heads Human Rights Watch, said shells fell.", "hrw"),
        ("Ilun, a general who commands UNAMIR, said shells fell.", "un"),
    ],
)
def test_who_leads_a_body_speaks_for_it(text: str, body: str):
    found = told(text, "Ilun", "shells fell", kind="indirect")
    assert list(headed(found.statements[0], found))
    assert who(found).family == body


@pytest.mark.parametrize(
    ("source", "country", "party"),
    [
        ("the Houthi-appointed governor, Ilun", "YE", "houthis"),
        ("the government-appointed commissioner, Ilun", "UA", "ukraine"),
        ("the Russian-installed mayor, Ilun", "UA", "russia"),
        ("the rebel-appointed county commissioner, Ilun", "SS", "splm_io"),
        ("the mayor, Ilun", "UA", None),
    ],
)
def test_an_office_that_a_side_fills_is_that_sides(source: str, country: str, party: str | None):
    text = f"{source} said shells fell."
    found = told(text, source, "shells fell", kind="indirect", name="Ilun", published="2015-05-05")
    assert who(found, country).party == party


@pytest.mark.parametrize(
    ("source", "party"),
    [
        ("rebel military spokesman Ilun", "splm_io"),
        ("Ilun, the rebels' military spokesperson", "splm_io"),
        ("a senior opposition official", "splm_io"),
        ("a jihadist rebel commander", None),
        ("the head of the rebels' peace secretariat, Ilun", "splm_io"),
        ("a commander of Torit rebels", None),
        ("a former rebel", None),
    ],
)
def test_an_office_of_the_rebels_is_of_the_only_ones_that_the_country_has(source: str, party: str | None):
    name = "Ilun" if "Ilun" in source else f"unnamed: {source}"
    found = NAMER.opponents_at_home(Source(name=name, written=source, country="SS", on=date(2015, 1, 1)))
    assert (found.party if found is not None else None) == party


def test_an_army_spokesman_is_of_the_army_that_the_report_names():
    source = Source(
        name="Dan Ilun", role="captain", written="Captain Dan Ilun", beside="an army spokesman", country="LB",
        on=date(2006, 8, 1),
    )  # fmt: skip
    home = told("An air strike hit a house. Captain Dan Ilun spoke.", "Captain Dan Ilun", "An air strike")
    away = told("An Israeli air strike hit a house. Captain Dan Ilun spoke.", "Captain Dan Ilun", "hit a house")
    assert NAMER.identify_in(source, home).party == "lebanon"
    assert NAMER.identify_in(source, away).party == "israel"
    both = told("An Israeli air strike hit a Lebanese army post. Captain Dan Ilun spoke.", "Captain Dan Ilun", "hit a")
    assert NAMER.identify_in(source, both).party == "lebanon"


def test_an_army_is_in_the_field_whether_it_is_called_by_its_name_or_by_its_countrys():
    named = NAMER.identify(Source(name="Israel Defense Forces"))
    told_of = NAMER.identify(Source(name="unnamed: an Israeli military spokeswoman"))
    assert named.field
    assert told_of.field
    assert NAMER.identify(Source(name="unnamed: Russia's defence ministry")).field
    assert not NAMER.identify(Source(name="unnamed: Russia's foreign ministry")).field


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("two aid workers", "class:aid_workers"),
        ("a health official in the port", "class:health_officials"),
        ("forensic experts", "class:examiners"),
        ("a medical official", "class:medics"),
        ("a local official", "class:local_officials"),
    ],
)
def test_classes_of_people_without_a_name(words: str, kind: str):
    assert NAMER.identify(Source(name=f"unnamed: {words}", written=words)).family == kind


def test_words_before_a_noun_do_not_describe_it():
    source = Source(
        name="unnamed: contractors", written="contractors", beside="were wounded when believed to be working"
    )
    assert NAMER.identify(source).family.startswith("name:")


def test_the_only_country_that_a_report_names_is_its_ground():
    def named(text: str, *placed: str) -> str | None:
        return NAMER.country_named(told(text + " Ilun spoke.", "Ilun", "spoke"), set(placed))

    assert named("Shells hit a market, Ethiopian officials said.") == "ET"
    assert named("Shells hit a market in Nigeria; Niger's army is near.") is None
    assert named("Shells hit a market in Nigeria; Niger's army is near.", "NG") == "NG"
    assert named("Shells hit a market in Nigeria; Niger's army is near.", "RU") is None
    assert named("Shells hit a market.", "NG") == "NG"
    assert named("Shells hit a market.") is None


def test_described_as_one_who_was_there():
    found = told('"It fell," said Ilun, who fled.', "Ilun", "It fell")
    assert has_lived_it(found.statements[0], found) == "who fled"
    assert list(holders(found.statements[0], found)) == []


@pytest.mark.parametrize(
    ("words", "party"),
    [
        ("a spokesperson for Machar's forces", "splm_io"),
        ("fighters loyal to rebel leader Riek Machar", "splm_io"),
        ("a commander of Ilun's forces", None),
        ("Machar's lawyer", None),
    ],
)
def test_the_men_of_a_leader_are_of_his_side(words: str, party: str | None):
    found = NAMER.follower(Source(name=f"unnamed: {words}", written=words, country="SS", on=date(2014, 5, 1)))
    assert (found.party if found is not None else None) == party


def test_a_president_whom_no_profile_lists_is_of_the_only_country_that_the_report_names():
    source = Source(name="Ana Ilun", written="President Ana Ilun", country="CO", on=date(2002, 5, 1))
    alone = told("President Ana Ilun said Colombian troops came.", "President Ana Ilun", "Colombian troops")
    two = told("President Ana Ilun said Colombian and Panama troops came: Peru.", "President Ana Ilun", "Colombian")
    assert (found := NAMER.head_of_state(source, alone)) is not None
    assert found.party == "colombia"
    assert NAMER.head_of_state(source, two) is None


def test_he_is_who_was_named_with_an_office_before():
    text = "Ilun, a UNICEF spokeswoman, said shells fell. She said walls fell."
    found = told(text, "Ilun, a UNICEF spokeswoman", "shells fell", kind="indirect", name="Ilun")
    at = text.index("She")
    second = Statement(
        id="s2", kind="indirect", content=((at + 9, at + 19),), source=(at, at + 3), speaker="e1",
        speaker_name="Ilun", chain=("paper", "Ilun"),
    )  # fmt: skip
    both = Reading(
        software=SOFTWARE, report=found.report, sentences=found.sentences, entities=found.entities,
        statements=(*found.statements, second),
    )  # fmt: skip
    assert speaking_of(second, both).id == "s1"


def test_the_states_hospital_is_the_states_and_another_nobodys():
    own = NAMER.identify(Source(name="unnamed: the government hospital in Tyre", country="LB", on=date(2006, 8, 1)))
    assert (own.party, own.field) == ("lebanon", True)
    other = NAMER.identify(Source(name="unnamed: the hospital in Tyre", country="LB", on=date(2006, 8, 1)))
    assert other.family == "class:medics"


@pytest.mark.parametrize(
    ("words", "organ"),
    [
        ("Ukraine's Prosecutor General's Office", True),
        ("a Ukrainian lawmaker", False),
        ("a Ukrainian senator", False),
        ("Ukraine's parliament", True),
        ("a Ukrainian court", False),
        ("a Kyiv newspaper", False),
        ("Kyiv officials", True),
    ],
)
def test_what_is_an_organ_of_a_state_and_what_is_not(words: str, organ: bool):
    assert (world().owner_of(words, on=date(2019, 6, 1)) is not None) == organ


@pytest.mark.parametrize(
    ("words", "kind", "own"),
    [
        ("the district court", "class:courts", True),
        ("a peacekeeper", "class:peacekeepers", True),
        ("the bishop of Orlin", "class:churches", True),
        ("a human rights group", "class:monitors", True),
        ("the head of a human rights organisation", "class:monitors", True),
        ("a human rights activist", "class:activists", True),
        ("a senator", "class:officials", False),
    ],
)
def test_courts_churches_and_others_are_classes_of_their_own(words: str, kind: str, own: bool):
    found = NAMER.identify(Source(name=f"unnamed: {words}", written=words))
    assert (found.family, found.own) == (kind, own)


def test_who_asked_not_to_be_named_is_who_stands_before():
    text = 'A doctor at Orlin hospital, who asked not to be named, said shells fell. "It burns," he said.'
    found = told(text, "who asked not to be named", "shells fell", kind="indirect", name="A doctor")
    assert who(found).family == "class:medics"
    text = '"It burns," said Ann Tarn of UNICEF, who asked for help.'
    found = told(text, "who asked for help", "It burns", name="Ann Tarn")
    assert who(found).family == "un"


def test_an_officer_who_speaks_right_after_an_army_without_a_name_is_its_man():
    text = 'A Russian army spokesman denied the raid. "We hit depots," Col Gen Ilya Tarn said.'
    found = told(text, "Col Gen Ilya Tarn", "We hit depots", name="Ilya Tarn")
    first = Statement(
        id="s0", kind="indirect", content=((text.index("the raid"), text.index(". ")),), source=(0, 23),
        attitude="denies", speaker_name="unnamed: a Russian army spokesman", chain=("paper", "x"),
    )  # fmt: skip
    both = Reading(
        software=SOFTWARE, report=found.report, sentences=found.sentences, entities=found.entities,
        statements=(first, *found.statements), claims=found.claims,
    )  # fmt: skip
    assert who(both).party == "russia"
    assert who(found).party is None


def test_forces_at_the_end_of_an_office_are_the_countrys():
    source = Source(name="unnamed: the joint command of the armed forces", country="PE", on=date(2010, 1, 1))
    found = NAMER.forces_at_home(source)
    assert found is not None
    assert found.party == "peru"
    assert NAMER.forces_at_home(Source(name="unnamed: victims of a raid", country="PE", on=date(2010, 1, 1))) is None


def test_its_own_people_are_the_body_and_an_armed_wing_is_its_partys():
    assert is_finding("its investigators")
    assert not is_finding("investigators")
    owner = world().owner_of("Hamas's armed wing")
    assert owner is not None
    assert (owner.party, owner.kind) == ("hamas", "army")


def test_a_clause_of_what_is_told_is_no_source():
    for words in ("seven people were killed and", "New evidence has been", "it had shot down the plane but"):
        assert is_clause(words), words
    for words in ("a man who was hit by shrapnel", "The ISs", "the IS group", "residents whose houses were burned"):
        assert not is_clause(words), words
