"""What forms do: correct, add, merge, split, move, decide on a whole filter; nothing of it needs script."""

import re

import pytest

from evenhand.errors import RefusedError
from tests.workbench import found


def test_a_form_corrects_a_speaker_and_the_page_tells_what_it_changed(bench, client):
    incident = found.incident(bench, "Hallesk")
    for words in ("one of its drones had hit a bus", "Our drone crew took the bus"):
        report, item = found.statement(bench, words)
        page = client.get(f"/reports/{report}/items/{item}").text
        basis = re.search(r'name="basis" value="(\w+)"', page)[1]
        answer = client.post(
            f"/reports/{report}/items/{item}",
            data={
                "basis": basis,
                "speaker_name": "Straits Monitoring Group",
                "attitude": "asserts",
                "why": "heard on the tape",
            },
        )
        assert answer.status_code == 200
        assert "Done:" in answer.text
    assert "single origin" in answer.text
    assert found.grade(bench, incident) == "single_origin"
    history = client.get(f"/incidents/{incident}").text
    assert "corrected statement" in history


def test_two_people_see_both_versions(bench, client):
    report, item = found.statement(bench, "Two fishermen were killed")
    page = client.get(f"/reports/{report}/items/{item}").text
    basis = re.search(r'name="basis" value="(\w+)"', page)[1]
    client.post(f"/reports/{report}/items/{item}", data={"basis": basis, "attitude": "believes"})
    answer = client.post(f"/reports/{report}/items/{item}", data={"basis": basis, "attitude": "denies"})
    assert answer.status_code == 409
    assert "Two versions" in answer.text
    assert '"denies"' in answer.text
    assert '"believes"' in answer.text


def test_words_that_stand_twice_are_asked_for(bench, client):
    report, item = found.statement(bench, "Two fishermen were killed")
    text = found.standing(bench, report).reading.report.text
    word = next(word for word in text.split() if text.count(word) > 1 and word.isalpha())
    page = client.get(f"/reports/{report}/items/{item}").text
    basis = re.search(r'name="basis" value="(\w+)"', page)[1]
    answer = client.post(f"/reports/{report}/items/{item}", data={"basis": basis, "content": word})
    assert answer.status_code == 422
    assert "say which one" in answer.text
    answer = client.post(f"/reports/{report}/items/{item}", data={"basis": basis, "content": word, "content_at": "#2"})
    assert answer.status_code == 200


def test_sensitive_words_are_covered_until_asked_for(bench, client):
    report, _ = found.statement(bench, "Two fishermen were killed")
    text = found.standing(bench, report).reading.report.text
    words = "fishermen"
    answer = client.post(
        f"/reports/{report}/new", data={"kind": "passage", "words": words, "at": str(text.index(words))}
    )
    assert answer.status_code == 200
    for address in (
        f"/reports/{report}",
        f"/reports/{report}?q=fishermen",
        "/queue?state=all",
        "/search?q=fishermen",
        f"/incidents/{found.incident(bench, 'Port Ansvel')}",
        f"/api/v1/reports/{report}",
        "/api/v1/queue?state=all&format=csv",
    ):
        shown = (
            client.get(address)
            .text.replace('value="fishermen"', "")
            .replace("q=fishermen", "")
            .replace("“fishermen” is", "")
        )
        assert "fishermen" not in shown.replace("report=fishermen", ""), address
    assert "fishermen" in client.get(f"/reports/{report}?reveal=1").text


def test_bulk_and_undo_by_form(bench, client):
    answer = client.post(
        "/bulk",
        data={
            "filter-kind": "claim",
            "filter-label": "shelling",
            "action": "accept",
            "why": "read them all",
            "back": "/queue",
        },
    )
    assert answer.status_code == 200
    assert "Done:" in answer.text
    count = len(bench.desk.force)
    assert count > 3
    client.post("/undo", data={"decision": bench.desk.decisions[0].batch, "back": "/activity"})
    assert bench.desk.force == ()


def test_a_long_bulk_goes_on_in_steps_and_is_undone_in_one_go(bench, client, monkeypatch):
    monkeypatch.setattr("evenhand.workbench.answers.MOST_AT_ONCE", 5)
    sent = {"filter-kind": "claim", "action": "accept", "why": "read them all", "back": "/queue"}
    steps = 0
    answer = client.post("/bulk", data=sent)
    while "data-go-on" in answer.text:
        steps += 1
        fields = dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', answer.text.split("data-go-on")[1]))
        answer = client.post("/bulk", data=fields)
    every = sum(len(found.standing(bench, report).reading.claims) for report in bench.desk.keys)
    assert steps == -(-every // 5) - 1 > 2
    assert f"decided on {every} at once" in answer.text
    assert {one.action for one in bench.desk.force} == {"accept"}
    assert len({one.batch for one in bench.desk.force}) == 1
    assert len(bench.desk.force) == every
    client.post("/undo", data={"decision": bench.desk.decisions[0].batch, "back": "/activity"})
    assert bench.desk.force == ()


def test_nobody_goes_on_with_the_batch_of_another(bench, client):
    client.post("/bulk", data={"filter-kind": "claim", "action": "accept", "why": "all"})
    batch = bench.desk.decisions[0].batch
    with pytest.raises(RefusedError, match="no batch of yours"):
        bench.decide_all([], "Bo", batch)


def test_a_place_is_put_right_on_the_map_without_script(bench, client):
    report = found.report(bench, "Harbour")
    claim = next(one for one in found.standing(bench, report).reading.claims if one.place and one.place.lat is not None)
    page = f"/reports/{report}/items/{claim.id}/place"
    shown = client.get(page).text
    cells = re.findall(rf'<a href="{page}\?lat=([-\d.]+)&amp;lon=([-\d.]+)&amp;tall=([\d.]+)" tabindex="-1">', shown)
    assert len(cells) > 300
    lat, lon, tall = cells[40]
    clicked = client.get(f"{page}?lat={lat}&lon={lon}&tall={tall}").text
    form = clicked.split('id="point-form"')[1].split("</form>")[0]
    sent = dict(re.findall(r'<input[^>]*name="([^"]+)"[^>]*value="([^"]*)"', form))
    assert (float(sent["place_lat"]), float(sent["place_lon"])) == (float(lat), float(lon))
    answer = client.post(f"/reports/{report}/items/{claim.id}", data=sent | {"why": "the harbour, not the town"})
    assert "Done:" in answer.text
    place = found.standing(bench, report).item("claim", claim.id).place
    assert (place.lat, place.lon, place.gazetteer) == (float(lat), float(lon), None)
    assert (place.name, place.span) == (claim.place.name, claim.place.span)
    assert client.get(f"{page}?lat=91&lon=0").status_code == 400
    assert client.get(f"/reports/{report}/items/s1/place").status_code == 404


def test_a_formula_in_a_cell_is_defused():
    from evenhand.workbench.listing import as_csv

    for words in ("=1+1", "+1", "-1", "@x", "\t=1", " =1", '"=1', "\r=1"):
        assert as_csv([{"a": words}], ["a"]).split("\r\n")[1].strip('"').startswith("'"), words


def test_each_kind_of_thing_can_be_added_by_form(bench, client):
    report, _ = found.statement(bench, "one of its drones had hit a bus")
    text = found.standing(bench, report).reading.report.text
    words = "called on Varda to pay the families"
    for kind, chosen, more in (
        ("statement", words, {"speaker_name": "Anders Holm", "attitude": "demands"}),
        ("claim", "pay", {"type": "aid"}),
        ("entity", "the families", {"name": "families", "entity_kind": "people"}),
    ):
        sent = {
            "kind": kind,
            "words": chosen,
            "at": str(text.index(chosen)),
            "why": "missed",
            "speaker": "",
            "parent": "",
            "statement": "",
        } | more
        answer = client.post(f"/reports/{report}/new", data=sent)
        assert answer.status_code == 200, answer.text[-800:]
        assert "Done:" in answer.text
    reading = found.standing(bench, report).reading
    assert (reading.statements[-1].speaker_name, reading.statements[-1].attitude) == ("Anders Holm", "demands")
    assert text[slice(*reading.claims[-1].trigger)] == "pay"
    assert "families" in {one.name for one in reading.entities}


def test_a_whole_form_changes_only_what_was_changed(bench, client):
    report, _ = found.statement(bench, "one of its drones had hit a bus")
    claim = next(one for one in found.standing(bench, report).reading.claims if one.quantities and one.place)
    page = client.get(f"/reports/{report}/items/{claim.id}").text.split('class="fields"')[1].split("</form>")[0]
    sent = {m[1]: m[2] for m in re.finditer(r'<input[^>]*name="([^"]+)"[^>]*value="([^"]*)"', page)}
    for m in re.finditer(r'<select name="([^"]+)">(.*?)</select>', page, re.S):
        sent[m[1]] = (
            re.findall(r'<option value="([^"]*)" selected', m[2]) or re.findall(r'<option value="([^"]*)"', m[2])
        )[-1 if "selected" in m[2] else 0]
    same = client.post(f"/reports/{report}/items/{claim.id}", data=sent)
    assert same.status_code == 422
    assert "nothing to change" in same.text
    answer = client.post(
        f"/reports/{report}/items/{claim.id}", data=sent | {"q0_low": "5", "q0_best": "5", "q0_high": "5"}
    )
    assert answer.status_code == 200, re.findall(r'id="problem">(.*?)</p>', answer.text)
    assert set(bench.desk.decisions[-1].fields) == {"quantities"}


def test_records_merge_split_and_move_by_form(bench, client):
    report, item = found.statement(bench, "one of its drones had hit a bus")
    reading = found.standing(bench, report).reading
    other = next(one.id for one in reading.statements if one.id != item)
    base = {"kind": "statement", "report": report, "item": item, "back": f"/reports/{report}"}
    assert client.post("/decide", data=base | {"action": "merge", "others": other}).status_code == 200
    assert len(found.standing(bench, report).item("statement", item).content) == 2
    client.post("/undo", data={"decision": bench.desk.decisions[-1].id})
    whole = reading.report.text[slice(*next(one for one in reading.statements if one.id == item).content[0])]
    answer = client.post(
        f"/reports/{report}/items/{item}",
        data={"do": "split", "part0": whole[:20].strip(), "part1": whole[-20:].strip()},
    )
    assert answer.status_code == 200, re.findall(r'id="problem">(.*?)</p>', answer.text)
    assert len(found.standing(bench, report).reading.statements) == len(reading.statements) + 1
    claim = next(iter(ref for ref in bench.desk.piles.home))
    target = next(one for one in bench.desk.piles.clusters if one != bench.desk.piles.home[claim])
    client.post(
        "/decide",
        data={"kind": "claim", "report": claim.report, "item": claim.claim, "action": "move", "set-incident": target},
    )
    assert bench.desk.piles.home[claim] == target


def test_a_claim_gets_an_incident_of_its_own_by_form(bench, client):
    ref = next(ref for ref, name in bench.desk.piles.home.items() if len(bench.desk.piles.clusters[name].claims) > 2)
    was = bench.desk.piles.home[ref]
    sent = {"action": "add", "kind": "incident", "others": f"{ref.report} {ref.claim}", "set-title": "Another matter"}
    assert client.post("/decide", data=sent).status_code == 200
    made = bench.desk.piles.home[ref]
    assert made != was
    assert "Another matter" in client.get(f"/incidents/{made}").text
    client.post("/undo", data={"decision": bench.desk.decisions[-1].id})
    assert bench.desk.piles.home[ref] == was
    assert client.get(f"/incidents/{made}").status_code == 404
