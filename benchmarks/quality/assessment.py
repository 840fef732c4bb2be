"""The assessment on real readings of the gold's articles: members, grades, origins, tolls and informants.

    .venv/bin/python -m benchmarks.quality assessment

Reads `shared/data/fa-kes/articles.csv` with the reader as it is (about a minute on two cores), then measures what
`benchmarks.quality.incidents` calls *whole*, and the informants of each article. "origins not over" is the share of
incidents whose independent origins are not over-counted: the costly error.
"""

from pathlib import Path

from benchmarks.quality import informants
from benchmarks.quality.incidents import read_articles, whole

ARTICLES = Path(__file__).resolve().parents[3] / "shared/data/fa-kes/articles.csv"
COLUMNS = "text=article_content,outlet=source,title=article_title,external_id=unit_id"


def figures() -> dict[str, float]:
    """For `python -m benchmarks.quality`."""
    readings = read_articles(ARTICLES, COLUMNS)
    found = whole(readings)
    found["origins not over"] = 1 - found.pop("origins over")
    found["near misses kept apart"] = 1 - found.pop("near misses merged")
    return found | {f"informants {name}": value for name, value in informants.scores(readings).items()}
