import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evenhand.reading.places import find, resolve

WORDS = st.sampled_from(
    [
        "Aleppo",
        "al-",
        "eastern",
        "village",
        "of",
        "the",
        "Idlib",
        "province",
        ",",
        ".",
        "15",
        "km",
        "east",
        "Palmyra",
        "said",
        "Syria's",
        "Ål",
        "and",
        "border",
        "Turkish",
        "near",
        "between",
        "Homs",
        "–",
        "Hama",
        "(",
        ")",
        '"',
        "'",
        "\n",
        "Deir",
        "ez-Zor",
        "city",
        "camp",
        "'s",
        "حلب",
        "İstanbul",
        "ß",
        "𝔄",
        "in",
        "outskirts",
    ]
)


def one(mentions, name):
    return next(m for m in mentions if m.name == name)


def test_a_village_with_its_generic_noun(read):
    text = "Shells hit the village of Qastoria on Monday."
    mention = read(text)[0][0]
    assert text[mention.start : mention.end] == "the village of Qastoria"
    assert (mention.name, mention.cue, mention.entries) == ("Qastoria", "village", ())


def test_a_name_no_list_knows_is_a_place_again_once_it_was_called_a_village(read):
    text = "A house in the village of Xyloun was hit. The Xyloun raid came at dawn. Mr. Xylounian spoke."
    assert [(m.name, m.cue) for m in read(text)[0]] == [("Xyloun", "village"), ("Xyloun", None)]


def test_a_body_that_holds_a_stronghold_is_no_place(read):
    text = "Dozens of Xyloun militants attacked Homs, a Xyloun stronghold."
    at = text.rindex("Xyloun")
    assert "Xyloun" in [m.name for m in read(text)[0] if m.use == "place"]
    tagged = read(text, names=((at, at + 6, "organisation"),))[0]
    assert [m.name for m in tagged if m.use == "place"] == ["Homs"]


def test_who_is_met_by_name_is_no_place(read):
    for text in ("A witness named Homs was hurt.", "A young trader named Aleppo ran.", "Another man named Hama fell."):
        assert read(text)[0] == ()
    assert [m.name for m in read("The group named Homs as its next target.")[0]] == ["Homs"]
    assert [m.name for m in read("Shells hit a village named Homs.")[0]] == ["Homs"]


def test_generic_noun_behind(read):
    mentions, _ = read("They fled Idlib province and the Yarmouk refugee camp.")
    assert [(m.name, m.cue) for m in mentions] == [("Idlib", "province"), ("Yarmouk", "refugee camp")]


def test_shared_generic_noun(read):
    mentions, _ = read("Clashes went on in Homs and Hama provinces.")
    assert [m.cue for m in mentions] == ["provinces", "provinces"]


@pytest.mark.parametrize(
    ("text", "kind", "bearing", "km"),
    [
        ("Shelling of eastern Aleppo went on.", "part", 90, None),
        ("A convoy was hit 15 kilometres to the east of Palmyra.", "offset", 90, 15),
        ("A convoy was hit 10 miles (16 km) south of Mosul.", "offset", 180, 16.1),
        ("Fighting on the northern outskirts of Homs.", "outskirts", 0, None),
        ("Fighting near Homs.", "near", None, None),
        ("Fighting in the southern countryside of Idlib.", "outskirts", 180, None),
        ("They held the right bank of the Euphrates.", "bank", None, None),
    ],
)
def test_relations(read, text, kind, bearing, km):
    relation = read(text)[0][0].relation
    assert (relation.kind, relation.bearing, relation.km) == (kind, bearing, km)


def test_between(read):
    mentions, _ = read("A bus burned between Homs and Hama.")
    assert [m.relation.other for m in mentions] == ["Hama", "Homs"]


def test_border_by_its_peoples(read):
    text = "Smugglers cross the Syrian-Turkish border at night."
    mention = read(text)[0][0]
    assert text[mention.start : mention.end] == "Syrian-Turkish border"
    assert (mention.relation.kind, mention.relation.other) == ("border", "TR")


def test_a_capital_that_speaks_is_an_actor(read):
    mentions, _ = read("Damascus said the road was open. A bomb went off in Damascus.")
    assert [m.use for m in mentions] == ["actor", "place"]


@pytest.mark.parametrize(
    "text",
    [
        "Maher Tartus spoke.",
        "The Aleppo Media Network wrote of it.",
        "Turkey-backed fighters left.",
        "Gen. Hama resigned.",
    ],
)
def test_parts_of_names(read, text):
    assert {m.use for m in read(text)[0]} <= {"part_of_name"}


@pytest.mark.parametrize(
    "text", ["The Syrian army and Turkish troops met.", "Many Kurdish fighters left on Monday.", "Police came."]
)
def test_peoples_days_and_offices_are_no_places(read, text):
    assert read(text)[0] == ()


def test_stripped_apostrophe(read):
    text = "Syrias army moved."
    mention = read(text)[0][0]
    assert text[mention.start : mention.end] == mention.name == "Syria"


def test_references(read):
    mentions, _ = read("Rockets fell on Mosul. The city was quiet later.")
    assert [m.use for m in mentions] == ["place", "common"]


def test_nesting(read):
    mentions, _ = read("It happened in Duma, Syria, and in Tal Rifaat in Aleppo province.")
    assert mentions[0].inside == 1
    assert mentions[2].inside == 3


def test_a_list_of_towns_is_no_nesting(read):
    mentions, _ = read("They shelled Homs, Idlib and Raqqa.")
    assert [m.inside for m in mentions] == [None, None, None]


def test_tagged_names_restrict_and_extend(gazetteer):
    text = "Paris Hilton met Zorbanek."
    person = (0, 12, "person")
    place = (17, 25, "place")
    mentions = find(text, [(0, len(text))], gazetteer, names=[person, place])
    assert one(mentions, "Paris").use == "part_of_name"
    assert one(mentions, "Zorbanek").use == "place"


def test_words_that_are_towns_too(read):
    assert read("Reading the list, Nice people Hit Police.")[0] == ()


@given(st.one_of(st.text(max_size=300), st.lists(WORDS, max_size=60).map(" ".join)))
@settings(max_examples=200, deadline=None)
def test_any_text(gazetteer, text):
    mentions = find(text, [(0, len(text) // 2), (len(text) // 2, len(text))], gazetteer)
    last = 0
    for mention in mentions:
        assert 0 <= mention.start <= mention.name_start < mention.name_end <= mention.end <= len(text)
        assert mention.start >= last
        last = mention.name_end
        assert mention.name == text[mention.name_start : mention.name_start + len(mention.name)]
        assert mention.inside is None or 0 <= mention.inside < len(mentions)
    assert mentions == find(text, [(0, len(text) // 2), (len(text) // 2, len(text))], gazetteer)


@pytest.mark.parametrize("piece", ["15 km ", "al-", "Al ", "the village of ", "X, ", "north ", "(", "'s ", "İ"])
def test_hostile_text_without_a_place_is_read_to_its_end(gazetteer, piece):
    text = piece * (60_000 // len(piece))
    assert find(text, [(0, len(text))], gazetteer) == ()


@pytest.mark.parametrize(("piece", "name"), [("Aleppo ", "Aleppo"), ("the city ", "the city"), ("Homs, ", "Homs")])
def test_hostile_text_that_is_all_places_is_read_to_its_end(gazetteer, piece, name):
    count = 60_000 // len(piece)
    mentions = find(piece * count, [(0, len(piece) * count)], gazetteer)
    assert [(m.start, m.name) for m in mentions] == [(len(piece) * n, name) for n in range(count)]
    assert len(resolve(mentions, piece * count, gazetteer)) == count


def test_a_village_is_not_the_city_that_it_begins_like(read):
    text = "Men came to Aleppo Xyl village in the hills. Smoke rose over Aleppo Xyl. They fled to Aleppo."
    assert [(m.name, bool(m.entries)) for m in read(text)[0]] == [
        ("Aleppo Xyl", False),
        ("Aleppo Xyl", False),
        ("Aleppo", True),
    ]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("They shot down a Mi-26 near Aleppo.", ["Aleppo"]),
        ("The pilot of an Su-25 and the men of M-23 in Aleppo.", ["Aleppo"]),
        ("Clashes with the Mai-Mai in Aleppo.", ["Aleppo"]),
        ("A raid on the base of Khan-Kala in Russia.", ["Khan-Kala", "Russia"]),
        ("Troops stormed the base at Brak al-Shati.", ["Brak al-Shati"]),
        ("Jets struck Baghdad al-Jadida.", ["Baghdad al-Jadida"]),
        ("They shelled the Aleppo-Damascus road.", ["Aleppo", "Damascus"]),
        ("Tanks entered Ras al-Ain and Deir-ez-Zor.", ["Ras al-Ain", "Deir-ez-Zor"]),
        ("Ten died in the South Ossetian capital.", []),
    ],
)
def test_a_part_of_a_name_is_no_place_elsewhere(read, text, names):
    assert [m.name for m in read(text)[0] if m.use == "place"] == names


def test_both_towns_of_a_date_line_are_of_the_date_line(read):
    mentions, _ = read("HAMA/DAMASCUS, 8 August (Agency) - Ten died.")
    assert [m.use for m in mentions] == ["dateline", "dateline"]


def test_capitals_throughout_mark_no_name(read):
    text = (
        "WHAT CAN BE DONE IN A LEGAL FRAMEWORK THAT OFFERS NO GUARANTEE? RESIDENTS SPOKE IN XYLOBAR AND HOMS LAST WEEK."
    )
    assert [m.name for m in read(text)[0]] == ["HOMS"]
    text = "SHELLS FELL ON THE CITY OF ALEPPO AND NEAR EL SALVADOR YESTERDAY. Residents spoke in Xylobar village."
    assert [(m.name, bool(m.entries)) for m in read(text)[0]] == [
        ("ALEPPO", True), ("EL SALVADOR", True), ("Xylobar", False),
    ]  # fmt: skip


def test_where_capitals_mark_no_name_a_small_towns_is_taken_only_where_it_is_called_one(read):
    assert [m.name for m in read("THE MILITIA SAID RASTAN WAS ITS LEADER THEN.")[0]] == []
    assert [m.name for m in read("THE MILITIA SAID IT HELD RASTAN DISTRICT THEN.")[0]] == ["RASTAN"]
    assert [m.name for m in read("The militia said Rastan was lost then.")[0]] == ["Rastan"]
