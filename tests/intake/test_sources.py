import io
import os
import threading

import pytest

from evenhand.intake import originals
from evenhand.model.evidence import to_json
from evenhand.model.report import Original, Received


def found(*paths, stdin=b"", **words):
    return list(originals([str(path) for path in paths], stdin=io.BytesIO(stdin), **words))


@pytest.fixture
def folder(tmp_path):
    for name in (
        "b.txt",
        "a/two.txt",
        "a/one.html",
        ".hidden",
        ".git/config",
        "meta.csv",
        "case.toml",
        "a/META.JSON",
        "z.csv",
    ):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)
    return tmp_path


def test_folders_are_walked_in_order_and_files_named_from_the_path_given(folder):
    assert [item.file for item in found(folder)] == ["b.txt", "z.csv", "a/one.html", "a/two.txt"]
    assert [item.file for item in found(folder / "a" / "two.txt")] == ["two.txt"]
    assert found(folder / "b.txt")[0].data == b"b.txt"


def test_standard_input():
    (only,) = found("-", stdin=b"text")
    assert isinstance(only, Original)
    assert (only.file, only.data) == ("-", b"text")
    assert found("-", stdin=b"12345", max_bytes=4)[0].unread.why == "the file is larger than 0 MiB"


def test_what_cannot_be_read_is_a_record_and_the_rest_goes_on(folder):
    (folder / "closed.txt").write_text("x")
    (folder / "closed.txt").chmod(0)
    items = found(folder / "nowhere.txt", "", "a\0b", folder / "b.txt", max_bytes=1000)
    assert [isinstance(item, Received) for item in items] == [True, True, True, False]
    assert all(item.unread.why and item.unread.cure for item in items[:3])
    assert len({item.report.id for item in items[:3]}) == 3
    if os.geteuid() != 0:
        (closed,) = found(folder / "closed.txt")
        assert "may not be read" in closed.unread.why


def test_files_over_the_limit_are_refused_without_being_read(folder):
    (folder / "big.txt").write_bytes(b"x" * 2_000_000)
    (only,) = found(folder / "big.txt", max_bytes=1024 * 1024)
    assert only.unread.why == "the file is larger than 1 MiB"


def test_links_do_not_lead_out_of_the_folder(folder, tmp_path_factory):
    outside = tmp_path_factory.mktemp("outside")
    (outside / "secret.txt").write_text("secret")
    (folder / "link.txt").symlink_to(outside / "secret.txt")
    (folder / "inner.txt").symlink_to(folder / "b.txt")
    (folder / "loop").symlink_to(folder)
    (folder / "gone.txt").symlink_to(folder / "nothing")
    (folder / "self").symlink_to(folder / "self")
    items = {item.file if isinstance(item, Original) else item.report.file: item for item in found(folder)}
    assert isinstance(items["inner.txt"], Original)
    for name in ("link.txt", "loop", "gone.txt", "self"):
        assert isinstance(items[name], Received)
    assert not any(isinstance(item, Original) and item.data == b"secret" for item in items.values())


def test_devices_are_refused_and_pipes_only_read_where_typed(folder):
    assert "not a file" in found("/dev/zero")[0].unread.why
    pipe = folder / "pipe"
    os.mkfifo(pipe)
    assert any(isinstance(item, Received) and item.report.file == "pipe" for item in found(folder))
    writer = threading.Thread(target=lambda: pipe.write_bytes(b"piped"))
    writer.start()
    assert found(pipe)[0].data == b"piped"
    writer.join()


def test_folders_that_evenhand_wrote_are_left_out(folder):
    (folder / "out" / "ledger").mkdir(parents=True)
    (folder / "out" / "ledger" / "manifest.json").write_text("{}")
    (folder / "out" / "index.html").write_text("x")
    assert "out/index.html" not in [item.file for item in found(folder)]
    assert "written by evenhand" in found(folder / "out")[0].unread.why


def test_an_empty_folder_says_so(tmp_path):
    assert "no files" in found(tmp_path)[0].unread.why


def test_names_that_are_no_utf_8_can_be_written(tmp_path):
    os.close(os.open(os.fsencode(tmp_path) + b"/caf\xe9.txt", os.O_CREAT | os.O_WRONLY))
    for item in found(tmp_path):
        assert item.file == "caf\ufffd.txt"
        item.path.encode("utf-8")
    for item in found(os.fsdecode(os.fsencode(tmp_path) + b"/non\xe9.txt")):
        to_json(item)


def test_nothing_is_read_before_it_is_asked_for(folder):
    items = originals([str(folder)], stdin=io.BytesIO())
    next(items)
    (folder / "z.csv").write_text("changed")
    assert next(items).data == b"changed"
