"""Claims of a whole report: statements, spans, places, times, quantities, labels; any text at all."""

from dataclasses import dataclass
from datetime import date

from hypothesis import example, given, settings
from hypothesis import strategies as st

from evenhand.model.profile import LoadedWord
from evenhand.model.reading import Entity, Mention, Statement
from evenhand.model.report import Dateline
from evenhand.reading import claims, quantities, sentences, times
from tests.reading.claims.saying import report, told, words


@dataclass(frozen=True)
class Spot:
    start: int
    end: int
    name: str
    lat: float | None = 1.0
    lon: float | None = 2.0
    country: str | None = "XX"
    gazetteer: str | None = "test:1"
    radius_km: float | None = 5.0
    precision: int | None = 1
    reasons: tuple[str, ...] = ()
    circle: tuple[float, float, float] | None = None


def spots(text, *names, **more):
    return tuple(Spot(text.index(n), text.index(n) + len(n), n, **more) for n in names)


def test_innermost_statement():
    text = "The spokesman said the command announced that troops had captured the town. Shells hit a school."
    outer = Statement(id="s1", kind="indirect", content=((19, 74),))
    inner = Statement(id="s2", kind="indirect", content=((46, 74),), parent="s1")
    found = claims.find(report(text), sentences.split(text), (), (outer, inner))
    assert [(c.type, c.statement) for c in found] == [("territory_taken", "s2"), ("shelling", None)]
    assert [c.id for c in found] == ["c1", "c2"]


def test_participants_are_linked_by_their_head():
    text = "Fighters of the Northern Front captured the bridge."
    entity = Entity(
        id="e1", kind="armed_group", name="Northern Front", mentions=(Mention(span=(0, 30), form="nominal"),)
    )
    (found,) = claims.find(report(text), sentences.split(text), (entity,), ())
    assert (found.actor.entity, found.actor.name) == ("e1", "Northern Front")
    assert words(text, found.actor) == "Fighters of the Northern Front"


def test_place_of_each_event_and_inherited_place():
    text = "Shells hit Arda on Monday. Jets bombed Berem. Ten people were killed."
    found = told(text, places=spots(text, "Arda", "Berem"))
    assert [(c.type, c.place.name) for c in found] == [
        ("shelling", "Arda"),
        ("airstrike", "Berem"),
        ("killing", "Berem"),
    ]
    assert found[2].place.why.startswith("not said here")


def test_a_list_of_towns_gives_a_claim_each():
    text = "Militants torched the churches in Arda and Berem."
    found = told(text, places=spots(text, "Arda", "Berem"))
    assert [(c.type, c.place.name) for c in found] == [("destruction", "Arda"), ("destruction", "Berem")]


def test_a_country_is_no_place_without_a_preposition():
    text = "Ruritania bombed the depot."
    found = told(text, places=spots(text, "Ruritania", lat=None, lon=None, precision=6))
    assert found[0].place is None


def test_the_dateline_is_neither_place_nor_actor():
    text = "BEREM Government forces captured Arda."
    said = report(text, dateline=Dateline(span=(0, 5), place="BEREM"))
    (found,) = claims.find(said, sentences.split(text), (), (), places=spots(text, "BEREM", "Arda"))
    assert found.place.name == "Arda"
    assert words(text, found.actor) == "Government forces"


def test_time_and_quantities():
    text = "At least 11 civilians were killed on Tuesday."
    (found,) = told(
        text,
        times=times.find(text, published=date(2016, 12, 28), sentences=sentences.split(text)),
        quantities=quantities.find(text),
    )
    assert (found.time.start, found.time.end) == ("2016-12-27", "2016-12-27")
    assert [(q.role, q.low, q.high) for q in found.quantities] == [("killed", 11, None)]


def test_loaded_words_are_labelled_alike_for_all():
    wording = (
        LoadedWord(word="terrorists", labels="actor", neutral="armed group", source="test", forms=("terrorist",)),
        LoadedWord(word="liberated", labels="event", neutral="captured", source="test"),
    )
    text = "The terrorists fled after the army liberated the town."
    found = told(text, wording=wording)
    assert {(w.word, w.neutral) for c in found for w in c.labels} == {
        ("terrorists", "armed group"),
        ("liberated", "captured"),
    }
    assert all(text[slice(*w.span)] == w.word for c in found for w in c.labels)


PIECES = st.sampled_from(
    ["killed", "the", "rebels", " ", " ", "strike", "(", '"', "”", "of", "by", "attacks", "12", ".", "\n", "said", ",",
     "no", "if", "-held", "\u0627", "\U0001f600", "'s", "besieged", "under", "control"]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.lists(PIECES, max_size=80).map(" ".join), st.lists(PIECES, max_size=80).map("".join), st.text()))
@example("killed " * 700)
@example("")
def test_any_text_gives_exact_spans_and_no_error(text):
    ends = len(text) // 2
    told_by = (Statement(id="s1", kind="direct", content=((0, ends),), attitude="demands"),) if ends else ()
    found = claims.find(report(text), sentences.split(text), (), told_by, quantities=quantities.find(text))
    for claim in found:
        for span in (claim.trigger, *claim.evidence, *(p.span for p in (claim.actor, claim.target, claim.weapon) if p)):
            assert 0 <= span[0] < span[1] <= len(text)
        assert claim.place is None
        assert claim.time is None
    again = claims.find(report(text), sentences.split(text), (), told_by, quantities=quantities.find(text))
    assert again == found


def test_the_dead_of_a_war_died_at_no_town_told_before():
    text = "Shells hit Arda on Monday. More than 180000 people were killed by the war."
    found = told(
        text,
        places=spots(text, "Arda"),
        times=times.find(text, published=date(2016, 12, 28), sentences=sentences.split(text)),
        quantities=quantities.find(text),
    )
    killed = next(c for c in found if c.type == "killing")
    assert killed.place is None and killed.time is None


def test_victims_are_counted_as_such_whatever_they_are_called():
    text = "The group crucified nine men. The army neutralised 20 rebels."
    found = told(text, quantities=quantities.find(text))
    assert [q.role for c in found for q in c.quantities] == ["killed", "people"]
