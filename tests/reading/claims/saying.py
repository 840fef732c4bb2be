"""Claims of a sentence in short form, for the tests beside."""

from evenhand.model.reading import Statement
from evenhand.model.report import OriginalRef, Report
from evenhand.reading import claims, sentences


def report(text, **more):
    return Report(id="r", original=OriginalRef(sha256=""), text=text, **more)


def told(text, attitude=None, **more):
    """The claims; with an attitude the whole text (less the full stop) is the content of one statement."""
    statements = ()
    if attitude:
        end = len(text.rstrip("."))
        statements = (Statement(id="s1", kind="indirect", content=((0, end),), attitude=attitude),)
    return claims.find(report(text), sentences.split(text), (), statements, **more)


def words(text, participant):
    return text[slice(*participant.span)] if participant is not None else None


def brief(text, attitude=None):
    """(type, trigger, actor, target) of every claim."""
    return [
        (c.type, text[slice(*c.trigger)], words(text, c.actor), words(text, c.target)) for c in told(text, attitude)
    ]
