"""Lineage in PROV-O (W3C): which original, by which software, gave which reading and incident, and who changed what."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from evenhand.exporting.material import Act, Material
from evenhand.model.reading import Reading

Node = dict[str, Any]
_CONTEXT = {
    "prov": "http://www.w3.org/ns/prov#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "rdfs:label": {"@type": "xsd:string"},
    "prov:endedAtTime": {"@type": "xsd:dateTime"},
}


def render(material: Material) -> bytes:
    """A graph in JSON-LD."""
    graph = _merged([*_lineage(material), *_acts(material)])
    return (json.dumps({"@context": _CONTEXT, "@graph": graph}, ensure_ascii=False, indent=1) + "\n").encode()


def _lineage(material: Material) -> Iterator[Node]:
    for reading in material.readings.values():
        yield from _reading(reading)
    for incident in material.incidents:
        rules = f"urn:evenhand:rules:{incident.rules}"
        yield {"@id": rules, "@type": "prov:Plan", "rdfs:label": f"rule table {incident.rules}"}
        yield {
            "@id": f"urn:evenhand:incident:{incident.id}",
            "@type": "prov:Entity",
            "rdfs:label": incident.title,
            "prov:wasDerivedFrom": [_ref(f"urn:evenhand:reading:{report}") for report in incident.reports]
            + [_ref(rules)],
        }


def _reading(reading: Reading) -> Iterator[Node]:
    report, software = reading.report, reading.software
    agent = f"urn:evenhand:software:{software.version}:{software.weights.removeprefix('sha256:')[:16]}"
    original, text = f"urn:sha256:{report.original.sha256}", f"urn:sha256:{report.text_sha256}"
    yield {
        "@id": agent,
        "@type": "prov:SoftwareAgent",
        "rdfs:label": f"{software.name} {software.version}, weights {software.weights}",
    }
    yield {"@id": original, "@type": "prov:Entity", "rdfs:label": report.file or "an original"}
    if report.text_sha256:
        yield {"@id": text, "@type": "prov:Entity", "prov:wasDerivedFrom": _ref(original)}
    yield {
        "@id": f"urn:evenhand:read:{report.id}",
        "@type": "prov:Activity",
        "prov:used": _ref(text if report.text_sha256 else original),
        "prov:wasAssociatedWith": _ref(agent),
    }
    yield {
        "@id": f"urn:evenhand:reading:{report.id}",
        "@type": "prov:Entity",
        "prov:wasGeneratedBy": _ref(f"urn:evenhand:read:{report.id}"),
        "prov:wasDerivedFrom": _ref(original),
        "prov:wasAttributedTo": _ref(agent),
    }


def _acts(material: Material) -> Iterator[Node]:
    for act in material.acts:
        person = f"urn:evenhand:person:{_slug(act.who)}"
        yield {"@id": person, "@type": ["prov:Agent", "prov:Person"], "rdfs:label": act.who}
        node: Node = {
            "@id": f"urn:evenhand:log:{act.hash}",
            "@type": "prov:Activity",
            "rdfs:label": f"entry {act.seq}: {act.what}",
            "prov:endedAtTime": act.at,
            "prov:wasAssociatedWith": _ref(person),
        }
        yield node | _said(act)
        if act.what == "decision":
            yield _decision(act, person)


def _decision(act: Act, person: str) -> Node:
    """What a person put over the machine's record; both stay."""
    node: Node = {
        "@id": f"urn:evenhand:decision:{act.hash}",
        "@type": "prov:Entity",
        "rdfs:label": str(act.payload.get("why") or act.payload.get("action") or "a decision"),
        "prov:wasGeneratedBy": _ref(f"urn:evenhand:log:{act.hash}"),
        "prov:wasAttributedTo": _ref(person),
    }
    target = act.payload.get("target")
    report = target.get("report") if isinstance(target, dict) else None
    return node | ({"prov:wasRevisionOf": _ref(f"urn:evenhand:reading:{report}")} if report else {})


def _said(act: Act) -> Node:
    sha256 = act.payload.get("sha256")
    if not isinstance(sha256, str):
        return {}
    return {"prov:generated" if act.what == "added" else "prov:used": _ref(f"urn:sha256:{sha256}")}


def _ref(name: str) -> dict[str, str]:
    return {"@id": name}


def _slug(name: str) -> str:
    return "".join(char if char.isalnum() else "-" for char in name.casefold())


def _merged(nodes: list[Node]) -> list[Node]:
    """Each node once: a later one adds what an earlier one of the same id did not say."""
    found: dict[str, Node] = {}
    for node in nodes:
        found[node["@id"]] = node | found.get(node["@id"], {})
    return list(found.values())
