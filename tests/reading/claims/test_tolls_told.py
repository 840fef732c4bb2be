"""Numbers of dead that were lost, or taken for what they are not; each class in words of our own."""

import pytest

from evenhand.model.report import Received
from evenhand.profiles import world
from evenhand.reading.reader import Reader, ReaderSettings
from tests.reading.claims.saying import report


@pytest.fixture(scope="module")
def reader() -> Reader:
    return ReaderSettings(profile=world()).reader()


def killed(reader: Reader, text: str) -> set[float | None]:
    """Low, best or high, the first known, of all numbers of dead that claims hold."""
    found = reader.read(Received(report=report(text, published="2031-05-06")))
    counted = [
        q for claim in found.claims for q in claim.quantities
        if q.role == "killed" or (q.role == "people" and claim.type in ("killing", "execution"))
    ]  # fmt: skip
    return {next((v for v in (q.low, q.best, q.high) if v is not None), None) for q in counted}


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Residents told of a raid. Hospital sources put the dead at 252.", 252),
        ("The chapel was hit on Thursday. Some put the toll above 100.", 101),
        ("The raid on the depot cost the lives of 30 recruits.", 30),
        ("The battle for the pass has cost 63 lives.", 63),
        ("Rescuers said that they had carted away at least 40 bodies from the site of the blast.", 40),
        ("At least 22 bodies were taken to clinics after the strike.", 22),
        ("The charred remains of at least 30 people have been found in burned-out trucks.", 30),
        ("A committee has collected the names of more than 240 victims of the raid.", 241),
        ("The number of martyrs has reached 163 after two died of wounds, the brigade's spokesman said.", 163),
        ("The number of victims of the bombing of the bakery rose to seven, the army said.", 7),
        ("The relief group has composed a list of 96 killed villagers by name, among them 11 women.", 96),
        ("The number of people killed in the raid on a displaced persons' camp has risen to 136, a mayor said.", 136),
        ("In Arden there was a battle and 130 fighters were destroyed, the general said.", 130),
        ("He put the dead at 18 displaced people and 6 attackers.", 18),
        ("Soon afterwards, on the morning of Sept. 2, all 10 lay dead.", 10),
        ("As many as 87 displaced farmers were killed when jets attacked the wood.", 87),
        ("A barrage of air strikes near a clinic killed at least 10 farmers said the Varda Watch.", 10),
        ("The bishop condemned the murder of six novices in Arden.", 6),
        ("The assassination of the 10 union stewards shocked the country.", 10),
        ("Six of the 19 people killed in the strike on Arden were children, the Watch said.", 19),
        ("The dead in the strike on Arden numbered 34, the Watch said.", 34),
        ("Residents of Arden buried 41 people on Tuesday, the Watch said.", 41),
        ("The mayor said that 23 had been buried in a common grave after the strike.", 23),
        ("The army lost 12 men in the ambush near Arden, the ministry said.", 12),
        ("The strike on Arden left 19 martyrs and dozens of wounded, the ministry said.", 19),
        ("In Arden 17 martyrs fell, the ministry said.", 17),
        ("The Watch said gunmen burned 18 people alive in Arden.", 18),
        ("The Watch said gunmen slit the throats of 16 people in Arden.", 16),
        ("The Watch said 15 men were lined up and shot in Arden.", 15),
        ("The strike cost 104 lives, the Watch said.", 104),
        ("The clinic recorded three deaths and 22 injuries after the strike.", 3),
        ("The toll of the shelling rose to 118 yesterday, the Watch said.", 118),
        ("Shelling killed 37 Monday in Arden, the Watch said.", 37),
        ("An inquiry into the dead children concluded that 22 rebels and 33 farmers were killed in Arden.", 22),
        ("The court drew up a list of 96 people killed in Arden.", 96),
        ("At least 103 Upland Navy (UPN) personnel were killed.", 103),
        ("The strike left charred bodies and was followed by a second one, timed to kill those who came; 14 died.", 14),
    ],
)
def test_numbers_of_dead_that_were_lost(reader, text, number):
    assert number in killed(reader, text)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("The society received the bodies of 29 pupils, all under 15.", 14),
        ("Gunmen opened fire on some of the 5,000 farmers sheltering there, killing at least 20 people.", 5000),
        ("The first count of 54 persons killed was based on a register of 63 persons who had fled there.", 63),
        ("Four boys were killed and seven people, among them adults and children, were wounded in the strike.", 7),
        ("Jets killed 12 farmers on the night of May 3-4.", 4),
        ("Sixteen were killed when shells struck the camp, where some 3,300 people had sought refuge.", 3300),
        ("The group boasted that it had executed 900 recruits and let go 2,100.", 2100),
        ("On the basis of the questioning of 128 residents the society has composed a list of 103 killed men.", 128),
        ("The team found remains of an old rocket and counted 12 parts of it.", 12),
        ("The strike killed 12 farmers and 200 sheep.", 200),
        ("The drought brought the death of 300 camels.", 300),
        ("The blast buried 40 people under the rubble, rescuers said.", 40),
        ("Two of the seven prisoners were killed in Arden.", 7),
        ("The party lost 12 seats in the vote.", 12),
        ("Bomb on a bus in Arden claims 6 martyrs 22 injured.", 22),
        ("The strike was followed by a second one, timed to kill those who came.", 1),
        ("The raid led to the capture of 14 buildings.", 14),
    ],
)
def test_numbers_that_count_no_dead(reader, text, number):
    assert number not in killed(reader, text)


def test_vows_that_are_exchanged_plan_nothing(reader):
    text = "A bomber struck a wedding as bride and groom were exchanging vows killing 32 people, witnesses said."
    found = reader.read(Received(report=report(text, published="2031-05-06")))
    assert [claim.modality for claim in found.claims if claim.type == "killing"] == ["asserted"]
    found = reader.read(Received(report=report("The group vowed to kill 32 soldiers.", published="2031-05-06")))
    assert [claim.modality for claim in found.claims if claim.type == "killing"] == ["planned"]
