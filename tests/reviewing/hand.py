"""A small reading by hand and decisions about it."""

from evenhand.model.evidence import sha256_hex
from evenhand.model.reading import Claim, Entity, Mention, Participant, Place, Quantity, Reading, Software, Statement
from evenhand.model.report import OriginalRef, Report
from evenhand.reviewing import Author, Proposal, propose

TEXT = (
    "Shells struck the hospital in Orlin on Saturday, killing at least 14 people, the Health Ministry said. "
    "“Our doctors say the guns fired on the wards,” Ivo Maren said. The army denied it."
)
AUTHOR = Author(who="Ada", at="2031-05-03T10:00:00Z")


def span(words: str, text: str = TEXT) -> tuple[int, int]:
    start = text.index(words)
    return start, start + len(words)


def reading(text: str = TEXT, weights: str = "sha256:0") -> Reading:
    report = Report(id="r1", original=OriginalRef(sha256=sha256_hex(text.encode())), outlet="vna", text=text)
    ministry = Entity(id="e1", kind="government", name="Health Ministry", party="varda",
                      mentions=(Mention(span=span("the Health Ministry", text), form="name"),))  # fmt: skip
    maren = Entity(
        id="e2", kind="person", name="Ivo Maren", mentions=(Mention(span=span("Ivo Maren", text), form="name"),)
    )
    doctors = Entity(
        id="e3", kind="people", name="doctors", mentions=(Mention(span=span("Our doctors", text), form="nominal"),)
    )
    first = Statement(
        id="s1", kind="indirect", content=(span("Shells struck the hospital in Orlin on Saturday, killing at least 14 people", text),),
        cue=span("said", text), source=span("the Health Ministry", text), speaker="e1", speaker_name="Health Ministry",
        chain=("vna", "Health Ministry"),
    )  # fmt: skip
    second = Statement(
        id="s2", kind="direct", content=(span("Our doctors say the guns fired on the wards", text),), source=span("Ivo Maren", text),
        speaker="e2", speaker_name="Ivo Maren", chain=("vna", "Ivo Maren"),
    )  # fmt: skip
    third = Statement(
        id="s3", kind="indirect", content=(span("the guns fired on the wards", text),), source=span("Our doctors", text), speaker="e3",
        speaker_name="doctors", parent="s2", chain=("vna", "Ivo Maren", "doctors"),
    )  # fmt: skip
    struck = Claim(
        id="c1", type="shelling", trigger=span("struck", text), statement="s1", place=Place(name="Orlin", span=span("Orlin", text)),
        quantities=(Quantity(role="killed", span=span("at least 14", text), op=">=", low=14),),
    )  # fmt: skip
    fired = Claim(id="c2", type="shelling", trigger=span("fired", text), statement="s3",
                  actor=Participant(name="the guns", span=span("the guns", text), entity="e3"))  # fmt: skip
    software = Software(name="evenhand", version="0", weights=weights)
    return Reading(
        software=software,
        report=report,
        entities=(ministry, maren, doctors),
        statements=(first, second, third),
        claims=(struck, fired),
    )


class Hand:
    """Someone who decides, one thing after the other."""

    def __init__(self, of: Reading | None = None) -> None:
        self.reading = of or reading()
        self.decisions: list = []

    def does(self, action, kind, item="", /, *, others=(), exact=None, basis="", why="", **fields):
        author = Author(who="Ada", at=f"2031-05-03T10:00:{len(self.decisions):02d}Z")
        asked = Proposal(
            action=action, kind=kind, item=item, others=others, fields=fields, exact=exact or {}, basis=basis, why=why
        )
        decision, after = propose(asked, self.reading, tuple(self.decisions), author)
        self.decisions.append(decision)
        return after
