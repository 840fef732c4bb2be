"""What is told is parsed apart from the words that tell it; the date line is parsed with nothing."""

from hypothesis import given, settings
from hypothesis import strategies as st

from evenhand.model.reading import Statement
from evenhand.model.report import Dateline
from evenhand.reading import claims, sentences
from evenhand.reading.claims.apart import parse_apart
from evenhand.reading.syntax.parser import default_parser
from tests.reading.claims.saying import report, words


def say(text, content, cue, kind="indirect", **more):
    at = text.index(content)
    said = text.index(cue)
    return Statement(id="s1", kind=kind, content=((at, at + len(content)),), cue=(said, said + len(cue)), **more)


def test_the_speaker_is_not_the_doer():
    text = "Men dressed as soldiers killed 40 people in the market, an official of the town said Friday."
    statement = say(text, "Men dressed as soldiers killed 40 people in the market", "said", attitude="asserts")
    (found,) = claims.find(report(text), sentences.split(text), (), (statement,))
    assert words(text, found.target) == "40 people"
    assert found.actor is None or "official" not in words(text, found.actor)


def test_one_tree_a_sentence_with_what_is_told_on_the_telling_verb():
    text = "The governor said rebels shelled the town."
    statement = say(text, "rebels shelled the town", "said")
    (tree,) = parse_apart(default_parser(), text, [(0, len(text))], (statement,))
    shelled = tree.lower.index("shelled")
    assert tree.lower[tree.heads[shelled]] == "said"
    assert tree.heads.count(-1) == 1


def test_date_line_between_headline_and_text():
    text = "ARDA, Verland (XYZ) - Gunmen stormed the village, killing 12 people."
    line = Dateline(span=(0, 19), place="ARDA, Verland")
    found = claims.find(report(text, dateline=line), sentences.split(text), (), ())
    assert [(c.type, words(text, c.actor)) for c in found] == [("ground_attack", "Gunmen"), ("killing", "Gunmen")]


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_any_statements_leave_every_word_in_one_tree(data):
    text = data.draw(st.text("ab .,\"'said", min_size=1, max_size=80))
    spot = st.integers(0, len(text)).flatmap(lambda a: st.integers(a, len(text)).map(lambda b: (a, b)))
    made = [
        Statement(id=f"s{n}", kind="indirect", content=(data.draw(spot),), cue=data.draw(spot))
        for n in range(data.draw(st.integers(0, 3)))
    ]
    split = sentences.split(text)
    plain = default_parser().parse(text, split)
    apart = parse_apart(default_parser(), text, split, made)
    assert [t.tokens for t in apart] == [t.tokens for t in plain]
    for tree in apart:
        for i in range(len(tree.tokens)):
            assert list(tree.chain(i))[-1] == tree.heads.index(-1)


def test_what_is_no_clause_stays_with_its_verb():
    text = "The council accused the army of shelling the camp."
    statement = say(text, "the army of shelling the camp", "accused", attitude="blames")
    (found,) = claims.find(report(text), sentences.split(text), (), (statement,))
    assert (words(text, found.actor), words(text, found.target)) == ("the army", "the camp")
