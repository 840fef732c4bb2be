"""Whose a claim of responsibility is that somebody else tells of, and under which name."""

import pytest

from evenhand.assessing import AssessmentSettings
from evenhand.assessing.naming import Namer
from evenhand.assessing.tellers import tellers_of
from evenhand.model.reading import Claim, Entity, Mention, Reading, Statement
from evenhand.model.report import OriginalRef, Report
from tests.assessing.hand import SOFTWARE, profile


def tellers(text: str, trigger: str, *spoken: Statement, names: tuple[str, ...] = ()):
    at = text.index(trigger)
    claim = Claim(id="c1", type="bombing", trigger=(at, at + len(trigger)), statement=spoken[0].id if spoken else None)
    entities = tuple(
        Entity(
            id=f"e{n}", kind="organisation", name=name,
            mentions=(Mention(span=(text.index(name), text.index(name) + len(name)), form="name"),),
        )
        for n, name in enumerate(names)
    )  # fmt: skip
    report = Report(id="r1", original=OriginalRef(sha256="0" * 64, locator="r1"), outlet="paper", text=text)
    told = Reading(
        software=SOFTWARE, report=report, sentences=((0, len(text)),), entities=entities, statements=spoken,
        claims=(claim,),
    )  # fmt: skip
    return tellers_of(told, claim, None, {}, Namer(profile(), AssessmentSettings()))


def said(key: str, text: str, cue: str, source: str, content: str, attitude: str = "asserts", **more) -> Statement:
    spans = [(text.index(words), text.index(words) + len(words)) for words in (content, cue, source)]
    return Statement(
        id=key, kind="indirect", content=(spans[0],), cue=spans[1], source=spans[2], speaker_name=source,
        attitude=attitude, chain=("paper", source), **more,
    )  # fmt: skip


def test_a_claim_of_responsibility_is_not_the_word_of_who_reports_it():
    text = "The Sund Army has claimed responsibility for the bombing, Norland Army officers said."
    spoken = said("s1", text, "said", "Norland Army", "The Sund Army has claimed responsibility for the bombing")
    (found,) = tellers(text, "bombing", spoken, names=("Sund Army", "Norland Army"))
    assert (found.who.party, found.boasts) == ("sund", True)


def test_who_tells_of_another_deed_behind_it_tells_that_itself():
    text = "The Sund Army claimed responsibility for a raid after the bombing killed ten, Norland Army officers said."
    content = "The Sund Army claimed responsibility for a raid after the bombing killed ten"
    (found,) = tellers(text, "bombing", said("s1", text, "said", "Norland Army", content), names=("Sund Army",))
    assert (found.who.party, found.boasts) == ("norland", False)


def test_who_claims_it_in_its_own_words_claims_it_itself():
    text = "Sund Army officers said it claimed responsibility for the bombing."
    spoken = said("s1", text, "said", "Sund Army", "it claimed responsibility for the bombing")
    (found,) = tellers(text, "bombing", spoken, names=("Sund Army",))
    assert (found.who.party, found.boasts) == ("sund", True)


@pytest.mark.parametrize(
    ("who", "party"),
    [("A leftist unit", "leftist unit"), ("A brigade", "brigade"), ("A caller", None), ("A leaflet", None)],
)
def test_a_body_that_claims_a_deed_is_a_party_to_it_under_its_own_name(who, party):
    text = f"{who} claimed responsibility for the bombing."
    spoken = said("s1", text, "claimed responsibility for", who, "the bombing", "admits")
    named = Statement(
        **{**{f: getattr(spoken, f) for f in spoken.__struct_fields__}, "speaker_name": f"unnamed: {who}"}
    )
    (found,) = tellers(text, "bombing", named)
    assert found.who.party == party
