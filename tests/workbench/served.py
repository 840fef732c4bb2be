"""The workbench on a real port of the loopback, and a browser that notes whatever goes wrong on a page."""

from __future__ import annotations

import shutil
import socket
import threading
import time
from contextlib import contextmanager

import pytest
import uvicorn

from evenhand.workbench.accounts import Accounts
from evenhand.workbench.app import make_app

CHROMIUM = shutil.which("chromium")
needs_chromium = pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed (apt install chromium)")
SWITCHES = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
            "--disable-sync", "--no-first-run"]  # fmt: skip


@contextmanager
def server(bench, alone="Ada"):
    """(address, app) of the bench, served until the block ends."""
    sock = socket.socket()
    sock.bind(("127.0.0.1", 0))
    port = sock.getsockname()[1]
    app = make_app(bench, Accounts(bench.store.engine), hosts=[f"127.0.0.1:{port}"], alone=alone)
    running = uvicorn.Server(uvicorn.Config(app, log_level="warning", access_log=False, ws="none", lifespan="off"))
    thread = threading.Thread(target=running.run, kwargs={"sockets": [sock]}, daemon=True)
    thread.start()
    while not running.started:
        time.sleep(0.01)
    yield f"http://127.0.0.1:{port}", app
    running.should_exit = True
    thread.join(timeout=10)


class Watched:
    """A page of which everything is noted: dialogs, messages, requests that leave the server."""

    def __init__(self, context, address):
        self.page, self.address = context.new_page(), address
        self.wrong: list[str] = []
        self.page.on(
            "console", lambda m: self.wrong.append(f"console: {m.text}") if m.type in {"error", "warning"} else None
        )
        self.page.on("pageerror", lambda e: self.wrong.append(f"error: {e}"))
        self.page.on("dialog", lambda d: (self.wrong.append(f"dialog: {d.message}"), d.dismiss()))
        self.page.on(
            "request",
            lambda r: (
                None
                if r.url.startswith(address) or r.url.startswith("data:")
                else self.wrong.append(f"request: {r.url}")
            ),
        )

    def go(self, path):
        return self.page.goto(self.address + path)


SIZES = {"desktop": {"width": 1280, "height": 900}, "phone": {"width": 390, "height": 844}}
WIDE = """() => { const root = document.documentElement; const own = root.clientWidth; if (root.scrollWidth <= own) return [];
  const found = [`${root.scrollWidth} > ${own}, dir ${root.dir}`];
  for (const e of document.querySelectorAll("body *")) { const b = e.getBoundingClientRect();
    if (b.width && (b.right > own + 1 || b.left < -1)) found.push(`${e.tagName}.${e.className} ${Math.round(b.left)}–${Math.round(b.right)}`); }
  return found.slice(0, 9); }"""


def fits(page):
    """Nothing stands out of the window to the side, once the page and its styles are there."""
    page.wait_for_load_state("load")
    assert page.evaluate(WIDE) == [], page.url


def select(page, words):
    """Select words of a report's text as a person does, and let the page know."""
    page.evaluate(
        """words => { const text = document.getElementById("text"); const nodes = []; const walk = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
        for (let n = walk.nextNode(); n; n = walk.nextNode()) if (!n.parentElement.closest(".ref, .sr")) nodes.push(n);
        const all = nodes.map(n => n.data).join(""); const at = all.indexOf(words); let seen = 0; const range = document.createRange();
        for (const n of nodes) { if (seen <= at && at < seen + n.data.length) range.setStart(n, at - seen);
          const end = at + words.length; if (seen < end && end <= seen + n.data.length) range.setEnd(n, end - seen); seen += n.data.length; }
        getSelection().removeAllRanges(); getSelection().addRange(range); text.dispatchEvent(new MouseEvent("mouseup", {bubbles: true})); }""",
        words,
    )
