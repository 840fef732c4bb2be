"""Who belongs to whom, as TOML data with a source for each fact, its loader, and the reasons in words."""

from evenhand.profiles.explain import explain
from evenhand.profiles.load import load_case, load_profile, with_case, world

__all__ = ["explain", "load_case", "load_profile", "with_case", "world"]
