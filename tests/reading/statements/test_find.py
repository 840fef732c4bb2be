from dataclasses import dataclass, replace

from hypothesis import given, settings
from hypothesis import strategies as st

from evenhand.model.profile import Organ, OrganWords, Outlet, Party, Profile
from evenhand.model.report import Dateline, OriginalRef, Report
from evenhand.reading import sentences, statements


@dataclass(frozen=True)
class Raw:
    content: tuple
    cue: tuple | None = None
    source: tuple | None = None
    parent: int | None = None
    polarity: float = 0.0
    confidence: float = 0.9


@dataclass(frozen=True)
class Tags:
    attributions: tuple
    names: tuple = ()


PROFILE = Profile(
    outlets=(Outlet("tap", "TAP", "state", "-", names=("Tap News",), party="varda"),),
    parties=(
        Party("varda", "Government of Varda", "government", "-", names=("Varda",), adjectives=("Vardan",),
              seats=("Ostgrad",), organs=(Organ("army", "Vardan Army", "army", "-", names=("Vardan army",)),)),
    ),
)  # fmt: skip


def at(text, words, nth=1):
    start = -1
    for _ in range(nth):
        start = text.index(words, start + 1)
    return start, start + len(words)


def read(text, *raw, outlet="tap", names=()):
    report = Report(id="r", original=OriginalRef(sha256="0"), outlet=outlet, published="2016-12-27", text=text)
    return statements.find(report, sentences.split(text), Tags(tuple(raw), tuple(names)), PROFILE)


def contents(text, statement):
    return [text[s:e] for s, e in statement.content]


def test_an_interrupted_quotation_is_one_statement():
    text = '"We left the town," Ada Lind said. "Nobody was hurt." The road is open.'
    found = read(text, Raw((at(text, "We left the town"),), at(text, "said"), at(text, "Ada Lind"))).statements
    assert len(found) == 1 and found[0].kind == "direct" and found[0].speaker_name == "Ada Lind"
    assert contents(text, found[0]) == ["We left the town", "Nobody was hurt"]


def test_a_quotation_after_an_indirect_sentence_is_the_same_speakers_own_statement():
    text = 'The ministry said that the town was lost. "Nobody was hurt in the fight."'
    found = read(text, Raw((at(text, "the town was lost"),), at(text, "said"), at(text, "The ministry"))).statements
    assert [s.kind for s in found] == ["indirect", "direct"]
    assert found[1].cue is None and found[1].source is None
    assert found[1].speaker == found[0].speaker and found[1].speaker_name == found[0].speaker_name


def test_in_a_report_in_which_another_says_it_the_other_is_the_source():
    text = "The Front has rejected a letter in which Ada Lind had said that it burned the mill."
    raw = Raw((at(text, "it burned the mill"),), at(text, "had said"), at(text, "The Front"))
    assert read(text, raw).statements[0].speaker_name == "Ada Lind"
    text = "The Front said in a letter, which was long, that it burned the mill."
    raw = Raw((at(text, "it burned the mill"),), at(text, "said"), at(text, "The Front"))
    assert read(text, raw).statements[0].speaker_name == "unnamed: the Front"


def test_a_noun_of_telling_is_no_verb():
    text = "The Front said it was concerned by the reports that soldiers had burned the mill."
    content = "it was concerned by the reports that soldiers had burned the mill"
    found = read(text, Raw((at(text, content),), at(text, "said"), at(text, "The Front"))).statements
    assert [one.speaker_name for one in found] == ["unnamed: the Front"]


def test_every_paragraph_of_a_quotation_belongs_to_it():
    text = "Ada Lind said:\n“We left the town.\n\n“Nobody was hurt.”\n\nThe road is open."
    (one,) = read(text, Raw((at(text, "We left the town"),), at(text, "said"), at(text, "Ada Lind"))).statements
    assert contents(text, one) == ["We left the town", "Nobody was hurt"]


def test_a_colon_hands_over_to_the_paragraphs_below():
    text = "The minister, Ada Lind, said:\n\nThe town is lost.\n\nWe mourn.\n\nNotes to editors\n\nNone."
    (one,) = read(
        text, Raw((at(text, "The town is lost"),), at(text, "said"), at(text, "The minister, Ada Lind"))
    ).statements
    assert contents(text, one) == ["The town is lost", "We mourn"] and one.kind == "direct"


def test_quoting_another_has_two_layers():
    text = "Tap News quoted a medic in Ost who fled as saying that nine people had died."
    outer = Raw(
        (at(text, "a medic in Ost who fled as saying that nine people had died"),),
        at(text, "quoted"),
        at(text, "Tap News"),
    )
    found = read(text, outer).statements
    assert contents(text, found[1]) == ["nine people had died"]
    assert text[slice(*found[1].source)] == "a medic in Ost" and found[1].parent == found[0].id
    assert found[1].chain == ("tap", "TAP", "unnamed: a medic in Ost") or found[1].chain[-1].endswith("a medic in Ost")


def test_citing_another_gives_both_the_same_content():
    text = "Tap News reported, citing the Vardan army, that the road was cut."
    found = read(text, Raw((at(text, "the road was cut"),), at(text, "reported"), at(text, "Tap News"))).statements
    assert [contents(text, s) for s in found] == [["the road was cut"]] * 2
    assert found[1].parent == "s1" and found[1].speaker_name == "Vardan Army"


def test_nesting_by_containment_and_the_chain():
    text = "Varda hopes that the siege will end, spokeswoman Ada Lind told reporters."
    outer = Raw((at(text, "Varda hopes that the siege will end"),), at(text, "told"), at(text, "spokeswoman Ada Lind"))
    inner = Raw((at(text, "the siege will end"),), at(text, "hopes"), at(text, "Varda"))
    found = read(text, outer, inner).statements
    assert found[1].parent == "s1" and found[1].attitude == "hopes"
    assert found[1].chain == ("tap", "Ada Lind", "Government of Varda")
    assert found[0].speaker_name == "Ada Lind"


def test_brackets_in_a_quotation_are_the_outlets():
    text = '"The town (of Ost) is lost," Ada Lind said.'
    (one,) = read(
        text, Raw((at(text, "The town (of Ost) is lost"),), at(text, "said"), at(text, "Ada Lind"))
    ).statements
    assert contents(text, one) == ["The town", "is lost"]
    assert [text[s:e] for s, e in one.inserts] == ["(of Ost)"]


def test_a_letter_put_into_a_word_does_not_cut_the_word():
    text = 'Ada Lind said: "[W]e are leaving the harbo[u]r."'
    (one,) = read(
        text, Raw((at(text, "[W]e are leaving the harbo[u]r"),), at(text, "said"), at(text, "Ada Lind"))
    ).statements
    assert contents(text, one) == ["[W]e are leaving the harbo[u]r"]
    assert [text[s:e] for s, e in one.inserts] == ["[W]", "[u]"]


def test_a_second_cue_in_one_content_is_a_second_statement():
    text = "A medic said nine people had died, adding that the ward was full."
    found = read(
        text,
        Raw((at(text, "nine people had died, adding that the ward was full"),), at(text, "said"), at(text, "A medic")),
    ).statements
    assert [contents(text, s) for s in found] == [["nine people had died"], ["the ward was full"]]
    assert found[0].source == found[1].source and found[0].speaker == found[1].speaker


def test_a_speakers_own_attitude_is_no_further_layer():
    text = '"We hope that the siege will end," Ada Lind said.'
    outer = Raw((at(text, "We hope that the siege will end"),), at(text, "said"), at(text, "Ada Lind"))
    (one,) = read(text, outer, Raw((at(text, "the siege will end"),), at(text, "hope"), at(text, "We"))).statements
    assert one.attitude == "hopes"


def test_a_content_begins_behind_the_dateline():
    text = "OST, March 4 (TAP) - Nine people died, a medic said."
    report = Report(id="r", original=OriginalRef(sha256="0"), text=text, dateline=Dateline(span=(0, 20), place="OST"))
    raw = Raw(((0, 38),), at(text, "said"), at(text, "a medic"))
    (one,) = statements.find(report, sentences.split(text), Tags((raw,)), PROFILE).statements
    assert contents(text, one) == ["Nine people died"]


def test_a_sentence_attributed_twice_to_one_speaker_counts_once():
    text = "The Vardan army said nine people died, the Vardan army said."
    content = at(text, "nine people died")
    found = read(text, Raw((content,), at(text, "said"), at(text, "The Vardan army")),
                 Raw((content,), at(text, "said", 2), at(text, "the Vardan army"))).statements  # fmt: skip
    assert len(found) == 1


def test_a_quotation_hung_onto_an_indirect_sentence_is_its_own_statement():
    text = 'The army added that the road was cut. "Nobody was hurt in the fight."'
    raw = Raw(
        (at(text, "the road was cut"), at(text, "Nobody was hurt in the fight")),
        at(text, "added"),
        at(text, "The army"),
    )
    found = read(text, raw).statements
    assert [contents(text, s) for s in found] == [["the road was cut"], ["Nobody was hurt in the fight"]]


def test_what_is_told_within_a_content_is_a_layer():
    text = '"The town fell. The Vardan army announced that the road was open," Ada Lind said.'
    content = at(text, "The town fell. The Vardan army announced that the road was open")
    found = read(text, Raw((content,), at(text, "said"), at(text, "Ada Lind"))).statements
    assert contents(text, found[1]) == ["the road was open"] and found[1].parent == "s1"
    assert found[1].speaker_name == "Vardan Army" and found[1].chain == ("tap", "Ada Lind", "Vardan Army")


def test_silence_and_performatives_are_no_statements():
    text = "The army declined to comment on it. The front declared a state of its own."
    found = read(text, Raw((at(text, "to comment on it"),), at(text, "declined"), at(text, "The army")),
                 Raw((at(text, "a state of its own"),), at(text, "declared"), at(text, "The front")))  # fmt: skip
    assert found.statements == ()


def test_an_own_organs_voice_is_no_statement():
    text = "We will go on with the operation."
    raw = Raw((at(text, "go on with the operation"),), at(text, "will"), at(text, "We"))
    assert read(text, raw).statements == () and len(read(text, raw, outlet=None).statements) == 1


def test_an_abbreviation_that_looks_like_a_pronoun_speaks_for_itself_in_another_sides_organ():
    text = "US demands a meeting of the council."
    assert (
        len(read(text, Raw((at(text, "a meeting of the council"),), at(text, "demands"), at(text, "US"))).statements)
        == 1
    )


def test_an_interrupted_clause_is_whole():
    text = "In the north, Ada Lind said, the road was open."
    (one,) = read(text, Raw((at(text, "In the north"),), at(text, "said"), at(text, "Ada Lind"))).statements
    assert contents(text, one) == ["In the north", "the road was open"]


def test_an_unquoted_content_stays_in_its_sentence():
    text = "Ada Lind said the road was open. It had been closed for a year."
    raw = Raw(
        (at(text, "the road was open"), at(text, "It had been closed for a year")),
        at(text, "said"),
        at(text, "Ada Lind"),
    )
    (one,) = read(text, raw).statements
    assert contents(text, one) == ["the road was open"]


def test_trimming():
    text = 'He said that "the town is lost."'
    (one,) = read(text, Raw((at(text, 'that "the town is lost."'),), at(text, "said"), at(text, "He"))).statements
    assert contents(text, one) == ["the town is lost"] and one.kind == "direct"


def test_no_attributions_no_statements():
    assert read("The town fell.").statements == () and read("").statements == ()


SPAN = st.tuples(st.integers(-3, 130), st.integers(0, 60)).map(lambda p: (p[0], p[0] + p[1]))
RAW = st.builds(
    Raw, st.lists(SPAN, min_size=1, max_size=3).map(tuple), st.none() | SPAN, st.none() | SPAN,
    st.none() | st.integers(0, 6), st.floats(0, 1), st.floats(0, 1),
)  # fmt: skip
WORDS = st.lists(
    st.sampled_from(
        ['"', "“", "”", " ", "\n\n", "He ", "said ", "that ", "Ada ", "Lind ", "quoted ", "as saying ", "citing ", ", ",
         ". ", "(so) ", "[x] ", "adding that ", "the ministry ", "Vardan ", "army ", "and ", "who ", ":\n\n", "\ud800", "é "]
    ),
    max_size=60,
).map("".join)  # fmt: skip


@dataclass(frozen=True)
class NameTag:
    span: tuple
    kind: str


KINDS = ["person", "organisation", "place", "people", "weapon", "facility", "quantity", "time"]
NAME = st.builds(NameTag, SPAN, st.sampled_from(KINDS))


@settings(max_examples=300, deadline=None)
@given(WORDS, st.lists(RAW, max_size=7), st.lists(NAME, max_size=5))
def test_any_text_and_any_spans(text, raw, tags):
    found = read(text, *raw, names=tags)
    ids = {s.id: s for s in found.statements}
    known = {e.id for e in found.entities}
    assert list(ids) == [f"s{i + 1}" for i in range(len(ids))]
    for s in found.statements:
        assert s.content and all(0 <= a < b <= len(text) for a, b in s.content)
        assert list(s.content) == sorted(s.content)
        for span in (s.cue, s.source):
            assert span is None or 0 <= span[0] < span[1] <= len(text)
        assert s.speaker is None or s.speaker in known
        above, seen = s.parent, set()
        while above is not None:
            assert above in ids and above not in seen
            seen.add(above)
            above = ids[above].parent
    for e in found.entities:
        assert e.org is None or e.org in known
        assert all(0 <= m.span[0] < m.span[1] <= len(text) for m in e.mentions)


def test_thousands_of_statements_are_read_to_the_end():
    sentence, count = '"We left the town," Ada Lind of the army said. ', 2000
    text, size = sentence * count, len(sentence)
    raw = [
        Raw(((i * size + 1, i * size + 17),), (i * size + 41, i * size + 45), (i * size + 20, i * size + 40))
        for i in range(count)
    ]
    found = read(text, *raw)
    assert len(found.statements) == count
    assert {one.speaker for one in found.statements} == {found.statements[0].speaker}


def test_the_army_is_the_outlets_own_only_where_the_report_names_its_side():
    profile = replace(PROFILE, words=OrganWords(organs=(("army", "army"),)))
    for place, party in (("Ostgrad", "varda"), ("Vardan Kell", "varda"), ("Farland", None)):
        text = f"{place} (TAP) - Ten people died in the camp, the army said."
        raw = Raw((at(text, "Ten people died in the camp"),), at(text, "said"), at(text, "the army"))
        report = Report(id="r", original=OriginalRef(sha256="0"), outlet="tap", published="2016-12-27", text=text)
        found = statements.find(report, sentences.split(text), Tags((raw,)), profile)
        (speaker,) = [one for one in found.entities if one.id == found.statements[0].speaker]
        assert speaker.party == party
