"""How a source is called: its bare name, whether it has one, the runs of its words."""

from collections.abc import Iterator, Sequence

UNNAMED = "unnamed:"


def is_named(name: str) -> bool:
    """Whether a source has a name of its own: not marked unnamed, and with a capital after its first word."""
    return not name.startswith(UNNAMED) and any(word[:1].isupper() for word in name.split()[1:])


def bare(name: str) -> str:
    """A name without the mark of one that is not named."""
    return name[len(UNNAMED) :].strip() if name.startswith(UNNAMED) else name.strip()


def texts(*candidates: str | None) -> Iterator[str]:
    """Those that are given, each once."""
    yield from dict.fromkeys(text for text in candidates if text)


def both(role: str | None, org: str | None) -> str | None:
    """An office and its body as one phrase."""
    return f"{role} of {org}" if role and org else None


def runs(words: str) -> Sequence[str]:
    """All runs of the first dozen words, from each word the longest first."""
    parts = words.split()[:12]
    return [" ".join(parts[i:j]) for i in range(len(parts)) for j in range(len(parts), i, -1)]
