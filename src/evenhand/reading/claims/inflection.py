"""The forms of an English verb or noun, made from its dictionary form: no stemming, so no guessing back."""

from __future__ import annotations

from functools import lru_cache

_PARTS = """
be was were been|beat beaten|become became|begin began begun|bleed bled|blow blew blown|break broke broken
bring brought|burn burnt|bury|catch caught|come came|cut|deal dealt|dig dug|do did done|draw drew drawn
drive drove driven|fall fell fallen|feel felt|fend|fight fought|find found|flee fled|fly flew flown|get got gotten
give gave given|go went gone|hang hung|have had has|hide hid hidden|hit|hold held|hurt|keep kept|lay laid
lead led|leave left|let|lie lay lain|lose lost|make made|mean meant|meet met|mow mown|overrun overran
overtake overtook overtaken|pay paid|put|raid|retake retook retaken|rig|run ran|say said|see saw seen|seek sought
send sent|set|shed|shoot shot|shut|sink sank sunk|slay slew slain|speak spoke spoken|spend spent|spread
stand stood|steal stole stolen|strike struck stricken|sweep swept|swear swore sworn|take took taken|tear tore torn
tell told|think thought|throw threw thrown|thrust|understand understood|win won|withdraw withdrew withdrawn
withhold withheld|write wrote written
"""
_IRREGULAR = {p.split()[0]: tuple(p.split()[1:]) for line in _PARTS.split("\n") for p in line.split("|") if p}
_UNCHANGED = {
    "cut",
    "hit",
    "hurt",
    "let",
    "put",
    "set",
    "shed",
    "shut",
    "spread",
    "thrust",
    "beat",
    "run",
    "come",
    "cost",
    "slit",
}
_DOUBLED = {
    "stab", "rig", "trap", "stop", "drop", "kidnap", "grab", "ban", "bar", "plan", "step", "mop", "rub", "rob", "cut",
    "hit", "put", "set", "get", "let", "shed", "dig", "run", "win", "begin", "expel", "compel", "repel", "propel",
    "occur", "commit", "permit", "admit", "submit", "shut", "down-", "mob", "pin", "scrap", "snap", "strip", "swap",
    "wrap", "zip", "gun", "gas", "airdrop", "booby-trap", "unwrap", "rebel", "cancel", "shovel", "annul", "control",
    "patrol", "deter", "refer", "transfer", "confer", "infer", "prefer", "incur", "regret", "upset", "overrun", "sit",
    "slip", "tap", "top", "trim", "whip", "hug", "jam", "nab", "slam", "ram", "cram", "thin", "flog", "flag", "skid",
    "slit",
}  # fmt: skip
_PLURALS = {"man": "men", "woman": "women", "child": "children", "person": "people", "wife": "wives", "life": "lives"}
_SINGULARS = {v: k for k, v in _PLURALS.items()} | {"militiamen": "militiaman", "gunmen": "gunman", "bodies": "body"}
_KEEP_S = ("ss", "us", "is", "ous")


def verb_forms(base: str) -> dict[str, str]:
    """Every form of a verb with what it is: base, s, past, part or ing; a later reading gives way to an earlier."""
    forms = {base: "base", _s_form(base): "s"}
    stem = base[:-1] if base.endswith("e") and not base.endswith(("ee", "oe", "ye")) else base
    if base in _DOUBLED:
        stem = base + ("s" if base.endswith("s") else base[-1])
    ing = base[:-2] + "ying" if base.endswith("ie") else stem + "ing"
    forms.setdefault(ing, "ing")
    past = _IRREGULAR.get(base)
    if past or base in _UNCHANGED:
        for i, form in enumerate(past or ()):
            forms.setdefault(form, "past" if i == 0 else "part")
    if not past or base in {"hang", "burn", "bury", "raid", "rig", "fend", "mow"}:
        if base.endswith("y") and base[-2:-1] not in "aeou":
            forms.setdefault(base[:-1] + "ied", "past")
        elif base not in _UNCHANGED:
            forms.setdefault(stem + "ed", "past")
    return forms


def noun_forms(base: str) -> tuple[str, str]:
    """Singular and plural."""
    if base in _PLURALS:
        return base, _PLURALS[base]
    if base.endswith("man"):
        return base, base[:-3] + "men"
    return base, _s_form(base)


def _s_form(base: str) -> str:
    if base == "have":
        return "has"
    if base.endswith(("s", "x", "z", "ch", "sh")) or base in ("go", "do", "echo", "veto"):
        return base + "es" if base != "gas" else "gasses"
    if base.endswith("y") and base[-2:-1] not in "aeou":
        return base[:-1] + "ies"
    return base + "s"


@lru_cache(maxsize=20_000)
def singular(word: str) -> str:
    """A lower-case noun's singular, by rule."""
    if word in _SINGULARS:
        return _SINGULARS[word]
    if word.endswith("men") and len(word) > 4:
        return word[:-2] + "an"
    if len(word) < 4 or not word.endswith("s") or word.endswith(_KEEP_S):
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "shes", "ches", "xes")):
        return word[:-2]
    return word[:-1]
