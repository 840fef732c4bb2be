"""Documents that must agree with what runs."""

import re
from pathlib import Path

import pytest

from evenhand.assessing import rule_table

PAGES = [*Path("docs").rglob("*.md"), Path("README.md"), Path("CONTRIBUTING.md")]


def test_the_method_page_holds_the_table_that_runs():
    assert rule_table().markdown().strip() in Path("docs/method.md").read_text("utf-8")


@pytest.mark.parametrize("page", PAGES, ids=str)
def test_links_between_pages_lead_somewhere(page):
    for target in re.findall(r"\]\(([^)#\s]+)\)", page.read_text("utf-8")):
        if "://" not in target:
            assert (page.parent / target).exists(), f"{page} links to {target}"


@pytest.mark.parametrize("page", sorted(Path("docs/decisions").glob("*.md")), ids=str)
def test_a_decision_is_short_and_says_what_it_cost(page):
    text = page.read_text("utf-8")
    assert len(text.splitlines()) <= 40
    for heading in ("Question", "Choice", "Cost"):
        assert heading in text, f"{page} does not say: {heading}"


def test_every_package_is_in_the_contributors_map():
    shape = Path("CONTRIBUTING.md").read_text("utf-8")
    packages = [path.name for path in Path("src/evenhand").iterdir() if (path / "__init__.py").exists()]
    assert [name for name in packages if f"`{name}" not in shape] == []
