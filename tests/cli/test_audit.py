"""What the command refuses, before anything is read."""

from __future__ import annotations

import pytest

from evenhand.cli import cli
from evenhand.errors import UsageError


def run(*words: str) -> None:
    cli.main(["audit", *words], standalone_mode=False)


def test_an_unknown_party_is_named(tmp_path):
    with pytest.raises(UsageError, match="nobody"):
        run(str(tmp_path), "--parties", "nobody", "russia")


def test_pairs_that_are_no_pairs_are_named(tmp_path):
    pairs = tmp_path / "pairs.toml"
    pairs.write_text('pairs = [["one"]]')
    with pytest.raises(UsageError, match="two names"):
        run(str(tmp_path), "--pairs", str(pairs))
    pairs.write_text("pairs = [")
    with pytest.raises(UsageError, match="TOML"):
        run(str(tmp_path), "--pairs", str(pairs))
