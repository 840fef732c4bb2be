"""XML from strangers: no document type, no entities, bounded depth and size, checked before a library sees it."""

from __future__ import annotations

from typing import Any, NoReturn
from xml.parsers import expat

from evenhand.errors import UnreadableError

MAX_DEPTH = 250
MAX_ELEMENTS = 400_000


def check_xml(data: bytes, what: str, *, well_formed: bool = True) -> None:
    """Raises UnreadableError where `data` declares a document type or entities, nests too deeply or is too much.

    Nothing outside is ever looked at. With `well_formed` false, text that is no good XML passes if it holds no
    declaration at all (feeds often are sloppy).
    """
    parser = expat.ParserCreate()
    depth = elements = 0

    def refuse(*_: Any) -> NoReturn:
        why = f"{what} declares a document type or entities, which can swell or reach for other files"
        raise UnreadableError(why, "take the <!DOCTYPE …> out, or save its text")

    def begin(*_: Any) -> None:
        nonlocal depth, elements
        depth += 1
        elements += 1
        if depth > MAX_DEPTH or elements > MAX_ELEMENTS:
            raise UnreadableError(f"{what} is nested too deeply or has too many parts", "save its text")

    def end(*_: Any) -> None:
        nonlocal depth
        depth -= 1

    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    parser.ExternalEntityRefHandler = refuse
    parser.StartElementHandler, parser.EndElementHandler = begin, end
    try:
        parser.Parse(data, True)
    except expat.ExpatError as problem:
        if not well_formed and b"<!" not in data.replace(b"<!--", b"").replace(b"<![CDATA[", b"").replace(b"\0", b""):
            return
        raise UnreadableError(f"{what} is no well-formed XML ({problem})", "save its text") from problem
    except (ValueError, LookupError) as problem:  # an encoding that nobody knows
        raise UnreadableError(f"{what} cannot be decoded ({problem})", "save it as UTF-8") from problem
