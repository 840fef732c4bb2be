"""Who belongs to whom, as TOML data with a source for each fact, its loader, and the reasons in words."""

from pathlib import Path

from evenhand.profiles.explain import explain
from evenhand.profiles.load import load_case, load_profile, with_case, world

PACKAGED_CASES = Path(__file__).parent / "cases"
"""Cases that come with evenhand: what bare names ("activists", "the army") mean in one war."""

__all__ = ["PACKAGED_CASES", "explain", "load_case", "load_profile", "with_case", "world"]
