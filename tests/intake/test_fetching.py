"""One typed address: what is fetched, what is refused, and what is kept of it."""

import gzip
import io
import threading
import time
from ipaddress import ip_address
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st
from warcio.archiveiterator import ArchiveIterator

from evenhand.errors import UnreadableError
from evenhand.intake.addresses import is_public, parse_url
from evenhand.intake.fetching import FetchError, Limits, Network, fetch
from tests.intake.web import page, serving

PAGE = b"<!DOCTYPE html><html><body><p>Ten people were killed in the town on Monday, a monitor said.</p></body></html>"
SHORT = Limits(max_bytes=1_000_000, seconds=2.0, idle_seconds=1.0, redirects=3)


def refused(url, network=Network(look_up=lambda host, port: ["93.184.216.34"]), limits=SHORT):  # noqa: B008
    with pytest.raises(FetchError) as caught:
        fetch(url, limits=limits, network=network)
    assert caught.value.cure
    return caught.value


def records(warc):
    return [
        (r.rec_type, r.rec_headers, r.http_headers, r.content_stream().read())
        for r in ArchiveIterator(io.BytesIO(warc))
    ]


def test_a_page_is_kept_with_its_headers_and_the_address_it_came_from():
    with serving(page(PAGE, "Content-Type: text/html; charset=utf-8", "X-Odd:  two  blanks ")) as server:
        found = fetch(server.url + "a?b=c#part", network=server.network())
    assert found.payload == PAGE
    exchange = found.exchange
    assert (exchange.url, exchange.final_url) == (server.url + "a?b=c#part", server.url + "a?b=c")
    assert (exchange.media_type, exchange.size) == ("text/html; charset=utf-8", len(PAGE))
    (hop,) = exchange.hops
    assert (hop.address, hop.port, hop.status) == ("127.0.0.1", server.port, 200)
    assert server.requests[0].startswith(b"GET /a?b=c HTTP/1.1\r\nHost: 127.0.0.1:")
    kinds = [(kind, body) for kind, _, _, body in records(found.warc)]
    assert kinds == [("warcinfo", kinds[0][1]), ("response", PAGE), ("request", b"")]
    assert b"X-Odd:  two  blanks \r\n" in gzip.decompress(found.warc)  # the headers as they were sent


def test_a_redirect_is_followed_and_every_hop_kept():
    def answer(request, send):
        goal = b"/new" if request.startswith(b"GET / ") else None
        send(page(b"", f"Location: {goal.decode()}", status="302 Found") if goal else page(PAGE))

    with serving(answer) as server:
        found = fetch(server.url, network=server.network())
    assert [hop.status for hop in found.exchange.hops] == [302, 200]
    assert found.exchange.final_url == server.url + "new"
    assert [kind for kind, *_ in records(found.warc)] == ["warcinfo", "response", "request", "response", "request"]


def test_chunks_and_gzip_are_undone_in_the_payload_and_kept_in_the_archive():
    packed = gzip.compress(PAGE)
    chunked = b"%x\r\n%s\r\n0\r\n\r\n" % (len(packed), packed)
    head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n\r\n"
    with serving(head + chunked) as server:
        found = fetch(server.url, network=server.network())
    assert found.payload == PAGE
    assert chunked in gzip.decompress(found.warc)
    assert found.exchange.hops[0].size == len(chunked)


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd", "ftp://example.org/a", "gopher://example.org/", "javascript:alert(1)", "//example.org/", "",
        "example.org/a", "http://", "http:///a", "http://user:pw@example.org/", "http://example.org@127.0.0.1/",
        "http://127.0.0.1/", "http://127.1/", "http://2130706433/", "http://0x7f000001/", "http://0177.0.0.1/",
        "http://0x7f.0.0.1/", "http://127.0.0.1./", "http://0/", "http://0.0.0.0/", "http://[::1]/", "http://[::]/",
        "http://[::ffff:127.0.0.1]/", "http://[::ffff:7f00:1]/", "http://[::127.0.0.1]/", "http://[fe80::1]/",
        "http://[fe80::1%25eth0]/", "http://[fc00::1]/", "http://[64:ff9b::7f00:1]/", "http://[2002:7f00:1::]/",
        "http://[2001:0:53aa:64c:0:0:f5ff:fffe]/", "http://169.254.169.254/latest/meta-data/", "http://10.0.0.1/",
        "http://172.16.0.1/", "http://192.168.1.1/", "http://100.64.0.1/", "http://224.0.0.1/", "http://255.255.255.255/",
        "http://１２７.０.０.１/", "http://①②⑦.0.0.1/", "http://example.org:22/", "http://example.org:6379/",
        "http://example.org:99999/", "http://exa mple.org/", "http://example.org\\@127.0.0.1/", "http://a\r\nHost: b/",
        "http://%31%32%37.0.0.1/", "http://" + "a" * 70 + ".org/", "http://example.org/" + "a" * 3000, "http://[::1/",
    ],
)  # fmt: skip
def test_addresses_that_are_never_fetched(url):
    refused(url)


@pytest.mark.parametrize("host", ["localhost", "localhost.", "internal.example", "LOCALHOST"])
def test_a_name_that_leads_home_is_refused(host):
    answers = {"localhost": ["127.0.0.1", "::1"], "internal.example": ["93.184.216.34", "10.1.2.3"]}
    problem = refused(f"http://{host}/", Network(look_up=lambda name, port: answers[name]))
    assert "no public address" in problem.why


@pytest.mark.parametrize("goal", ["http://127.0.0.1:1/", "http://[::1]/", "file:///etc/passwd", "http://169.254.169.254/",
                                  "//10.0.0.1/", "http://0x7f.1/", "gopher://x/"])  # fmt: skip
def test_a_redirect_home_is_refused_with_the_hops_before_it(goal):
    with serving(page(b"", f"Location: {goal}", status="301 Moved")) as server:
        problem = refused(server.url, server.network())
    assert len(problem.hops) == 1


def test_a_name_is_looked_up_once_and_the_checked_address_is_used():
    answers = iter([["127.0.0.1"], ["127.0.0.9"]])
    with serving(page(PAGE)) as server:
        network = server.network(rebound_example=lambda: next(answers))
        found = fetch(f"http://rebound.example:{server.port}/", network=network)
        assert found.exchange.hops[0].address == "127.0.0.1"
        assert next(answers) == ["127.0.0.9"]  # nobody asked a second time
        assert b"Host: rebound.example:" in server.requests[0]


def test_circles_end():
    with serving(page(b"", "Location: /", status="302 Found")) as server:
        assert "redirects" in refused(server.url, server.network()).why
    assert len(server.requests) == SHORT.redirects + 1


def trickle(request, send):
    send(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
    while True:
        send(b"a")
        time.sleep(0.1)


def trickling_headers(request, send):
    send(b"HTTP/1.1 200 OK\r\n")
    for number in count():
        send(b"X-%d: a\r\n" % number)
        time.sleep(0.1)


def silent(request, send):
    threading.Event().wait()  # for ever: the server's thread ends with the process


def endless(request, send):
    send(b"HTTP/1.1 200 OK\r\n\r\n")
    while True:
        send(b"a" * 65536)


def endless_headers(request, send):
    send(b"HTTP/1.1 200 OK\r\n")
    while True:
        send(b"X: " + b"a" * 65000 + b"\r\n")


def endless_interim(request, send):
    while True:
        send(b"HTTP/1.1 100 Continue\r\n\r\n")


@pytest.mark.parametrize("answer", [trickle, trickling_headers, silent, endless, endless_headers, endless_interim])
def test_slow_and_endless_answers_are_cut_off(answer):
    with serving(answer) as server:
        refused(server.url, server.network())


@pytest.mark.parametrize(
    "answer",
    [
        page(gzip.compress(b"a" * 50_000_000), "Content-Encoding: gzip"),
        page(b"no gzip at all", "Content-Encoding: gzip"),
        page(gzip.compress(PAGE)[:-9], "Content-Encoding: gzip"),
        page(PAGE, "Content-Encoding: br"),
        page(PAGE, status="404 Not Found"),
        page(PAGE, status="500 Oh\xff"),
        page(PAGE, status="304 Not Modified"),
        b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nshort",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-5\r\n",
        b"HTTP/1.1 99999999999999999999 OK\r\n\r\n",
        b"SSH-2.0-OpenSSH_9.2\r\n",
        b"\x16\x03\x01\x02\x00",
        b"",
    ],
)
def test_answers_that_are_no_page_are_refused_with_the_reason(answer):
    with serving(answer) as server:
        refused(server.url, server.network())


def test_an_unreachable_server_says_so():
    with serving(b"") as server:
        network = server.network()
        port = server.port
    assert "did not answer" in refused(f"http://127.0.0.1:{port}/", network).why


def test_a_certificate_must_fit():
    with serving(b"no TLS") as server:
        network = server.network(a_example=["127.0.0.1"])
        assert "did not answer" in refused(f"https://a.example:{server.port}/", network).why


@given(st.integers(0, 2**32 - 1))
def test_no_disguise_of_an_address_says_other_than_the_address(number):
    plain = ip_address(number)
    for shape in (f"::ffff:{plain}", f"64:ff9b::{plain}", f"2002:{number >> 16:x}:{number & 0xFFFF:x}::1"):
        assert not is_public(ip_address(shape)) or is_public(plain)


@given(st.text(max_size=60))
def test_any_text_is_a_place_or_an_error(text):
    for url in (text, "http://" + text, "http://a.example/" + text):
        try:
            place = parse_url(url)
        except UnreadableError:
            continue
        assert place.scheme in ("http", "https")
        assert (place.target + place.host_header).isascii()
        assert not set(" \r\n\t") & set(place.target + place.host_header)
