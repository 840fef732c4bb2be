"""Every format is valid for its own library or schema, keeps the exact words, and names nobody it should not."""

import csv
import io
import json

import geojson
import jsonschema
import msgspec
import openpyxl
import pytest
import rdflib

from evenhand.assessing import rule_table
from evenhand.errors import ExportError
from evenhand.exporting import FORMATS, Material, acled, render, ucdp
from evenhand.exporting.material import ranged, undisputed
from evenhand.exporting.tables import read_table, sheets
from evenhand.model.incident import Answer, Incident, Toll
from evenhand.model.reading import Reading
from tests.dossier import sample
from tests.exporting.desk import material, placed, with_text

WORDS = ["true", "false", "fake", "guilty"]


def one(form, made=None, **options):
    (data,) = render(form, made or material(), **options).values()
    return data


def rows(data):
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def graded(grade, **questions):
    made = material()
    asked = msgspec.structs.replace(
        made.incidents[0].questions, responsibility=Answer(grade=grade, for_=("Varda Health Ministry",)), **questions
    )
    incident = msgspec.structs.replace(made.incidents[0], questions=asked)
    return Material(made.readings, (incident,), made.codes, made.parties)


@pytest.mark.parametrize("form", [*FORMATS, "all"])
def test_the_same_records_give_the_same_bytes(form):
    assert render(form, material()) == render(form, material())


@pytest.mark.parametrize("form", FORMATS)
def test_an_empty_case_is_an_empty_export(form):
    assert render(form, Material({}, (), {}))


@pytest.mark.parametrize("form", [form for form in FORMATS if form not in ("xlsx", "csv")])
def test_no_verdict_is_written(form):
    text = one(form).decode().casefold()
    assert [word for word in WORDS if f'"{word}"' in text or f" {word} " in text] == []


# --- Web Annotations ---------------------------------------------------------------------------------------------

# The Web Annotation Data Model's own requirements (3.1, 3.2, 4.2.4, 4.2.5, 5.1, 5.2).
_SELECTOR = {
    "type": "array", "minItems": 2, "maxItems": 2,
    "prefixItems": [
        {"type": "object", "required": ["type", "start", "end"], "properties": {
            "type": {"const": "TextPositionSelector"}, "start": {"type": "integer", "minimum": 0}, "end": {"type": "integer"}}},
        {"type": "object", "required": ["type", "exact", "prefix", "suffix"], "properties": {
            "type": {"const": "TextQuoteSelector"}, "exact": {"type": "string", "minLength": 1}}},
    ],
}  # fmt: skip
_TARGET = {
    "type": "object", "required": ["source", "selector"], "properties": {
        "source": {"type": "object", "required": ["id"], "properties": {"id": {"pattern": "^urn:sha256:[0-9a-f]{64}$"}}},
        "selector": _SELECTOR}}  # fmt: skip
_ANNOTATION = {
    "type": "object", "required": ["id", "type", "target"], "properties": {
        "id": {"type": "string", "format": "uri"}, "type": {"const": "Annotation"}, "motivation": {"const": "identifying"},
        "body": {"type": "array", "items": {"type": "object", "required": ["type", "value"],
                                            "properties": {"type": {"const": "TextualBody"}}}},
        "target": {"anyOf": [_TARGET, {"type": "array", "items": _TARGET}]}}}  # fmt: skip
COLLECTION = {
    "type": "object", "required": ["@context", "id", "type", "total", "first"], "properties": {
        "@context": {"const": "http://www.w3.org/ns/anno.jsonld"}, "type": {"const": "AnnotationCollection"},
        "total": {"type": "integer"},
        "first": {"type": "object", "required": ["type", "items"], "properties": {
            "type": {"const": "AnnotationPage"}, "items": {"type": "array", "items": _ANNOTATION}}}}}  # fmt: skip


def test_annotations_follow_the_model_and_both_selectors_name_the_same_words():
    made = material()
    whole = json.loads(one("annotations", made))
    jsonschema.validate(whole, COLLECTION, cls=jsonschema.Draft202012Validator)
    items = whole["first"]["items"]
    assert whole["total"] == len(items) == sum(len(r.statements) + len(r.claims) for r in made.readings.values())
    texts = {f"urn:sha256:{r.report.text_sha256}": r.report.text for r in made.readings.values()}
    for item in items:
        targets = item["target"] if isinstance(item["target"], list) else [item["target"]]
        for target in targets:
            position, quote = target["selector"]
            text = texts[target["source"]["id"]]
            assert text[position["start"] : position["end"]] == quote["exact"]
            assert text.count(quote["prefix"] + quote["exact"] + quote["suffix"]) == 1


def test_annotations_refuse_what_does_not_fit_and_search_for_nothing():
    made = material()
    first = next(iter(made.readings.values()))
    moved = msgspec.structs.replace(first, report=msgspec.structs.replace(first.report, text="x" + first.report.text))
    with pytest.raises(ExportError, match="not the one that its hash names"):
        one("annotations", Material({first.report.id: moved}, (), {}))
    beyond = msgspec.structs.replace(first.claims[0], evidence=((5, 10**6),))
    with pytest.raises(ExportError, match="no words at 5"):
        one("annotations", Material({first.report.id: msgspec.structs.replace(first, claims=(beyond,))}, (), {}))


def test_positions_count_code_points():
    text = "🙂🙂 “Five died”, é\u0301 said the army."
    made = with_text(text)
    reading = next(iter(made.readings.values()))
    claim = msgspec.structs.replace(sample.readings()[1].claims[0], statement=None, evidence=((4, 13),), trigger=(4, 8))
    data = json.loads(
        one("annotations", Material({reading.report.id: msgspec.structs.replace(reading, claims=(claim,))}, (), {}))
    )
    position, quote = data["first"]["items"][0]["target"]["selector"]
    assert (position["start"], position["end"], quote["exact"]) == (4, 13, "Five died")


# --- GeoJSON -----------------------------------------------------------------------------------------------------


def test_geojson_is_valid_and_in_the_right_order():
    whole = geojson.loads(one("geojson"))
    assert whole.is_valid, whole.errors()
    (feature,) = whole["features"]
    assert feature["geometry"]["coordinates"] == [2.0, 1.0]
    assert feature["properties"]["radius_km"] == 5
    assert feature["properties"]["contested_on"] == ["responsibility"]
    assert (feature["properties"]["fatalities_min"], feature["properties"]["fatalities_max"]) == (14, None)


@pytest.mark.parametrize("precision", [6, 7, None])
@pytest.mark.parametrize("form", ["geojson", "ucdp", "acled", "csv"])
def test_a_country_is_never_a_point(form, precision):
    made = placed(precision, lat=1.125, lon=2.375)
    files = render(form, made)
    files.pop("incidents.jsonl", None), files.pop("readings.jsonl", None), files.pop("claims.csv", None)
    for data in files.values():
        assert b"2.375" not in data
        assert b"1.125" not in data
    if form == "geojson":
        assert json.loads(next(iter(files.values())))["features"][0]["geometry"] is None


# --- UCDP and ACLED ----------------------------------------------------------------------------------------------


def test_ucdp_has_its_49_columns_in_order_and_ids_it_cannot_know_are_empty():
    data = one("ucdp")
    assert len(ucdp.COLUMNS) == 49
    assert tuple(next(csv.reader(io.StringIO(data.decode())))) == ucdp.COLUMNS
    (row,) = rows(data)
    unknown = ["id", "conflict_new_id", "dyad_new_id", "side_a_new_id", "side_b_new_id", "country_id", "priogrid_gid",
               "gwnoa", "gwnob", "deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown", "best", "event_clarity"]  # fmt: skip
    assert {row[name] for name in unknown} == {""}
    assert (row["low"], row["high"], row["where_prec"], row["date_start"], row["relid"]) == (
        "14",
        "",
        "1",
        "2031-05-01",
        "i1",
    )
    assert row["geom_wkt"] == "POINT (2.0 1.0)"


def test_ucdp_has_only_incidents_with_a_reported_death():
    assert rows(one("ucdp", graded("contested", killed=Toll()))) == []
    assert rows(one("ucdp", graded("contested", killed=Toll(low=0, high=0)))) == []


def test_columns_are_those_of_the_ucdp_file_at_hand():
    path = sample_of_ucdp()
    with path.open(encoding="utf-8") as opened:
        theirs = next(csv.reader(opened))
    assert set(theirs) <= set(ucdp.COLUMNS)


def sample_of_ucdp():
    from tests.fakes import SHARED

    path = SHARED / "data" / "ucdp" / "ged-syria-2016-2019.csv"
    if not path.exists():
        pytest.skip("../shared/data/ucdp is not here")
    return path


def test_acled_has_its_31_columns_and_a_byte_order_mark():
    data = one("acled")
    assert data.startswith(b"\xef\xbb\xbf")
    assert len(acled.COLUMNS) == 31
    (row,) = rows(data)
    assert tuple(row) == acled.COLUMNS
    assert (row["event_type"], row["fatalities"], row["geo_precision"]) == ("Explosions/Remote violence", "14", "1")
    assert (row["event_id_cnty"], row["iso"], row["timestamp"]) == ("", "", "")
    assert "evenhand_id=i1" in row["tags"]


@pytest.mark.parametrize(("grade", "named"), [("contested", ""), ("party_only", ""), ("corroborated", "Halden Command"),
                                              ("acknowledged", "Halden Command"), (None, "")])  # fmt: skip
def test_an_actor_is_named_only_where_responsibility_is_not_disputed(grade, named):
    made = graded(grade)
    assert rows(one("ucdp", made))[0]["side_a"] == named
    assert rows(one("acled", made))[0]["actor1"] == named
    event = next(e for e in entities(one("ftm", made)) if e["schema"] == "Event")
    assert event["properties"].get("involved", []) == (["eh-party-halden"] if named else [])
    assert undisputed(made.incidents[0]) == ("halden" if named else None)


# --- FollowTheMoney, PLOVER, PROV --------------------------------------------------------------------------------


def entities(data):
    return [json.loads(line) for line in data.decode().splitlines()]


def test_followthemoney_takes_every_entity():
    model = pytest.importorskip("followthemoney", reason="followthemoney is not installed (it needs ICU)").model
    made = graded("corroborated")
    country = msgspec.structs.replace(made.incidents[0].place, country="SY")
    made = Material(
        made.readings, (msgspec.structs.replace(made.incidents[0], place=country),), made.codes, made.parties
    )
    found = entities(one("ftm", made))
    kinds = {entity["schema"] for entity in found}
    assert kinds == {"Organization", "Article", "Event", "Note"}
    known = {entity["id"] for entity in found}
    for entity in found:
        model.get(entity["schema"]).validate(entity)
        proxy = model.get_proxy(entity, cleaned=False)
        for name, values in entity["properties"].items():
            assert len(proxy.get(name)) == len(set(values)), (name, values, proxy.get(name))
            if name in ("proof", "entity", "involved"):
                assert set(values) <= known


PLOVER = {
    "type": "object", "additionalProperties": False,
    "required": ["id", "type", "event", "mode", "date", "actor", "recipient", "location", "text", "source"],
    "properties": {
        "id": {"type": "string"}, "type": {"const": "event"}, "event": {"type": "string", "pattern": "^[A-Z]+$"},
        "mode": {"type": "array", "maxItems": 1, "items": {"type": "string"}},
        **{name: {"type": ["string", "null"]} for name in ("date", "dateEnd", "attributedTo", "source", "publicationDate", "url")},
        "datePrecision": {"type": ["integer", "null"]}, "text": {"type": "string"},
        **{name: {"type": "array", "maxItems": 1, "items": {"type": "object", "required": ["text", "code"]}} for name in ("actor", "recipient")},
        "location": {"type": "object", "required": ["name", "country", "lat", "lon", "geoPrecision"]},
    },
}  # fmt: skip


def test_plover_events_are_what_is_asserted():
    events = entities(one("plover"))
    for event in events:
        jsonschema.validate(event, PLOVER)
    assert [event["event"] for event in events] == ["ASSAULT"] * 3  # the denial is none
    assert {event["attributedTo"] for event in events} == {"Varda Health Ministry", "unnamed: doctors"}


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")  # rdflib's own parser makes one
def test_lineage_is_a_graph_of_prov():
    graph = rdflib.Graph().parse(data=one("prov").decode(), format="json-ld")
    prov = rdflib.Namespace("http://www.w3.org/ns/prov#")
    first = sample.readings()[0]
    reading = rdflib.URIRef(f"urn:evenhand:reading:{first.report.id}")
    original = rdflib.URIRef(f"urn:sha256:{first.report.original.sha256}")
    assert (reading, prov.wasDerivedFrom, original) in graph
    assert (rdflib.URIRef("urn:evenhand:incident:i1"), prov.wasDerivedFrom, reading) in graph
    decision = rdflib.URIRef(f"urn:evenhand:decision:{'2' * 64}")
    assert (decision, prov.wasRevisionOf, reading) in graph
    assert (decision, prov.wasAttributedTo, rdflib.URIRef("urn:evenhand:person:karim")) in graph
    added = rdflib.URIRef(f"urn:evenhand:log:{'1' * 64}")
    assert str(graph.value(added, prov.endedAtTime)) in ("2024-03-04T12:00:00Z", "2024-03-04T12:00:00+00:00")
    agents = set(graph.objects(None, prov.wasAssociatedWith))
    assert all((agent, rdflib.RDF.type, None) in graph for agent in agents)


# --- Tables ------------------------------------------------------------------------------------------------------


def test_tables_come_back_and_the_lines_are_lossless():
    made = material()
    files = render("csv", made)
    for name, (columns, expected) in sheets(made).items():
        found = read_table(files[f"{name}.csv"])
        assert [tuple(row) for row in found] == [columns] * len(expected)
        for row, before in zip(found, expected, strict=True):
            assert row == {column: "" if before.get(column) is None else str(before[column]) for column in columns}
    decoder = msgspec.json.Decoder(Reading)
    assert [decoder.decode(line) for line in files["readings.jsonl"].splitlines()] == list(made.readings.values())
    assert [msgspec.json.decode(line, type=Incident) for line in files["incidents.jsonl"].splitlines()] == list(
        made.incidents
    )


def test_a_workbook_holds_texts_and_no_formulas():
    hostile = '=HYPERLINK("http://evil","x")'
    made = with_text(hostile, title=hostile, file="@SUM(1+1)*cmd|' /C calc'!A0", url="https://evil.example/")
    book = openpyxl.load_workbook(io.BytesIO(render("xlsx", made)["evenhand.xlsx"]))
    assert book.sheetnames == ["incidents", "claims", "statements", "reports"]
    cells = {cell.value: cell for line in book["reports"].iter_rows() for cell in line if cell.value is not None}
    assert cells[hostile].data_type == "s"
    assert {cell.data_type for cell in cells.values()} <= {"s", "n"}
    assert all(cell.hyperlink is None for cell in cells.values())


@pytest.mark.parametrize(
    "text",
    ["x" * 40_000, "🙂" * 20_000, "\x00\x08\x1f\ud7ff", "a\u202eb", "_x0041_"],
    ids=["long", "astral", "controls", "bidi", "escape"],
)
def test_a_workbook_opens_whatever_the_text(text):
    book = openpyxl.load_workbook(io.BytesIO(render("xlsx", with_text("t", title=text))["evenhand.xlsx"]))
    shown = next(line[8].value for line in book["reports"].iter_rows(min_row=2))
    if len(text) > 1000:
        assert "whole in the JSONL" in shown
    elif text.isprintable():
        assert shown == text


@pytest.mark.parametrize(("toll", "words"), [(Toll(), ""), (Toll(low=2, high=2), "2"), (Toll(low=14, high=17), "14 to 17"),
                                             (Toll(low=9), "at least 9"), (Toll(high=5), "at most 5")])  # fmt: skip
def test_a_toll_is_a_range(toll, words):
    assert ranged(toll) == words


def test_words_that_are_not_there_are_refused():
    with pytest.raises(ExportError):
        material().words("nowhere", (0, 4))
    with pytest.raises(KeyError):
        render("pdf", material())


@pytest.mark.parametrize(
    ("occurrence", "responsibility", "airwars", "digit"),
    [
        ("corroborated", "unattributed", "fair", "1"), ("single_origin", "party_only", "weak", "3"),
        ("corroborated", "contested", "contested", "1"), ("single_origin", "acknowledged", "confirmed", "3"),
    ],
)  # fmt: skip
def test_the_nearest_grade_of_airwars_and_the_admiralty_digit_are_columns(occurrence, responsibility, airwars, digit):
    made = material()
    asked = msgspec.structs.replace(
        made.incidents[0].questions, occurrence=Answer(grade=occurrence), responsibility=Answer(grade=responsibility)
    )
    incident = msgspec.structs.replace(made.incidents[0], questions=asked)
    scales = {row.grade: row for row in rule_table().grades}
    mapped = Material(made.readings, (incident,), made.codes, made.parties, scales=scales)
    assert (mapped.airwars_like(incident), mapped.admiralty_like(incident)) == (airwars, digit)
    columns, (row,) = sheets(mapped)["incidents"]
    assert {"airwars_like", "admiralty_like"} <= set(columns)
    assert (row["airwars_like"], row["admiralty_like"]) == (airwars, digit)
