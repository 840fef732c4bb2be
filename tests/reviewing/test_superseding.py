"""What people decide about one report, applied to what the reader found."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.errors import ConflictError, RefusedError
from evenhand.model.evidence import to_json
from evenhand.reviewing import Anchor, Decision, in_force, supersede, undone, version_of
from evenhand.reviewing.records import plain
from tests.reviewing.hand import TEXT, Hand, reading, span


def statement(after, item):
    return next(one for one in after.reading.statements if one.id == item)


def claim(after, item):
    return next(one for one in after.reading.claims if one.id == item)


def test_without_decisions_the_reading_stands_as_it_is():
    assert supersede(reading(), ()).reading == reading()


def test_the_machines_reading_is_never_changed():
    hand = Hand()
    before = to_json(hand.reading)
    hand.does("edit", "statement", "s1", speaker="e2")
    hand.does("reject", "claim", "c2")
    assert to_json(hand.reading) == before


def test_a_corrected_speaker_brings_name_and_chain_here_and_below():
    after = Hand().does("edit", "statement", "s2", speaker="e1")
    assert statement(after, "s2").speaker_name == "Health Ministry"
    assert statement(after, "s2").chain == ("vna", "Health Ministry")
    assert statement(after, "s3").chain == ("vna", "Health Ministry", "doctors")
    assert after.touched["s2"].state == "edited"


def test_a_speaker_named_in_words_is_linked_to_the_one_who_has_that_name():
    after = Hand().does("edit", "statement", "s1", speaker_name="Ivo Maren")
    assert statement(after, "s1").speaker == "e2"
    after = Hand().does("edit", "statement", "s1", speaker_name="A passer-by")
    assert (statement(after, "s1").speaker, statement(after, "s1").speaker_name) == (None, "A passer-by")


def test_a_rejected_statement_hands_its_claims_and_children_up():
    after = Hand().does("reject", "statement", "s2")
    assert [one.id for one in after.reading.statements] == ["s1", "s3"]
    assert statement(after, "s3").parent is None
    assert statement(after, "s3").chain == ("vna", "doctors")
    assert after.rejected[0].record["id"] == "s2"


def test_an_added_statement_has_exactly_the_words_selected():
    words = "The army denied it"
    after = Hand().does(
        "add",
        "statement",
        content=[span(words)],
        exact={"content": (words,)},
        speaker_name="the army",
        attitude="denies",
    )
    made = after.reading.statements[-1]
    assert TEXT[slice(*made.content[0])] == words
    assert after.touched[made.id].state == "added"
    assert made.id.startswith("s-")


@pytest.mark.parametrize(
    ("content", "exact"),
    [
        ([(0, 6)], ("shells",)),
        ([(0, 6)], ()),
        ([(-1, 6)], ("Shells",)),
        ([(0, 10_000)], (TEXT,)),
        ([(6, 6)], ("",)),
        ([], ()),
    ],
)  # fmt: skip
def test_spans_that_are_not_exactly_the_words_are_refused(content, exact):
    with pytest.raises(RefusedError):
        Hand().does("edit", "statement", "s1", content=content, exact={"content": exact})


@given(st.integers(-5, len(TEXT) + 5), st.integers(-5, len(TEXT) + 5), st.text(max_size=12))
def test_only_exact_words_are_ever_taken(start, end, guess):
    hand = Hand()
    for words in (guess, TEXT[max(0, start) : max(0, end)]):
        try:
            after = hand.does("edit", "statement", "s1", content=[(start, end)], exact={"content": (words,)})
        except RefusedError:
            continue
        assert 0 <= start < end <= len(TEXT)
        assert TEXT[slice(*statement(after, "s1").content[0])] == words


def test_merging_statements_joins_their_words_and_claims():
    hand = Hand()
    after = hand.does("merge", "statement", "s1", others=("s2",))
    assert len(statement(after, "s1").content) == 2
    assert statement(after, "s3").parent == "s1"
    assert after.heirs == {"s2": "s1"}


def test_splitting_a_statement_gives_the_claims_to_the_part_that_holds_them():
    one, two = "Shells struck the hospital in Orlin on Saturday", "killing at least 14 people"
    hand = Hand()
    after = hand.does(
        "split", "statement", "s1", parts=[{"content": [span(two)]}, {"content": [span(one)]}],
        exact={"parts.0": (two,), "parts.1": (one,)},
    )  # fmt: skip
    made = after.reading.statements[-1]
    assert TEXT[slice(*made.content[0])] == one
    assert claim(after, "c1").statement == made.id


def test_merging_speakers_moves_everything_that_names_them():
    after = Hand().does("merge", "entity", "e2", others=("e3",))
    assert statement(after, "s3").speaker == "e2"
    assert statement(after, "s3").chain == ("vna", "Ivo Maren")
    assert claim(after, "c2").actor.entity == "e2"


def test_splitting_a_speaker_takes_the_mentions_and_statements_along():
    hand = Hand()
    hand.does("merge", "entity", "e2", others=("e3",))
    where = span("Our doctors")
    after = hand.does(
        "split", "entity", "e2",
        parts=[{"name": "Ivo Maren"}, {"name": "the doctors", "mentions": [{"span": where, "form": "nominal"}]}],
        exact={"parts.1": ("Our doctors",)},
    )  # fmt: skip
    made = after.reading.entities[-1]
    assert made.name == "the doctors"
    assert statement(after, "s3").speaker == made.id
    assert statement(after, "s3").chain[-1] == "the doctors"


def test_renaming_a_speaker_renames_who_speaks():
    after = Hand().does("edit", "entity", "e2", name="Ivo Marenko", party=None)
    assert statement(after, "s2").speaker_name == "Ivo Marenko"
    assert statement(after, "s3").chain == ("vna", "Ivo Marenko", "doctors")


@pytest.mark.parametrize(
    ("fields", "exact"),
    [
        ({"type": "airstrike"}, {}),
        ({"polarity": "denied"}, {}),
        ({"modality": "possible"}, {}),
        ({"statement": None}, {}),
        ({"actor": {"name": "the army", "span": span("The army"), "entity": None}}, {"actor": ("The army",)}),
        ({"target": {"name": "people", "span": span("people"), "entity": "e3"}}, {"target": ("people",)}),
        ({"weapon": {"name": "guns", "span": span("guns")}}, {"weapon": ("guns",)}),
        ({"time": {"span": span("Saturday"), "start": "2031-05-01", "end": "2031-05-01", "precision": 1}}, {"time": ("Saturday",)}),
        ({"place": {"name": "Orlin", "span": span("Orlin"), "lat": 1.5, "lon": 2.5, "precision": 1}}, {"place": ("Orlin",)}),
        ({"quantities": [{"role": "injured", "span": span("14"), "op": "=", "low": 14, "best": 14, "high": 14}]}, {"quantities": ("14",)}),
        ({"labels": [{"span": span("guns"), "word": "guns", "neutral": "artillery", "about": "e1"}]}, {"labels": ("guns",)}),
        ({"evidence": [span("Shells struck the hospital")]}, {"evidence": ("Shells struck the hospital",)}),
        ({"trigger": span("killing"), "type": "killing"}, {"trigger": ("killing",)}),
    ],
    ids=lambda value: next(iter(value), "") if isinstance(value, dict) else "",
)  # fmt: skip
def test_each_field_of_a_claim_can_be_corrected(fields, exact):
    after = Hand().does("edit", "claim", "c1", exact=exact, **fields)
    now = plain(claim(after, "c1"))
    for name, value in fields.items():
        given = plain(value)
        if isinstance(given, dict):
            assert {key: now[name][key] for key in given} == given
    untouched = set(now) - set(fields)
    was = plain(reading().claims[0])
    assert {name: now[name] for name in untouched} == {name: was[name] for name in untouched}


@pytest.mark.parametrize(
    "fields",
    [
        {"type": "nonsense"},
        {"id": "c9"},
        {"confidence": 1.0},
        {"statement": "s99"},
        {"place": {"name": "Orlin", "lat": 91.0, "lon": 0.0}},
        {"place": {"name": "Orlin", "lat": 1.0}},
        {"polarity": "maybe"},
    ],
)
def test_what_a_claim_cannot_be_is_refused(fields):
    with pytest.raises(RefusedError):
        Hand().does("edit", "claim", "c1", **fields)


def test_claims_merge_and_split_and_move():
    hand = Hand()
    after = hand.does("merge", "claim", "c1", others=("c2",))
    assert claim(after, "c1").actor.name == "the guns"
    hand = Hand()
    after = hand.does(
        "split",
        "claim",
        "c1",
        parts=[{}, {"type": "killing", "trigger": span("killing")}],
        exact={"parts.1": ("killing",)},
    )
    assert [one.type for one in after.reading.claims] == ["shelling", "shelling", "killing"]
    after = hand.does("move", "claim", "c1", statement="s2")
    assert claim(after, "c1").statement == "s2"


def test_a_statement_cannot_stand_in_itself():
    with pytest.raises(RefusedError, match="in itself"):
        Hand().does("move", "statement", "s2", parent="s3")


def test_a_decision_on_an_older_version_is_a_conflict_with_both_versions():
    hand = Hand()
    seen = version_of(hand.reading.statements[0])
    hand.does("edit", "statement", "s1", attitude="denies", basis=seen)
    with pytest.raises(ConflictError) as caught:
        hand.does("edit", "statement", "s1", attitude="admits", basis=seen)
    assert caught.value.yours == {"attitude": "admits"}
    assert caught.value.theirs["attitude"] == "denies"


def test_undo_brings_back_and_undoing_the_undo_takes_it_again():
    hand = Hand()
    hand.does("reject", "claim", "c1")

    def undo(n, target):
        return Decision(id=n, who="Ada", at="2031", action="undo", target=Anchor(kind="decision", item=target))

    first = hand.decisions[0].id
    log = [*hand.decisions, undo("u1", first)]
    assert in_force(log) == ()
    log.append(undo("u2", "u1"))
    assert [one.id for one in in_force(log)] == [first]


def test_a_batch_is_undone_as_one():
    hand = Hand()
    hand.does("reject", "claim", "c1")
    hand.does("reject", "claim", "c2")
    log = [msgspec.structs.replace(one, batch="b") for one in hand.decisions]
    log.append(Decision(id="u", who="Ada", at="2031", action="undo", target=Anchor(kind="decision", item="b")))
    assert in_force(log) == ()


def test_what_later_decisions_rest_on_is_not_undone_before_them():
    hand = Hand()
    words = "The army denied it"
    after = hand.does("add", "statement", content=[span(words)], exact={"content": (words,)}, speaker_name="the army")
    hand.does("edit", "statement", after.reading.statements[-1].id, attitude="denies")
    undone("x", hand.reading, hand.decisions, hand.decisions[:1])
    alone = undone("x", hand.reading, hand.decisions, hand.decisions[1:])
    assert alone.reading.statements[-1].attitude == "denies", "an edit keeps the record it was made on"


class TestReadAgainWithNewerWeights:
    """Every decision is kept; none moves to words that only look alike."""

    def newer(self, **changes):
        return msgspec.structs.replace(reading(weights="sha256:1"), **changes)

    def test_ids_may_change_and_the_decision_finds_its_words(self):
        hand = Hand()
        hand.does("edit", "statement", "s2", speaker="e1")
        old = hand.reading
        renamed = [
            msgspec.structs.replace(one, id=f"s{9 - n}", parent="s8" if one.parent else None)
            for n, one in enumerate(old.statements)
        ]
        people = [msgspec.structs.replace(one, id=f"e{9 - n}") for n, one in enumerate(old.entities)]
        speakers = {"e1": "e9", "e2": "e8", "e3": "e7"}
        renamed = [msgspec.structs.replace(one, speaker=speakers[one.speaker]) for one in renamed]
        after = supersede(self.newer(statements=tuple(renamed), entities=tuple(people), claims=()), hand.decisions)
        assert after.orphans == ()
        assert next(one for one in after.reading.statements if one.id == "s8").speaker == "e9"

    def test_a_record_the_reader_no_longer_finds_stands_as_the_person_left_it(self):
        hand = Hand()
        hand.does("edit", "claim", "c1", type="airstrike")
        hand.does("accept", "statement", "s1")
        after = supersede(self.newer(statements=(), claims=()), hand.decisions)
        assert [one.type for one in after.reading.claims] == ["airstrike"]
        assert after.reading.statements[0].speaker_name == "Health Ministry"
        assert after.orphans == ()

    def test_what_was_accepted_stays_though_the_reader_changes_its_mind(self):
        hand = Hand()
        hand.does("accept", "statement", "s1")
        other = msgspec.structs.replace(reading().statements[0], speaker="e2", speaker_name="Ivo Maren")
        after = supersede(self.newer(statements=(other, *reading().statements[1:])), hand.decisions)
        assert statement(after, "s1").speaker_name == "Health Ministry"

    def test_what_a_person_did_not_touch_may_get_better(self):
        hand = Hand()
        hand.does("edit", "claim", "c1", polarity="denied")
        better = msgspec.structs.replace(reading().claims[0], modality="possible")
        after = supersede(self.newer(claims=(better, reading().claims[1])), hand.decisions)
        assert (claim(after, "c1").polarity, claim(after, "c1").modality) == ("denied", "possible")

    def test_a_reader_that_comes_to_the_same_does_not_double_it(self):
        hand = Hand()
        words = "The army denied it"
        after = hand.does(
            "add", "statement", content=[span(words)], exact={"content": (words,)}, speaker_name="the army"
        )
        found = msgspec.structs.replace(after.reading.statements[-1], id="s4", speaker_name="army")
        again = supersede(self.newer(statements=(*reading().statements, found)), hand.decisions)
        assert [one.content for one in again.reading.statements].count((span(words),)) == 1
        assert statement(again, "s4").speaker_name == "the army"

    def test_words_that_are_no_longer_there_make_an_orphan_never_a_look_alike(self):
        hand = Hand()
        hand.does("edit", "statement", "s1", attitude="denies")
        moved = " " + TEXT  # the same words one character on: alike, but not where the person saw them
        after = supersede(reading(moved), hand.decisions)
        assert [one.decision for one in after.orphans] == [hand.decisions[0].id]
        assert "no longer has the words" in after.orphans[0].why
        assert after.reading == reading(moved)


def test_the_same_decisions_give_the_same_bytes():
    hand = Hand()
    hand.does("edit", "statement", "s2", speaker="e1")
    hand.does("merge", "entity", "e1", others=("e2",))
    assert to_json(supersede(reading(), hand.decisions)) == to_json(supersede(reading(), hand.decisions))
