"""The web application: routes, who is asking, and errors in one shape."""

from __future__ import annotations

import gc
import secrets
import sys
import threading
import time
from collections.abc import Awaitable, Callable, Iterable
from importlib.resources import files
from urllib.parse import quote

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from evenhand.errors import EvenhandError, RefusedError
from evenhand.workbench import api
from evenhand.workbench.accounts import RIGHTS, Accounts, Person
from evenhand.workbench.answers import original
from evenhand.workbench.bench import Workbench
from evenhand.workbench.endpoints import ENDPOINTS, PREFIX, Endpoint
from evenhand.workbench.pages import PAGES, warm_map
from evenhand.workbench.posts import POSTS
from evenhand.workbench.rendering import environment, local, problem_page, warm
from evenhand.workbench.replies import Ask, ErrorReply, HttpError, Problem, json_reply, of_problem
from evenhand.workbench.security import Guard
from evenhand.workbench.shapes import Nothing

_REFRESH = 2.0  # seconds between looks at what others logged


class Door:
    """Who is let in: alone by a one-time token in the address, in a team by account, session or API token."""

    def __init__(self, bench: Workbench, accounts: Accounts, alone: str | None, *, secure: bool = False) -> None:
        self.bench, self.accounts, self.alone, self.secure = bench, accounts, alone, secure
        self.token = secrets.token_urlsafe(32) if alone is not None else ""
        self.cookie = f"evenhand-{bench.case.log.entries()[0].hash[:8]}"  # other servers here share cookies, not names
        self._session = ""
        self._lock = threading.Lock()
        self._looked = 0.0

    def enter(self, token: str) -> str | None:
        """A session's secret for the one-time token; the token is then spent."""
        with self._lock:
            if not self.token or not secrets.compare_digest(token.encode(), self.token.encode()):
                return None
            self.token, self._session = "", secrets.token_urlsafe(32)
            return self._session

    def person(self, request: Request) -> Person | None:
        """Who is asking, or None."""
        bearer = request.headers.get("authorization", "")
        if bearer.lower().startswith("bearer "):
            return self.accounts.by_token(bearer[7:].strip())
        secret = request.cookies.get(self.cookie, "")
        if not secret:
            return None
        if self.alone is not None:
            if self._session and secrets.compare_digest(secret.encode(), self._session.encode()):
                return Person(self.alone, "admin", RIGHTS["admin"], session=secret, alone=True)
            return None
        return self.accounts.by_session(secret)

    def ask(self, request: Request) -> Ask | None:
        """The request with who asks it; what others logged meanwhile is taken up."""
        person = self.person(request)
        if person is None:
            return None
        if time.monotonic() - self._looked > _REFRESH:
            self._looked = time.monotonic()
            self.bench.refresh()
        return Ask(request, self.bench, self.accounts, person)


def about_to_serve() -> None:
    """Set this process up to answer many at once. To be called once, when the case is open.

    What the open case holds in memory is taken out of Python's search for garbage, which else stops every request: with
    10,000 reports one search takes a tenth of a second. And threads take turns ten times as often: a decision asks the
    database twenty times, and after each answer would wait 5 ms for a thread that makes a page.
    """
    gc.collect()
    gc.freeze()
    sys.setswitchinterval(0.0005)


def make_app(
    bench: Workbench, accounts: Accounts, *, hosts: Iterable[str], alone: str | None, secure: bool = False
) -> Starlette:
    """The application for one open case. `alone`: the name of the one person who works without accounts, or None.

    `hosts`: the names (with port) under which it answers. `secure`: it is reached by https, so cookies are too.
    """
    warm()
    warm_map(bench)
    door = Door(bench, accounts, alone, secure=secure)
    routes = [
        Mount("/static", StaticFiles(packages=[("evenhand.workbench", "static")])),
        Route("/dossier.css", _dossier_style, methods=["GET"]),
        Route("/sign-in", _sign_in_page(door), methods=["GET"]),
        Route("/sign-in", _sign_in(door), methods=["POST"]),
        Route("/sign-out", _sign_out(door), methods=["POST"]),
        Route("/healthz", _health, methods=["GET"]),
        Route(f"{PREFIX}/openapi.json", _openapi, methods=["GET"]),
        *(Route(PREFIX + one.path, _endpoint(door, one), methods=[one.method]) for one in ENDPOINTS),
        Route(
            "/reports/{report}/original",
            _page(door, lambda ask: original(_with_path(ask), Nothing(), None)),
            methods=["GET"],
        ),
        *(Route(path, _page(door, does), methods=["GET"]) for path, does in PAGES.items()),
        *(Route(path, _post(door, does), methods=["POST"]) for path, does in POSTS.items()),
    ]
    app = Starlette(
        routes=routes, middleware=[Middleware(Guard, hosts=hosts)],
        exception_handlers={HTTPException: _http_problem(door), Exception: _crash},
    )  # fmt: skip
    app.state.door = door
    return app


def _with_path(ask: Ask) -> Ask:
    return Ask(ask.request, ask.bench, ask.accounts, ask.person, dict(ask.request.path_params))


Handler = Callable[[Request], Awaitable[Response]]


def _endpoint(door: Door, endpoint: Endpoint) -> Handler:
    async def handle(request: Request) -> Response:
        try:
            ask = await run_in_threadpool(door.ask, request)
            if ask is None:
                raise HttpError(401, "unauthorised", "sign in, or send a token: Authorization: Bearer …")
            return await api.answer(endpoint, ask)
        except (HttpError, EvenhandError) as problem:
            return api_problem(of_problem(problem))

    return handle


def api_problem(problem: HttpError) -> Response:
    """An error in the one shape of the API."""
    told = Problem(status=problem.status, code=problem.code, message=problem.message, **problem.more)
    headers = {"www-authenticate": "Bearer"} if problem.status == 401 else None
    return json_reply(ErrorReply(error=told), problem.status, headers)


def _page(door: Door, does: Callable[[Ask], Response]) -> Handler:
    def answer(request: Request) -> Response:
        ask = None
        try:
            ask = door.ask(request)
            if ask is None:
                return _to_sign_in(door, request)
            return does(ask)
        except (HttpError, EvenhandError) as problem:
            return problem_page(ask, of_problem(problem), ask is not None)

    async def handle(request: Request) -> Response:
        return await run_in_threadpool(answer, request)

    return handle


def _post(door: Door, does: Callable[[Ask, dict[str, str]], Response]) -> Handler:
    def answer(request: Request, form: dict[str, str]) -> Response:
        ask = None
        try:
            ask = door.ask(request)
            if ask is None:
                raise HttpError(401, "unauthorised", "your session has ended; sign in again")
            return does(ask, form)
        except (HttpError, EvenhandError) as problem:
            return problem_page(ask, of_problem(problem), ask is not None)

    async def handle(request: Request) -> Response:
        try:
            form = await _form(request)
        except HttpError as problem:
            return problem_page(None, problem, signed_in=False)
        return await run_in_threadpool(answer, request, form)

    return handle


async def _form(request: Request) -> dict[str, str]:
    """The fields of a form, as text; no files. Line ends are those of the text area."""
    try:
        async with request.form(max_files=0, max_fields=400) as found:
            return {name: value for name, value in found.multi_items() if isinstance(value, str)}
    except (HTTPException, ClientDisconnect, ValueError) as problem:
        raise HttpError(400, "bad_request", "the form cannot be read") from problem


def _to_sign_in(door: Door, request: Request) -> Response:
    token = request.query_params.get("token", "")
    if door.alone is not None:
        secret = door.enter(token) if token else None
        if secret is None:
            return problem_page(
                None,
                HttpError(401, "unauthorised", "open the address that evenhand serve printed; it works once"),
                False,
            )
        answer: Response = RedirectResponse(request.url.path, 303)
        _set_cookie(door, answer, secret)
        return answer
    here = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    return RedirectResponse(f"/sign-in?back={quote(here)}", 303)


def _set_cookie(door: Door, answer: Response, secret: str) -> None:
    answer.set_cookie(door.cookie, secret, httponly=True, samesite="strict", secure=door.secure, path="/")


def _sign_in_page(door: Door) -> Handler:
    async def handle(request: Request) -> Response:
        return _sign_in_form(request, "", 200) if door.alone is None else RedirectResponse("/", 303)

    return handle


def _sign_in_form(request: Request, problem: str, status: int) -> Response:
    back = local(request.query_params.get("back", "/"))
    html = environment().get_template("sign_in.html").render(problem=problem, back=back, direction="ltr")
    return Response(html, status, media_type="text/html")


def _sign_in(door: Door) -> Handler:
    async def handle(request: Request) -> Response:
        try:
            form = await _form(request)
        except HttpError as problem:
            return problem_page(None, problem, signed_in=False)
        if door.alone is not None:
            return RedirectResponse("/", 303)
        try:
            secret = await run_in_threadpool(
                door.accounts.sign_in,
                form.get("name", "").strip(),
                form.get("password", ""),
                form.get("code", "").strip(),
            )
        except RefusedError as problem:
            return _sign_in_form(request, str(problem), 401)
        answer = RedirectResponse(local(form.get("back", "/")), 303)
        _set_cookie(door, answer, secret)
        return answer

    return handle


def _sign_out(door: Door) -> Handler:
    async def handle(request: Request) -> Response:
        person = await run_in_threadpool(door.person, request)
        if person is not None and person.session and not person.alone:
            await run_in_threadpool(door.accounts.sign_out, person.session)
        answer = RedirectResponse("/sign-in", 303)
        answer.delete_cookie(door.cookie)
        return answer

    return handle


async def _health(_request: Request) -> Response:
    return Response("ok\n", media_type="text/plain")


async def _dossier_style(_request: Request) -> Response:
    style = files("evenhand.dossier").joinpath("templates/style.css").read_text("utf-8")
    return Response(style, media_type="text/css", headers={"cache-control": "max-age=300"})


async def _openapi(_request: Request) -> Response:
    return json_reply(api.openapi())


def _http_problem(door: Door) -> Callable[[Request, Exception], Awaitable[Response]]:
    async def handle(request: Request, found: Exception) -> Response:
        status = found.status_code if isinstance(found, HTTPException) else 500
        code, message = {
            404: ("not_found", "there is no such page"),
            405: ("method_not_allowed", "not with this method"),
        }.get(status, ("error", "this cannot be answered"))
        problem = HttpError(status, code, message)
        if request.url.path.startswith(PREFIX):
            answer = api_problem(problem)
        else:
            answer = problem_page(await run_in_threadpool(door.ask, request), problem, signed_in=True)
        if isinstance(found, HTTPException) and found.headers:
            answer.headers.update(found.headers)
        return answer

    return handle


async def _crash(request: Request, _found: Exception) -> Response:
    problem = HttpError(500, "internal", "something went wrong; it is in the server's log. Nothing was half written.")
    return api_problem(problem) if request.url.path.startswith(PREFIX) else problem_page(None, problem, signed_in=False)
