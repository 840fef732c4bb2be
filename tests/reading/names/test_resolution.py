from dataclasses import dataclass, replace

import pytest

from evenhand.model.parties import Organisation
from evenhand.model.profile import Organ, Outlet, Party, Profile
from evenhand.reading import names, sentences
from evenhand.reading.names.phrases import parts, understand

PROFILE = Profile(
    outlets=(Outlet("watch", "Vardan Rights Observatory", "monitor", "-", names=("VRO",)),),
    parties=(
        Party("varda", "Government of Varda", "government", "-", names=("Varda",), adjectives=("Vardan",),
              seats=("Ostgrad",), organs=(Organ("army", "Vardan Army", "army", "-", names=("Vardan army",)),)),
        Party("front", "Northern Front", "armed_group", "-", names=("NF",)),
    ),
)  # fmt: skip


@dataclass(frozen=True)
class Tag:
    span: tuple
    kind: str


def phrase(text):
    p = understand(text, (0, len(text)), ())

    def words(span):
        return text[slice(*span)] if span else None

    return p.head_class, words(p.name), words(p.org), p.gender, p.plural


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Vardan Foreign Ministry spokeswoman, Ada Lind", ("name", "Ada Lind", "Vardan Foreign Ministry", "f", False)),
        ("Vardan defence ministry spokesman Bo Orr", ("name", "Bo Orr", "Vardan defence ministry", "m", False)),
        ("Foreign Secretary Bo Orr", ("name", "Bo Orr", None, None, False)),
        ("Navy Capt. Bo Orr", ("name", "Bo Orr", None, None, False)),
        ("Surgeon at the Ost University Orr", ("name", "Orr", "Ost University", None, False)),
        ("a spokesman for President Bo Orr", ("person", None, "President Bo Orr", "m", False)),
        ("the Ost news agency", ("name", "Ost news agency", None, None, False)),
        ("The Ost Observatory for Human Rights monitoring group", ("name", "Ost Observatory for Human Rights", None, None, False)),
        ("The aid charity Help for the Needy (HN)", ("name", "Help for the Needy", None, None, False)),
        ("A source at Ost Police Command", ("person", None, "Ost Police Command", None, False)),
        ("Bo Orr, a spokesman for civilians in a group that fights Ost Front", ("name", "Bo Orr", None, None, False)),
        ("Activists in Ost", ("person", None, "Ost", None, True)),
        ("the monitoring group", ("body", None, None, None, False)),
        ("the Vardan-backed alliance", ("body", None, None, None, False)),
        ("she", ("pronoun", None, None, "f", False)),
        ("a report by the Ost Rights Network", ("document", None, "Ost Rights Network", None, False)),
    ],
)  # fmt: skip
def test_phrases(text, expected):
    assert phrase(text) == expected


def test_joint_sources():
    text = "the army and a monitoring group"
    assert [text[s:e] for s, e in parts(text, (0, len(text)), ())] == ["the army", "a monitoring group"]
    text = "the Ministry of Health and Population"
    assert len(parts(text, (0, len(text)), ())) == 1


def who(text, *sources, outlet_party=None, profile=PROFILE):
    asked, at = [], 0
    for source in sources:
        at = text.index(source, at)
        asked.append(names.Asked((at, at + len(source)), None, at))
        at += len(source)
    found = names.resolve(text, sentences.split(text), (), asked, profile=profile, hint=outlet_party)
    return [s.name for s in found.speakers]


def test_a_body_listed_under_a_name_of_people_is_the_body():
    text = ("The charity Doctors Beyond Borders said it rained. The charity said it snowed. "
            "A spokeswoman for Doctors Beyond Borders said it hailed. Jo Lind said it thawed.")  # fmt: skip
    listed = replace(PROFILE, organisations=(Organisation("dbb", "Doctors Beyond Borders", "medical", "-"),))
    sources = (
        "The charity Doctors Beyond Borders",
        "The charity",
        "A spokeswoman for Doctors Beyond Borders",
        "Jo Lind",
    )
    found = who(text, *sources, profile=listed)
    assert found[:2] == ["Doctors Beyond Borders"] * 2
    assert found[2] != "Doctors Beyond Borders"


def test_the_members_of_a_listed_body_are_the_body():
    listed = replace(PROFILE, organisations=(Organisation("council", "Council of Nations", "un", "-"),))
    text = "The Members of the Council of Nations said it rained. Members of the Council of Nations said it hailed."
    found = who(text, "The Members of the Council of Nations", "Members of the Council of Nations", profile=listed)
    assert found[0] == "Council of Nations" != found[1]


def test_an_adjective_of_origin_is_no_body_though_the_network_took_it_for_one():
    text = "Ostian troops fled. An Ostian source said it rained."
    tags = (Tag((0, 6), "organisation"), Tag((23, 29), "organisation"))
    asked = [names.Asked((20, 36), None, 20)]
    (speaker,) = names.resolve(text, sentences.split(text), tags, asked, profile=PROFILE).speakers
    assert speaker.org is None


def test_surname_pronoun_and_role():
    text = ("Vardan spokeswoman Ada Lind said it rained. Lind said it snowed. She said it hailed. "
            "The spokeswoman said it thawed. The diplomat said it froze.")  # fmt: skip
    assert (
        who(text, "Vardan spokeswoman Ada Lind", "Lind", "She", "The spokeswoman", "The diplomat") == ["Ada Lind"] * 5
    )


def test_who_holds_another_office_is_another():
    text = "Militia spokesman Bo Orr said it rained. The town's mayor said it snowed. The spokesman said it hailed."
    assert who(text, "Militia spokesman Bo Orr", "The town's mayor", "The spokesman") == [
        "Bo Orr",
        "unnamed: the town's mayor",
        "Bo Orr",
    ]


def test_gender_of_the_role_decides():
    text = "Spokesman Bo Orr said no. Spokeswoman Ada Lind said yes. He said never. She said always."
    assert who(text, "Spokesman Bo Orr", "Spokeswoman Ada Lind", "He", "She") == [
        "Bo Orr",
        "Ada Lind",
        "Bo Orr",
        "Ada Lind",
    ]


def test_a_lead_that_names_its_monitor_later():
    text = "Nine died, a monitoring group said. The Vardan Rights Observatory said ten died. The monitor said eleven."
    assert (
        who(text, "a monitoring group", "The Vardan Rights Observatory", "The monitor")
        == ["Vardan Rights Observatory"] * 3
    )


def test_who_only_owns_something_further_down_is_not_a_body_of_the_lead():
    text = "Nine died, a monitoring group said. The Vardan Rights Observatory's car was found. The mayor said no."
    assert who(text, "a monitoring group") != ["Vardan Rights Observatory"]


def test_state_television_is_no_short_name_of_a_state():
    text = "The Upland State, an armed group, said no. State television said yes. State media said more."
    found = who(text, "The Upland State, an armed group", "State television", "State media")
    assert found[0] == "Upland State" and "Upland State" not in found[1:]


def test_a_seat_speaks_for_its_government_and_an_acronym_for_its_body():
    text = "Ostgrad said no. The Northern Front (NF) said yes. NF said more. The group said less."
    assert who(text, "Ostgrad", "The Northern Front (NF)", "NF", "The group") == [
        "Government of Varda", "Northern Front", "Northern Front", "Northern Front"]  # fmt: skip


def test_unnamed_speakers_stay_apart():
    text = "A medic said no. Another medic said yes. The medic said more. A source said less."
    names_ = who(text, "A medic", "Another medic", "The medic", "A source")
    assert names_[0] == "unnamed: a medic" and names_[1] == names_[2] == "unnamed: another medic"
    assert names_[3] == "unnamed: a source"


def test_a_bare_army_is_that_of_the_outlets_government_but_an_official_need_not_be():
    text = "The army said no. An official said yes."
    asked = [names.Asked((0, 8), None, 0), names.Asked((18, 29), None, 18)]
    found = names.resolve(text, sentences.split(text), (), asked, profile=PROFILE, hint="varda")
    assert found.speakers[1].draft.party is None


def test_the_same_for_exchanged_parties():
    text = "The Northern Front said it fired. The group said it was sorry."
    other = text.replace("Northern Front", "Southern Legion")
    swapped = [n.replace("Southern Legion", "Northern Front") for n in who(other, "The Southern Legion", "The group")]
    assert who(text, "The Northern Front", "The group") == swapped


def test_the_land_about_a_seat_is_not_the_body_that_the_network_took_it_for():
    text = "A group citing figures compiled from clinics in the Damass suburbs put the death toll at 494."
    source = "figures compiled from clinics in the Damass suburbs"
    at = text.index("Damass")
    asked = [names.Asked((text.index(source), text.index(source) + len(source)), None, text.index(source))]
    tags = (Tag((at, at + len("Damass")), "organisation"),)
    (speaker,) = names.resolve(text, sentences.split(text), tags, asked, profile=PROFILE).speakers
    assert speaker.org is None


@pytest.mark.parametrize("word", ["person", "man", "individual"])
def test_the_person_is_who_spoke_last(word):
    text = f'General Bo Orr said the town was quiet. A resident of Dun said there were dead. "Many," the {word} said.'
    speakers = who(text, "General Bo Orr", "A resident of Dun", f"the {word}")
    assert speakers[0] != speakers[1] and speakers[1] == speakers[2]
