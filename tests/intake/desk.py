"""A small registry, settings and one-line ways in, shared by the tests of intake."""

from evenhand.intake import IntakeSettings, receive
from evenhand.model.parties import Outlet
from evenhand.model.profile import Profile
from evenhand.model.report import Original, Received, Report


def _outlet(id_: str, *names: str, wire: bool = False, domains: tuple[str, ...] = ()) -> Outlet:
    return Outlet(id=id_, name=names[0], names=names[1:], kind="wire" if wire else "independent", source="a test",
                  wire=wire, domains=domains)  # fmt: skip


OUTLETS = Profile(
    outlets=(
        _outlet("tass", "TASS", "ITAR-TASS", wire=True, domains=("tass.com",)),
        _outlet("reuters", "Reuters", "Thomson Reuters", wire=True, domains=("reuters.com",)),
        _outlet("ap", "Associated Press", "AP", wire=True),
        _outlet("afp", "Agence France-Presse", "AFP", wire=True),
        _outlet("dpa", "dpa", "Deutsche Presse-Agentur", wire=True),
        _outlet("sana", "SANA", "Syrian Arab News Agency", wire=True),
        _outlet("xinhua", "Xinhua", wire=True),
        _outlet("interfax", "Interfax", wire=True),
        _outlet("ria", "RIA Novosti", wire=True),
        _outlet("ahram", "Ahram Online", domains=("english.ahram.org.eg",)),
        _outlet("guardian", "The Guardian"),
        _outlet("varda_post", "Varda Post", domains=("vardapost.example",)),
    )
)
SETTINGS = IntakeSettings(outlets=OUTLETS)

BODY = (
    " At least ten people were killed in the town on Monday, a monitor said, as the war went on in the north.\n\n"
    "The army did not comment on the report, but a spokesman said that it would look into the matter."
)


def original(content: str | bytes, file: str = "report.txt") -> Original:
    data = content.encode() if isinstance(content, str) else content
    return Original(path=file, file=file, data=data)


def received(
    content: str | bytes, file: str = "report.txt", settings: IntakeSettings = SETTINGS
) -> tuple[Received, ...]:
    return receive(original(content, file), settings)


def report(content: str | bytes, file: str = "report.txt", settings: IntakeSettings = SETTINGS) -> Report:
    (only,) = received(content, file, settings)
    return only.report


def words(report_: Report, span: tuple[int, int] | None) -> str | None:
    return report_.text[span[0] : span[1]] if span else None
