"""Build a copy of evenhand whose reading rules are compiled to C, to measure what that would bring (decision 0150).

    python -m benchmarks.speed.compiled /tmp/compiled          two minutes of one free core, eight megabytes
    PYTHONPATH=/tmp/compiled python -m benchmarks.speed --table ../shared/data/fa-kes/articles.csv --reports 60
    PYTHONPATH=/tmp/compiled python -m benchmarks.speed.same compare FILE

The checkout itself stays pure Python: the copy is made anew each time, so that no compiled module is older than its
source. Needs mypy, setuptools, a C compiler and Python's headers. mypyc checks types at run time, so a wrong
annotation shows as a TypeError that the interpreter would not raise.
"""

import argparse
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).parents[2]
MARK = ".compiled-copy"  # only a folder with this file in it is ever emptied
SETUP = """
import sys
from setuptools import setup
from mypyc.build import mypycify

config, level, *modules = sys.argv[1:]
built = mypycify(["--config-file", config, *modules], opt_level=level, debug_level="0", multi_file=True)
setup(name="compiled", script_args=["build_ext", "--inplace", "--parallel", "2"], packages=[], ext_modules=built)
"""


def main() -> None:
    """Build the copy; exit status 1 with the compiler's words where it cannot be built."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="where the copy goes: new, or made by this command before")
    parser.add_argument("modules", nargs="*", help="such as evenhand/reading/times/find.py; default: all of reading")
    words = parser.parse_args()
    try:
        count = build(words.folder, words.modules or reading())
    except (FileExistsError, RuntimeError) as problem:
        sys.exit(str(problem))
    print(f"{count} modules compiled; use them with PYTHONPATH={words.folder}")


def reading() -> list[str]:
    """The modules of `reading`, but for the packages' own, which hold little."""
    source = ROOT / "src"
    found = (source / "evenhand" / "reading").rglob("*.py")
    return sorted(str(path.relative_to(source)) for path in found if path.name != "__init__.py")


def build(folder: Path, modules: Sequence[str], level: str = "2") -> int:
    """Copy the package to `folder` and compile the modules there, at gcc's level of optimisation `level`.

    Raises FileExistsError for a folder that holds something else, RuntimeError with the end of the compiler's words.
    """
    mark = folder / MARK
    if folder.exists() and any(folder.iterdir()) and not mark.exists():
        raise FileExistsError(f"{folder} holds other files: name a new folder")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    mark.touch()
    shutil.copytree(
        ROOT / "src" / "evenhand", folder / "evenhand", ignore=shutil.ignore_patterns("__pycache__", "*.so")
    )
    command = [sys.executable, "-c", SETUP, str(ROOT / "pyproject.toml"), level, *modules]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{done.stdout[-2000:]}{done.stderr[-2000:]}\nnot built; see above")
    return len(modules)


if __name__ == "__main__":
    main()
