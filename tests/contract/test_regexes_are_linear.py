"""Every regular expression that sees a report, on strings made to hurt it: its time grows with the length only.

`evenhand.learning` is left out: it sees only our own training texts.

Collected are the compiled patterns that modules hold (also in tables and behind cached functions without arguments) and
every pattern written as a literal in a call of `re`. Each is run as `search` over strings pumped from its own letters
and from what reports are made of; where that is slow, the length is doubled twice and the growth is measured.
"""

import ast
import importlib
import pkgutil
import re
import signal
import time
from pathlib import Path

import pytest

import evenhand

ROOT = Path(evenhand.__file__).parent
CALLS = {"compile", "search", "match", "fullmatch", "findall", "finditer", "sub", "subn", "split"}
COMMON = [" ", "a", "A", "1", ".", '"', "\n", "(", ",", "-", "Aa ", "a b ", "1 ", ". ", "“", "é", "\t", "the ", "' "]
SMALL, LARGE = 60, 6_000
SLOW = 0.1  # seconds of CPU for LARGE characters: a linear search takes a millisecond or two, a quadratic one more


# Patterns that only ever look at a window of so many characters.
WINDOWS = {
    "evenhand.reading.statements.embedded._RELATIVE": 12,
    "evenhand.reading.statements.nesting._NOUN_PHRASE_END": 120,
}


def module_names():
    for found in pkgutil.walk_packages([str(ROOT)], "evenhand."):
        if not any(part in found.name for part in ("__main__", ".migrations", "parsing_process", ".learning")):
            yield found.name


def patterns_in(value, depth=0):
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, dict) and depth < 3:
        for inner in value.values():
            yield from patterns_in(inner, depth + 1)
    elif isinstance(value, list | tuple | set | frozenset) and depth < 3 and len(value) < 500:
        for inner in value:
            yield from patterns_in(inner, depth + 1)
    elif isinstance(value, type) and depth < 1:
        for inner in vars(value).values():
            yield from patterns_in(inner, depth + 1)


def uses(path):
    """Name of a pattern → the methods that its module calls on it."""
    found = {}
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            found.setdefault(node.value.id, set()).add(node.attr)
    return found


def held():
    for name in module_names():
        try:
            module = importlib.import_module(name)
        except ImportError:  # what only training or the page server needs
            continue
        for key, value in vars(module).items():
            if getattr(value, "__module__", name) != name and not isinstance(value, re.Pattern):
                continue
            if hasattr(value, "cache_info") and not getattr(value.__wrapped__, "__code__", held.__code__).co_argcount:
                made = value.__wrapped__.__annotations__.get("return", "")
                if "Pattern" not in str(made):
                    continue
                value = value()
            called = uses(Path(module.__file__)).get(key, set()) if isinstance(value, re.Pattern) else set()
            for pattern in patterns_in(value):
                yield f"{name}.{key}", pattern, bool(called) and called <= {"match", "fullmatch"}


def written():
    for path in sorted(set(ROOT.rglob("*.py")) - set((ROOT / "learning").rglob("*.py"))):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in CALLS):
                continue
            if not (isinstance(node.func.value, ast.Name) and node.func.value.id == "re" and node.args):
                continue
            if isinstance(node.args[0], ast.Constant) and isinstance(node.args[0].value, str | bytes):
                flags = re.IGNORECASE if any(isinstance(arg, ast.Attribute) for arg in node.args[1:]) else 0
                pattern = re.compile(node.args[0].value, flags)
                if node.func.attr != "compile" or not isinstance(pattern.pattern, str):
                    yield f"{path.relative_to(ROOT)}:{node.lineno}", pattern, node.func.attr in ("match", "fullmatch")


def all_patterns():
    found = {}
    for where, pattern, anchored in (*held(), *written()):
        found.setdefault((pattern.pattern, pattern.flags & re.IGNORECASE, anchored), (where, pattern, anchored))
    return list(found.values())


PATTERNS = all_patterns()


def pieces(pattern):
    """The pattern's own letters and words, shortest first, and what reports are made of."""
    source = pattern.pattern.decode("latin-1") if isinstance(pattern.pattern, bytes) else pattern.pattern
    plain = re.sub(r"\\[A-Za-z]|[\[\](){}?*+|^$\\]", " ", source[:3000])
    words = sorted(set(plain.split()), key=len)
    own = [words[0], *words[len(words) // 2 :][:2], *words[-3:]] if words else []
    signs = sorted(set(re.findall(r"[^\w\s]", source)))[:12]
    return list(dict.fromkeys([*own, *signs, *COMMON]))


def strings(pattern, length):
    found = pieces(pattern)
    for piece in found:
        yield piece * (length // len(piece) + 1)
    for one, other in zip(found, found[1:] + found[:1], strict=True):
        yield one + other * (length // len(other) + 1)
        yield (one + other) * (length // len(one + other) + 1)


def seconds(pattern, text, anchored=False):
    text = text.encode("utf-8", "replace") if isinstance(pattern.pattern, bytes) else text
    best = 9.0
    for _ in range(2):
        start = time.process_time()
        if anchored:
            pattern.match(text + text[:0])
        for number, _match in enumerate(
            () if anchored else pattern.finditer(text + ("\0" if isinstance(text, str) else b"\0"))
        ):
            if number > 100_000:
                break
        best = min(best, time.process_time() - start)
        if best < SLOW:
            break
    return best


def stop(*_):
    raise TimeoutError("it does not end")


def test_the_patterns_are_found():
    assert len(PATTERNS) > 250
    assert any("asides" in where for where, *_ in PATTERNS)


@pytest.mark.parametrize(("where", "pattern", "anchored"), PATTERNS, ids=[where for where, *_ in PATTERNS])
def test_time_grows_with_the_length_only(where, pattern, anchored):
    signal.signal(signal.SIGALRM, stop)
    signal.alarm(100)
    try:
        for text in strings(pattern, SMALL):
            assert seconds(pattern, text, anchored) < SLOW, f"{where}: {text[:40]!r} of {SMALL} characters"
        for text in strings(pattern, WINDOWS.get(where, LARGE)):
            taken = seconds(pattern, text, anchored)
            if taken < SLOW:
                continue
            longer = seconds(pattern, text * 4, anchored)
            assert longer < 8 * taken, f"{where}: {text[:40]!r}: {taken:.3f} s, four times as long {longer:.3f} s"
    finally:
        signal.alarm(0)
