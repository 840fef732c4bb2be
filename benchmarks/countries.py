"""Write the names of countries that the dossier prints: python -m benchmarks.countries

They are those of the packaged gazetteer (GeoNames, CC BY 4.0), by ISO 3166-1 alpha-2 code, sorted by code. The
dossier keeps its own list because it shows records without the gazetteer at hand.
"""

from __future__ import annotations

import itertools
import json
import string
from pathlib import Path

from evenhand.reading.places.gazetteer import Gazetteer

OUT = Path(__file__).parents[1] / "src/evenhand/dossier/data/countries.json"


def main() -> None:
    """Ask for every code there can be and write the names found."""
    gazetteer = Gazetteer()
    codes = map("".join, itertools.product(string.ascii_uppercase, repeat=2))
    names = {code: found.name for code in codes if (found := gazetteer.country(code)) is not None}
    OUT.write_text(json.dumps(names, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")
    print(f"{OUT}: {len(names)} countries")


if __name__ == "__main__":
    main()
