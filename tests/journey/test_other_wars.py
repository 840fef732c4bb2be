"""Whole journeys through invented happenings of wars that the gold does not hold; nothing here took place."""

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from click.testing import CliRunner

from evenhand.cli import cli
from evenhand.model.incident import Incident
from tests.journey.runs import records

STRIKE = {
    "wire-a.txt": """SANAA, March 3, 2018 (Reuters) - An air strike hit a crowded fish market in the Yemeni town of Zabid on
Saturday, killing at least 23 people, the charity Medecins Sans Frontieres said. "Our hospital received 23 bodies and
41 wounded from the market in Zabid," said Claire Moreau, a doctor with Medecins Sans Frontieres.

The Houthi-run health ministry said 27 people had been killed in the air strike on the market in Zabid. The Houthi
health ministry said jets of the Saudi-led coalition had carried out the strike.
""",
    "wire-b.txt": """RIYADH, March 4, 2018 (AFP) - The Saudi-led coalition denied that its jets had bombed a fish market in the
Yemeni town of Zabid on Saturday. "Coalition jets did not carry out any air strike on Zabid on Saturday," said coalition
spokesman Colonel Turki al-Malki.

The United Nations says that more than 6,000 civilians have been killed in Yemen since March 2015. In October 2016
more than 140 people were killed in Sanaa when jets struck a funeral hall.
""",
}
NEXT_DAY = {
    "wire-c.txt": """SANAA, March 5, 2018 (Reuters) - An air strike killed six people on a road near the Yemeni town of Zabid on
Sunday, a day after the market was hit, residents said. "Six people of one family were killed in their car on Sunday,"
said Ali Nasser, a resident.
""",
}
ADMISSION = {
    "wire-d.txt": """RIYADH, March 9, 2018 (Reuters) - The Saudi-led coalition admitted on Friday that its jets had bombed the
fish market in the Yemeni town of Zabid on March 3. "We admit that our jets bombed the market in Zabid by mistake," said
coalition spokesman Colonel Turki al-Malki.
""",
}
BRIEFING = """DONETSK, May 6, 2016 (Interfax) - Ukrainian artillery shelled a school in the town of Makiivka on Friday, killing
three people, the Donetsk People's Republic defence ministry said. "Three people were killed by the shelling of the
school in Makiivka," said Eduard Basurin, a spokesman for the Donetsk People's Republic military.
"""
MONITORS = """KYIV, May 7, 2016 (Reuters) - The OSCE monitoring mission in Ukraine said its monitors had seen the bodies of three
people killed on Friday by the shelling of a school in Makiivka. "We saw three bodies at the school in Makiivka," the
mission said.
"""


def assessed(texts: dict[str, str]) -> tuple[Incident, ...]:
    return _assessed(tuple(sorted(texts.items())))


@cache
def _assessed(texts: tuple[tuple[str, str], ...]) -> tuple[Incident, ...]:
    with TemporaryDirectory(prefix="evenhand-wars-") as folder:
        reports, out = Path(folder) / "reports", Path(folder) / "out"
        reports.mkdir()
        for name, text in texts:
            (reports / name).write_text(text, encoding="utf-8")
        words = ["assess", str(reports), "--jobs", "1", "-o", str(out)]
        result = CliRunner().invoke(cli, words, standalone_mode=False)
        assert result.exception is None, result.output
        return records(out / "ledger" / "incidents.jsonl", Incident)


def at(incidents: tuple[Incident, ...], place: str, day: str) -> Incident:
    found = [
        one for one in incidents
        if one.place and place in one.place.name and one.time and one.time.start == day
    ]  # fmt: skip
    return max(found, key=lambda one: len(one.claims))


def test_a_strike_and_its_denial():
    market = at(assessed(STRIKE), "Zab", "2018-03-03")
    asked = market.questions
    assert asked.occurrence.grade == "corroborated"
    assert asked.responsibility.grade == "contested"
    assert (asked.killed.low, asked.killed.high) == (23, 27)  # neither the war's 6,000 nor the 140 of 2016


def test_a_strike_on_the_same_town_the_next_day_stays_apart():
    found = assessed(STRIKE | NEXT_DAY)
    market, road = at(found, "Zab", "2018-03-03"), at(found, "Zab", "2018-03-04")
    assert market.id != road.id
    assert (road.questions.killed.low, road.questions.killed.high) == (6, 6)
    assert (market.questions.killed.low, market.questions.killed.high) == (23, 27)


def test_an_admission_acknowledges_and_says_by_which_rule():
    asked = at(assessed(STRIKE | ADMISSION), "Zab", "2018-03-03").questions
    assert asked.responsibility.grade == "acknowledged"
    assert asked.responsibility.reasons[0].startswith("rule R1")


def test_thirty_outlets_with_one_briefing_are_one_party_until_another_has_seen_it():
    flood = {f"outlet-{n:02}.txt": f"{BRIEFING}\nEdited at desk {n} of the morning service.\n" for n in range(30)}
    alone = at(assessed({"outlet-00.txt": BRIEFING}), "Maki", "2016-05-06")
    flooded = at(assessed(flood), "Maki", "2016-05-06")
    assert flooded.questions.occurrence.grade == alone.questions.occurrence.grade == "party_only"
    assert (flooded.independent_origins, len(flooded.reports)) == (1, 30)
    assert "would make it corroborated" in flooded.questions.occurrence.would_change
    seen = at(assessed(flood | {"wire.txt": MONITORS}), "Maki", "2016-05-06")
    assert seen.questions.occurrence.grade == "corroborated"
    assert any("Organization for Security" in reason for reason in seen.questions.occurrence.reasons)
