"""Every regular expression that sees a report, and strings made to hurt each; what they cost is measured by `linear`.

`evenhand.learning` is left out: it sees only our own training texts.

Collected are the compiled patterns that modules hold (also in tables and behind cached functions without arguments) and
every pattern written as a literal in a call of `re`.
"""

import ast
import importlib
import pkgutil
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

# private to the library, but the only reading of a pattern there is; the tests hold what is made of it
from re import _compiler, _constants, _parser

import evenhand

ROOT = Path(evenhand.__file__).parent
CALLS = {"compile", "search", "match", "fullmatch", "findall", "finditer", "sub", "subn", "split"}
# What reports are made of.
COMMON = (" ", "a", "A", "1", ".", '"', "\n", "(", ",", "-", "Aa ", "a b ", "1 ", ". ", "“", "é", "\t", "the ", "' ")
# Patterns that only ever look at a window of so many characters.
WINDOWS = {
    "evenhand.reading.statements.embedded._RELATIVE": 12,
    "evenhand.reading.statements.nesting._NOUN_PHRASE_END": 120,
}


@dataclass(frozen=True)
class Held:
    """A pattern, where it stands, and whether its module only ever asks it at one place (`match`, `fullmatch`)."""

    where: str
    pattern: re.Pattern
    anchored: bool

    def run(self, text: str) -> int:
        """Search all of the text; the number of matches."""
        text = text.encode("utf-8", "replace") if isinstance(self.pattern.pattern, bytes) else text
        if self.anchored:
            return self.pattern.match(text) is not None
        # a last sign that no pattern takes, so that what runs to the end fails there and has to go back
        return sum(1 for _ in self.pattern.finditer(text + ("\0" if isinstance(text, str) else b"\0")))

    def window(self, length: int) -> int:
        """That length, or the few characters that this pattern is ever given."""
        return WINDOWS.get(self.where, length)

    def pieces(self) -> list[str]:
        """The pattern's own letters and words, shortest first, and what reports are made of."""
        source = self.pattern.pattern
        source = source.decode("latin-1") if isinstance(source, bytes) else source
        plain = re.sub(r"\\[A-Za-z]|[\[\](){}?*+|^$\\]", " ", source[:3000])
        words = sorted(set(plain.split()), key=lambda word: (len(word), word))
        own = [words[0], *words[len(words) // 2 :][:2], *words[-3:]] if words else []
        signs = sorted(set(re.findall(r"[^\w\s]", source)))[:12]
        return list(dict.fromkeys([*own, *signs, *COMMON]))

    def strings(self, length: int) -> Iterator[str]:
        """Strings of about that length pumped from the pieces: each alone, after its neighbour, and both by turns."""
        found = self.pieces()
        for piece in found:
            yield pumped(piece, length)
        for one, other in zip(found, found[1:] + found[:1], strict=True):
            yield one + pumped(other, length)
            yield pumped(one + other, length)

    def long_strings(self, length: int) -> Iterator[str]:
        """Those of the strings on which a search can cost more than the length: what a repeat without a bound takes.

        A pattern whose repeats all have bounds costs at most the same at every place, however long the text. Of the
        others, a search is dearer only where such a repeat takes in nearly all of the text from many places.
        """
        length, probe = self.window(length), 60
        endless = tuple(_endless(_parser.parse(self.pattern.pattern, self.pattern.flags), self.pattern.flags))
        for short, long in zip(self.strings(probe), self.strings(length), strict=True) if endless else ():
            text = short.encode("utf-8", "replace") if isinstance(self.pattern.pattern, bytes) else short
            if any(m.end() - m.start() > probe // 2 for repeat in endless for m in repeat.finditer(text)):
                yield long


_REPEATS = {_constants.MAX_REPEAT, _constants.MIN_REPEAT, _constants.POSSESSIVE_REPEAT}


def _endless(tree: _parser.SubPattern, flags: int) -> Iterator[re.Pattern]:
    """Each repeat without a bound in a parsed pattern, as a pattern of its own."""
    for sign, of in tree:
        if sign in _REPEATS:
            if of[1] is _constants.MAXREPEAT:
                alone = [(_constants.MAX_REPEAT, (1, _constants.MAXREPEAT, of[2]))]
                yield _compiler.compile(_parser.SubPattern(tree.state, alone), flags)
            yield from _endless(of[2], flags)
        elif sign is _constants.SUBPATTERN:
            _, more, less, inner = of
            yield from _endless(inner, (flags | more) & ~less)
        elif sign is _constants.ATOMIC_GROUP:
            yield from _endless(of, flags)
        elif sign in (_constants.ASSERT, _constants.ASSERT_NOT):
            yield from _endless(of[1], flags)
        elif sign in (_constants.BRANCH, _constants.GROUPREF_EXISTS):
            for inner in of[1] if sign is _constants.BRANCH else of[1:]:
                if inner is not None:
                    yield from _endless(inner, flags)


def pumped(piece: str, length: int) -> str:
    """The piece over and over, about so many characters."""
    return piece * (length // len(piece) + 1)


def collect() -> list[Held]:
    """Every pattern once."""
    found = {}
    for held in (*_held(), *_written()):
        pattern = held.pattern
        found.setdefault((pattern.pattern, pattern.flags & re.IGNORECASE, held.anchored), held)
    return list(found.values())


def _module_names() -> Iterator[str]:
    for found in pkgutil.walk_packages([str(ROOT)], "evenhand."):
        if not any(part in found.name for part in ("__main__", ".migrations", "parsing_process", ".learning")):
            yield found.name


def _patterns_in(value: object, depth: int = 0) -> Iterator[re.Pattern]:
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, dict) and depth < 3:
        for inner in value.values():
            yield from _patterns_in(inner, depth + 1)
    elif isinstance(value, list | tuple | set | frozenset) and depth < 3 and len(value) < 500:
        for inner in value:
            yield from _patterns_in(inner, depth + 1)
    elif isinstance(value, type) and depth < 1:
        for inner in vars(value).values():
            yield from _patterns_in(inner, depth + 1)


def _uses(path: Path) -> dict[str, set[str]]:
    """Name of a pattern → the methods that its module calls on it."""
    found: dict[str, set[str]] = {}
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            found.setdefault(node.value.id, set()).add(node.attr)
    return found


def _held() -> Iterator[Held]:
    for name in _module_names():
        try:
            module = importlib.import_module(name)
        except ImportError:  # what only training or the page server needs
            continue
        for key, value in vars(module).items():
            if getattr(value, "__module__", name) != name and not isinstance(value, re.Pattern):
                continue
            if hasattr(value, "cache_info") and not getattr(value.__wrapped__, "__code__", _held.__code__).co_argcount:
                if "Pattern" not in str(value.__wrapped__.__annotations__.get("return", "")):
                    continue
                made = value()
            else:
                made = value
            called = _uses(Path(module.__file__)).get(key, set()) if isinstance(made, re.Pattern) else set()
            for pattern in _patterns_in(made):
                yield Held(f"{name}.{key}", pattern, bool(called) and called <= {"match", "fullmatch"})


def _written() -> Iterator[Held]:
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
                    anchored = node.func.attr in ("match", "fullmatch")
                    yield Held(f"{path.relative_to(ROOT)}:{node.lineno}", pattern, anchored)
