"""A small invented case, every record by hand: what the page tests render."""

import msgspec

from evenhand.model.evidence import sha256_hex
from evenhand.model.incident import (
    Answer,
    ClaimRef,
    CopyGroup,
    CopyPair,
    Evidence,
    Figure,
    Incident,
    Origin,
    Passage,
    Questions,
    Spread,
    Stance,
    Toll,
    Value,
    Wording,
)  # fmt: skip
from evenhand.model.reading import (
    Claim,
    Label,
    Participant,
    Place,
    Quantity,
    Reading,
    Software,
    Statement,
    Time,
)  # fmt: skip
from evenhand.model.report import OriginalRef, Report, Unread, report_id
from evenhand.model.rules import Condition, GradeWords, Rule, RuleTable

SOFTWARE = Software(name="evenhand", version="0.1.0", weights="sha256:0")


def rules() -> RuleTable:
    condition = Condition(fact="admitting", op=">=", number=1)
    rule = Rule(id="O1", question="occurrence", grade="acknowledged", sentence="A party admits what harms it.",
                when=(condition,), names=("admitting",), would_change="It takes the admission back.")  # fmt: skip
    more = tuple(msgspec.structs.replace(rule, id=name, question=question)
                 for name, question in (("O5", "occurrence"), ("R2", "responsibility")))  # fmt: skip
    near = GradeWords(grade="party_only", words="interested origins only", airwars_like="weak", admiralty_like="3")
    return RuleTable(version="abc123", rules=(rule, *more), facts={"admitting": "that admit it"}, grades=(near,))


def span(text: str, words: str, nth: int = 1) -> tuple[int, int]:
    start = -1
    for _ in range(nth):
        start = text.index(words, start + 1)
    return start, start + len(words)


def report(name: str, outlet: str, text: str, title: str | None = None) -> Report:
    original = OriginalRef(sha256=sha256_hex(text.encode()))
    return Report(
        id=report_id(original, outlet, None), original=original, file=name, outlet=outlet, title=title, language="en",
        published="2031-05-02", published_from="dateline", text=text, text_sha256=original.sha256,
    )  # fmt: skip


TEXT = (
    "KESTREL, May 2. Shells struck the hospital in Orlin on Saturday, killing at least 14 people, "
    "the Varda Health Ministry said.\n\n"
    "“Our doctors say the terrorists fired on the wards (in the old town),” spokesman Ivo Maren said."
)
RIVAL = "The Halden Army Command denied on Sunday that its guns had shelled the hospital in Orlin."
HOSTILE = "<script>alert(1)</script> Said “<img src=x onerror=alert(2)>” \u202eevil\u202c \x07 الجيش السوري"


def readings() -> list[Reading]:
    first, second = report("a.txt", "vna", TEXT, "Shells strike hospital"), report("b.txt", "halden-news", RIVAL)
    third = report('c"><b>.txt', '<i>"outlet</i>', HOSTILE, "</title><script>alert(3)</script>")
    place = Place(name="Orlin", span=span(TEXT, "Orlin"), country="XV", lat=1.0, lon=2.0, radius_km=5, precision=1)
    time = Time(span=span(TEXT, "Saturday"), start="2031-05-01", end="2031-05-01", precision=1)
    fourteen = Quantity(role="killed", span=span(TEXT, "at least 14"), op=">=", low=14, best=14, of="people")
    return [
        Reading(
            software=SOFTWARE, report=first, sentences=((0, 126), (128, len(TEXT))),
            statements=(
                Statement(
                    id="s1", kind="indirect", content=((16, 94),), cue=span(TEXT, "said"),
                    source=span(TEXT, "the Varda Health Ministry"), speaker_name="Varda Health Ministry",
                    chain=("vna", "Varda Health Ministry"),
                ),
                Statement(
                    id="s2", kind="direct", content=(span(TEXT, "Our doctors say the terrorists fired on the wards (in the old town)"),),
                    cue=span(TEXT, "said", 2), source=span(TEXT, "spokesman Ivo Maren"), speaker_name="Ivo Maren",
                    attitude="blames", inserts=(span(TEXT, "(in the old town)"),), chain=("vna", "Ivo Maren", "doctors"),
                ),
                Statement(
                    id="s3", kind="indirect", content=(span(TEXT, "the terrorists fired on the wards"),),
                    cue=span(TEXT, "say"), source=span(TEXT, "Our doctors"), speaker_name="unnamed: doctors", parent="s2",
                    chain=("vna", "Ivo Maren", "doctors"),
                ),
            ),
            claims=(
                Claim(id="c1", type="shelling", trigger=span(TEXT, "struck"), statement="s1", evidence=((16, 94),),
                      target=Participant(name="the hospital", span=span(TEXT, "the hospital")), place=place, time=time),
                Claim(id="c2", type="killing", trigger=span(TEXT, "killing"), statement="s1", place=place, time=time,
                      quantities=(fourteen,)),
                Claim(id="c3", type="shelling", trigger=span(TEXT, "fired"), statement="s3",
                      actor=Participant(name="the terrorists", span=span(TEXT, "the terrorists")),
                      labels=(Label(span=span(TEXT, "terrorists"), word="terrorists", neutral="armed group"),)),
            ),
        ),
        Reading(
            software=SOFTWARE, report=second, sentences=((0, len(RIVAL)),),
            statements=(
                Statement(id="s1", kind="indirect", content=(span(RIVAL, "its guns had shelled the hospital in Orlin"),),
                          cue=span(RIVAL, "denied"), source=span(RIVAL, "The Halden Army Command"), attitude="denies",
                          speaker_name="Halden Army Command", chain=("halden-news", "Halden Army Command")),
            ),
            claims=(
                Claim(id="c1", type="shelling", trigger=span(RIVAL, "shelled"), statement="s1", polarity="denied",
                      actor=Participant(name="its guns", span=span(RIVAL, "its guns"))),
            ),
        ),
        Reading(software=SOFTWARE, report=third, unread=Unread(why="language xx <b>not</b> supported", cure="translate it")),
    ]  # fmt: skip


def incidents() -> list[Incident]:
    first, second, third = (reading.report for reading in readings())
    ministry = Origin(
        name="Varda Health Ministry", family="varda", party=None, interest="interested", own_knowledge=True,
        stance=Stance(occurrence="asserts", responsibility="blames:halden"), reports=(first.id,),
        evidence=(Evidence(report=first.id, span=(16, 94)),),
        claims=tuple(ClaimRef(report=first.id, claim=c) for c in ("c1", "c2", "c3")), why=("Ivo Maren speaks for it",),
    )  # fmt: skip
    army = Origin(
        name="Halden Army Command", family="halden", interest="interested", own_knowledge=True,
        stance=Stance(occurrence="silent", responsibility="denies"), reports=(second.id,),
        evidence=(Evidence(report=second.id, span=(0, 20)),), claims=(ClaimRef(report=second.id, claim="c1"),),
    )  # fmt: skip
    figure = Figure(
        low=14, best=14, origin=ministry.name, report=first.id, span=span(TEXT, "at least 14"), as_of="2031-05-02"
    )
    place = Place(name="Orlin", country="XV", lat=1.0, lon=2.0, radius_km=5, precision=1)
    return [
        Incident(
            id="i1", title="Shelling of a hospital in Orlin", type="shelling", place=place,
            time=Time(start="2031-05-01", end="2031-05-01", precision=1), reports=(first.id, second.id, third.id),
            claims=(*ministry.claims, *army.claims), origins=(ministry, army), independent_origins=1,
            copies=(CopyGroup(reports=(first.id, third.id), of="vna", why="shared text 0.93; credit (VNA)"),),
            questions=Questions(
                occurrence=Answer(grade="party_only", for_=(ministry.name,), reasons=("rule O5: only interested origins",),
                                  would_change="an origin without an interest that reports it from own knowledge"),
                responsibility=Answer(grade="contested", for_=(ministry.name,), against=(army.name,), reasons=("rule R2: denied",)),
                killed=Toll(low=14, figures=(figure,), grade="party_only"), injured=Toll(),
                place=Spread(grade="party_only", values=(Value(value="Orlin", origins=(ministry.name,)),)), time=Spread(),
            ),
            wording=(Wording(about="Halden gunners", labels={"terrorists": ("vna",)}, neutral="armed group"),), rules="abc123",
        ),
    ]  # fmt: skip


def copies() -> list[CopyPair]:
    first, _, third = (reading.report.id for reading in readings())
    passage = Passage(first=(0, 12), second=(26, 38))
    return [CopyPair(first=first, second=third, label="copy", shared=0.93, why="shared text 0.93", passages=(passage,))]
