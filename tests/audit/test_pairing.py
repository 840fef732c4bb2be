"""Which name stands for which, and what a profile looks like with names exchanged."""

from __future__ import annotations

from dataclasses import replace

import pytest

from evenhand.assessing import AssessmentSettings
from evenhand.assessing.settings import Merge, PartyOf
from evenhand.audit.pairing import Pairing, exchange_of_outlets, exchange_of_parties
from evenhand.audit.rows import View, listed_names
from evenhand.audit.worlds import exchanged_profile, exchanged_report, exchanged_settings
from evenhand.model.parties import LoadedWord, Organ, Organisation, OrganWords, Outlet, Party, Person, Tie
from evenhand.model.profile import Profile
from evenhand.model.report import Credit, Dateline, OriginalRef, Received, Report

NORTH = Party(
    id="north", name="Government of Norrland", kind="government", source="invented", country="XA",
    names=("Norrland", "NRL"), adjectives=("Norrish", "rebel"), seats=("Aldby",),
    organs=(Organ("army", "Norrish Army", "army", "invented", ("the Norrish army",)),
            Organ("palace", "Grey Palace", "office", "invented")),
    persons=(Person("Ada Berg", "President of Norrland", "invented", ("President Berg",)),
             Person("Olof Kvist", "Minister", "invented")),
    allies=("east",),
)  # fmt: skip
SOUTH = Party(
    id="south", name="Government of Sudland", kind="government", source="invented", country="XB",
    names=("Sudland",), adjectives=("Sudlandic",), seats=("Bellby",),
    organs=(Organ("army", "Sudlandic Army", "army", "invented"),),
    persons=(Person("Eva Holt", "President of Sudland", "invented"),), allies=("west",),
)  # fmt: skip
EAST = Party(id="east", name="Ostria", kind="armed_group", source="invented", adjectives=("Ostrian",))
WEST = Party(id="west", name="Vestria", kind="armed_group", source="invented", adjectives=("Vestrian",))
PROFILE = Profile(
    outlets=(
        Outlet("nna", "Norrish News", "state", "invented", ("NNA", "/NNA/"), ("nna.example",), party="north"),
        Outlet("sna", "Sudlandic News", "state", "invented", ("SNA",), ("sna.example",), party="south"),
        Outlet("post", "The Norrish Post", "independent", "invented"),
    ),
    parties=(NORTH, SOUTH, EAST, WEST),
    organisations=(Organisation("bank", "Blood Bank of Norrland", "medical", "invented"),),
    ties=(Tie(("north", "east"), "allies", "invented"), Tie(("south", "west"), "allies", "invented")),
)  # fmt: skip


def ground(name: str) -> str:
    return "place" if name in {"Norrland", "Sudland", "Aldby", "Bellby"} else ""


PAIRING = Pairing(PROFILE, ground, lambda name: name in {"Ada Berg", "NRL"})
EXCHANGE = exchange_of_parties(PAIRING, "north", "south")


def test_every_pair_is_its_own_inverse():
    for exchange in (EXCHANGE, exchange_of_outlets(PAIRING, "nna", "post")):
        for table in (exchange.names, exchange.ids, exchange.countries):
            assert all(table[other] == one for one, other in table.items())


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("Norrland", "Sudland"), ("the Norrish", "the Sudlandic"), ("Aldby", "Bellby"), ("Ada Berg", "Eva Holt"),
        ("Berg", "Holt"), ("the Norrish army", "the Sudlandic army"), ("NNA", "SNA"), ("nna.example", "sna.example"),
        ("Ostria", "Vestria"), ("NORRLAND", "SUDLAND"),
        # no counterpart: the longer list's rest, common nouns, another's name
        ("NRL", "NRL"), ("Olof Kvist", "Olof Kvist"), ("Kvist", "Kvist"), ("Grey Palace", "Grey Palace"),
        ("rebel", "rebel"), ("Blood Bank of Norrland", "Blood Bank of Norrland"), ("Norrish Post", "Norrish Post"),
    ],
)  # fmt: skip
def test_like_stands_for_like(text, other):
    assert EXCHANGE.text(text) == other
    assert EXCHANGE.text(other) == text


def test_names_without_a_counterpart_are_told():
    assert "NRL" in EXCHANGE.kept
    assert "Norrland" not in EXCHANGE.kept


def test_another_spelling_of_a_paired_name_goes_where_it_goes():
    north, south = replace(NORTH, names=("NRL", "N.R.L.")), replace(SOUTH, names=("SDL",))
    exchange = exchange_of_parties(
        replace(PAIRING, profile=replace(PROFILE, parties=(north, south, EAST, WEST))), "north", "south"
    )
    assert exchange.text("N.R.L. and NRL") == "SDL and SDL"
    assert exchange.text("SDL") == "NRL"
    assert "N.R.L." not in exchange.kept


def test_given_pairs_come_first():
    given = replace(PAIRING, given=(("Norrland", "Sudlandic Realm"),))
    assert exchange_of_parties(given, "north", "south").text("Norrland") == "Sudlandic Realm"


def test_an_unknown_party_is_an_error():
    with pytest.raises(KeyError):
        exchange_of_parties(PAIRING, "north", "nobody")


def test_two_outlets_are_exchanged_whatever_form_their_names_have():
    exchange = exchange_of_outlets(
        Pairing(PROFILE, ground, lambda name: name in {"NNA", "Norrish Post"}), "nna", "post"
    )
    assert exchange.ids == {"nna": "post", "post": "nna"}
    assert exchange.text("NNA says") != "NNA says"


def test_the_profile_is_exchanged_in_its_names_and_stays_in_all_else():
    other = exchanged_profile(PROFILE, EXCHANGE)
    south = other.parties[0]
    assert (south.id, south.name, south.country) == ("south", "Government of Sudland", "XB")
    assert south.names == ("Sudland", "NRL")
    assert south.persons[0].name == "Eva Holt"
    assert south.persons[0].office == "President of Sudland"
    assert len(south.organs) == len(NORTH.organs)
    assert south.allies == ("west",)
    assert other.outlets[0].party == "south"
    assert other.ties[0].between == ("south", "west")
    assert exchanged_profile(other, EXCHANGE) == PROFILE


def test_a_report_is_exchanged_with_its_metadata_and_keeps_its_id():
    text = "ALDBY, May 3 /NNA/. The Norrish army left Norrland."
    report = Report(
        id="r", original=OriginalRef(sha256="0" * 64), text=text, outlet="nna", title="Norrland", url="https://nna.example/a",
        credits=(Credit(agency="nna", span=(13, 18)),),
        dateline=Dateline(span=(0, 19), place="ALDBY", agency="nna"),
    )  # fmt: skip
    received, swapped = exchanged_report(Received(report=report), EXCHANGE)
    other = received.report
    assert other.text == swapped.text == "BELLBY, May 3 /SNA/. The Sudlandic army left Sudland."
    assert (other.id, other.original) == (report.id, report.original)
    assert (other.outlet, other.title, other.url) == ("sna", "Sudland", "https://sna.example/a")
    assert other.text[slice(*other.credits[0].span)] == "/SNA/"
    assert other.dateline.place == "BELLBY"
    assert other.text[slice(*other.dateline.span)] == "BELLBY, May 3 /SNA/."
    assert other.text_sha256 != report.text_sha256


def test_the_users_decisions_are_exchanged():
    settings = AssessmentSettings(
        same_origin=(Merge(names=("Ada Berg", "nna"), why="w"),),
        party_of=(PartyOf(name="the Norrish command", party="north", why="w"),),
    )
    other = exchanged_settings(settings, EXCHANGE)
    assert other.same_origin[0].names == ("Eva Holt", "sna")
    assert (other.party_of[0].name, other.party_of[0].party) == ("the Sudlandic command", "south")


def _exchanged(north=NORTH, south=SOUTH, **profile):
    parties = (north, south, EAST, WEST)
    return exchange_of_parties(replace(PAIRING, profile=replace(PROFILE, parties=parties, **profile)), "north", "south")


ORGANS = OrganWords(
    organs=(("army", "army"), ("air force", "army"), ("state media", "media"), ("government", "office"))
)


def test_an_armed_force_stands_for_one_of_its_kind_only():
    north = replace(NORTH, organs=(Organ("army", "Aldby Air Force", "army", "invented", ("Home Army",)),))
    south = replace(SOUTH, organs=(Organ("army", "Bell Army", "army", "invented"),))
    exchange = _exchanged(north, south, words=ORGANS)
    assert exchange.text("Home Army and Aldby Air Force") == "Bell Army and Bellby Air Force"
    assert "Home Army" in exchange.names


def test_a_name_that_a_phrase_for_an_organ_completes_is_not_torn_from_it():
    north = replace(NORTH, adjectives=("Norrish", "Grey state"))
    south = replace(SOUTH, adjectives=("Sudlandic", "White state"))
    assert _exchanged(north, south, words=ORGANS).text("Grey state media") == "Grey state media"
    assert _exchanged(north, south).text("Grey state media") == "White state media"


def test_labels_and_remarks_of_the_profile_are_no_names():
    label = LoadedWord(word="rebel", labels="actor", neutral="fighter", source="invented", forms=("rebels",))
    north = replace(NORTH, names=("Hill rebels", "Norrland (until 2001)"))
    south = replace(SOUTH, names=("Dale people", "Sudland (since 1999)"))
    exchange = _exchanged(north, south, wording=(label,))
    assert exchange.text("Hill rebels") == "Hill rebels"
    assert not any("(" in name for name in exchange.names)


@pytest.mark.parametrize("text", ["Abu al-Xan", "Abu al Xan", "Xan", "Xans", "Abu al-Xans"])
def test_a_surname_with_an_article_goes_with_its_bearer(text):
    north = replace(NORTH, persons=(Person("Abu al-Xan", "President", "invented"),))
    south = replace(SOUTH, persons=(Person("Eva Holt", "Envoy", "invented"), Person("Umm al-Yan", "Head", "invented")))
    pairing = replace(
        PAIRING, profile=replace(PROFILE, parties=(north, south, EAST, WEST)), occurs=lambda name: "Abu" in name
    )
    assert exchange_of_parties(pairing, "north", "south").text(text) == text.replace("Xan", "Yan").replace(
        "Abu", "Umm"
    ).replace("al Y", "al-Y")


def test_names_of_one_listed_body_count_as_one_name():
    view = View({}, listed=listed_names(PROFILE))
    assert view.word("the Norrish army") == view.word("Norrish Army") == "Norrish Army"
    assert view.word("Norrish Harmony") == "Norrish Harmony"
