"""Feeds from a server of the test's own on the loopback address; folders; what is told of changes."""

import json
import threading
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from click.testing import CliRunner

from evenhand.cli import cli
from evenhand.custody import create_case
from evenhand.errors import UsageError
from evenhand.intake.fetching import Network
from evenhand.model.incident import Answer, Incident, Questions, Spread, Toll
from evenhand.watching import Watch, changes, grades_of, links, local_webhook

RSS = """<?xml version="1.0"?><rss version="2.0"><channel><title>News</title>
{}</channel></rss>"""
ATOM = """<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>News</title>
<entry><title>A</title><link href="/a"/><id>1</id></entry></feed>"""
PAGE = "<html><head><title>Shelling</title></head><body><article><p>{}</p></article></body></html>"


class Site:
    """A small site: pages, a feed with an ETag, a status to answer with, and what was asked of it."""

    def __init__(self) -> None:
        self.items = ["/one"]
        self.status = 200
        self.asked: list[tuple[str, dict[str, str]]] = []

    @contextmanager
    def served(self):
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                site.asked.append((self.path, dict(self.headers)))
                etag = f'"{len(site.items)}"'
                if self.path == "/feed" and site.status != 200:
                    return self.answer(site.status, b"", {"Retry-After": "7200"})
                if self.path == "/feed" and self.headers.get("If-None-Match") == etag:
                    return self.answer(304, b"", {})
                if self.path == "/feed":
                    items = "".join(f"<item><link>{item}</link></item>" for item in site.items)
                    return self.answer(200, RSS.format(items).encode(), {"ETag": etag, "Content-Type": "text/xml"})
                if self.path == "/gone":
                    return self.answer(404, b"", {})
                return self.answer(200, PAGE.format(f"Guns fell silent at {self.path}.").encode(), {})

            def answer(self, status, body, headers):
                self.send_response(status)
                for name, value in {**headers, "Content-Length": str(len(body))}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *args):
                pass

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield server.server_port
        finally:
            server.shutdown()
            server.server_close()


class Clock:
    def __init__(self) -> None:
        self.now = datetime(2031, 5, 4, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def site():
    return Site()


@pytest.fixture
def watch(site, tmp_path):
    with site.served() as port:
        clock = Clock()
        network = Network(allows=lambda address, at: at == port)
        made = Watch(create_case(tmp_path / "case"), [f"http://127.0.0.1:{port}/feed"], clock=clock, network=network)
        yield made, clock


def later(clock: Clock, minutes: int) -> None:
    clock.now += timedelta(minutes=minutes)


def test_a_feeds_new_pages_come_once(site, watch):
    made, clock = watch
    assert [one.state for one in made.look()] == ["added"]
    later(clock, 20)
    site.items = ["/two", "/one"]
    assert [one.name[-4:] for one in made.look()] == ["/two"]
    assert len(made.case.current()) == 2
    assert [path for path, _ in site.asked] == ["/feed", "/one", "/feed", "/two"]


def test_a_feed_is_asked_with_its_etag_and_not_too_often(site, watch):
    made, clock = watch
    list(made.look())
    later(clock, 10)
    assert list(made.look()) == [] and len(site.asked) == 2, "not due yet"
    later(clock, 10)
    assert list(made.look()) == []
    assert site.asked[-1][1]["If-None-Match"] == '"1"'


def test_a_failing_feed_is_left_alone_longer_and_as_long_as_it_says(site, watch):
    made, clock = watch
    site.status = 503
    (failed,) = made.look()
    assert failed.unread is not None and "503" in failed.unread.why
    later(clock, 110)
    assert list(made.look()) == [] and len(site.asked) == 1
    later(clock, 20)
    site.status = 200
    assert [one.state for one in made.look()] == ["added"]


def test_a_page_that_is_not_there_is_named_and_tried_again(site, watch):
    made, clock = watch
    site.items = ["/gone", "/one"]
    first = list(made.look())
    assert [one.unread is None for one in first] == [False, True]
    later(clock, 20)
    assert [path for path, _ in site.asked].count("/gone") == 1
    list(made.look())
    assert [path for path, _ in site.asked].count("/gone") == 2
    assert [path for path, _ in site.asked].count("/one") == 1


def test_pages_of_other_hosts_only_when_asked_for(site, watch):
    made, _ = watch
    site.items = ["https://elsewhere.example/story", "/one"]
    assert [one.name[-4:] for one in made.look()] == ["/one"]


@pytest.mark.parametrize(
    "feed", [b"", b"<html><body>no feed</body></html>", b"http://127.0.0.1:1/feed", b"\0\xff" * 99]
)
def test_what_is_no_feed_has_no_links(feed):
    assert links(feed) == []


def test_atom_is_a_feed_too():
    assert links(ATOM.encode()) == ["/a"]


def incident(name: str, grade: str | None) -> Incident:
    asked = Questions(
        occurrence=Answer(grade=grade), responsibility=Answer(), killed=Toll(), injured=Toll(), place=Spread(), time=Spread()
    )  # fmt: skip
    return Incident(id=name, title="Shelling reported", type="shelling", questions=asked, rules="r1")


def test_only_what_is_graded_otherwise_is_told():
    before = [incident("a", "single_origin"), incident("b", "contested")]
    after = [incident("a", "corroborated"), incident("b", "contested"), incident("c", "party_only")]
    told = [(one.incident, one.before, one.after) for one in changes({one.id: grades_of(one) for one in before}, after)]
    assert told == [("a", "single_origin", "corroborated"), ("c", None, "party_only")]


@pytest.mark.parametrize(
    "address", ["http://example.org/x", "https://127.0.0.1/x", "file:///etc/passwd", "http://10.0.0.1/"]
)
def test_a_webhook_is_of_this_machine(address):
    with pytest.raises(UsageError, match="on this machine"):
        local_webhook(address)


def test_the_command_takes_in_a_folder_assesses_and_posts_what_changed(tmp_path):
    heard = []

    class Hook(BaseHTTPRequestHandler):
        def do_POST(self):
            heard.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(204)
            self.end_headers()

        def log_message(self, *args):
            pass

    incoming = tmp_path / "incoming"
    incoming.mkdir()
    (incoming / "a.txt").write_text(
        "ORLIN, May 4 2031 (Reuters) - Shells hit the market in Orlin on Tuesday, residents said.\n"
    )
    create_case(tmp_path / "case")
    server = ThreadingHTTPServer(("127.0.0.1", 0), Hook)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    words = ["watch", str(tmp_path / "case"), str(incoming), "--once", "--jobs", "1",
             "--webhook", f"http://127.0.0.1:{server.server_port}/changes"]  # fmt: skip
    try:
        first = CliRunner().invoke(cli, words, standalone_mode=False)
        again = CliRunner().invoke(cli, words, standalone_mode=False)
    finally:
        server.shutdown()
        server.server_close()
    assert first.exception is None, first.output
    assert "a.txt: added" in first.output and "occurrence: now" in first.output
    assert again.exception is None and "Nothing new." in again.output
    assert len(heard) == 1 and heard[0]["case"] == "case" and heard[0]["changes"]


def test_too_often_is_refused(tmp_path):
    result = CliRunner().invoke(cli, ["watch", str(tmp_path), "x", "--every", "1m"], standalone_mode=False)
    assert isinstance(result.exception, UsageError)
