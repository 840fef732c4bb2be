"""Where a thing happened, where the words beside a name or the sentences before say it."""

import pytest

from evenhand.model.report import Dateline, Received
from evenhand.profiles import world
from evenhand.reading.reader import Reader, ReaderSettings
from tests.reading.claims.saying import report


@pytest.fixture(scope="module")
def reader() -> Reader:
    return ReaderSettings(profile=world()).reader()


def places(reader: Reader, text: str, **more: object) -> dict[str, str | None]:
    """Trigger → name of the place of each claim."""
    found = reader.read(Received(report=report(text, published="2031-05-06", **more)))
    return {text[slice(*c.trigger)]: c.place.name if c.place is not None else None for c in found.claims}


@pytest.mark.parametrize(
    ("text", "trigger", "place"),
    [
        ("Jets bombed the al-Quds hospital in Aleppo on Wednesday.", "bombed", "Aleppo"),
        ("Two shells struck the Abu Hussein school in the Jabaliya refugee camp.", "struck", "Jabalia camp"),
        ("A shell hit the Kunduz hospital on Monday.", "hit", "Kunduz"),
        ("The mortar bomb hit the church of Bojaya on Thursday.", "mortar bomb", "Bellavista"),
        ("Men with Grad missiles targeted the post and hit the bus near Volnovakha.", "hit", "Volnovakha"),
    ],
)
def test_a_buildings_name_and_a_weapons_make_are_no_scene(reader, text, trigger, place):
    assert places(reader, text)[trigger] == place


@pytest.mark.parametrize(
    ("text", "trigger", "place"),
    [
        ("Police entered the village of Xyloun on Friday. Fifteen men were killed in the village.", "killed", "Xyloun"),
        ("A team went to a site near Volnovakha. It saw a bus with shrapnel damage.", "damage", "Volnovakha"),
        ("Boys were at play west of Gaza City when a shell came. Four were killed. A man was shot near the Erez crossing.",
         "killed", "Gaza"),
    ],
)  # fmt: skip
def test_the_town_that_was_told_before(reader, text, trigger, place):
    assert places(reader, text)[trigger] == place


def test_a_tellers_seat_is_not_the_town_told_before(reader):
    text = "Raids hit a market in northern Ethiopia, a doctor at Mekelle's main hospital said. A hundred were wounded."
    assert places(reader, text)["wounded"] != "Mek'ele"


@pytest.mark.parametrize(
    ("line", "body", "place"),
    [
        ("XYLOUN, Yugoslavia", "The bodies of 45 people were found in a village in southern Kosovo. Police entered "
         "the village of Xyloun on Friday.", "XYLOUN"),
        ("KABUL, Afghanistan", "Twelve people were killed in a village in Kunduz province.", "Kunduz"),
    ],
)  # fmt: skip
def test_a_village_without_a_name_is_that_of_the_date_line_if_it_may_be(reader, line, body, place):
    text = f"{line} (Wire) - {body}"
    found = places(reader, text, dateline=Dateline(span=(0, len(line) + 7), place=line))
    assert found["found" if "found" in body else "killed"].casefold() == place.casefold()


def test_a_running_number_of_a_war_is_of_no_day_and_no_town_told_before(reader):
    text = "The army shelled Raqqa on Monday. The violence pushed the number of people killed in the war to 1,346."
    found = reader.read(Received(report=report(text, published="2031-05-06"))).claims
    (total,) = [claim for claim in found if any(quantity.low == 1346 for quantity in claim.quantities)]
    assert total.time is None
    assert total.place is None


def test_a_locality_is_a_town_before_the_district_behind_it(reader):
    text = (
        "An airborne operation was carried out from March 23 to 31, 2022 in the locality of Xyloun, cercle of Djenne."
    )
    assert "Xyloun" in places(reader, text + " Soldiers killed nine men.").values()


@pytest.mark.parametrize(
    ("text", "trigger", "place"),
    [
        ("Fighters killed 19 people in a village in northern Syria on Monday. They came into Xyloun at dusk.", "killed",
         "Xyloun"),
        ("The number of dead in a raid on an airbase in southern Libya has risen to 141. Among the dead at Brak were "
         "cooks.", "raid", "Brak"),
        ("Jets struck a town in Idlib province on Friday. The bombs hit Maarat Misrin at noon.", "struck",
         "Ma‘arratmişrīn"),
        ("Jets struck a town in Idlib province on Friday, a militia from Hama said. A spokesman in Homs denied it.",
         "struck", "Idlib"),
        ("Shells hit a school in southern Libya. Mourners came to Xyloun.", "hit", "Libya"),
        ("Shells hit the south of Idlib province. Ten came into Xyloun.", "hit", "Idlib"),
    ],
)  # fmt: skip
def test_a_village_in_a_province_is_the_one_that_is_named_next(reader, text, trigger, place):
    assert places(reader, text)[trigger] == place


def test_an_older_act_elsewhere_gives_its_day_to_none_before_it(reader):
    text = (
        "Sixty died when a bus was hit in Xyloun. The party recalled the killing of nine in Yvark on the 8th of April."
    )
    found = reader.read(Received(report=report(text, published="2031-05-06"))).claims
    days = {text[slice(*c.trigger)]: c.time.start if c.time is not None else None for c in found}
    assert days["died"] is None
    assert days["killing"] == "2031-04-08"


@pytest.mark.parametrize(
    ("text", "trigger", "place"),
    [
        ("Men shelled the post from the direction of Dokuchayevsk. Ten died near Volnovakha.", "shelled", "Volnovakha"),
        ("Rockets fired from Gaza hit a house in Sderot.", "hit", "Sderot"),
        ("Shelling from positions at Pisky killed two in Donetsk.", "killed", "Donetsk"),
        ("Ten were killed and 30 were taken to hospital in Mozdok.", "killed", None),
        ("Two men were killed as they fled from Donetsk.", "killed", "Donetsk"),
    ],
)
def test_where_the_fire_came_from_and_the_hurt_were_taken_is_no_scene(reader, text, trigger, place):
    assert places(reader, text)[trigger] == place


@pytest.mark.parametrize(
    ("text", "trigger", "place"),
    [
        ("Six were killed in Shatoy on Monday. Rescuers at Khankala had finished their search. \"We have 116 dead\", one said.",
         "dead", "Khankala"),
        ("Six were killed in Donetsk on Monday. The road to Volnovakha was shut. Shells wounded two.", "wounded", "Donetsk"),
        ("The target was in Mullaittivu. Men had been sent to the Kilinochchi front. Jets bombed a school.", "bombed",
         "Mullaittivu"),
        ("Shells hit Khankala, the main base of the army. Mines near the base killed two.", "killed",
         "Khankala"),
        ("A bomb exploded on a busy street in Sri Lanka's capital, killing seven.", "killing", "Colombo"),
    ],
)  # fmt: skip
def test_what_the_sentences_before_say_of_where(reader, text, trigger, place):
    assert places(reader, text)[trigger] == place
