"""Events, their types and participants, on sentences made for the purpose, from many wars and sides."""

import pytest

from tests.reading.claims.saying import brief, told, words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Rebels killed six soldiers.", ("killing", "killed", "Rebels", "six soldiers")),
        ("Six soldiers were killed by rebels.", ("killing", "killed", "rebels", "Six soldiers")),
        ("A mother of three lost her life.", ("killing", "lost", None, "A mother of three")),
        ("The raid claimed the lives of two nurses.", ("killing", "claimed", None, "two nurses")),
        ("The ministry has claimed 40 deaths.", ("killing", "deaths", None, None)),
        ("The front announced ten casualties.", ("injury", "casualties", None, None)),
        ("The group claimed the killing of six policemen.", ("killing", "killing", "The group", "six policemen")),
        ("Rebels bombarded the city with rockets.", ("shelling", "bombarded", "Rebels", "the city")),
        ("The army bombarded the town with artillery.", ("shelling", "bombarded", "The army", "the town")),
        ("Jets bombarded the town.", ("airstrike", "bombarded", "Jets", "the town")),
        ("Troops shelled the village.", ("shelling", "shelled", "Troops", "the village")),
        ("Gunmen abducted 40 pupils.", ("abduction", "abducted", "Gunmen", "40 pupils")),
        ("The army captured the airport.", ("territory_taken", "captured", "The army", "the airport")),
        ("The army captured 30 rebels.", ("detention", "captured", "The army", "30 rebels")),
        ("The army seized a cache of rifles.", ("weapons_found", "seized", "The army", "a cache of rifles")),
        ("Militants still hold the western part.", ("territory_held", "hold", "Militants", "the western part")),
        ("Warplanes bombed a wedding hall.", ("airstrike", "bombed", "Warplanes", "a wedding hall")),
        ("Soldiers fired mortars at the camp.", ("shelling", "fired", "Soldiers", "the camp")),
        ("Soldiers tortured the prisoners.", ("torture", "tortured", "Soldiers", "the prisoners")),
        ("Thousands fled the city.", ("displacement", "fled", "Thousands", "the city")),
        ("The militia burned down the clinic.", ("destruction", "burned down", "The militia", "the clinic")),
        ("Militants planted mines in the fields.", ("mines_or_explosives", "planted", "Militants", "the fields")),
        ("The soldiers raped two women.", ("sexual_violence", "raped", "The soldiers", "two women")),
        ("The police detained 12 students.", ("detention", "detained", "The police", "12 students")),
        ("Rescuers pulled three bodies from the rubble.", ("killing", "pulled", None, "three bodies")),
        ("The garrison lost 40 soldiers.", ("killing", "lost", None, "40 soldiers")),
        ("Policemen fired live rounds at the crowd.", ("ground_attack", "fired", "Policemen", "the crowd")),
        ("Gunmen opened fire on worshippers.", ("ground_attack", "opened", "Gunmen", "worshippers")),
        ("Tanks opened fire on the suburb.", ("shelling", "opened", "Tanks", "the suburb")),
        ("Guards fired at cars in the square.", ("ground_attack", "fired", "Guards", "cars")),
        ("The army fired at the village.", ("shelling", "fired", "The army", "the village")),
        ("Attackers killed 85 in a raid on a suburb.", ("ground_attack", "raid", "Attackers", "a suburb")),
        (
            "An Israeli air raid on a house in the border village of Yaroun killed five people.",
            ("killing", "killed", "Israeli", "five people"),
        ),
        (
            "The strike on Idlib is thought to have been carried out by Syrian jets.",
            ("airstrike", "strike", "Syrian jets", "Idlib"),
        ),
        ("The military offensive killed ten people.", ("ground_attack", "offensive", None, "ten people")),
        ("A military raid killed ten people.", ("airstrike", "raid", "military", "ten people")),
        ("Soldiers stormed the village.", ("ground_attack", "stormed", "Soldiers", "the village")),
        ("Some 5,000 villagers took shelter in caves.", ("displacement", "took shelter", "Some 5,000 villagers", None)),
        ("Gunmen seized 12 tankers.", ("other", "seized", "Gunmen", "12 tankers")),
        ("The rebels control most of the north.", ("territory_held", "control", "The rebels", "most of the north")),
        ("Ten men were killed and several trucks seized.", ("other", "seized", None, "several trucks")),
        (
            "Witnesses accused the militia of shooting at people.",
            ("ground_attack", "shooting", "the militia", "people"),
        ),
        ("Observers saw three bodies in the street.", ("killing", "saw", None, "three bodies")),
        ("A strike on the railway station killed nine.", ("airstrike", "strike", None, "the railway station")),
        ("Troops encircled the town.", ("siege", "encircled", "Troops", "the town")),
    ],
)
def test_verbs(text, expected):
    assert expected in brief(text)


@pytest.mark.parametrize(
    ("text", "type_", "actor", "target"),
    [
        ("The shelling of the town by government forces went on.", "shelling", "government forces", "the town"),
        ("The army carried out an air strike on the depot.", "airstrike", "The army", "the depot"),
        ("The patrol came under heavy fire.", "armed_clash", None, "The patrol"),
        ("Burial sites of dozens of villagers were found there.", "mass_grave", None, "dozens of villagers"),
        ("The liberation of the city took a month.", "territory_taken", None, "the city"),
        ("Clashes between rebels and the army erupted.", "armed_clash", "rebels", "the army"),
        ("An agreement between the two tribes was signed.", "agreement", "the two tribes", None),
        ("Rebel-held districts were quiet.", "territory_held", "Rebel", "districts"),
    ],
)
def test_nouns(text, type_, actor, target):
    found = [(t, a, o) for t, _, a, o in brief(text)]
    assert any(t == type_ and a == actor and (target is None or o == target) for t, a, o in found), found


@pytest.mark.parametrize(
    "text",
    [
        "Workers went on strike over pay.",
        "The minister was fired on Monday.",
        "He shelled out a fortune for the house.",
        "They were just killing time at the airport.",
        "The government fights corruption.",
        "The company launched a new product.",
        "Police fired tear gas at demonstrators.",
        "The court executed the order.",
        "She suffered a heart attack.",
        "The committee took place on Friday.",
    ],
)
def test_other_senses_are_no_claims(text):
    assert brief(text) == []


def test_doer_of_an_attack_did_the_harm_but_a_suspected_one_did_not():
    text = "Two boys were killed and 30 others wounded in shelling by the militia."
    assert {(t, a) for t, _, a, _ in brief(text)} >= {("killing", "the militia"), ("injury", "the militia")}
    text = "Two boys were killed in suspected militia air strikes."
    claims = {c.type: c for c in told(text)}
    assert claims["killing"].actor is None
    assert claims["killing"].modality == "asserted"
    assert claims["airstrike"].modality == "possible"


def test_headlines_without_were():
    assert [(t, o) for t, _, _, o in brief("Two killed, 6 injured in rocket attacks in the north.")][:2] == [
        ("killing", "Two"),
        ("injury", "6"),
    ]


def test_claimed_responsibility_names_the_doer():
    text = "The attacks in the two towns, for which the group claimed responsibility, killed 60 people."
    assert {a for t, _, a, _ in brief(text) if t in ("killing", "ground_attack")} == {"the group"}


def test_accused_of():
    assert ("killing", "killing", "the army", "six farmers") in brief(
        "The rebels accused the army of killing six farmers."
    )


def test_bare_back_references_are_left_out():
    assert brief("State media made no mention of the attack.") == []


def test_chemical_attack_from_the_weapon():
    assert brief("Militants fired rockets containing toxic gas at the village.")[0][0] == "chemical_attack"


def test_what_is_stormed_or_repelled_was_attacked_on_foot_whatever_was_told_before():
    text = "Warplanes bombed the camp. Soldiers stormed the village. Guards repelled two attacks."
    assert [(c.type, text[slice(*c.trigger)]) for c in told(text)] == [
        ("airstrike", "bombed"),
        ("ground_attack", "stormed"),
        ("armed_clash", "repelled"),
        ("ground_attack", "attacks"),
    ]


@pytest.mark.parametrize(
    ("text", "actor"),
    [
        ("The attack was blamed on separatists.", "separatists"),
        ("No group has claimed responsibility for the raid on the port.", None),
        ("The council accused the militia of recruiting boys and planting mines.", "the militia"),
    ],
)
def test_blamed_and_unclaimed(text, actor):
    assert told(text)[-1].actor is None if actor is None else actor in words(text, told(text)[-1].actor)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("At least 70 fighters were slain.", ("killing", "slain", None, "At least 70 fighters")),
        ("More than 100 Fighters Killed in Army Raids", ("killing", "Killed", "Army", "More than 100 Fighters")),
        ("Helicopters dropped crude weapons on the town.", ("airstrike", "dropped", "Helicopters", "the town")),
        ("It did not comment on the strike on the port.", ("airstrike", "strike", None, "the port")),
    ],
)
def test_more_verbs(text, expected):
    assert expected in brief(text)


def test_a_car_bomb_is_told_on_as_a_bombing():
    assert [c.type for c in told("A car bomb exploded in the town. The bombing occurred at noon.")] == ["bombing"] * 2


@pytest.mark.parametrize(
    ("text", "told_"),
    [
        ("The army carried out an operation against the camp.", ("ground_attack", "operation", "The army", "the camp")),
        ("It led to the elimination of 12 militants.", ("killing", "elimination", None, "12 militants")),
        ("The army delivered a strike by missiles on the camp.", ("shelling", "strike", "The army", "the camp")),
        ("The air force took responsibility for the strike on the camp.", ("airstrike", "strike", "The air force", "the camp")),
        ("Responsibility for the attack was claimed by the Front.", ("ground_attack", "attack", "the Front", None)),
        ("The terrorist attack carried out by the Front will not deter us.", ("ground_attack", "terrorist attack", "the Front", None)),
    ],
)  # fmt: skip
def test_who_did_it_by_whatever_construction(text, told_):
    assert brief(text) == [told_]


def test_one_sides_name_for_all_that_the_other_does_is_no_attack():
    assert brief("Mercenaries of the aggression held the camp.") == [
        ("territory_held", "held", "Mercenaries of the aggression", "the camp")
    ]


@pytest.mark.parametrize(
    ("text", "actors"),
    [
        ("A bus was hit by a rocket fired by the rebels.", ["the rebels"]),
        ("A rocket fired by the rebels killed ten people.", ["the rebels"]),
        ("Ten people were killed when the rebels fired a missile at the camp.", ["the rebels", "the rebels"]),
        ("Ten people were killed by the police after militants attacked the post.", ["the police", "militants"]),
        ("Thousands fled after the army shelled the town.", ["Thousands", "the army"]),
    ],
)
def test_who_fired_the_weapon_or_made_the_attack_did_its_harm(text, actors):
    assert [actor for _, _, actor, _ in brief(text)] == actors


@pytest.mark.parametrize(
    ("text", "kind", "trigger"),
    [
        ("A truck laden with explosives went off at the depot.", "bombing", "went off"),
        ("A unit of the army triggered a mine under a bus.", "bombing", "triggered"),
        ("They annihilated an armoured column.", "destruction", "annihilated"),
        ("The government condemns the barbaric acts committed against the villagers.", "other", "acts"),
        ("The army did not fire in the direction of the town.", "shelling", "fire"),
    ],
)
def test_deeds_told_by_other_words(text, kind, trigger):
    assert (kind, trigger) in [(one[0], one[1]) for one in brief(text)]


@pytest.mark.parametrize(
    "text",
    [
        "The alarm went off at the depot.",
        "Three of the wounded were fighting for their lives.",
        "It was an act of kindness.",
        "They walked in the direction of the town.",
        "None of the guns fired in that direction.",
    ],
)
def test_their_neighbours_are_no_deeds(text):
    assert not {"bombing", "destruction", "armed_clash", "other", "shelling"} & {one[0] for one in brief(text)}
