"""Which language a text is in, as an ISO 639-1 code."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import cache

from py3langid.langid import MODEL_FILE, LanguageIdentifier

_LETTERS = 4000
_TOO_SHORT, _SHORT = 40, 100
# Languages that reports come in, by script; the identifier's rarer ones only mistake headlines for themselves.
_OF_SCRIPT = {
    "LATIN": "az bs ca cs da de en es et eu fi fr ga ha hr ht hu id is it ku lt lv mg ms mt nl no pl pt ro rw sk sl so "
    "sq sv sw tl tr uz vi",
    "CYRILLIC": "be bg kk ky mk mn ru sr tg uk",
    "ARABIC": "ar fa ku ps ug ur",
    "CJK": "ja zh",
    "DEVANAGARI": "hi mr ne",
    "BENGALI": "bn",
    "ETHIOPIC": "am",
    "HEBREW": "he",
    "GREEK": "el",
    "HANGUL": "ko",
    "HIRAGANA": "ja",
    "KATAKANA": "ja",
    "ARMENIAN": "hy",
    "GEORGIAN": "ka",
    "MYANMAR": "my",
    "KHMER": "km",
    "LAO": "lo",
    "THAI": "th",
    "TAMIL": "ta",
    "TELUGU": "te",
    "MALAYALAM": "ml",
    "SINHALA": "si",
    "GUJARATI": "gu",
    "GURMUKHI": "pa",
}
_WORD = re.compile(r"[^\W\d_]+")
# The words English cannot do without; shares of English news prose lie near 0.35 (counted over the seed).
_ENGLISH = frozenset(
    re.findall(
        r"\w+",
        "the of to and in a that is was for on with as by at from it be were has have had he his an which their are "
        "said not they after this who been but will its she her we more than over into when",
    )
)


def language_of(text: str) -> str | None:
    """The language of `text`, judged by its first 4,000 letters or so; None where there is too little to tell."""
    sample = text[: _LETTERS * 2]
    letters = [char for char in sample if char.isalpha()][:_LETTERS]
    if len(letters) < 3:
        return None
    script = _script(letters)
    if script == "LATIN":
        words = [word.casefold() for word in _WORD.findall(sample)]
        english = sum(word in _ENGLISH for word in words) / len(words)
        if english >= 0.2:
            return "en"
        if len(letters) < _TOO_SHORT or (len(letters) < _SHORT and english >= 0.06):
            return None
        found = _likeliest(sample, script)
        return "en" if english >= 0.14 else found
    return _likeliest(sample, script)


def _likeliest(sample: str, script: str) -> str | None:
    """The language of that script that the identifier ranks first, None for a script that is not listed."""
    codes = _OF_SCRIPT.get(script, "").split()
    if len(codes) <= 1:
        return codes[0] if codes else None
    return next((code for code, _ in _identifier().rank(sample) if code in codes), None)


def _script(letters: list[str]) -> str:
    """The script of most letters, by the first word of their Unicode names."""
    counts = Counter(letters)
    scripts: Counter[str] = Counter()
    for char, count in counts.items():
        scripts[unicodedata.name(char, "UNKNOWN").split()[0]] += count
    return scripts.most_common(1)[0][0]


@cache
def _identifier() -> LanguageIdentifier:
    """The identifier of py3langid; its model is part of the package."""
    return LanguageIdentifier.from_model_file(MODEL_FILE)
