"""Every screen answers, is guarded, and stays whole whatever a report says."""

import re

import pytest

from evenhand.workbench import api, pages
from tests.workbench import found
from tests.workbench.conftest import client_of


def addresses(bench) -> list[str]:
    """Every page of the case, one of each kind, with its filters."""
    report = next(iter(bench.desk.keys))
    incident = found.incident(bench, "Lomveth")
    reading = found.standing(bench, report).reading
    copies = next(pair for pair in bench.store.copies() if pair.label == "copy")
    return [
        "/", "/queue", "/queue?kind=claim&state=all&sort=order", "/reports", "/reports?state=unread", f"/reports/{report}", f"/reports/{report}?q=market",
        f"/reports/{report}/items/{reading.statements[0].id}", f"/reports/{report}/items/{reading.claims[0].id}", f"/reports/{report}/items/{reading.entities[0].id}",
        f"/reports/{report}/items/{reading.claims[0].id}/place", f"/reports/{report}/items/{reading.claims[0].id}/place?lat=1.5&lon=-2&tall=4",
        f"/reports/{report}/new?kind=statement&words={reading.report.text[:5]}&at=0", f"/reports/{report}/new?kind=claim&words={reading.report.text[:5]}&at=0",
        f"/reports/{report}/new?kind=entity&words={reading.report.text[:5]}&at=0", f"/reports/{report}/new?kind=passage&words={reading.report.text[:5]}&at=0",
        "/incidents", "/incidents?grade=contested", "/incidents?show=map", "/incidents?show=timeline", f"/incidents/{incident}", f"/copies/{copies.first}-{copies.second}", "/search", "/search?q=market",
        "/speakers", "/speakers?name=Ruth+Amsel", "/origins", "/activity", "/account", "/people", "/method", "/help",
    ]  # fmt: skip


def test_every_page_answers_with_the_policy_and_nothing_inline(bench, client):
    covered = set()
    for address in addresses(bench):
        answer = client.get(address)
        assert answer.status_code == 200, (address, answer.text[-500:])
        policy = answer.headers["content-security-policy"]
        assert policy.startswith("default-src 'none'")
        assert "unsafe" not in policy
        assert (answer.headers["referrer-policy"], answer.headers["x-content-type-options"]) == (
            "no-referrer",
            "nosniff",
        )
        assert (
            answer.headers["cross-origin-opener-policy"]
            == answer.headers["cross-origin-resource-policy"]
            == "same-origin"
        )
        assert answer.headers["cache-control"] == "no-store"
        assert not re.search(
            r"<script(?![^>]*\bsrc=\"/static/)|\son\w+=|\sstyle=|javascript:|https?://(?!www\.w3\.org)", answer.text
        ), address
        covered.add(re.sub(r"[0-9a-f]{16}(-[0-9a-f]{16})?", "ID", address.partition("?")[0]))
    known = {re.sub(r"\{\w+\}", "ID", path) for path in pages.PAGES}
    assert {re.sub(r"/items/\w+", "/items/ID", one) for one in covered} == known


def test_every_list_has_its_json_and_csv(bench, client):
    for name in ("queue", "reports", "incidents", "search?q=market", "speakers", "origins", "decisions"):
        path = f"{api.PREFIX}/{name}"
        listed = client.get(path).json()
        assert {"columns", "rows", "total"} <= set(listed)
        table = client.get(path + ("&" if "?" in path else "?") + "format=csv")
        assert table.headers["content-type"].startswith("text/csv")
        assert "attachment" in table.headers["content-disposition"]
        assert len(table.text.splitlines()) >= len(listed["rows"])


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"host": "evil.example"}, 421),
        ({"host": "testserver:9999"}, 421),
        ({"origin": "https://evil.example"}, 403),
        ({"sec-fetch-site": "cross-site"}, 403),
        ({"sec-fetch-site": "same-site"}, 403),
        ({"content-length": "99999999"}, 413),
    ],
)
def test_requests_of_other_sites_are_refused(client, headers, status):
    assert client.post("/decide", data={"action": "accept"}, headers=headers).status_code == status


def test_a_form_without_a_word_on_where_it_comes_from_is_refused(bench):
    client = client_of(bench)
    client.headers.pop("sec-fetch-site")
    assert client.post("/decide", data={"action": "accept"}).status_code == 403
    assert client.post("/decide", data={"action": "accept"}, headers={"origin": "null"}).status_code == 403


def test_the_token_opens_once(bench):
    client = client_of(bench)
    token = client.app.state.door.token
    assert token == "", "it is spent"
    fresh = client_of(bench)
    assert fresh.get("/").status_code == 200
    fresh.cookies.clear()
    assert fresh.get("/").status_code == 401
    assert fresh.get("/?token=anything").status_code == 401
    assert fresh.get("/api/v1/case").json()["error"]["code"] == "unauthorised"


def test_the_session_cookie_is_for_this_server_only(bench):
    client = client_of(bench)
    (cookie,) = [one for one in client.cookies.jar if one.name.startswith("evenhand-")]
    assert cookie.has_nonstandard_attr("HttpOnly")
    assert cookie.get_nonstandard_attr("SameSite").lower() == "strict"


def test_originals_are_downloads_and_nothing_else(bench, client):
    report = next(iter(bench.desk.keys))
    for address in (f"/reports/{report}/original", f"/api/v1/reports/{report}/original"):
        answer = client.get(address)
        assert answer.headers["content-disposition"].startswith("attachment")
        assert answer.headers["content-type"] == "application/octet-stream"
        assert "sandbox" in answer.headers["content-security-policy"]
        assert answer.headers["x-content-type-options"] == "nosniff"


def test_nobody_is_sent_elsewhere(bench, client):
    report, item = found.statement(bench, "Two fishermen were killed")
    for back in ("https://evil.example", "//evil.example", "/\\evil.example", "javascript:alert(1)", "/ok\r\nx: y"):
        answer = client.post(
            "/decide",
            data={"action": "accept", "kind": "statement", "report": report, "item": item, "back": back},
            follow_redirects=False,
        )
        assert answer.status_code == 303
        assert answer.headers["location"].startswith("/?done=")
