"""Case files: what they add, override and remove, and the errors that name file and key."""

from __future__ import annotations

import pickle
from datetime import date

import pytest

from evenhand.errors import CaseError
from evenhand.profiles import explain, load_case, with_case, world

OUTLET = {"id": "harbour", "name": "Harbour Post", "kind": "independent", "source": "https://example.org/about"}


def test_an_entry_is_added():
    profile = with_case(world(), {"outlets": [OUTLET]})
    outlet = profile.outlet_named("harbour post")
    assert outlet is not None
    assert outlet.id == "harbour"
    assert len(profile.outlets) == len(world().outlets) + 1


def test_an_entry_with_a_known_id_keeps_what_it_does_not_give():
    profile = with_case(world(), {"outlets": [{"id": "tass", "name": "Another name"}]})
    outlet = profile.outlet_named("tass")
    assert outlet is not None
    assert (outlet.name, outlet.party) == ("Another name", "russia")


def test_an_entry_is_removed():
    profile = with_case(world(), {"organisations": [{"id": "white_helmets", "remove": True}]})
    assert profile.owner_of("White Helmets") is None


def test_organs_and_persons_of_a_party_survive_a_merge():
    profile = with_case(world(), {"parties": [{"id": "russia", "adjectives": ["Muscovite"]}]})
    found = profile.party("russia")
    assert found is not None
    assert found.organs
    assert profile.owner_of("the Muscovite army") is not None
    assert found.adversaries == world().party("russia").adversaries  # type: ignore[union-attr]


def test_merging_nothing_changes_nothing():
    assert with_case(world(), {}) == world()


@pytest.mark.parametrize(
    ("table", "words"),
    [
        ({"outlet": [OUTLET]}, "unknown key 'outlet'"),
        ({"outlets": [{**OUTLET, "knid": "x"}]}, "outlets.harbour: unknown key 'knid'"),
        ({"outlets": [{**OUTLET, "kind": "newspaper"}]}, "kind is 'newspaper'; it may be state, party"),
        ({"outlets": [{"id": "harbour", "name": "Harbour Post", "kind": "wire"}]}, "the key 'source' is missing"),
        ({"outlets": [{**OUTLET, "source": " "}]}, "source is empty"),
        ({"outlets": [{**OUTLET, "party": "nobody"}]}, "party 'nobody' is not in the profile"),
        ({"outlets": [{**OUTLET, "names": "Post"}]}, "names must be a list of texts"),
        ({"outlets": [{**OUTLET, "wire": "yes"}]}, "wire must be true or false"),
        ({"outlets": [{**OUTLET, "since": "May 2016"}]}, "is not a date of the form"),
        ({"outlets": [{"name": "Harbour Post"}]}, "outlets[0]: the key 'id' is missing"),
        ({"outlets": {"id": "x"}}, "outlets must be a list of tables"),
        ({"outlets": [{"id": "nobody", "remove": True}]}, "nothing to remove"),
        ({"outlets": [{**OUTLET, "remove": True}]}, "remove = true stands alone"),
        ({"parties": [{"id": "russia", "allies": ["iran"]}]}, "allies follow from [[ties]]"),
        ({"parties": [{"id": "russia", "organs": [{"id": "x"}]}]}, "organs[0]: the key 'name' is missing"),
        ({"parties": [{"id": "russia", "organs": []}]}, "organ 'kremlin' is not among its organs"),
        ({"parties": [{"id": "russia", "remove": True}]}, "'russia' is not in the profile"),
        ({"ties": [{"between": ["russia"], "kind": "allies", "source": "a book"}]}, "between must hold 2 texts"),
        ({"organisations": [{"id": "msf", "party": "russia"}]}, "a party needs a reason"),
        ({"places": [{"name": "X", "country": "XV", "lat": "north"}]}, "lat must be a number"),
        ({"case": {"titel": "x"}}, "case: unknown key 'titel'"),
    ],
)
def test_errors_name_the_file_and_the_key(table, words):
    with pytest.raises(CaseError) as raised:
        with_case(world(), table, "my.toml")
    assert words in str(raised.value)
    assert str(raised.value).startswith("my.toml")


def test_tables_that_other_parts_read_are_left_alone():
    assert with_case(world(), {"same_origin": [1]}, elsewhere=("same_origin",)) == world()


def test_files_that_cannot_be_read(tmp_path):
    with pytest.raises(CaseError, match="cannot be read"):
        load_case(world(), tmp_path / "missing.toml")
    broken = tmp_path / "broken.toml"
    broken.write_text("[[outlets]\n", encoding="utf-8")
    with pytest.raises(CaseError, match=r"broken\.toml: not TOML"):
        load_case(world(), broken)
    broken.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(CaseError, match="not TOML"):
        load_case(world(), broken)


def test_a_profile_travels_to_other_processes():
    assert pickle.loads(pickle.dumps(world())) == world()


def test_packaged_cases_load():
    from importlib.resources import as_file, files

    with as_file(files("evenhand.profiles") / "cases" / "syria.toml") as path:
        profile = load_case(world(), path)
    member = profile.owner_of("Civil Defence", on=date(2016, 1, 1))
    assert member is not None
    assert member.party == "syrian_opposition"


def test_explain_cites_and_says_when_it_does_not_know():
    told = explain(world(), "Maria Zakharova", date(2016, 12, 27))
    assert "of Government of Russia (russia) on 2016-12-27" in told
    assert "Source: https://" in told
    assert "Allies on 2016-12-27:" in told
    assert "does not know this name" in explain(world(), "Nobody Atall")
    assert "monitor" in explain(world(), "SOHR")
    assert "founded in" in explain(world(), "White Helmets")
