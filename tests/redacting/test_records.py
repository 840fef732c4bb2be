"""Records stay records: every span is the words it was, every name is gone, every point is coarse."""

import msgspec
import pytest

from evenhand.model.reading import Entity, Mention
from evenhand.redacting import Person, RecordRedactor, Redactor, coarsened, suggest
from tests.dossier import sample

IVO = Person(name="Ivo Maren", kind="witness")


@pytest.fixture
def made():
    return RecordRedactor(Redactor([IVO], {"Ivo Maren": "Witness 1"}), b"key")


def test_a_reading_keeps_its_spans_on_its_words(made):
    before = sample.readings()[0]
    (after,) = made.readings([before])
    assert "Maren" not in msgspec.json.encode(after).decode()
    assert after.report.text == before.report.text.replace("Ivo Maren", "Witness 1")
    for old, new in zip(before.statements, after.statements, strict=True):
        for name in ("cue", "source"):
            a, b = getattr(old, name), getattr(new, name)
            words = before.report.text[slice(*a)].replace("Ivo Maren", "Witness 1")
            assert after.report.text[slice(*b)] == words
        assert [after.report.text[s:e] for s, e in new.content] == [before.report.text[s:e] for s, e in old.content]
    assert [after.report.text[slice(*c.trigger)] for c in after.claims] == [
        before.report.text[slice(*c.trigger)] for c in before.claims
    ]


def test_an_incident_points_into_the_redacted_texts(made):
    readings = {reading.report.id: reading for reading in made.readings(sample.readings())}
    (before,) = sample.incidents()
    (after,) = made.incidents([before])
    assert "Maren" not in msgspec.json.encode(after).decode()
    for old, new in zip(before.origins, after.origins, strict=True):
        for a, b in zip(old.evidence, new.evidence, strict=True):
            source = next(r for r in sample.readings() if r.report.id == a.report).report.text
            assert b.report in readings
            assert readings[b.report].report.text[slice(*b.span)] == source[slice(*a.span)].replace(
                "Ivo Maren", "Witness 1"
            )
    assert after.questions.killed.figures[0].low == 14
    assert (after.place.lat, after.place.precision, after.place.radius_km) == (1.0, 2, 13.0)


def test_words_of_the_format_are_no_names():
    killing = Person(name="Ann Killing", also=("Shelling",))
    records = RecordRedactor(Redactor([killing], {"Ann Killing": "Person 1"}), b"key")
    (after,) = records.readings([sample.readings()[0]])
    assert [claim.type for claim in after.claims] == ["shelling", "killing", "shelling"]


@pytest.mark.parametrize(("lat", "lon"), [(36.2048, 37.1343), (-0.04, 0.06), (89.97, -179.98)])
def test_a_point_is_coarse_and_its_circle_still_holds_it(lat, lon):
    place = {"lat": lat, "lon": lon, "radius_km": 2.0, "precision": 1, "gazetteer": "geonames:170063", "name": "x"}
    after = coarsened(place)
    assert (after["gazetteer"], after["precision"]) == (None, 2)
    off = ((after["lat"] - lat) ** 2 + (after["lon"] - lon) ** 2) ** 0.5 * 111.32
    assert off + 2.0 <= after["radius_km"]
    assert round(after["lat"], 1) == after["lat"]


def test_a_place_without_a_point_stays_without():
    after = coarsened({"lat": None, "lon": None, "radius_km": None, "precision": 6, "gazetteer": None})
    assert (after["lat"], after["radius_km"]) == (None, None)


def test_suggested_are_named_persons_who_are_not_public():
    reading = sample.readings()[0]
    text = "Amal Nasser, 9, a pupil, said the general. Omar Nasser, a resident, and Maria Zakharova saw it."

    def person(number, name, role=None, form="name"):
        start = text.find(name)
        mention = Mention(span=(max(start, 0), max(start, 0) + len(name)), form=form)
        return Entity(id=f"e{number}", kind="person", name=name, role=role, mentions=(mention,))

    entities = (person(1, "Amal Nasser"), person(2, "the general", form="nominal"), person(3, "Omar Nasser", "resident"),
                person(4, "Maria Zakharova", "spokeswoman"), person(5, "unnamed: a medic"))  # fmt: skip
    reading = msgspec.structs.replace(
        reading, entities=entities, report=msgspec.structs.replace(reading.report, text=text)
    )
    found = suggest([reading], lambda name: name == "Maria Zakharova")
    assert [(one.name, one.kind, one.roles) for one in found] == [
        ("Amal Nasser", "minor", ()),
        ("Omar Nasser", "witness", ("resident",)),
    ]


def test_an_ordinary_word_with_a_capital_is_no_suggestion():
    reading = sample.readings()[0]
    text = "Bus bombing. Bus hit; the bus burned. Amal was in it."
    entities = tuple(
        Entity(id=f"e{n}", kind="person", name=name, mentions=(Mention(span=(0, 3), form="name"),))
        for n, name in enumerate(("Bus", "Amal"))
    )
    report = msgspec.structs.replace(reading.report, text=text)
    reading = msgspec.structs.replace(reading, entities=entities, report=report)
    assert [one.name for one in suggest([reading], lambda name: False)] == ["Amal"]


def test_no_hash_of_what_names_a_person_can_be_tried(made):
    """Whoever holds the redacted text could else put names in until a hash or an id made of it fits."""
    before = sample.readings()
    first, second, _ = made.readings(before)
    (incident,) = made.incidents([msgspec.structs.replace(sample.incidents()[0], id="ab" * 8)])
    shown = msgspec.json.encode([first, incident]).decode()
    assert before[0].report.id not in shown
    assert before[0].report.original.sha256 not in shown
    assert "ab" * 8 not in shown
    assert (first.report.url, first.report.external_id) == (None, None)
    assert (second.report.id, second.report.original) == (before[1].report.id, before[1].report.original)
    assert made.named == {before[0].report.original.sha256}
    other = RecordRedactor(Redactor([IVO], {"Ivo Maren": "Witness 1"}), b"another key")
    assert other.readings(before)[0].report.id != first.report.id


def test_payloads_show_only_hashes_of_originals_that_name_nobody(made):
    made.readings(sample.readings())
    named, other = (reading.report.original.sha256 for reading in sample.readings()[:2])
    made.keep_hashes([named, other])
    plain = made.plain({"a": named, "b": other, "c": ["sha256:" + "0" * 64], "file": "ivo_maren.txt", "n": 3})
    assert plain == {"a": "withheld", "b": other, "c": ["withheld"], "file": "Witness 1.txt", "n": 3}
