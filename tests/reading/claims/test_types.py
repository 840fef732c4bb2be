"""The tables: every type of the ledger mapped, every type and class that a sense names known."""

from typing import get_args

from evenhand.model.reading import ClaimType
from evenhand.reading.claims import claim_types, lexicon
from evenhand.reading.claims.inflection import noun_forms, singular, verb_forms


def test_every_type_is_mapped_once_in_the_ledgers_order():
    assert tuple(t.type for t in claim_types()) == get_args(ClaimType)


def test_ucdp_types_of_violence():
    assert {n for t in claim_types() for n in t.ucdp} <= {1, 2, 3}


def test_senses_name_known_types_and_classes():
    known = {*get_args(ClaimType), ""}
    words = lexicon.load()
    senses = [s for table in (words.verbs, words.nouns, words.adjectives) for many in table.values() for s in many]
    for sense in [*senses, *(s for _, s in words.suffixes)]:
        assert sense.type in known
        for table in (sense.object, sense.subject):
            assert set(table) <= set(words.classes)
            assert set(table.values()) <= known
    told = {s.type for s in senses} | {t for s in senses for t in (*s.object.values(), *s.subject.values())}
    assert told >= set(get_args(ClaimType))


def test_forms():
    assert set(verb_forms("bury")) == {"bury", "buries", "buried", "burying"}
    assert set(verb_forms("shoot")) == {"shoot", "shoots", "shot", "shooting"}
    assert "kidnapped" in verb_forms("kidnap")
    assert noun_forms("gunman") == ("gunman", "gunmen")
    assert [singular(w) for w in ("cities", "women", "militiamen", "gas", "shells")] == [
        "city", "woman", "militiaman", "gas", "shell",
    ]  # fmt: skip
