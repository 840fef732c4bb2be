"""`python -m benchmarks.workbench pages|reviewers|kills [--store postgresql]`: figures as JSON lines.

Everything stays on the loopback; reports, reviewers, seconds and kills are bounded by the options. `--store postgresql`
starts Debian's server for the time of the run; `--store postgresql://…` names an empty database.


pages --reports 10000                                       every page, SQLite; about 6 minutes
pages --reports 10000 --store postgresql                    the same on PostgreSQL; about 8 minutes
reviewers --reports 200 --seconds 300                       8 reviewers, SQLite; 6 minutes
reviewers --reports 200 --reviewers 40 --seconds 300 --think 3 --store postgresql       6 minutes
kills --reports 40 --reviewers 6 --seconds 3 --think 0.2 [--store postgresql]           3 minutes
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from benchmarks.workbench.crowd import kills, reviewers, serve
from benchmarks.workbench.pages import pages


def main() -> None:
    """Run one part."""
    about = (__doc__ or "").replace("\b\n", "")
    parser = argparse.ArgumentParser(description=about, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("part", choices=["pages", "reviewers", "kills", "serve"])
    parser.add_argument("folder", nargs="?", help="a case that is kept, and used again by `pages` (default: none is)")
    parser.add_argument("--store", help="postgresql, or postgresql://… of an empty database (default: SQLite)")
    parser.add_argument("--reports", type=int, default=1000)
    parser.add_argument("--claims", type=int, default=10, help="claims a report")
    parser.add_argument("--reviewers", type=int, default=8)
    parser.add_argument("--seconds", type=float, default=30)
    parser.add_argument("--think", type=float, default=2.0, help="seconds a reviewer thinks, at most, between requests")
    parser.add_argument("--times", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    args.killed = False
    args.reports, args.reviewers = min(args.reports, 20_000), min(args.reviewers, 60)
    args.seconds, args.times = min(args.seconds, 600), min(args.times, 200)
    if args.part == "serve":
        serve(Path(args.folder))
        return
    if args.store == "postgresql":
        from tests import postgres

        args.store = postgres.database()
    does = {"pages": pages, "reviewers": reviewers, "kills": kills}[args.part]
    if args.folder is not None:
        does(args, Path(args.folder))
        return
    with tempfile.TemporaryDirectory() as home:
        does(args, Path(home) / "case")


if __name__ == "__main__":
    main()
