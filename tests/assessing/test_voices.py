import msgspec
import pytest

from evenhand.assessing import AssessmentSettings, assess
from evenhand.model.incident import Incident, Origin
from evenhand.model.reading import Reading
from tests.assessing.hand import Said, one_cluster, profile, reading


def origins(*readings: Reading, kind: str = "airstrike") -> dict[str, Origin]:
    found = assess(
        one_cluster(*readings, kind=kind), readings={one.report.id: one for one in readings}, copies=(),
        profile=profile(), settings=AssessmentSettings(),
    )  # fmt: skip
    return {one.name: one for one in found.origins}


def with_cue(told: Reading, cue: str) -> Reading:
    """The first statement with its cue as a span and its content behind the cue."""
    (statement, *rest) = told.statements
    start = told.report.text.index(cue)
    end = start + len(cue)
    changed = msgspec.structs.replace(statement, cue=(start, end), content=((end + 1, statement.content[0][1]),))
    return msgspec.structs.replace(told, statements=(changed, *rest))


def test_whom_a_source_speaks_of_does_not_say_what_the_source_is():
    found = origins(with_cue(reading("r1", Said(by="Omar Haddad", words="on people", killed=(7, 7, 7))), "said"))
    assert found["Omar Haddad"].own_knowledge is False


def test_no_party_is_given_the_words_of_an_outlet_in_its_own_voice():
    lead = Said(actor="Sund Army", killed=(7, 7, 7))
    found = origins(reading("r1", lead, Said(by="Norland Defence Ministry")))
    assert found["Norland Defence Ministry"].stance.responsibility == "silent"
    assert found["The Paper"].own_knowledge is False


def test_what_an_outlet_calls_possible_is_not_its_informants_knowledge():
    found = origins(reading("r1", Said(actor="Sund Army", modality="possible"), Said(by="Varda Watch")))
    assert found["Varda Watch"].stance.responsibility == "silent"


def test_without_casualties_denies_neither_the_attack_nor_the_act():
    told = reading(
        "r1", Said(by="Norland Army", actor="Sund Army"), Said(type="injury", by="Norland Army", denied=True),
        Said(by="Varda Watch", actor="Norland Army"),
    )  # fmt: skip
    assert origins(told)["Norland Army"].stance.responsibility == "blames:sund"


def test_an_abbreviation_is_no_pronoun_of_the_speaker():
    def stance(actor: str) -> str:
        return origins(reading("r1", Said(by="Norland Army", actor=actor)))["Norland Army"].stance.responsibility

    assert stance("us") == "admits"
    assert stance("US") != "admits"


def test_who_executed_a_prisoner_is_not_thereby_who_shelled_the_town():
    told = reading(
        "r1", Said(by="Varda Watch", type="shelling"), Said(by="Varda Watch", type="execution", actor="Sund")
    )
    assert origins(told, kind="shelling")["Varda Watch"].stance.responsibility == "silent"
    assert origins(told, kind="execution")["Varda Watch"].stance.responsibility == "blames:sund"


def test_a_sum_of_months_tells_of_no_one_incident():
    told = reading("r1", Said(by="Varda Watch", actor="Sund Army", start="2030-01-01", end="2031-05-04"))
    found = origins(told)["Varda Watch"]
    assert (found.stance.occurrence, found.stance.responsibility) == ("silent", "silent")


def test_a_report_rejected_in_so_many_words_is_denied():
    told = reading("r1", Said(by="Norland Army", words="is baseless"), Said(by="Varda Watch", actor="Norland Army"))
    (first, second), (statement, other) = told.claims, told.statements
    text = "Reports of an airstrike are totally baseless" + told.report.text[44:]
    start = text.index("airstrike")
    rejected = msgspec.structs.replace(
        told, report=msgspec.structs.replace(told.report, text=text),
        claims=(msgspec.structs.replace(first, trigger=(start, start + 9)), second),
        statements=(msgspec.structs.replace(statement, content=((0, 44),)), other),
    )  # fmt: skip
    assert origins(rejected)["Norland Army"].stance.responsibility == "denies"


def test_a_party_named_right_before_an_attack_is_who_did_it_but_not_the_speaker_before_it():
    def told(words: str, content: int) -> Reading:
        made = reading("r1", Said(by="Varda Watch", type="shelling"))
        (claim,), (statement,) = made.claims, made.statements
        start = words.index("shelling")
        return msgspec.structs.replace(
            made, report=msgspec.structs.replace(made.report, text=words), sentences=((0, len(words)),),
            claims=(msgspec.structs.replace(claim, trigger=(start, start + 8)),),
            statements=(msgspec.structs.replace(statement, content=((content, len(words)),)),),
        )  # fmt: skip

    named = told("Varda Watch said Sundish army shelling hit the bakery.", 17)
    assert origins(named, kind="shelling")["Varda Watch"].stance.responsibility == "blames:sund"
    speaker = told("The Sund Army said shelling hit the bakery.", 19)
    assert origins(speaker, kind="shelling")["Varda Watch"].stance.responsibility == "silent"
    nobody = told("Varda Watch said the shelling hit the bakery.", 17)
    assert origins(nobody, kind="shelling")["Varda Watch"].stance.responsibility == "silent"


def test_what_a_source_saw_is_no_opinion():
    seen = with_cue(reading("r1", Said(by="Varda Watch", attitude="believes", words="seen at the bakery")), "seen")
    assert origins(seen)["Varda Watch"].own_knowledge is True
    thought = reading("r1", Said(by="Varda Watch", attitude="believes"))
    assert origins(thought)["Varda Watch"].own_knowledge is False


def test_us_as_the_name_of_a_country_is_not_we():
    found = origins(reading("r1", Said(by="Norland Army", actor="US"), Said(by="Varda Watch", actor="us")))
    assert found["Norland Army"].stance.responsibility == "silent"
    assert "admits" in origins(reading("r1", Said(by="Norland Army", actor="us")))["Norland Army"].stance.responsibility


def test_one_of_its_fighters_is_the_speakers_own_but_they_in_a_quotation_are_others():
    told = reading("r1", Said(by="Norland Army", actor="its fighters"))
    (claim,), (statement,) = told.claims, told.statements
    actor = msgspec.structs.replace(claim.actor, name="one of its fighters", span=statement.content[0])
    told = msgspec.structs.replace(told, claims=(msgspec.structs.replace(claim, actor=actor),))
    assert origins(told)["Norland Army"].stance.responsibility == "admits"
    theirs = msgspec.structs.replace(actor, name="they")
    quoted = msgspec.structs.replace(
        told, claims=(msgspec.structs.replace(claim, actor=theirs),),
        statements=(msgspec.structs.replace(statement, kind="direct"),),
    )  # fmt: skip
    assert origins(quoted)["Norland Army"].stance.responsibility == "silent"


def test_who_condemns_a_deed_gives_no_account_of_it():
    found = origins(with_cue(reading("r1", Said(by="Varda Relief", attitude="blames", words="condemned")), "condemned"))
    assert found["Varda Relief"].own_knowledge is False


def test_to_have_seen_no_sign_of_an_attack_denies_none():
    told = reading("r1", Said(by="Varda Watch", denied=True))
    assert origins(told)["Varda Watch"].stance.occurrence == "denies"
    text = told.report.text.replace("said that a", "saw no sign of")
    unseen = msgspec.structs.replace(told, report=msgspec.structs.replace(told.report, text=text))
    claim = told.claims[0]
    trigger = (claim.trigger[0] + 1, claim.trigger[1] + 1)
    unseen = msgspec.structs.replace(unseen, claims=(msgspec.structs.replace(claim, trigger=trigger),))
    assert origins(unseen)["Varda Watch"].stance.occurrence != "denies"


@pytest.mark.parametrize(
    ("words", "cue", "party"),
    [
        ("Varda Watch accused the Norland Army of the airstrike.", "accused", "norland"),
        ("Varda Watch blamed the Norland Army for the airstrike.", "blamed", "norland"),
        ("Varda Watch blamed the airstrike on the Norland Army.", "blamed", "norland"),
        ("Varda Watch blamed the airstrike on bad weather.", "blamed", None),
        ("Varda Watch accused the Norland Army of silence.", "accused", None),
    ],
)
def test_whom_a_charge_names_is_said_to_have_done_it(words, cue, party):
    told = reading("r1", Said(by="Varda Watch", attitude="blames"))
    (claim,), (statement,) = told.claims, told.statements
    at, start = words.find("airstrike"), words.index(cue)
    trigger = (at, at + len("airstrike")) if at >= 0 else (0, 5)
    changed = msgspec.structs.replace(
        statement, cue=(start, start + len(cue)), source=(0, 11), content=((0, len(words)),)
    )
    told = msgspec.structs.replace(
        told, report=msgspec.structs.replace(told.report, text=words), sentences=((0, len(words)),),
        claims=(msgspec.structs.replace(claim, trigger=trigger, evidence=((0, len(words)),)),), statements=(changed,),
    )  # fmt: skip
    expected = f"blames:{party}" if party else "silent"
    assert origins(told)["Varda Watch"].stance.responsibility == expected


def test_who_confirms_reports_of_a_deed_does_not_leave_it_open():
    def heard(cue: str) -> Incident:
        told = reading("r1", Said(by="Varda Watch", before="reports of"))
        at = told.report.text.index("said")
        (statement,) = told.statements
        text = told.report.text.replace("said", cue, 1)
        moved = len(cue) - len("said")
        (claim,) = told.claims
        shifted = (claim.trigger[0] + moved, claim.trigger[1] + moved)
        return assess(
            one_cluster(told), copies=(), profile=profile(), settings=AssessmentSettings(),
            readings={"r1": msgspec.structs.replace(
                told, report=msgspec.structs.replace(told.report, text=text),
                statements=(msgspec.structs.replace(
                    statement, cue=(at, at + len(cue)), content=((at + len(cue) + 1, len(text)),)),),
                claims=(msgspec.structs.replace(claim, trigger=shifted),),
            )},
        )  # fmt: skip

    assert heard("confirmed").independent_origins == 1
    assert heard("heard of").independent_origins == 0
