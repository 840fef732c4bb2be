"""What comes into a case from the web and from folders."""

from io import BytesIO

from evenhand.casework import add_paths, add_url, receive_items
from evenhand.custody import verify
from evenhand.intake import IntakeSettings, Meta
from tests.custody.desk import a_case
from tests.intake.web import serving

PAGE = b"<html><body><p>Five people were killed in the market, the army said on Monday.</p></body></html>"


def page(body):
    return b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n" % len(body) + body


def test_an_address_is_kept_as_a_web_archive_with_its_exchange(tmp_path):
    case = a_case(tmp_path)
    with serving(page(PAGE)) as server:
        added = add_url(case, server.url + "world/market?id=7", network=server.network(), who="karim")
    item = added.item
    assert (added.state, item.by, item.media_type) == ("added", "karim", "application/warc")
    assert item.file == "127.0.0.1-world-market.warc.gz"
    assert item.http["hops"][0]["status"] == 200
    assert case.originals.read(item.sha256).startswith(b"\x1f\x8b")
    assert verify(case.paths.root).whole


def test_a_page_that_did_not_change_is_noted_and_one_that_did_is_a_version(tmp_path):
    case = a_case(tmp_path)
    with serving(page(PAGE)) as server:
        url, first = server.url, add_url(case, server.url, network=server.network())
        again = add_url(case, url, network=server.network())
    assert (again.state, again.item.sha256) == ("again", first.item.sha256)
    assert len(list(case.paths.originals.iterdir())) == 1
    assert case.log.entries()[-1].payload["http"]["fetched_at"]
    with serving(page(PAGE.replace(b"Five", b"Nine"))) as server:
        later = add_url(case, url.replace(url.split(":")[-1], f"{server.port}/"), network=server.network())
    assert later.state == "added"  # another port, another address


def test_an_address_that_may_not_be_fetched_is_a_record(tmp_path):
    case = a_case(tmp_path)
    (added,) = add_paths(case, ["http://127.0.0.1/"], BytesIO(), Meta())
    assert added.unread.why
    assert case.items() == ()


def test_files_and_standard_input_stand_in_the_order_given(tmp_path):
    case = a_case(tmp_path)
    (tmp_path / "a.txt").write_text("one")
    added = list(add_paths(case, [str(tmp_path / "a.txt"), "-", str(tmp_path / "b.txt")], BytesIO(b"two"), Meta()))
    assert [(a.state, bool(a.unread)) for a in added] == [("added", False), ("added", False), (None, True)]
    received = list(receive_items(case, IntakeSettings()))
    assert [one.report.text for one in received] == ["one", "two"]
