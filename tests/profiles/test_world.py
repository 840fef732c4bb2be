"""The packaged profile: complete, cited, consistent, and the same treatment for all."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from datetime import date
from importlib import resources
from itertools import chain

import pytest

from evenhand.model.profile import Party
from evenhand.profiles import world

PROFILE = world()
FOLDER = resources.files("evenhand.profiles") / "world" / "parties"
NAMED = frozenset(
    party["id"]
    for file in FOLDER.iterdir()
    if file.name.startswith(("war_states", "armed_groups"))
    for party in tomllib.loads(file.read_text(encoding="utf-8"))["parties"]
)
LOADED = re.compile(
    r"\b(terror\w*|regimes?|junta|so-called|thugs?|bandits?|puppets?|prox(y|ies)|rebels?|militants?|extremists?"
    r"|jihadi\w*|separatists?|occup\w+|insurgents?|dictator\w*|martyr\w*|mercenar\w*)\b",
    re.IGNORECASE,
)


def test_at_least_150_outlets_of_which_every_agency_named_in_the_journey():
    wires = {outlet.id for outlet in PROFILE.outlets if outlet.wire}
    asked = (
        "tass reuters ap afp sana xinhua dpa efe anadolu ria interfax sputnik upi ansa kyodo yonhap pti irna fars "
        "tasnim mehr ukrinform interfax_ukraine wafa petra nna spa wam qna mena suna saba_aden saba_sanaa ena "
        "armenpress azertac kuna bakhtar mizzima"
    )
    assert len(PROFILE.outlets) >= 150
    assert set(asked.split()) <= wires


@pytest.mark.parametrize("kind", ["outlets", "parties", "organisations"])
def test_ids_are_unique_short_names(kind):
    ids = [item.id for item in getattr(PROFILE, kind)]
    assert not [name for name, times in Counter(ids).items() if times > 1]
    assert all(re.fullmatch(r"[a-z0-9_]+", name) for name in ids)


def test_every_fact_has_a_source():
    facts = chain(
        PROFILE.outlets,
        PROFILE.parties,
        PROFILE.organisations,
        PROFILE.ties,
        PROFILE.wording,
        *(party.organs for party in PROFILE.parties),
        *(party.persons for party in PROFILE.parties),
    )
    assert all(len(fact.source) > 10 for fact in facts)


def test_ties_are_mutual_known_and_never_both_at_once():
    by_id = {party.id: party for party in PROFILE.parties}
    for party in PROFILE.parties:
        for other in party.allies:
            assert party.id in by_id[other].allies
        for other in party.adversaries:
            assert party.id in by_id[other].adversaries
    for tie in PROFILE.ties:
        other_kind = PROFILE.opposed if tie.kind == "allies" else PROFILE.allied
        if tie.since and len(tie.since) == 10:
            assert other_kind(*tie.between, on=date.fromisoformat(tie.since)) is None


@pytest.mark.parametrize("party", PROFILE.parties, ids=lambda party: party.id)
def test_every_party_has_the_same_fields_filled(party: Party):
    assert party.names
    assert party.adjectives
    if party.id in NAMED:  # known by name, forces and ties, every one of them; a state and who fights it alike
        assert not party.persons
        assert {organ.kind for organ in party.organs} & {"army", "police"} or party.kind != "government"
        return
    assert party.seats
    assert party.organs
    assert party.persons
    assert party.allies or party.adversaries or party.kind in ("government", "international", "armed_group")


def test_names_hold_no_loaded_words():
    named = chain(PROFILE.outlets, PROFILE.parties, PROFILE.organisations)
    loaded = [name for item in named for name in (item.name, *item.names) if LOADED.search(name)]
    organs = [organ.name for party in PROFILE.parties for organ in party.organs if LOADED.search(organ.name)]
    proper = {  # their own official names
        "Iraqi Counter Terrorism Service", "Counter Terrorism Group (Kurdistan)", "Rebel Armed Forces (Guatemala)",
    }  # fmt: skip
    assert loaded == []
    assert set(organs) <= proper


def test_dates_run_forward():
    dated = chain(PROFILE.outlets, PROFILE.ties, *(party.persons for party in PROFILE.parties))
    for item in dated:
        if item.since and item.until:
            size = min(len(item.since), len(item.until))
            assert item.since[:size] <= item.until[:size], item


def test_domains_belong_to_one_outlet():
    hosts = Counter(host for outlet in PROFILE.outlets for host in outlet.domains)
    assert not [host for host, times in hosts.items() if times > 1]
    assert all(host == host.lower() and "/" not in host for host in hosts)


def test_printed_names_of_outlets_do_not_collide():
    for outlet in PROFILE.outlets:
        assert PROFILE.outlet_named(outlet.id) == outlet
        assert PROFILE.outlet_named(outlet.name) == outlet, outlet.id


def test_parties_of_organisations_have_a_reason():
    assert all(body.reason for body in PROFILE.organisations if body.party)


def test_wording_names_no_party_and_lists_each_form_once():
    forms = Counter(form.casefold() for word in PROFILE.wording for form in (word.word, *word.forms))
    assert not [form for form, times in forms.items() if times > 1]
    adjectives = {adjective for party in PROFILE.parties for adjective in party.adjectives}
    words = {text for word in PROFILE.wording for text in (word.word, *word.forms, word.neutral)}
    assert not adjectives & words


def test_organ_words_name_no_party():
    names = {name.casefold() for party in PROFILE.parties for name in (party.name, *party.names, *party.adjectives)}
    words = PROFILE.words
    listed = {phrase for phrase, _ in words.organs} | {*words.roles, *words.fighters, *words.distance, *words.outsiders}
    assert not names & {word.casefold() for word in listed}


def test_wars_named_in_the_journey_are_covered():
    sides = [
        ("syrian_government", "syrian_opposition"), ("iraq", "islamic_state"), ("houthis", "yemen_government"),
        ("sudan", "rsf"), ("russia", "ukraine"), ("israel", "hamas"), ("israel", "hezbollah"), ("libya_gnu", "lna"),
        ("ethiopia", "tplf"), ("myanmar_military", "myanmar_nug"), ("armenia", "azerbaijan"),
        ("afghanistan_republic", "taliban"), ("mali", "jnim"),
    ]  # fmt: skip
    assert all(PROFILE.opposed(one, other) for one, other in sides)


@pytest.mark.parametrize(
    ("words", "day", "party"),
    [
        ("Shining Path guerrillas", "1984-08-01", "shining_path"),
        ("a Sendero Luminoso commander", "1992-01-01", "shining_path"),
        ("Phalangist militiamen", "1982-09-18", "kataeb"),
        ("the South Lebanon Army", "1996-04-18", "south_lebanon_army"),
        ("Radio Venceremos", "1981-12-20", "fmln"),
        ("the Atlacatl Battalion", "1982-01-27", "el_salvador"),
        ("Naxalites", "2010-04-06", "maoists_india"),
        ("the Central Reserve Police Force", "2010-04-06", "india"),
        ("Besi Merah Putih", "1999-04-06", "timor_militias"),
        ("Kopassus", "1999-04-06", "indonesia"),
        ("Interahamwe", "1994-04-20", "rwanda_1994"),
        ("the Lord's Resistance Army", "2008-12-27", "lra"),
        ("Anti-balaka fighters", "2014-02-01", "anti_balaka"),
        ("Fatah", "2007-06-14", "fatah"),
        ("the PLO", "1982-08-01", "plo"),
        ("the PLO", "2005-08-01", "palestinian_authority"),
        ("Yugoslav army", "1991-11-20", "sfr_yugoslavia"),
        ("Yugoslav army", "1999-03-26", "yugoslavia"),
        ("the Iraqi government", "1988-03-17", "iraq_baath"),
        ("the Iraqi government", "2016-03-17", "iraq"),
        ("Guinean presidential guards", "2009-09-28", "guinea"),  # any state's guards, riot police, secret police
        ("Thai riot police", "2010-05-19", "thailand"),
        ("Chilean secret police", "1976-09-21", "chile"),
        ("ZANU-PF", "1983-03-05", "zimbabwe"),
    ],
)
def test_parties_of_earlier_and_other_wars_are_known_on_the_day(words, day, party):
    found = PROFILE.owner_of(words, on=date.fromisoformat(day))
    assert found is not None
    assert found.party == party


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("Amal Clooney", "2016-09-01"),  # a name of people, which a group bears too
        ("President Dina Boluarte", "2023-01-10"),
        ("Abdel Fattah Sisi", "2013-08-14"),
        ("Moqtada al-Sadr", "2005-02-01"),
        ("the Australian Defence Force (ADF)", "2020-11-19"),  # letters that stand for several bodies
        ("AFP", "2017-06-01"),
        ("CNDD", "2009-09-28"),
        ("PNP", "2015-01-25"),
        ("the ICU", "2006-06-05"),
        ("RCD", "2011-01-14"),
        ("Dili", "1991-11-12"),  # the seat of a state that was not one yet
        ("the Front", "1990-01-01"),
        ("the Resistance", "1990-01-01"),
        ("Sinaloa police", "2019-10-17"),  # a place, not the group that is called after it
    ],
)
def test_names_that_stand_for_others_too_are_no_partys(words, day):
    assert PROFILE.owner_of(words, on=date.fromisoformat(day)) is None


def test_every_armed_group_that_is_known_by_name_has_a_tie():
    alone = {party.id for party in PROFILE.parties if party.id in NAMED and party.kind == "armed_group"}
    assert not {party for party in alone if not PROFILE.party(party).adversaries + PROFILE.party(party).allies}
