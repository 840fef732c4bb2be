"""A compiled copy can be built, is what runs under its path, and answers as the interpreter does."""

import importlib.util
import json
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

from benchmarks.speed import compiled

ASK = """
from evenhand.reading.quantities import bounds, numerals, operators
import json
print(json.dumps([bounds.__file__, [repr(numerals.word_value(w)) for w in %r]]))
"""
WORDS = ["one", "twelve", "ninety", "hundred", "dozen", "blast"]
MODULES = [f"evenhand/reading/quantities/{name}.py" for name in ("bounds", "numerals", "operators")]


def _answer(path: Path) -> list:
    done = subprocess.run(
        [sys.executable, "-c", ASK % WORDS], env={"PYTHONPATH": str(path)}, capture_output=True, text=True, check=True
    )
    return json.loads(done.stdout)


@pytest.mark.skipif(shutil.which("gcc") is None and shutil.which("cc") is None, reason="no C compiler")
@pytest.mark.skipif(importlib.util.find_spec("setuptools") is None, reason="setuptools is not installed")
@pytest.mark.skipif(
    not (Path(sysconfig.get_paths()["include"]) / "Python.h").exists(), reason="Python's headers are not installed"
)
def test_a_compiled_copy_answers_as_the_interpreter(tmp_path):
    assert compiled.build(tmp_path / "copy", MODULES, level="0") == 3
    file, answers = _answer(tmp_path / "copy")
    assert file.startswith(str(tmp_path)) and file.endswith((".so", ".pyd"))
    plain, expected = _answer(compiled.ROOT / "src")
    assert plain.endswith(".py")
    assert answers == expected


def test_a_folder_with_other_files_is_left_alone(tmp_path):
    (tmp_path / "mine.txt").write_text("kept")
    with pytest.raises(FileExistsError, match="other files"):
        compiled.build(tmp_path, MODULES)
    assert (tmp_path / "mine.txt").read_text() == "kept"


def test_every_module_of_the_rules_is_compiled():
    assert "evenhand/reading/claims/where.py" in compiled.reading()
    assert not [name for name in compiled.reading() if name.endswith("__init__.py")]
