"""Render the pages of a finished run again and measure them: python -m benchmarks.dossier DIR [CASE]

DIR is what `evenhand assess … -o DIR` wrote; CASE the case file or name that run was given. Prints the number of
pages, their size, the largest one of each kind, CPU seconds of rendering and writing, and peak memory; then follows
every link of every page and names those that lead nowhere. Exit status 1 if there is one.
"""

import html
import posixpath
import re
import resource
import sys
import time
from collections import defaultdict
from importlib.resources import files
from pathlib import Path

import msgspec

from evenhand import assessing, dossier
from evenhand.cli import options
from evenhand.model.incident import Incident
from evenhand.model.reading import Reading
from evenhand.settings import case_path
from evenhand.store.database import open_store


def main() -> None:
    """Render, write, and print one line a kind of page and one for all."""
    out = Path(sys.argv[1])
    case = case_path(sys.argv[2] if len(sys.argv) > 2 else None, Path(str(files("evenhand.profiles"))) / "cases")
    readings = _records(out / "ledger" / "readings.jsonl", Reading)
    incidents = _records(out / "ledger" / "incidents.jsonl", Incident)
    store = open_store(out / ".evenhand" / "state.sqlite")
    copies = store.copies()
    store.close()
    before = time.process_time()
    pages = dossier.write_pages(
        out, readings=readings, incidents=incidents, copies=copies, profile=options.profile_of(case),
        rules=assessing.rule_table(),
    )  # fmt: skip
    seconds = time.process_time() - before
    sizes: defaultdict[str, list[int]] = defaultdict(list)
    for page in pages:
        sizes[page.parent.name if page.parent != out else page.name].append(page.stat().st_size)
    for kind, found in sorted(sizes.items()):
        print(f"{kind}: {len(found):,} pages, {sum(found) / 1e6:.2f} MB, largest {max(found) / 1e3:,.0f} kB")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    total = sum(map(sum, sizes.values())) / 1e6
    print(f"{len(readings):,} reports, {len(incidents):,} incidents: {len(pages):,} pages, {total:.1f} MB, "
          f"{seconds:.1f} CPU seconds, peak {peak:,.0f} MB")  # fmt: skip
    links, dead = _dead_links(out, pages)
    print(f"{links:,} links, {len(dead):,} lead nowhere", *dead[:20], sep="\n")
    sys.exit(1 if dead else 0)


def _dead_links(out: Path, pages: list[Path]) -> tuple[int, list[str]]:
    """The number of different links, and those whose file or anchor is not there."""
    ids: dict[str, set[str]] = {}
    links: set[tuple[str, str]] = set()
    for path in pages:
        if path.suffix == ".html":
            name, text = path.relative_to(out).as_posix(), path.read_text("utf-8")
            ids[name] = set(re.findall(r'\sid="([^"]+)"', text))
            links |= {(name, html.unescape(link)) for link in re.findall(r'\shref="([^"]+)"', text)}
    dead = []
    for name, link in sorted(links):
        target, _, anchor = link.partition("#")
        to = posixpath.normpath(posixpath.join(posixpath.dirname(name), target)) if target else name
        there = not anchor or anchor in ids[to] if to in ids else (out / to).exists()
        if not there:
            dead.append(f"{name}: {link}")
    return len(links), dead


def _records(path: Path, kind: type) -> tuple:
    return tuple(msgspec.json.decode(line, type=kind) for line in path.read_bytes().splitlines())


if __name__ == "__main__":
    main()
