"""Word lists as they are written down: words parted by blanks."""


def word_set(text: str) -> frozenset[str]:
    """The words of a blank-separated list."""
    return frozenset(text.split())
