"""What a listed body publishes itself, and clauses about who speaks, which are nobody."""

from datetime import date

import pytest

from evenhand.assessing import AssessmentSettings
from evenhand.assessing.identity import Source, with_changes
from evenhand.assessing.naming import Namer
from evenhand.assessing.tellers import tellers_of
from evenhand.model.reading import Claim, Entity, Mention, Reading, Statement
from evenhand.model.report import OriginalRef, Report
from evenhand.profiles import world
from tests.assessing.hand import SOFTWARE

NAMER = Namer(world(), AssessmentSettings())


def test_an_outlet_by_the_name_of_a_listed_body_is_that_body():
    for outlet, family in (("monusco", "un"), ("save-the-children", "save_the_children"), ("memorial", "memorial")):
        assert NAMER.outlet(outlet, None).kind is not None, outlet
        assert NAMER.outlet(outlet, None).family == family, outlet
    for outlet in ("the-observer", "the-monitor", "evening-relief", "the-daily-star"):
        assert NAMER.outlet(outlet, None).kind is None, outlet


@pytest.mark.parametrize(
    ("outlet", "party"),
    [
        ("israel-ministry-of-foreign-affairs", "israel"),
        ("sri-lanka-ministry-of-defence", "sri_lanka"),
        ("ministry-of-defence-of-georgia", "georgia"),
        ("hamas", "hamas"),
        ("hamas-watch", None),
        ("georgian-times", None),
        ("kabul-weekly", None),
        ("sudan-tribune", None),
    ],
)
def test_a_page_by_the_name_of_an_office_is_its_sides(outlet: str, party: str | None):
    assert NAMER.outlet(outlet, date(2008, 8, 8)).party == party


def test_who_bears_the_name_of_a_listed_person_and_holds_anothers_office_is_somebody_else():
    coordinator = Source(
        name="Mohammed Abdulsalam", org="National Emergency Management Agency", role="coordinator", country="NG",
        party="houthis", written="NEMA coordinator Mohammed Abdulsalam", on=date(2014, 5, 20),
    )  # fmt: skip
    text = "NEMA coordinator Mohammed Abdulsalam said 118 people were killed."
    report = Report(id="r1", original=OriginalRef(sha256="0" * 64, locator="r1"), outlet="paper", text=text)
    about = Reading(software=SOFTWARE, report=report, sentences=((0, len(text)),))
    assert NAMER.identify_in(coordinator, about).party != "houthis"
    named = Entity(id="e1", kind="armed_group", name="Houthis", party="houthis")
    beside = Reading(software=SOFTWARE, report=report, sentences=((0, len(text)),), entities=(named,))
    assert NAMER.identify_in(coordinator, beside).party == "houthis"
    at_home = with_changes(coordinator, country="YE")
    assert NAMER.identify_in(at_home, about).party == "houthis"


@pytest.mark.parametrize(
    ("words", "party"),
    [
        ("U.S.-led coalition forces", "united_states"),
        ("Russian-led forces", "russia"),
        ("the opposition-led coalition", None),
        ("US-led talks", None),
    ],
)
def test_a_coalition_of_no_list_counts_with_who_leads_it(words: str, party: str | None):
    source = Source(name=words, country="AF", on=date(2008, 8, 22))
    assert NAMER.party_of(source) == party
    assert NAMER.identify(source).party == party


def test_a_clause_about_who_speaks_is_not_who_speaks():
    text = "Amnesty International, which interviewed 41 witnesses, has said that soldiers killed 60 people."
    source, cue = (text.index("which"), text.index(", has")), (text.index("has said"), text.index(" that"))
    spoken = Statement(
        id="s1", kind="indirect", content=((text.index("soldiers"), len(text) - 1),), cue=cue, source=source,
        speaker_name="unnamed: which interviewed", chain=("paper", "unnamed: which interviewed"),
    )  # fmt: skip
    at = text.index("killed")
    claim = Claim(id="c1", type="killing", trigger=(at, at + 6), statement="s1")
    body = Entity(
        id="e0", kind="organisation", name="Amnesty International", mentions=(Mention(span=(0, 21), form="name"),)
    )
    report = Report(id="r1", original=OriginalRef(sha256="0" * 64, locator="r1"), outlet="paper", text=text)
    told = Reading(
        software=SOFTWARE, report=report, sentences=((0, len(text)),), entities=(body,), statements=(spoken,),
        claims=(claim,),
    )  # fmt: skip
    assert [one.who.family for one in tellers_of(told, claim, None, {}, NAMER)] == ["amnesty"]
