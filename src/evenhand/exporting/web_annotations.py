"""W3C Web Annotations: every claim and statement with its exact words, by position and by quotation.

Both selectors always stand together and name the same words; positions count Unicode code points of the text that the
source's SHA-256 names (Web Annotation Data Model, 4.2.4 and 4.2.5). Nothing is searched for: words that are not where
they should be are refused.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from evenhand.errors import ExportError
from evenhand.exporting.material import Material, statement_of
from evenhand.model.evidence import Span, sha256_hex
from evenhand.model.reading import Claim, Reading, Statement

_CONTEXT = 32  # code points of prefix and suffix, as the model's examples and annotation tools have
_LABEL = "Positions count Unicode code points of the plain text whose SHA-256 the target's source names."


def render(material: Material) -> bytes:
    """An AnnotationCollection with one page (JSON-LD)."""
    items = [item for reading in material.readings.values() for item in _of_reading(reading)]
    page = {"id": "urn:evenhand:annotations:1", "type": "AnnotationPage", "startIndex": 0, "items": items}
    collection = {
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "id": "urn:evenhand:annotations",
        "type": "AnnotationCollection",
        "label": _LABEL,
        "total": len(items),
        "first": page,
    }
    return (json.dumps(collection, ensure_ascii=False, indent=1) + "\n").encode()


def _of_reading(reading: Reading) -> Iterator[dict[str, Any]]:
    text = reading.report.text
    if sha256_hex(text.encode("utf-8", "surrogatepass")) != reading.report.text_sha256:
        raise ExportError(f"report {reading.report.id}: its text is not the one that its hash names; assess it again")
    for statement in reading.statements:
        yield _annotation(reading, statement.id, _statement_bodies(statement), statement.content)
    for claim in reading.claims:
        spans = claim.evidence or (claim.trigger,)
        yield _annotation(reading, claim.id, _claim_bodies(reading, claim), spans)


def _annotation(reading: Reading, name: str, bodies: list[dict[str, str]], spans: Sequence[Span]) -> dict[str, Any]:
    report = reading.report
    source: dict[str, Any] = {"id": f"urn:sha256:{report.text_sha256}", "type": "Text", "format": "text/plain"}
    if report.language:
        source["language"] = report.language
    targets = [{"source": source, "selector": _selectors(report.text, report.id, span)} for span in spans]
    software = reading.software
    return {
        "id": f"urn:evenhand:{report.id}:{name}",
        "type": "Annotation",
        "motivation": "identifying",
        "generator": {"type": "Software", "name": f"{software.name} {software.version}"},
        "body": bodies,
        "target": targets[0] if len(targets) == 1 else targets,
    }


def _selectors(text: str, report: str, span: Span) -> list[dict[str, Any]]:
    start, end = span
    exact = text[start:end]
    if not 0 <= start < end <= len(text) or len(exact) != end - start:
        raise ExportError(f"report {report}: no words at {start}–{end} of {len(text)}; assess the case again")
    quote = {
        "type": "TextQuoteSelector",
        "exact": exact,
        "prefix": text[max(0, start - _CONTEXT) : start],
        "suffix": text[end : end + _CONTEXT],
    }
    return [{"type": "TextPositionSelector", "start": start, "end": end}, quote]


def _body(purpose: str, value: str) -> dict[str, str]:
    return {"type": "TextualBody", "purpose": purpose, "format": "text/plain", "value": value}


def _statement_bodies(statement: Statement) -> list[dict[str, str]]:
    who = statement.speaker_name or "a speaker who is not named"
    return [_body("classifying", "statement"), _body("describing", f"{who} {statement.attitude} this")]


def _claim_bodies(reading: Reading, claim: Claim) -> list[dict[str, str]]:
    statement = statement_of(reading, claim)
    who = statement.speaker_name if statement else reading.report.outlet or "the outlet"
    attributed = f"{claim.polarity}, {claim.modality}, said by {who or 'a speaker who is not named'}"
    return [_body("classifying", f"claim: {claim.type}"), _body("describing", attributed)]
