"""The API: one error shape, unknown parameters refused, both versions on a conflict, and fuzzed from its own document."""

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, settings

from evenhand.workbench import api
from tests.workbench import found

V = api.PREFIX


def error(answer):
    assert set(answer.json()) == {"error"}
    assert answer.json()["error"]["status"] == answer.status_code
    return answer.json()["error"]["code"]


@pytest.mark.parametrize(
    ("method", "path", "sent", "status", "code"),
    [
        ("GET", "/queue?colour=red", {}, 400, "bad_request"),
        ("GET", "/queue?page=0", {}, 400, "bad_request"),
        ("GET", "/queue?page=1&page=2", {}, 400, "bad_request"),
        ("GET", "/incidents?since=yesterday", {}, 400, "bad_request"),
        ("GET", "/case?x=1", {}, 400, "bad_request"),
        ("GET", "/reports/nothing", {}, 404, "not_found"),
        ("GET", "/incidents/nothing", {}, 404, "not_found"),
        ("GET", "/nothing", {}, 404, "not_found"),
        ("DELETE", "/case", {}, 405, "method_not_allowed"),
        ("POST", "/decisions", {"content": b"{", "headers": {"content-type": "application/json"}}, 400, "bad_request"),
        ("POST", "/decisions", {"data": {"a": "b"}}, 415, "unsupported_media_type"),
        ("POST", "/decisions", {"json": {"action": "accept", "kind": "claim", "colour": 1}}, 400, "bad_request"),
        ("POST", "/decisions", {"json": {"action": "accept", "kind": "claim", "report": "x", "item": "c1"}}, 422, "refused"),
        ("POST", "/decisions", {"content": b"[" * 100_000, "headers": {"content-type": "application/json"}}, 400, "bad_request"),
        ("POST", "/decisions/x/undo", {"json": {}}, 422, "refused"),
    ],
)  # fmt: skip
def test_every_error_has_the_one_shape(client, method, path, sent, status, code):
    answer = client.request(method, V + path, **sent)
    assert answer.status_code == status, answer.text
    assert error(answer) == code


def test_if_match_with_an_older_version_is_409_with_both(bench, client):
    report, item = found.statement(bench, "Two fishermen were killed")
    version = client.get(f"{V}/reports/{report}").json()["versions"][item]
    asked = {"action": "edit", "kind": "statement", "report": report, "item": item, "fields": {"attitude": "believes"}}
    done = client.post(f"{V}/decisions", json=asked, headers={"if-match": f'"{version}"'})
    assert done.status_code == 201
    assert done.json()["item"] == item
    late = client.post(
        f"{V}/decisions", json=asked | {"fields": {"attitude": "denies"}}, headers={"if-match": f'"{version}"'}
    )
    assert late.status_code == 409
    assert error(late) == "conflict"
    assert late.json()["error"]["yours"] == {"attitude": "denies"}
    assert late.json()["error"]["theirs"]["attitude"] == "believes"


def test_an_incident_has_an_etag_that_changes_with_it(bench, client):
    incident = found.incident(bench, "Hallesk")
    first = client.get(f"{V}/incidents/{incident}")
    report, item = found.statement(bench, "one of its drones had hit a bus")
    done = client.post(
        f"{V}/decisions",
        json={
            "action": "edit",
            "kind": "statement",
            "report": report,
            "item": item,
            "fields": {"speaker_name": "Straits Monitoring Group", "attitude": "asserts"},
        },
    )
    assert {c["question"] for c in done.json()["changes"]} >= {"occurrence"}
    second = client.get(f"{V}/incidents/{incident}")
    assert first.headers["etag"] != second.headers["etag"]
    assert second.json()["history"][0]["because"].startswith("Ada corrected statement")
    again = client.post(f"{V}/decisions/{done.json()['decisions'][0]['id']}/undo", json={"why": "no"})
    assert again.status_code == 201
    assert client.get(f"{V}/incidents/{incident}").headers["etag"] == first.headers["etag"]


def test_bulk_on_a_filter(bench, client):
    done = client.post(
        f"{V}/decisions/bulk",
        json={"filter": {"kind": "claim", "label": "shelling"}, "action": "accept", "why": "read"},
    )
    assert done.status_code == 201
    assert len(done.json()["decisions"]) == client.get(f"{V}/queue?state=accepted").json()["total"] > 3


def test_the_document_names_every_endpoint(client):
    document = client.get(f"{V}/openapi.json").json()
    assert document["openapi"].startswith("3.1")
    assert {(m.upper(), p) for p, item in document["paths"].items() for m in item} == {
        (e.method, V + e.path) for e in api.ENDPOINTS
    }


def test_schemathesis_finds_no_crash_and_no_undocumented_answer(bench, client, no_processes):
    client.headers["authorization"] = ""
    schema = schemathesis.openapi.from_dict(api.openapi())
    problems = []
    for operation in schema.get_all_operations():
        strategy = operation.ok().as_strategy()

        @settings(max_examples=12, deadline=None, database=None, derandomize=True, phases=[Phase.generate],
                  suppress_health_check=list(HealthCheck))  # fmt: skip
        def one(case):
            sent = case.as_transport_kwargs(base_url="http://testserver")
            sent["headers"] = {
                k: v
                for k, v in dict(sent.get("headers") or {}).items()
                if k.lower() not in {"authorization", "cookie"} and str(v).isascii()
            }
            sent.pop("cookies", None)
            answer = client.request(**sent)
            known = {int(code) for code in case.operation.definition.raw["responses"] if code.isdigit()} | {
                404,
                405,
                421,
            }
            if answer.status_code >= 500 or answer.status_code not in known:
                problems.append((case.operation.label, answer.status_code, answer.text[:200]))
            if answer.status_code >= 400:
                error(answer)

        from hypothesis import given

        given(case=strategy)(one)()
    assert problems == []
