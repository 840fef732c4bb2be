"""What forms do: the same decisions as the API, answered with the page one was on, or a piece of it for htmx."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlencode

import msgspec
from starlette.responses import Response

from evenhand.errors import ConflictError, RefusedError
from evenhand.reviewing import Proposal
from evenhand.reviewing.records import OF_A_REPORT
from evenhand.workbench import answers, forms, report_pages
from evenhand.workbench.bench import Outcome
from evenhand.workbench.building import stamp
from evenhand.workbench.rendering import local, render
from evenhand.workbench.replies import Ask, HttpError, not_found
from evenhand.workbench.shapes import Bulk

Form = Mapping[str, str]


def back(ask: Ask, form: Form, outcome: Outcome | None, otherwise: str = "/", done: str = "") -> Response:
    """To the page one came from, which then tells what was decided."""
    address = local(form.get("back", ""), otherwise)
    path, _, anchor = address.partition("#")
    path, _, query = path.partition("?")
    kept = [pair for pair in query.split("&") if pair and not pair.startswith("done=")]
    if outcome is not None:
        last = outcome.decisions[-1]
        done = last.batch or last.id
    if done:
        kept.append(urlencode({"done": done}))
    return Response(
        None, 303, {"location": path + ("?" + "&".join(kept) if kept else "") + (f"#{anchor}" if anchor else "")}
    )


def decide(ask: Ask, form: Form) -> Response:
    """Accept, reject, merge, mark, move: what needs no fields of a record."""
    ask.need("decide")
    asked_for = Proposal(
        action=form.get("action", ""), kind=form.get("kind", ""), item=form.get("item", ""),  # type: ignore[arg-type]
        report=form.get("report") or None, others=tuple(one for one in form.get("others", "").split("\n") if one),
        fields=_fields(form), basis=form.get("basis", ""), why=form.get("why", ""),
    )  # fmt: skip
    if asked_for.action not in {"accept", "reject", "merge", "mark", "move", "edit", "split", "add"}:
        raise HttpError(400, "bad_request", "action: not one that can be taken here")
    try:
        outcome = ask.bench.decide(asked_for, ask.person.name)
    except ConflictError as problem:
        return _conflict(ask, form, problem)
    if ask.request.headers.get("hx-request") == "true":
        return _piece(ask, outcome, form)
    return back(ask, form, outcome)


def _fields(form: Form) -> dict[str, Any]:
    """Fields named `set-…`; an empty one is null."""
    return {name[4:]: value or None for name, value in form.items() if name.startswith("set-")}


def _piece(ask: Ask, outcome: Outcome, form: Form) -> Response:
    """The decided record, as the queue shows it now."""
    last = outcome.decisions[-1]
    return render(ask, "decided.html", {"decision": last, "outcome": outcome, "back": form.get("back", "/queue")})


def _conflict(ask: Ask, form: Form, problem: ConflictError) -> Response:
    """Both versions side by side."""
    if form.get("kind") in OF_A_REPORT and form.get("report") in ask.bench.desk.keys:
        with ask.bench.reading() as connection:
            standing = ask.bench.desk.standing(connection, form["report"])
        try:
            context = report_pages.item_context(ask, standing, form.get("item", ""))
        except HttpError:
            raise problem from None
        shown = context | {
            "conflict": {"yours": problem.yours, "theirs": problem.theirs},
            "problem": str(problem),
            "form": dict(form),
        }
        return render(ask, "item.html", shown, 409)
    raise problem


def save(ask: Ask, form: Form) -> Response:
    """Correct one record: every field that is otherwise than it was."""
    ask.need("decide")
    standing, name = report_pages.standing_of(ask), ask.request.path_params["item"]
    context = report_pages.item_context(ask, standing, name)
    kind, record = context["kind"], context["record"]
    try:
        if form.get("do") == "split":
            fields, exact = forms.split_parts(form, kind, standing.reading.report.text)
            action = "split"
        else:
            fields, exact = _READ[kind](form, standing.reading, record)
            action = "edit"
        asked_for = Proposal(
            action=action, kind=kind, item=name, report=standing.reading.report.id, fields=fields, exact=exact,  # type: ignore[arg-type]
            basis=form.get("basis", ""), why=form.get("why", ""),
        )  # fmt: skip
        outcome = ask.bench.decide(asked_for, ask.person.name)
    except ConflictError as problem:
        return _conflict(ask, {**form, "kind": kind, "item": name, "report": standing.reading.report.id}, problem)
    except RefusedError as problem:
        return render(ask, "item.html", context | {"problem": str(problem), "form": dict(form)}, 422)
    report = standing.reading.report.id
    return back(ask, form, outcome, f"/reports/{report}#e-{outcome.item}")


_READ: dict[str, Callable[..., forms.Fields]] = {
    "statement": forms.statement_fields,
    "claim": forms.claim_fields,
    "entity": forms.entity_fields,
}


def add(ask: Ask, form: Form) -> Response:
    """Add a statement, claim, speaker or mark, with exact words."""
    ask.need("decide")
    standing, kind = report_pages.standing_of(ask), form.get("kind", "")
    reading = standing.reading
    if kind not in {"statement", "claim", "entity", "passage"}:
        raise HttpError(400, "bad_request", "kind: choose statement, claim, entity or passage")
    words = form.get("words", "").replace("\r\n", "\n")
    span = forms.found_words(reading.report.text, words, form.get("at", ""))
    fields: dict[str, Any]
    exact: dict[str, tuple[str, ...]]
    if kind == "passage":
        fields, exact = {"spans": [span]}, {"spans": (words,)}
    elif kind == "entity":
        fields = {"name": form.get("name", "").strip() or words, "kind": form.get("entity_kind", "person"),
                  "mentions": [{"span": span, "form": "name"}]}  # fmt: skip
        exact = {"mentions": (words,)}
    else:
        given = {name: value for name, value in form.items() if name not in {"kind", "words", "at"}}
        fields, exact = _READ[kind](given, reading, None)
        place = "content" if kind == "statement" else "trigger"
        fields[place] = [span] if kind == "statement" else span
        exact[place] = (words,)
    asked_for = Proposal(
        action="mark" if kind == "passage" else "add", kind=kind, report=reading.report.id, fields=fields, exact=exact,  # type: ignore[arg-type]
        why=form.get("why", ""),
    )  # fmt: skip
    outcome = ask.bench.decide(asked_for, ask.person.name)
    anchor = f"#e-{outcome.item}" if outcome.item else ""
    return back(ask, {}, outcome, f"/reports/{reading.report.id}{anchor}")


def undo(ask: Ask, form: Form) -> Response:
    """Take a decision or a batch back."""
    ask.need("decide")
    outcome = ask.bench.undo(form.get("decision", ""), ask.person.name, form.get("why", ""))
    if ask.request.headers.get("hx-request") == "true":
        return _piece(ask, outcome, form)
    return back(ask, form, outcome)


def bulk(ask: Ask, form: Form) -> Response:
    """Decide on all that the current filter finds: a step, and a page that goes on with the next."""
    ask.need("decide")
    values = {name[7:]: value for name, value in form.items() if name.startswith("filter-") and value}
    try:
        body = msgspec.convert(
            {"filter": values, "action": form.get("action"), "fields": _fields(form), "why": form.get("why", ""),
             "batch": form.get("batch", ""), "after": form.get("after", "")}, Bulk, strict=False,
        )  # fmt: skip
    except msgspec.ValidationError as problem:
        raise HttpError(400, "bad_request", str(problem)) from problem
    step = answers.on_filter(ask, body)
    number = form.get("number", "0")
    so_far = (int(number) if number.isdecimal() and len(number) < 9 else 0) + len(step.outcome.decisions)
    if step.left > 0:
        kept = {name: form[name] for name in form if name.startswith(("filter-", "set-")) or name in ("action", "why")}
        fresh = {"batch": step.batch, "after": step.after, "number": str(so_far), "back": form.get("back", "/queue")}
        return render(ask, "bulk.html", {"fields": kept | fresh, "number": so_far, "left": step.left, "step": step})
    return back(ask, form, None, "/queue", done=step.batch)


def incident(ask: Ask, form: Form) -> Response:
    """Decide about an incident: title and kind, merge, split, reject, status, origins, copies."""
    ask.need("decide")
    name = ask.request.path_params["incident"]
    if name not in ask.bench.desk.piles.clusters:
        raise not_found("incident")
    do, why, basis = form.get("do", ""), form.get("why", ""), form.get("basis", "")
    chosen = tuple(key[6:] for key in form if key.startswith("claim-"))
    if do == "sign":
        ask.need("sign")
        return back(ask, form, ask.bench.sign(name, ask.person.name, why, basis), f"/incidents/{name}")
    made: dict[str, Callable[[], Proposal]] = {
        "edit": lambda: Proposal(action="edit", kind="incident", item=name, basis=basis, why=why, fields={
            key: form[key] for key in ("title", "type") if form.get(key) and form[key] != form.get(f"was-{key}")}),
        "merge": lambda: Proposal(action="merge", kind="incident", item=name, basis=basis, why=why,
                                  others=(_incident(ask, form.get("other", "")),)),
        "split": lambda: Proposal(action="split", kind="incident", item=name, others=chosen, basis=basis, why=why),
        "reject": lambda: Proposal(action="reject", kind="incident", item=name, basis=basis, why=why),
        "reviewed": lambda: Proposal(action="status", kind="incident", item=name, why=why,
                                     fields={"status": "reviewed"}),
        "draft": lambda: Proposal(action="status", kind="incident", item=name, why=why, fields={"status": "draft"}),
        "origins": lambda: Proposal(action="merge", kind="origin", item=form.get("origin", ""), why=why,
                                    others=(form.get("other", ""),)),
        "apart": lambda: Proposal(action="split", kind="origin", item=form.get("origin", ""), why=why,
                                  others=(form.get("other", ""),)),
        "party": lambda: Proposal(action="edit", kind="origin", item=form.get("origin", ""), why=why,
                                  fields={"party": form.get("party") or None}),
        "copy": lambda: Proposal(action="edit", kind="copy", item=form.get("second", ""), report=form.get("first"),
                                 fields={"label": form.get("label")}, why=why),
    }  # fmt: skip
    if do not in made:
        raise HttpError(400, "bad_request", "do: not something that can be done to an incident")
    outcome = ask.bench.decide(made[do](), ask.person.name, name)
    gone = name not in ask.bench.desk.piles.clusters
    return back(ask, {} if gone else form, outcome, "/incidents" if gone else f"/incidents/{name}")


def _incident(ask: Ask, words: str) -> str:
    """An incident by its id or its number (I-12)."""
    words = words.strip()
    if words.upper().startswith("I-") and words[2:].isdigit():
        number = int(words[2:])
        return next((one for one, n in ask.bench.desk.incident_numbers.items() if n == number), words)
    return words


def account(ask: Ask, form: Form) -> Response:
    """Tokens and the direction of the pages."""
    if form.get("do") == "direction":
        answer = Response(None, 303, {"location": "/account"})
        side = "rtl" if form.get("direction") == "rtl" else "ltr"
        answer.set_cookie("evenhand-direction", side, max_age=31_536_000, httponly=True, samesite="strict")
        return answer
    if ask.person.alone:
        raise HttpError(422, "refused", "working alone there are no accounts; make one with evenhand user add")
    if form.get("do") == "token":
        scopes = [name[6:] for name in form if name.startswith("scope-")]
        _, secret = ask.accounts.new_token(ask.person.name, form.get("name", ""), scopes)
        return render(ask, "account.html", {"tokens": ask.accounts.tokens(ask.person.name), "secret": secret})
    if form.get("do") == "end":
        ask.accounts.end_token(ask.person.name, form.get("token", ""))
    return Response(None, 303, {"location": "/account"})


def people(ask: Ask, form: Form) -> Response:
    """Make, change and shut accounts."""
    ask.need("admin")
    name, did = form.get("name", ""), form.get("do", "")
    try:
        if did == "add":
            ask.accounts.add(name, form.get("role", ""), form.get("password", ""))
        elif did == "role":
            ask.accounts.set_role(name, form.get("role", ""))
        elif did in {"disable", "open"}:
            ask.accounts.disable(name, disabled=did == "disable")
        else:
            raise HttpError(400, "bad_request", "do: add, role, disable or open")
    except RefusedError as problem:
        return render(ask, "people.html", {"people": ask.accounts.people(), "problem": str(problem)}, 422)
    ask.bench.log("account", {"name": name, "did": did, "role": form.get("role")}, ask.person.name)
    return Response(None, 303, {"location": "/people"})


def seen(ask: Ask, form: Form) -> Response:
    """Note that a person has seen what changed until now."""
    ask.accounts.looked(ask.person.name, stamp())
    return Response(None, 303, {"location": local(form.get("back", "/"))})


POSTS: dict[str, Callable[[Ask, Form], Response]] = {
    "/decide": decide,
    "/undo": undo,
    "/bulk": bulk,
    "/seen": seen,
    "/reports/{report}/new": add,
    "/reports/{report}/items/{item}": save,
    "/incidents/{incident}": incident,
    "/account": account,
    "/people": people,
}
