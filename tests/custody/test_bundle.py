"""A bundle: the same case, the same bytes; checked by others' tools; nothing hostile gets in."""

import hashlib
import io
import json
import os
import stat
import zipfile
from pathlib import Path

import bagit
import pytest
from frictionless import Package

from evenhand.custody import Case, verify
from evenhand.custody.bundle import Order, export_bundle, import_bundle, write_zip
from evenhand.errors import CustodyError
from tests.custody.desk import filled, new_item, noon

ORDER = Order(software="evenhand 0", who="maria", to="the prosecutor")


@pytest.fixture
def case(tmp_path):
    made = filled(tmp_path)
    made.add("Имя “files” =cmd|' /C calc'!A0".encode(), new_item("отчёт.txt"), who="karim")
    page = made.paths.dossier / "index.html"
    page.parent.mkdir()
    page.write_text("<p>…")
    digest = hashlib.sha256(page.read_bytes()).hexdigest()
    made.log.append("assessed", {"files": {"dossier/index.html": digest}}, who="lena")
    return made


def members(path):
    with zipfile.ZipFile(path) as archive:
        return {one.filename: archive.read(one) for one in archive.infolist()}


def files(root):
    return {
        p.relative_to(root).as_posix(): p.read_bytes()
        for p in root.rglob("*")
        if p.is_file() and ".evenhand" not in p.parts
    }


def with_members(path, changed):
    """A bundle with members changed, renamed (None: taken out), its manifest as it was."""
    kept = {name: data for name, data in (members(path) | changed).items() if data is not None}
    out = path.with_name("changed.zip")
    with out.open("wb") as opened:
        write_zip(opened, kept)
    return out


@pytest.mark.parametrize("profile", ["bundle", "bagit"])
def test_there_and_back_byte_for_byte(case, tmp_path, profile):
    before = files(case.paths.root)
    out = tmp_path / "case.zip"
    written = export_bundle(case, out, Order(software="evenhand 0", profile=profile))
    assert hashlib.sha256(out.read_bytes()).hexdigest() == written.sha256
    result = verify(out)
    assert (result.whole, result.findings, result.kind, result.originals) == (True, (), "bundle", 4)
    back, _ = import_bundle(out, tmp_path / "back", who="omar", clock=noon)
    after = files(back.paths.root)
    assert after.pop("log.jsonl").startswith(before.pop("log.jsonl"))
    assert after.pop("head.json") != before.pop("head.json")
    assert after == before
    entry = back.log.entries()[-1]
    assert (entry.what, entry.who, entry.payload["sha256 of the bundle"]) == ("imported", "omar", written.sha256)
    assert stat.S_IMODE(back.paths.root.stat().st_mode) == 0o700
    assert verify(back.paths.root).whole


def test_the_same_case_gives_the_same_bytes(case, tmp_path):
    copy = Case(tmp_path / "copy", clock=noon)
    for name, data in files(case.paths.root).items():
        path = copy.paths.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    copy.paths.private.mkdir()
    export_bundle(case, tmp_path / "a.zip", ORDER)
    export_bundle(copy, tmp_path / "b.zip", ORDER)
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()


def test_an_export_is_logged_with_its_hash_and_receiver(case, tmp_path):
    written = export_bundle(case, tmp_path / "case.zip", ORDER)
    entry = case.log.entries()[-1]
    assert (entry.what, entry.who, entry.payload["to"]) == ("exported", "maria", "the prosecutor")
    assert entry.payload["sha256 of the export"] == written.sha256


def test_the_manifest_is_a_data_package(case, tmp_path):
    export_bundle(case, tmp_path / "case.zip", ORDER)
    package = json.loads(members(tmp_path / "case.zip")["datapackage.json"])
    assert package["profile"] == "data-package"
    assert list(Package.metadata_validate(package)) == []
    names = [one["name"] for one in package["resources"]]
    assert len(set(names)) == len(names)
    for one in package["resources"]:
        data = members(tmp_path / "case.zip")[one["path"]]
        assert (one["hash"], one["bytes"]) == (f"sha256:{hashlib.sha256(data).hexdigest()}", len(data))
    assert {"отчёт.txt", "0.txt"} <= {one.get("title") for one in package["resources"]}


def test_a_bag_is_valid_for_the_bagit_library(case, tmp_path):
    export_bundle(case, tmp_path / "bag.zip", Order(software="evenhand 0", profile="bagit"))
    with zipfile.ZipFile(tmp_path / "bag.zip") as archive:
        archive.extractall(tmp_path / "unpacked")
    assert bagit.Bag(str(tmp_path / "unpacked" / "evenhand-case")).is_valid()
    assert verify(tmp_path / "unpacked" / "evenhand-case").whole


def test_an_unpacked_bundle_is_checked_and_taken_in_too(case, tmp_path):
    export_bundle(case, tmp_path / "case.zip", ORDER)
    with zipfile.ZipFile(tmp_path / "case.zip") as archive:
        archive.extractall(tmp_path / "unpacked")
    assert verify(tmp_path / "unpacked").whole
    back, _ = import_bundle(tmp_path / "unpacked", tmp_path / "back")
    assert verify(back.paths.root).whole


def test_a_case_that_is_not_whole_is_not_handed_on(case, tmp_path):
    case.originals.path(case.items()[0].sha256).unlink()
    with pytest.raises(CustodyError, match="not whole"):
        export_bundle(case, tmp_path / "case.zip", ORDER)
    assert not (tmp_path / "case.zip").exists()


def test_what_is_no_part_of_a_case_is_left_out_and_said(case, tmp_path):
    (case.paths.root / "shopping.txt").write_text("milk")
    written = export_bundle(case, tmp_path / "case.zip", ORDER)
    assert written.left_out == ("shopping.txt",)
    assert verify(tmp_path / "case.zip").whole


def test_every_changed_member_is_named(case, tmp_path):
    out = tmp_path / "case.zip"
    export_bundle(case, out, ORDER)
    for name, data in members(out).items():
        flipped = bytes([data[0] ^ 1]) + data[1:]
        found = {
            finding.item.split(" (")[0]
            for finding in verify(with_members(out, {name: flipped})).findings
            if finding.kind != "note"
        }
        expected = "datapackage.json" if name.startswith("datapackage") else name
        assert expected in found or (name == "log.jsonl" and "log entry 1" in found), name
        found = {
            finding.item.split(" (")[0]
            for finding in verify(with_members(out, {name: None})).findings
            if finding.kind != "note"
        }
        assert name in found, name


def test_a_row_taken_out_of_the_log_and_all_manifests_made_anew(case, tmp_path):
    out = tmp_path / "case.zip"
    noted = case.log.head.hash
    export_bundle(case, out, ORDER)
    lines = members(out)["log.jsonl"].splitlines(keepends=True)
    log = b"".join(lines[:2] + lines[3:])
    package = json.loads(members(out)["datapackage.json"])
    for one in package["resources"]:
        if one["path"] == "log.jsonl":
            one |= {"hash": "sha256:" + hashlib.sha256(log).hexdigest(), "bytes": len(log)}
    data = json.dumps(package).encode()
    digest = json.dumps({"hash": "sha256:" + hashlib.sha256(data).hexdigest()}).encode()
    changed = with_members(out, {"log.jsonl": log, "datapackage.json": data, "datapackage-digest.json": digest})
    assert ("missing", "log entry 3") in {(f.kind, f.item) for f in verify(changed).findings}
    assert verify(out, head=noted).whole


HOSTILE = [
    "../evil.txt", "/etc/evil", "C:\\evil", "..\\evil", "originals/../../evil", "originals/x", "dossier/../../evil",
    "dossier/a\u202etxt.exe", "dossier/nul\x00", ".evenhand/lock", "dossier/.hidden", "evil.sh", "dossier//x",
    "originals/" + "A" * 64, "dossier/" + "x" * 300, "dossier/con:aux", "",
]  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE, ids=repr)
def test_a_member_that_leads_out_is_named_and_nothing_is_made(case, tmp_path, name):
    out = tmp_path / "case.zip"
    export_bundle(case, out, ORDER)
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr(zipfile.ZipInfo(name or "x"), b"evil")
    if not name:
        return
    result = verify(out)
    assert [f.kind for f in result.findings] == ["added"]
    _refused(out, tmp_path)


def _refused(bundle, tmp_path):
    before = sorted(path for path in tmp_path.rglob("*"))
    with pytest.raises(CustodyError):
        import_bundle(bundle, tmp_path / "taken" / "in")
    assert sorted(path for path in tmp_path.rglob("*") if path != tmp_path / "taken") == before


def test_links_encrypted_members_and_names_twice_are_refused(case, tmp_path):
    for number, make in enumerate((_link, _twice, _other_case, _encrypted)):
        out = tmp_path / f"{number}.zip"
        export_bundle(case, out, ORDER)
        make(out)
        assert not verify(out).whole, make
        _refused(out, tmp_path)


def _link(out):
    info = zipfile.ZipInfo("dossier/link")
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr(info, "/etc/passwd")


def _twice(out):
    with zipfile.ZipFile(out, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("case.toml", b"another")


def _other_case(out):
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("CASE.TOML", b"another")


def _encrypted(out):
    data = bytearray(out.read_bytes())
    at = data.rindex(b"PK\x01\x02")
    data[at + 8] |= 1
    out.write_bytes(data)


def test_a_member_that_swells_is_never_unpacked(case, tmp_path):
    out = tmp_path / "case.zip"
    export_bundle(case, out, ORDER)
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("dossier/bomb", bytes(1 << 26))
    result = verify(out)
    assert "swells" in result.findings[0].why
    _refused(out, tmp_path)


def test_a_member_that_lies_about_its_size_is_altered(case, tmp_path):
    out = tmp_path / "case.zip"
    export_bundle(case, out, ORDER)
    data = bytearray(out.read_bytes())
    at = data.rindex(b"PK\x01\x02")
    data[at + 24 : at + 28] = (5).to_bytes(4, "little")
    out.write_bytes(data)
    assert not verify(out).whole
    _refused(out, tmp_path)


@pytest.mark.parametrize("data", [b"", b"PK", b"PK\x05\x06" + bytes(18), os.urandom(400)])
def test_what_is_no_bundle_is_said(tmp_path, data):
    (tmp_path / "x.zip").write_bytes(data)
    with pytest.raises(CustodyError, match="not a bundle"):
        verify(tmp_path / "x.zip")


def test_a_bundle_cut_short_at_any_place_is_never_taken_in(case, tmp_path):
    out = tmp_path / "case.zip"
    export_bundle(case, out, ORDER)
    whole = out.read_bytes()
    cut = tmp_path / "cut.zip"
    for end in range(0, len(whole), 997):
        cut.write_bytes(whole[:end])
        with pytest.raises(CustodyError):
            import_bundle(cut, tmp_path / "taken")
        assert not (tmp_path / "taken").exists()


def test_one_flipped_byte_anywhere_is_found_or_harmless(case, tmp_path):
    """Bytes of the ZIP that are none of a member (a date, say) may change; no content does without a finding."""
    out = tmp_path / "case.zip"
    export_bundle(case, out, ORDER)
    whole, kept = out.read_bytes(), members(out)
    flipped = tmp_path / "flipped.zip"
    for at in range(0, len(whole), 401):
        flipped.write_bytes(whole[:at] + bytes([whole[at] ^ 0x10]) + whole[at + 1 :])
        try:
            result = verify(flipped)
        except CustodyError:
            continue
        if result.whole:
            assert members(flipped) == kept, at


def test_a_folder_in_use_is_not_touched(case, tmp_path):
    export_bundle(case, tmp_path / "case.zip", ORDER)
    (tmp_path / "used").mkdir()
    (tmp_path / "used" / "mine").write_text("x")
    with pytest.raises(CustodyError, match="something already"):
        import_bundle(tmp_path / "case.zip", tmp_path / "used")


def test_a_full_disk_leaves_no_half_export(case, tmp_path, monkeypatch):
    def full(*_args, **_fields):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("evenhand.custody.bundle.write_zip", full)
    before = case.paths.log.read_bytes()
    with pytest.raises(OSError, match="No space"):
        export_bundle(case, tmp_path / "out" / "case.zip", ORDER)
    assert list((tmp_path / "out").iterdir()) == []
    assert case.paths.log.read_bytes() == before


def test_a_full_disk_leaves_no_half_import(case, tmp_path, monkeypatch):
    export_bundle(case, tmp_path / "case.zip", ORDER)

    def full(source, target, length):
        target.write(source.read(3))
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("evenhand.custody.bundle.shutil.copyfileobj", full)
    with pytest.raises(OSError, match="No space"):
        import_bundle(tmp_path / "case.zip", tmp_path / "back")
    assert [path.name for path in tmp_path.iterdir() if "back" in path.name] == []


def test_a_file_changed_during_the_export_stops_it(case, tmp_path):
    from evenhand.custody.bundle import _Checked

    with pytest.raises(CustodyError, match="changed meanwhile"):
        _Checked(io.BytesIO(b"other"), "0" * 64, "case.toml").read()
    assert not Path(tmp_path / "x").exists()
