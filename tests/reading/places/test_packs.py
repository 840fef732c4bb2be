import json
import zipfile

import pytest

from evenhand.reading.places import Gazetteer, GazetteerError, build_pack, find, resolve


def layered(gazetteer, tmp_path, *inputs):
    pack = tmp_path / "pack.sqlite"
    count = build_pack(inputs, pack, base=gazetteer)
    return count, Gazetteer([pack], cache=tmp_path)


def test_own_table(gazetteer, tmp_path):
    table = tmp_path / "own.csv"
    table.write_text(
        "name,lat,lon,also,country,adm1\nQastoria,35.7,36.5,Kastoria;Qasturiya,SY,Idlib\n", encoding="utf-8"
    )
    count, found = layered(gazetteer, tmp_path, table)
    assert count.places >= 1 and count.refused == ()
    text = "In Syria the village of Qasturiya was shelled."
    place = resolve(find(text, [(0, len(text))], found), text, found)[-1]
    assert (place.lat, place.lon, place.adm1, place.source) == (35.7, 36.5, "Idlib", "own table (own.csv)")


def test_whos_on_first(gazetteer, tmp_path):
    rows = [
        {"id": 1, "geonames": 9, "country": "SY", "kind": "locality", "name": "Qastoria", "names": ["قسطورية"],
         "lat": 35.7, "lon": 36.5, "population": 0, "parent": 2},
        {"id": 2, "country": "SY", "kind": "county", "name": "Ariha", "names": [], "lat": 35.8, "lon": 36.6, "parent": 3},
        {"id": 3, "country": "SY", "kind": "region", "name": "Idlib", "names": ["Idleb"], "lat": 35.8, "lon": 36.7, "parent": 3},
    ]  # fmt: skip
    file = tmp_path / "wof.jsonl"
    file.write_text("\n".join(json.dumps(r) for r in rows), encoding="utf-8")
    _, found = layered(gazetteer, tmp_path, file)
    (entry,) = found.lookup("Qastoria")
    assert (entry.ref, entry.adm1, entry.adm2_name) == ("geonames:9", "geonames-adm1:SY.12", "Ariha")
    assert found.lookup("قسطورية") and found.variants("Kastoriya", "SY")


def test_geonames_dump_in_a_zip(gazetteer, tmp_path):
    line = "7\tQastoria\tQastoria\tKastoria\t35.7\t36.5\tP\tPPL\tSY\t\t12\t1\t\t\t0\t\t300\tAsia/Damascus\t2020-01-01"
    adm = "8\tIdlib\tIdlib\tIdleb\t35.8\t36.7\tA\tADM1\tSY\t\t12\t\t\t\t0\t\t300\tAsia/Damascus\t2020-01-01"
    archive = tmp_path / "SY.zip"
    with zipfile.ZipFile(archive, "w") as out:
        out.writestr("readme.txt", "no data")
        out.writestr("SY.txt", f"{line}\n{adm}\n")
    _, found = layered(gazetteer, tmp_path, archive)
    (entry,) = found.lookup("Qastoria")
    assert (entry.ref, entry.adm1_name, entry.source) == ("geonames:7", "Idlib", "GeoNames (SY.zip)")


def test_pcodes(gazetteer, tmp_path):
    file = tmp_path / "pcodes.csv"
    head = "Location,Admin Level,P-Code,Name,Parent P-Code,Valid from date\n"
    file.write_text(f"{head}SYR,1,SY07,Idleb,SYR,2020-01-01\nSYR,2,SY0799,Qastoria,SY07,2020-01-01\n", encoding="utf-8")
    _, found = layered(gazetteer, tmp_path, file)
    (entry,) = found.lookup("Qastoria")
    assert (entry.kind, entry.adm1_name, entry.lat) == ("adm2", "Idlib", None)


def test_the_pack_goes_over_the_core(gazetteer, tmp_path):
    file = tmp_path / "wof.jsonl"
    row = {"id": 5, "geonames": 170063, "country": "SY", "kind": "locality", "name": "Aleppo", "names": [], "lat": 36.0,
           "lon": 37.0, "population": 9, "parent": None}  # fmt: skip
    file.write_text(json.dumps(row), encoding="utf-8")
    _, found = layered(gazetteer, tmp_path, file)
    (town,) = [e for e in found.lookup("Aleppo") if e.ref == "geonames:170063"]
    assert (town.lat, town.source) == (36.0, "Who's On First (wof.jsonl)")


def test_same_input_same_bytes(gazetteer, tmp_path):
    table = tmp_path / "own.csv"
    table.write_text("name,lat,lon\nQastoria,35.7,36.5\nZorbanek,1,2\n", encoding="utf-8")
    build_pack([table], tmp_path / "one.sqlite", base=gazetteer)
    first = (tmp_path / "one.sqlite").read_bytes()
    build_pack([table], tmp_path / "one.sqlite", base=gazetteer)
    assert (tmp_path / "one.sqlite").read_bytes() == first


@pytest.mark.parametrize(
    "content",
    [
        "",
        "nonsense",
        "name,lat,lon\nQastoria,99,36\n",
        "name,lat,lon\nQastoria,x,36\n",
        '{"id": 1}',
        "{broken",
        "\ufeffa,b\n1,2",
        '{"id": 1, "name": "X", "lat": NaN, "lon": 1}',
        '{"id": 1, "name": "X", "lat": 1, "lon": 181}',
        "[" * 5000,
        "name,lat,lon\n,1,2\n",
    ],
)
def test_bad_input_names_the_file(gazetteer, tmp_path, content):
    file = tmp_path / "input.txt"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(GazetteerError, match=r"input\.txt"):
        build_pack([file], tmp_path / "pack.sqlite", base=gazetteer)


def test_missing_and_undecodable(gazetteer, tmp_path):
    with pytest.raises(GazetteerError):
        build_pack([tmp_path / "none.csv"], tmp_path / "pack.sqlite", base=gazetteer)
    bad = tmp_path / "bad.csv"
    bad.write_bytes(b"name,lat,lon\n\xff\xfe,1,2\n")
    with pytest.raises(GazetteerError):
        build_pack([bad], tmp_path / "pack.sqlite", base=gazetteer)


def test_odd_names_are_kept_out(gazetteer, tmp_path):
    file = tmp_path / "wof.jsonl"
    file.write_text(
        '{"id": 1, "name": "Qas\\ud800toria\\u0000", "lat": 1, "lon": 2, "population": 99999999999999999999}'
    )
    _, found = layered(gazetteer, tmp_path, file)
    assert [e.name for e in found.lookup("Qastoria")] == ["Qastoria"]


def test_too_large_an_archive(gazetteer, tmp_path, monkeypatch):
    monkeypatch.setattr("evenhand.reading.places.pack_inputs._MAX_BYTES", 10)
    for name in ("a.csv", "a.zip"):
        file = tmp_path / name
        if name.endswith(".zip"):
            with zipfile.ZipFile(file, "w") as out:
                out.writestr("x.csv", "name,lat,lon\nQastoria,1,2\n")
        else:
            file.write_text("name,lat,lon\nQastoria,1,2\n")
        with pytest.raises(GazetteerError, match="by country"):
            build_pack([file], tmp_path / "pack.sqlite", base=gazetteer)


def test_a_line_that_cannot_be_read_is_named_and_the_rest_goes_on(gazetteer, tmp_path):
    file = tmp_path / "own.csv"
    file.write_text("name,lat,lon,country\nKafr Oke,35.5,36.6,SY\nBad,north,36.6,SY\nOff,135.5,36.6,SY\n,1,2,SY\n")
    pack = build_pack([file], tmp_path / "pack.sqlite", base=gazetteer)
    assert pack.places == 1
    assert [line.removeprefix(f"{file}: ") for line in pack.refused] == [
        "line 3: could not convert string to float: 'north'",
        "line 4: Off: 135.5, 36.6 is off the globe",
        "line 5: a name is missing",
    ]


def test_a_users_own_place_comes_before_its_namesakes(gazetteer, tmp_path):
    file = tmp_path / "own.csv"
    file.write_text("name,lat,lon,country\nAleppo,36.9,37.9,SY\n")
    build_pack([file], tmp_path / "pack.sqlite", base=gazetteer)
    text = "Shells fell on Aleppo in Syria."
    with_pack = Gazetteer([tmp_path / "pack.sqlite"])
    [found] = [p for p in resolve(find(text, ((0, len(text)),), with_pack), text, with_pack) if p.name == "Aleppo"]
    assert (found.lat, found.lon, found.source) == (36.9, 37.9, "own table (own.csv)")


def test_a_country_of_a_pack_is_no_town(gazetteer, tmp_path):
    file = tmp_path / "wof.jsonl"
    rows = [
        {"id": 1, "geonames": 163843, "kind": "country", "country": "SY", "name": "Syria", "lat": 35.0, "lon": 38.3},
        {"id": 2, "kind": "empire", "country": "SY", "name": "Elsewhere", "lat": 35.0, "lon": 38.3},
    ]
    file.write_text("\n".join(map(json.dumps, rows)))
    pack = build_pack([file], tmp_path / "pack.sqlite", base=gazetteer)
    assert pack.places == 1 and pack.refused == (f"{file}: line 2: the kind 'empire' is not known",)
    with_pack = Gazetteer([tmp_path / "pack.sqlite"])
    text = "Shells fell in Syria."
    [found] = resolve(find(text, ((0, len(text)),), with_pack), text, with_pack)
    assert found.lat is None and found.precision == 6 and found.source == "Who's On First (wof.jsonl)"
