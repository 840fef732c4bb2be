"""Decisions about incidents, copies and origins."""

import pytest

from evenhand.errors import ConflictError, RefusedError
from evenhand.model.incident import ClaimRef, Cluster, CopyPair
from evenhand.reviewing import (
    Anchor,
    Author,
    Decision,
    Ground,
    Proposal,
    hidden,
    incident_of,
    propose_group,
    regroup,
    rule_on_copies,
    rulings,
    sign_offs,
    surnames,
)  # fmt: skip
from evenhand.reviewing.proposing import propose
from tests.reviewing.hand import AUTHOR, Hand, reading, span

A, B, C = (ClaimRef(report=report, claim="c1") for report in ("r1", "r2", "r3"))
TYPES = {A: "shelling", B: "shelling", C: "killing"}


def anchor(ref):
    return Anchor(kind="claim", item=ref.claim, report=ref.report, spans=((0, 2),), words=("ab",), label="shelling")


def locate(found):
    return next((ref for ref in TYPES if ref.report == found.report), None)


def clusters():
    return {
        "i1": Cluster(id="i1", type="shelling", claims=(A, B), reports=("r1", "r2")),
        "i2": Cluster(id="i2", type="killing", claims=(C,), reports=("r3",)),
    }


def ground(**more):
    return Ground(
        clusters=clusters(), versions={"i1": "v1", "i2": "v2"}, anchor=lambda ref: anchor(ref) if ref in TYPES else None,
        reports=frozenset({"r1", "r2", "r3"}), parties=frozenset({"varda"}), **more,
    )  # fmt: skip


def decided(action, kind, item="", **given):
    return propose_group(Proposal(action=action, kind=kind, item=item, **given), ground(), AUTHOR)


def applied(*decisions):
    after = regroup(clusters().values(), decisions, locate, TYPES)
    return {one.id: one for one in after.clusters}, after


def test_merged_incidents_keep_one_id_and_remember_the_other():
    found, _ = applied(decided("merge", "incident", "i1", others=("i2",)))
    assert found["i1"].claims == (A, B, C)
    assert found["i1"].aliases == ("i2",)
    assert found["i1"].reports == ("r1", "r2", "r3")


def test_a_split_makes_a_new_incident_of_the_claims_named():
    decision = decided("split", "incident", "i1", others=("r2 c1",), fields={"title": "Another day"})
    found, after = applied(decision)
    assert found["i1"].claims == (A,)
    assert found[incident_of(decision)].claims == (B,)
    assert after.titles == {incident_of(decision): "Another day"}


def test_a_claim_moves_and_an_empty_incident_goes():
    found, _ = applied(decided("move", "claim", "c1", report="r3", fields={"incident": "i1"}))
    assert set(found) == {"i1"}
    assert C in found["i1"].claims


def test_a_rejected_incident_is_gone_and_a_new_one_can_be_put_together():
    found, _ = applied(decided("reject", "incident", "i2"))
    assert set(found) == {"i1"}
    decision = decided("add", "incident", others=("r3 c1", "r1 c1"))
    found, _ = applied(decision)
    assert found[incident_of(decision)].claims == (A, C)


def test_a_claim_that_was_struck_out_is_in_no_incident():
    after = regroup(clusters().values(), (), locate, {A: "shelling", B: "shelling"})
    assert [one.id for one in after.clusters] == ["i1"]


def test_a_decision_about_an_incident_that_is_gone_is_listed_not_lost():
    merge = decided("merge", "incident", "i1", others=("i2",))
    _, after = applied(decided("reject", "incident", "i2"), merge)
    assert [one.decision for one in after.orphans] == [merge.id]


@pytest.mark.parametrize(
    "asked",
    [
        Proposal(action="merge", kind="incident", item="i1"),
        Proposal(action="merge", kind="incident", item="i1", others=("i1",)),
        Proposal(action="merge", kind="incident", item="nowhere", others=("i1",)),
        Proposal(action="split", kind="incident", item="i1", others=("r1 c1", "r2 c1")),
        Proposal(action="split", kind="incident", item="i1", others=("r3 c1",)),
        Proposal(action="edit", kind="incident", item="i1"),
        Proposal(action="edit", kind="incident", item="i1", fields={"grade": "corroborated"}),
        Proposal(action="edit", kind="incident", item="i1", fields={"title": ""}),
        Proposal(action="status", kind="incident", item="i1", fields={"status": "signed", "bundle": "ab"}),
        Proposal(action="move", kind="claim", item="c1", report="r9", fields={"incident": "i1"}),
        Proposal(action="edit", kind="copy", report="r1", item="r1", fields={"label": "copy"}),
        Proposal(action="edit", kind="copy", report="r1", item="r2", fields={"label": "same"}),
        Proposal(action="merge", kind="origin", item="A", others=("B",)),
        Proposal(action="edit", kind="origin", item="A", fields={"party": "nobody"}, why="x"),
        Proposal(action="mark", kind="incident", item="i1"),
    ],
)
def test_what_cannot_be_is_refused(asked):
    with pytest.raises(RefusedError):
        propose_group(asked, ground(), AUTHOR)


def test_an_incident_that_changed_since_is_a_conflict():
    with pytest.raises(ConflictError):
        decided("edit", "incident", "i1", fields={"title": "New"}, basis="v0")


def test_copies_are_ruled_on_either_way_round():
    pairs = [CopyPair(first="r1", second="r2", label="copy", shared=0.9, why="shared text")]
    parted = decided("edit", "copy", "r1", report="r2", fields={"label": "independent"}, why="two reporters")
    assert rule_on_copies(pairs, [parted])[0].label == "independent"
    assert "two reporters" in rule_on_copies(pairs, [parted])[0].why
    joined = decided("add", "copy", "r3", report="r1", fields={"label": "copy"})
    assert [pair.label for pair in rule_on_copies(pairs, [joined])] == ["copy", "copy"]


def test_origins_are_ruled_on_with_the_reason():
    made = decided("merge", "origin", "Civil Defence", others=("White Helmets",), why="two names of one body")
    party = decided("edit", "origin", "Radio A", fields={"party": "varda"}, why="its masthead")
    same, of = rulings([made, party])
    assert (same.kind, same.names) == ("same", ("Civil Defence", "White Helmets"))
    assert (of.kind, of.party) == ("party", "varda")
    assert "masthead" in of.why


def test_a_signature_holds_for_what_was_signed_and_later_evidence_reopens_it():
    reviewed = decided("status", "incident", "i1", fields={"status": "reviewed"})
    signed_off = sign_offs([reviewed], {"i1": "v1"})
    sign = propose_group(
        Proposal(action="status", kind="incident", item="i1", fields={"status": "signed", "bundle": "ab12"}),
        ground(signed=signed_off), Author(who="Bo", at="2031-05-04T00:00:00Z"),
    )  # fmt: skip
    stands = sign_offs([reviewed, sign], {"i1": "v1"})["i1"]
    assert (stands.stage, stands.who, stands.bundle) == ("signed", "Bo", "ab12")
    later = sign_offs([reviewed, sign], {"i1": "v2"})["i1"]
    assert later.stage == "reviewed"
    assert later.reopened


def test_a_marked_person_is_hidden_by_name_everywhere_and_a_passage_where_it_stands():
    hand = Hand()
    hand.does("mark", "entity", "e2", why="a witness")
    words = "fired on the wards"
    hand.does("mark", "passage", spans=[span(words)], exact={"spans": (words,)})
    assert hidden(reading(), hand.decisions) == (span(words), span("Ivo Maren"))


def test_a_marked_persons_surname_alone_is_hidden_where_the_whole_name_stands():
    assert surnames("Ivo Maren left. Maren spoke.", ["Ivo Maren", "Ada Lind", "Li"]) == {"Maren"}
    assert surnames("Maren spoke.", ["Ivo Maren"]) == frozenset()


def test_marks_are_refused_where_the_words_are_not():
    with pytest.raises(RefusedError):
        propose(
            Proposal(action="mark", kind="passage", fields={"spans": [[0, 6]]}, exact={"spans": ("Rounds",)}),
            reading(),
            (),
            AUTHOR,
        )


def test_decisions_are_frozen():
    with pytest.raises(AttributeError):
        Decision(id="d", who="a", at="b", action="accept", target=Anchor(kind="incident", item="i")).why = "x"
