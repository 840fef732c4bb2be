import msgspec
import pytest

from evenhand.assessing.counted import (
    earlier_of,
    feared_of,
    firsts_of,
    known_of,
    nobody_of,
    parts_of,
    some_of,
    sums_of,
    totals_of,
)
from evenhand.model.reading import Claim, Quantity


def claim(text: str, number: str) -> Claim:
    at = text.index(number)
    span = (at, at + len(number))
    return Claim(id="c1", type="killing", trigger=span, quantities=(Quantity(role="killed", span=span, op="="),))


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("At least two of the killed were medical staff.", "two"),
        ("One of those killed was the head of the clinic.", "One"),
        ("Five women and 13 rebels from the six families were among the dead.", "13"),
        ("The page said one civilian was among those killed.", "one"),
        ("Shelling killed 31 people including two medics.", "two"),
        ("The raid killed 58 people, among them at least 11 children.", "11"),
        ("Among the 34 killed were 12 children.", "12"),
        ("Among the dead were eight children.", "eight"),
        ("The dead include two medics.", "two"),
        ("A further three of the wounded died overnight.", "three"),
        ("Another 17 were killed near a market.", "17"),
        ("Three more people died of their wounds.", "Three"),
        ("The ministry said three people had died since being brought over the border.", "three"),
        ("Four of the injured people succumbed to their wounds.", "Four"),
        ("The group said one of its best-known members had died.", "one"),
        ("A refugee said that 35 of his relatives were dead.", "35"),
        ("Five of my neighbours were killed.", "Five"),
    ],
)
def test_some_of_the_dead(text, number):
    assert parts_of(text, claim(text, number))


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Shelling killed 31 people including two medics.", "31"),
        ("At least 22 people were killed in the strikes.", "22"),
        ("The strike killed 12 people in two of the villages.", "12"),
        ("The strike killed 18 members of the Upland force.", "18"),
        ("The group gave a toll of 48 dead adding that children were among those killed.", "48"),
        ("Ten children were among at least 48 people killed in a village.", "48"),
        ("The mayor and 20 others were killed.", "20"),
        ("The raid killed 15 people, more than any other this year.", "15"),
    ],
)
def test_all_of_the_dead(text, number):
    assert not parts_of(text, claim(text, number))
    assert not feared_of(text, claim(text, number))


def test_what_a_toll_may_become_is_no_toll():
    text = "More than 40 people are confirmed dead and the toll could reach as many as 200."
    assert feared_of(text, claim(text, "200"))
    assert not feared_of(text, claim(text, "40"))


def test_hostile_text_is_read_to_its_end():
    text = "including " * 20_000 + "7" + " of the" * 20_000
    at = text.index("7")
    assert parts_of(text, claim(text, "7")) == {(at, at + 1)}


@pytest.mark.parametrize(
    ("text", "numbers", "summed"),
    [
        ("The raid killed 14 staff, 24 patients and four carers.", ("14", "24", "four"), True),
        ("The bomb killed 13 soldiers and at least 170 others.", ("13", "at least 170"), True),
        ("The raid killed 31 people, 12 women and 19 men.", ("31", "12"), False),
        ("Some 120 fighters and 60 foreign mercenaries were killed.", ("120", "60"), True),
        ("The raid killed 22 children and six teachers.", ("22", "six"), True),
        ("The fund said 22 children had been killed along with six teachers.", ("22", "six"), True),
        ("The raid killed 30 raiders, six civilians and a guard.", ("30", "six", "a guard"), True),
        ("The raid killed 30 people, six civilians and a guard.", ("30", "six"), False),
        ("The raids killed five people in Arden and seven in Borden.", ("five", "seven"), False),
        ("The raid killed 31 people including 12 women and two medics.", ("31", "12"), False),
        ("The raid killed 31 people, 12 of them children.", ("31", "12"), False),
    ],
)
def test_numbers_of_different_dead_of_one_deed(text, numbers, summed):
    spans = [(text.index(number), text.index(number) + len(number)) for number in numbers]
    counted = tuple(
        Quantity(role="killed", span=span, op="=", of=text[span[1] :].split()[0].strip(",.")) for span in spans
    )
    found = sums_of(text, Claim(id="c1", type="killing", trigger=spans[0], quantities=counted))
    assert found == ((tuple(spans),) if summed else ())


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("It denied using gas in the six-year war which has killed hundreds of thousands.", "hundreds of thousands"),
        ("Seven days of strikes across the province had left more than 75 civilians dead.", "75"),
        ("A month of infighting alone has killed nearly 300 fighters.", "300"),
        ("The violence pushed the number of people killed in the conflict to 1,346.", "1,346"),
        ("The deaths took the toll in the nine-day offensive to 213 people.", "213"),
        ("Get short URL 0 214 The number of civilians killed has risen to 20.", "214"),
    ],
)
def test_what_a_war_or_months_cost_is_the_toll_of_no_one_incident(text, number):
    assert totals_of(text, claim(text, number))


@pytest.mark.parametrize(
    "text",
    [
        "The strike has killed 20 people.",
        "A strike in the war zone killed 20 people.",
        "The strike killed 20 people in one of the deadliest attacks of the whole war.",
        "The strike killed 20 people, the most in the war.",
    ],
)
def test_what_one_deed_cost_is_its_toll(text):
    assert not totals_of(text, claim(text, "20"))


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("The toll was revised down from 105 to 93.", "105"),
        ("The toll has risen to 42, up from the previous count of 30.", "30"),
        ("The ministry had earlier put the toll at 58.", "58"),
        ("The previous death toll was 20.", "20"),
        ("The page reported 15 people were killed but three more died of their wounds.", "15"),
        ("The monitor, which earlier gave a toll of 20, now counts 38.", "20"),
    ],
)
def test_what_was_given_earlier(text, number):
    assert earlier_of(text, claim(text, number))


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("The health office said the initial toll reached 115 dead.", "115"),
        ("A preliminary count put the number of dead at 31.", "31"),
        ("The senator, who comes from the district, had put the number of dead at 228.", "228"),
        ("First reports gave a toll of nine.", "nine"),
    ],
)
def test_a_first_number_holds_until_its_teller_gives_another(text, number):
    assert firsts_of(text, claim(text, number))
    assert not earlier_of(text, claim(text, number))


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("The relief society said three of its staff had been killed.", "three"),
        ("We mourn two of our own paramedics, who were killed on the bridge.", "two"),
        ("The border guard said four of its men were shot in the head.", "four"),
        ("Reporters saw at least 30 bodies under sheets beside the platform.", "30"),
        ("A television crew counted a dozen burned corpses on the road.", "a dozen"),
        ("A villager said he had seen five bodies in the ditch.", "five"),
        ("The photographer filmed nine dead in the yard.", "nine"),
    ],
)
def test_whom_somebody_saw_or_lost_are_no_total(text, number):
    assert some_of(text, claim(text, number))


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Norland bears responsibility for the raid that killed at least 58 people.", "58"),
        ("The council condemned the shelling which left 12 dead.", "12"),
        ("The alliance said it would investigate a strike that killed more than 140 people.", "140"),
    ],
)
def test_a_number_that_names_the_deed_is_not_of_who_judges_it(text, number):
    assert known_of(text, claim(text, number))


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("The ministry said a strike that killed 12 people hit a market.", "12"),
        ("The council condemned the shelling. It killed 12 people.", "12"),
    ],
)
def test_a_number_that_a_source_gives_is_its_own(text, number):
    assert not known_of(text, claim(text, number))


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Rescuers counted 100 bodies in the ruins.", "100"),
        ("The hospital received 55 bodies.", "55"),
        ("The strike killed 18 members of the Upland force.", "18"),
        ("Officials saw the toll at 12 and rising.", "12"),
    ],
)
def test_whom_a_source_counted_may_be_all(text, number):
    assert not some_of(text, claim(text, number))


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("The toll was revised down from 105 to 93.", "93"),
        ("The monitor, which earlier gave a toll of 20, now counts 38.", "38"),
        ("The ministry put the toll at 58.", "58"),
        ("Some 20 of those killed came from the town of Arden.", "20"),
    ],
)
def test_what_stands_now(text, number):
    assert not earlier_of(text, claim(text, number))


@pytest.mark.parametrize("text", ["The raid killed 12 and wounded 20 others.", "Another 20 were wounded."])
def test_the_wounded_beside_the_dead_are_all_the_wounded(text):
    told = claim(text, "20")
    wounded = tuple(msgspec.structs.replace(quantity, role="injured") for quantity in told.quantities)
    assert not parts_of(text, msgspec.structs.replace(told, quantities=wounded))


def test_the_wounded_of_one_deed_are_summed_apart_from_the_dead():
    text = "The raid killed two women and a man, and nine civilians and 11 fighters were wounded."
    numbers = (("two", "killed", "women"), ("a man", "killed", "man"), ("nine", "injured", "civilians"),
               ("11", "injured", "fighters"))  # fmt: skip
    spans = [(text.index(words), text.index(words) + len(words)) for words, _, _ in numbers]
    counted = tuple(
        Quantity(role=role, span=span, op="=", of=of) for (_, role, of), span in zip(numbers, spans, strict=True)
    )
    found = sums_of(text, Claim(id="c1", type="killing", trigger=spans[0], quantities=counted))
    assert found == ((spans[0], spans[1]), (spans[2], spans[3]))


def test_dead_of_many_deeds_of_a_week():
    text = "The alliance announced the deaths of more than 1,000 men in strikes around Arden this week."
    assert totals_of(text, claim(text, "1,000"))


def test_dead_since_a_day_are_of_many_deeds_and_dead_since_dawn_of_one():
    text = "The watch said that 213 farmers have been killed by raids around Arden since a truce collapsed on Monday."
    assert totals_of(text, claim(text, "213"))
    text = "At least 22 farmers have been killed in Arden since dawn."
    assert not totals_of(text, claim(text, "22"))


def test_the_dead_of_separate_incidents_are_of_no_one():
    for text, number in (
        ("The report documents 500 civilian deaths in 90 separate incidents.", "500"),
        ("Gunmen killed 31 people in three separate attacks on Friday.", "31"),
        ("The group counted 210 people killed in 40 strikes.", "210"),
    ):
        assert totals_of(text, claim(text, number)), text
    for text, number in (
        ("The raid killed 31 people in two houses.", "31"),
        ("Two blasts killed 45 people in one attack.", "45"),
    ):
        assert not totals_of(text, claim(text, number)), text


@pytest.mark.parametrize(
    ("text", "word", "whom"),
    [
        ("The mayor said that nobody was killed.", "killed", ""),
        ("There were no casualties.", "casualties", ""),
        ("The strike caused damage without any casualties.", "casualties", ""),
        ("No soldiers were killed.", "killed", "soldiers"),
        ("There were no casualties among its staff.", "casualties", None),
        ("There were no casualties to our forces.", "casualties", None),
        ("There were no civilian casualties.", "casualties", None),
        ("None of its soldiers were killed.", "killed", None),
        ("The page mentioned no fatalities.", "fatalities", None),
        ("No servicemen were lost there.", "lost", None),
    ],
)
def test_of_whom_it_is_said_that_none_died(text, word, whom):
    at = text.index(word)
    denied = Claim(id="c1", type="killing", trigger=(at, at + len(word)), polarity="denied")
    assert nobody_of(text, denied) == whom
    assert nobody_of(text, msgspec.structs.replace(denied, polarity="affirmed")) is None


@pytest.mark.parametrize(
    ("text", "number", "earlier"),
    [
        ("The army said earlier that 20 were killed.", "20", True),
        ("The ministry reported on Monday earlier that 20 were killed.", "20", True),
        ("The army said that 20 were killed earlier.", "20", False),
    ],
)
def test_what_was_said_earlier_is_given_no_longer(text, number, earlier):
    assert bool(earlier_of(text, claim(text, number))) is earlier


def test_who_counts_his_own_losses_gives_no_total():
    text = "He said his own losses were three killed."
    assert some_of(text, claim(text, "three"))
    text = "He said the losses of the column were 40 killed."
    assert not some_of(text, claim(text, "40"))


def test_a_mother_and_her_children_are_one_total():
    text = "The strike killed a mother and her four children."
    spans = [(text.index(one), text.index(one) + len(one)) for one in ("a mother", "four")]
    counted = tuple(Quantity(role="killed", span=span, op="=") for span in spans)
    assert sums_of(text, Claim(id="c1", type="killing", trigger=spans[0], quantities=counted)) == (tuple(spans),)
