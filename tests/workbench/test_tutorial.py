"""docs/workbench.md, followed word by word: its commands are run, its steps taken, what it says comes true."""

import re
import shlex
import shutil
from pathlib import Path

from tests.workbench import cases, found
from tests.workbench.conftest import client_of

PAGE = Path("docs/workbench.md").read_text("utf-8")


def commands() -> list[list[str]]:
    blocks = re.findall(r"```sh\n(.*?)```", PAGE, re.S)
    return [shlex.split(line) for block in blocks for line in block.splitlines()]


def test_the_five_minutes_with_the_example(tmp_path, monkeypatch):
    root = Path.cwd()
    monkeypatch.chdir(tmp_path)
    (tmp_path / "examples").symlink_to(root / "examples")
    for words in commands():
        if words[0] == "cp":
            shutil.copy(words[1], words[2])
        elif words[1] == "serve":
            _in_the_browser(Path(words[2]))
        else:
            assert words[0] == "evenhand"
            cases.run(*words[1:], *(["--jobs", "1"] if words[1] == "assess" else []))
    assert (tmp_path / "varda.zip").stat().st_size > 10_000


def _in_the_browser(folder: Path) -> None:
    bench = cases.bench(folder)
    client = client_of(bench)
    assert "Air strike reported, Hallesk" in client.get("/").text
    incident = found.incident(bench, "Hallesk")
    assert "acknowledged" in client.get(f"/incidents/{incident}").text
    asked = re.findall(r"\*(one of its drones had hit a bus|Our drone crew took\s+the bus)\*", PAGE)
    assert len(asked) == 2
    for words in asked:
        report, item = found.statement(bench, " ".join(words.split()))
        assert bench.desk.numbers[report] == 14
        page = client.get(f"/reports/{report}/items/{item}").text
        basis = re.search(r'name="basis" value="(\w+)"', page)[1]
        sent = {
            "basis": basis,
            "speaker_name": "Straits Monitoring Group",
            "attitude": "asserts",
            "why": "heard on the recording",
        }
        told = client.post(f"/reports/{report}/items/{item}", data=sent).text
    assert re.search(r"Did it happen\?.*?(?:acknowledged|corroborated).*?→.*?single origin", told, re.S)
    assert found.grade(bench, incident) == "single_origin"
    assert "How the grades came about" in client.get(f"/incidents/{incident}").text
    bench.close()
