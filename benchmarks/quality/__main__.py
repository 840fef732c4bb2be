"""Measure and compare with the floors.

    python -m benchmarks.quality                   all parts; fails when a figure is below its floor
    python -m benchmarks.quality statements        one part
    python -m benchmarks.quality --raise           lift floors to the figures reached (never lowers one)

Each part is a module of this package with `figures() -> dict[str, float]`.
"""

import argparse
import importlib
import json
import sys
from pathlib import Path

PARTS = (
    "statements", "polnear", "sentences", "resolution", "intake", "places", "times", "quantities", "copies",
    "incidents", "assessment", "stories", "audit",
)  # fmt: skip
FLOORS = Path(__file__).with_name("floors.json")
SHARED = Path(__file__).parents[3] / "shared"
# Figures that describe and do not judge, or where less is better: they get no floor.
UNRANKED = (
    "baseline",
    "origins over",
    "gold undated",
    "date differs",
    "with a credit",
    "missing",
    "outlet (text alone)",
)
MARGIN = 0.01  # a figure may be this far below what was reached: a rewording moves one statement of the gold


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("parts", nargs="*", choices=[*PARTS, []], help="parts to measure (default: all)")
    parser.add_argument("--raise", dest="lift", action="store_true", help="lift the floors to what is reached")
    words = parser.parse_args()
    if not SHARED.is_dir():
        print(f"{SHARED} is not there: nothing can be measured")
        return 0
    floors: dict[str, dict[str, float]] = json.loads(FLOORS.read_text()) if FLOORS.exists() else {}
    below = []
    for part in words.parts or PARTS:
        figures = importlib.import_module(f"benchmarks.quality.{part}").figures()
        for name, value in figures.items():
            floor = floors.get(part, {}).get(name)
            low = floor is not None and value < floor
            below += [f"{part}: {name} {value:.3f} is below {floor:.3f}"] if low else []
            print(
                f"{part:12} {name:44} {value:8.3f}",
                "" if floor is None else f"floor {floor:.3f}",
                "BELOW" if low else "",
            )
        if words.lift:
            kept = floors.setdefault(part, {})
            for name, value in figures.items():
                if 0 < value <= 1 and not any(words in name for words in UNRANKED):
                    kept[name] = max(kept.get(name, 0.0), round(value - MARGIN, 3))
    if words.lift:
        FLOORS.write_text(json.dumps(floors, indent=1, sort_keys=True) + "\n")
    print("\n".join(below))
    return 1 if below else 0


if __name__ == "__main__":
    sys.exit(main())
