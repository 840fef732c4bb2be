"""`evenhand train`: rebuild the reader's weights from data."""

from __future__ import annotations

from pathlib import Path

import click

from evenhand.errors import UsageError

EXAMPLES = """\b
Examples:
  evenhand train ../shared/data -o training/weights

Needs the training extra: pip install 'evenhand[train]'. See docs/model-card.md for data, licences and figures.
"""


@click.command(epilog=EXAMPLES, short_help="Rebuild the reader's weights.")
@click.argument("data", type=click.Path(path_type=Path, exists=True, file_okay=False), metavar="DATA_DIR")
@click.option("-o", "--out", required=True, type=click.Path(path_type=Path, file_okay=False), metavar="DIR")
def train(data: Path, out: Path) -> None:
    """Train the reader from the corpora in DATA_DIR and write weights with their SHA-256 to DIR."""
    try:
        from evenhand.learning.train import train as run  # noqa: PLC0415 - torch is not there at run time
    except ModuleNotFoundError as problem:
        raise UsageError(f"{problem.name} is not installed: pip install 'evenhand[train]'") from problem
    run(data, out)
