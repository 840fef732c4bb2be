import json
import shutil

import pytest

from evenhand.errors import WeightsError
from evenhand.reading.tagging import weights


@pytest.fixture
def folder(tmp_path):
    shutil.copy(weights.PACKAGED / "vocabulary.json", tmp_path)
    weights.write(tmp_path, b"a network", {"calibration": {}}, {"note": "made for a test"})
    return tmp_path


def test_what_was_written_is_read_back(folder):
    found = weights.load(folder)
    assert found.network == b"a network"
    assert found.version == json.loads((folder / "manifest.json").read_text())["version"]
    assert found.version.startswith("sha256:")


@pytest.mark.parametrize("name", weights.FILES)
def test_a_changed_file_is_refused_by_name(folder, name):
    path = folder / name
    path.write_bytes(path.read_bytes() + b" ")
    with pytest.raises(WeightsError, match=name):
        weights.load(folder)


@pytest.mark.parametrize("name", [*weights.FILES, "manifest.json"])
def test_a_missing_file_is_refused_by_name(folder, name):
    (folder / name).unlink()
    with pytest.raises(WeightsError, match=name):
        weights.load(folder)


@pytest.mark.parametrize("words", ["", "[]", "{}", '{"files": {"network.onnx": 3}}'])
def test_a_broken_manifest_is_refused(folder, words):
    (folder / "manifest.json").write_text(words)
    with pytest.raises(WeightsError, match="manifest"):
        weights.load(folder)


def test_the_version_names_every_file():
    hashes = dict.fromkeys(weights.FILES, "0")
    assert len({weights.version_of(hashes | {name: "1"}) for name in weights.FILES}) == len(weights.FILES)
