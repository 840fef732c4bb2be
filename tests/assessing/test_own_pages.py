"""What a listed body publishes itself, and clauses about who speaks, which are nobody."""

from evenhand.assessing import AssessmentSettings
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
