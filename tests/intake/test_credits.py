import pytest

from tests.intake.desk import BODY, report, words

TAILS = [
    (" - REUTERS", ["reuters"]),
    ("--Reuters", ["reuters"]),
    (".-AFP", ["afp"]),
    ("\n(AFP)", ["afp"]),
    (" (AFP)", ["afp"]),
    (" [Reuters]", ["reuters"]),
    (" /TASS/", ["tass"]),
    ("\nAFP", ["afp"]),
    (" AFP", ["afp"]),
    ("\n— AFP", ["afp"]),
    ("\nDPA/AP", ["dpa", "ap"]),
    ("\n(dpa, AP)", ["dpa", "ap"]),
    ("\nSource: AFP, Reuters", ["afp", "reuters"]),
    (" Source Reuters", ["reuters"]),
    ("\nSource: The Guardian", ["guardian"]),
    ("\n(Source: Xinhua)", ["xinhua"]),
    ("\nSource: Agencies", ["agencies"]),
    (" (With inputs from AP)", ["ap"]),
    (" (With inputs from agencies)", ["agencies"]),
    (" (With AP Reuters and AFP)", ["ap", "reuters", "afp"]),
    ("\n- with AFP and Reuters", ["afp", "reuters"]),
    ("\nWith reporting by Reuters and dpa", ["reuters", "dpa"]),
    ("\nBased on reporting by AFP and AP", ["afp", "ap"]),
    ("\nAgencies contributed to this report.", ["agencies"]),
    ("\nAssociated Press writers Jane Doe in X and John Roe in Y contributed to this report.", ["ap"]),
    ("\nCopyright AFP", ["afp"]),
    ("\n© 2016 Agence France-Presse", ["afp"]),
    ("\n© 2016 The Associated Press. All rights reserved.", ["ap"]),
    ("\nReporting by Jane Doe; Editing by John Roe", ["reuters"]),
]


@pytest.mark.parametrize(("tail", "agencies"), TAILS)
def test_every_printed_form_at_the_end(tail, agencies):
    found = report((BODY + tail).strip())
    assert [credit.agency for credit in found.credits] == agencies
    for credit in found.credits:
        assert words(found, credit.span) in tail


@pytest.mark.parametrize(
    "tail",
    [
        " (AFP Photo)",
        "\nPhoto: AFP",
        " The agency (AFP) said so.",
        " He spoke to Reuters.",
        " (Jane Doe)",
        "\nReporting by the army; no comment",
        " Sources in the army said so.",
    ],
)
def test_pictures_and_sentences_are_no_credits(tail):
    assert report((BODY + tail).strip()).credits == ()


@pytest.mark.parametrize(
    ("head", "agency"),
    [
        ("(AFP) -", "afp"),
        ("AFP -", "afp"),
        ("[Reuters]", "reuters"),
        ("Ten dead in the town of X\nAFP\n", "afp"),
        ("Ten dead in the town of X\nBy Jane Doe, Associated Press\n", "ap"),
        ("AFP Sunday 8 Oct 2017", "afp"),
        ("Ten dead in the town of X\nFrom AFP, in Ostgrad\n", "afp"),
        ("Agence France-Presse in Goma\n", "afp"),
        ("Reuters, Geneva\n", "reuters"),
        ("Associated Press in Ost and Dun Valley\n", "ap"),
    ],
)
def test_forms_at_the_beginning(head, agency):
    found = report(head + BODY * 10)
    assert [credit.agency for credit in found.credits] == [agency]


def test_a_title_repeated_in_run_on_text_shows_the_wire_behind_it():
    row = (
        'title,text,source\nRebel fire kills 14 in X,"Rebel fire kills 14 in X State media AFP A barrage of fire{}",Y\n'
    )
    found = report(row.format(BODY), "a.csv")
    assert [(c.agency, words(found, c.span)) for c in found.credits] == [("afp", "AFP")]
    picture = row.replace("AFP A barrage of fire", "REUTERS Jane Doe Middle East")
    assert report(picture.format(BODY), "a.csv").credits == ()


def test_the_outlet_does_not_credit_itself():
    found = report('text,source\n"' + BODY + ' (AFP)",AFP\n', "a.csv")
    assert (found.outlet, found.credits) == ("afp", ())


def test_a_credit_of_metadata_has_no_words():
    found = report('text,source,author\n"' + BODY + '",Y,"Jane Doe and AFP"\n', "a.csv")
    assert [(credit.agency, credit.span) for credit in found.credits] == [("afp", None)]


def test_a_site_s_standing_words_name_the_outlet():
    assert report(BODY + " Our Standards: The Thomson Reuters Trust Principles.").outlet == "reuters"
    assert report(BODY + "\nCopyright 2018 Varda Post.").outlet == "varda_post"
    assert report(BODY + "\nCopyright 2018 AFP.").outlet is None


@pytest.mark.parametrize(
    "head", ["AFP in talks with the army\n", "From our correspondent in Ostgrad\n", "Xian Post, Ost\n"]
)
def test_lines_that_are_no_credit(head):
    assert report(head + BODY * 10).credits == ()
