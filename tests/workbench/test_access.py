"""Every route for everyone: nobody, each role, tokens with fewer scopes; sign-in, second factor, throttling."""

import pyotp
import pytest
from starlette.testclient import TestClient

from evenhand.errors import RefusedError
from evenhand.workbench import api
from evenhand.workbench.accounts import RIGHTS, ROLES, Accounts
from evenhand.workbench.app import make_app
from evenhand.workbench.pages import PAGES
from evenhand.workbench.posts import POSTS
from tests.workbench import found

PASSWORD = "correct horse battery"
FORMS = {
    "/decide": "decide", "/undo": "decide", "/bulk": "decide", "/seen": "read", "/account": "read", "/people": "admin",
    "/reports/{report}/new": "decide", "/reports/{report}/items/{item}": "decide", "/incidents/{incident}": "decide",
}  # fmt: skip
SCREENS = {
    path: "admin" if path == "/people" else "decide" if path == "/reports/{report}/new" else "read" for path in PAGES
}


@pytest.fixture
def team(bench, no_processes):
    accounts = Accounts(bench.store.engine)
    for role in ROLES:
        accounts.add(role, role, PASSWORD)
    app = make_app(bench, accounts, hosts=["testserver"], alone=None)

    def as_(role):
        client = TestClient(app, headers={"sec-fetch-site": "same-origin"}, follow_redirects=False)
        if role is not None:
            answer = client.post("/sign-in", data={"name": role, "password": PASSWORD, "back": "/queue"})
            assert answer.status_code == 303, answer.text
        return client

    return bench, accounts, as_


def filled(path, bench):
    report = next(iter(bench.desk.keys))
    reading = found.standing(bench, report).reading
    copies = next(pair for pair in bench.store.copies() if pair.label == "copy")
    values = {
        "report": report,
        "incident": next(iter(bench.desk.piles.clusters)),
        "item": (reading.claims if path.endswith("/place") else reading.statements)[0].id,
        "pair": f"{copies.first}-{copies.second}",
        "decision": "nothing",
        "name": "nobody",
        "token": "nothing",
    }
    for name, value in values.items():
        path = path.replace(f"{{{name}}}", value)
    return path


@pytest.mark.parametrize("role", [None, *ROLES])
def test_every_route_for_every_role(team, role):
    bench, _, as_ = team
    client = as_(role)
    rights = RIGHTS[role] if role else frozenset()
    for path, right in SCREENS.items():
        query = (
            {"words": found.standing(bench, next(iter(bench.desk.keys))).reading.report.text[:8], "at": "0"}
            if path.endswith("/new")
            else {}
        )
        status = client.get(filled(path, bench), params=query).status_code
        assert status == (303 if role is None else 200 if right in rights else 403), (path, role)
    for path, right in FORMS.items():
        status = client.post(
            filled(path, bench), data={"do": "nothing", "kind": "nothing", "action": "nothing"}
        ).status_code
        assert status == 401 if role is None else (status == 403) == (right not in rights), (path, role, status)
    assert set(FORMS) == set(POSTS)
    for one in api.ENDPOINTS:
        sent = {"json": {}} if one.body else {}
        status = client.request(one.method, api.PREFIX + filled(one.path, bench), **sent).status_code
        if role is None:
            assert status == 401, one.name
        else:
            assert (status == 403) == (one.right not in rights), (one.name, role, status)
            assert status < 500
    assert bench.desk.decisions == []


def test_signing_and_revealing_need_their_rights(team):
    bench, _, as_ = team
    incident = found.incident(bench, "Hallesk")
    report, _ = found.statement(bench, "Two fishermen were killed")
    assert (
        as_("reviewer").post(f"{api.PREFIX}/incidents/{incident}/status", json={"status": "reviewed"}).status_code
        == 201
    )
    assert (
        as_("reviewer").post(f"{api.PREFIX}/incidents/{incident}/status", json={"status": "signed"}).status_code == 403
    )
    assert as_("reviewer").post(f"/incidents/{incident}", data={"do": "sign"}).status_code == 403
    assert as_("reader").get(f"/reports/{report}?reveal=1").status_code == 403
    assert as_("reader").get(f"{api.PREFIX}/reports/{report}?reveal=1").status_code == 403
    assert as_("reviewer").get(f"/reports/{report}?reveal=1").status_code == 200
    assert (
        as_("editor")
        .post(f"{api.PREFIX}/incidents/{incident}/status", json={"status": "signed", "why": "read"})
        .status_code
        == 201
    )
    assert bench.desk.signs[incident].who == "editor"


def test_a_reader_never_gets_at_what_is_marked(team):
    bench, _, as_ = team
    report, _ = found.statement(bench, "Two fishermen were killed")
    words = "fishermen"
    text = found.standing(bench, report).reading.report.text
    as_("reviewer").post(
        f"/reports/{report}/new", data={"kind": "passage", "words": words, "at": str(text.index(words))}
    )
    reader = as_("reader")
    assert reader.get(f"/reports/{report}/original").status_code == 403
    assert reader.get(f"{api.PREFIX}/reports/{report}/original").status_code == 403
    item = found.standing(bench, report).reading.statements[0].id
    assert reader.get(f"/reports/{report}/items/{item}").status_code == 403
    for address in (
        f"/reports/{report}",
        "/queue?state=all",
        f"{api.PREFIX}/reports/{report}",
        f"{api.PREFIX}/decisions/{bench.desk.decisions[0].id}",
        f"{api.PREFIX}/decisions",
    ):
        assert words not in reader.get(address).text, address


def test_tokens_never_allow_more_than_their_scopes_and_owner(team):
    _, accounts, as_ = team
    made = as_("reviewer").post(f"{api.PREFIX}/tokens", json={"name": "script", "scopes": ["read", "admin"]}).json()
    program = TestClient(as_(None).app, headers={"authorization": f"Bearer {made['secret']}"})
    assert program.get(f"{api.PREFIX}/case").json()["rights"] == ["read"]
    assert program.post(f"{api.PREFIX}/decisions", json={"action": "accept", "kind": "claim"}).status_code == 403
    assert program.get(f"{api.PREFIX}/people").status_code == 403
    accounts.disable("reviewer")
    assert program.get(f"{api.PREFIX}/case").status_code == 401


def test_who_is_disabled_or_deleted_is_out_and_their_decisions_stay(team):
    bench, accounts, as_ = team
    client = as_("reviewer")
    report, item = found.statement(bench, "Two fishermen were killed")
    assert (
        client.post(
            f"{api.PREFIX}/decisions", json={"action": "accept", "kind": "statement", "report": report, "item": item}
        ).status_code
        == 201
    )
    accounts.delete("reviewer")
    assert client.get("/queue").status_code == 303
    assert bench.desk.force[0].who == "reviewer"
    assert "reviewer" in as_("reader").get("/activity").text


def test_sign_in_is_throttled_and_says_nothing_of_what_was_wrong(team):
    _, accounts, _ = team
    said = set()
    for name, password in (("reader", "wrong wrong wrong"), ("nobody", "wrong wrong wrong")):
        with pytest.raises(RefusedError) as caught:
            accounts.sign_in(name, password, now=1000.0)
        said.add(str(caught.value))
    assert len(said) == 1
    for _ in range(4):
        with pytest.raises(RefusedError):
            accounts.sign_in("reader", "wrong wrong wrong", now=1000.0)
    with pytest.raises(RefusedError, match="wait"):
        accounts.sign_in("reader", PASSWORD, now=1000.5)
    assert accounts.sign_in("reader", PASSWORD, now=1002.0)


def test_a_second_factor_is_asked_for_and_a_code_is_good_once(team):
    _, accounts, _ = team
    secret = pyotp.parse_uri(accounts.new_totp("editor")).secret
    now = 1_000_000.0
    code = pyotp.TOTP(secret).at(int(now))
    for wrong in ("", "000000" if code != "000000" else "111111"):
        with pytest.raises(RefusedError):
            accounts.sign_in("editor", PASSWORD, wrong, now=now)
    assert accounts.sign_in("editor", PASSWORD, code, now=now)
    with pytest.raises(RefusedError):
        accounts.sign_in("editor", PASSWORD, code, now=now)


def test_a_session_is_new_at_each_sign_in_and_ends_with_the_password(team):
    _, accounts, as_ = team
    one, two = accounts.sign_in("editor", PASSWORD), accounts.sign_in("editor", PASSWORD)
    assert one != two
    accounts.set_password("editor", "another long password")
    assert accounts.by_session(one) is None
    client = as_("reader")
    client.post("/sign-out")
    assert client.get("/queue").status_code == 303


@pytest.mark.parametrize(
    ("name", "role", "password"),
    [
        ("", "reader", PASSWORD),
        ("x", "king", PASSWORD),
        ("x", "reader", "short"),
        ("reader", "reader", PASSWORD),
        ("a\nb", "reader", PASSWORD),
    ],
)
def test_accounts_that_cannot_be_are_refused(team, name, role, password):
    with pytest.raises(RefusedError):
        team[1].add(name, role, password)
