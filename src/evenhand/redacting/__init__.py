"""Names and details of persons taken out of records, for good, in every string and with every position moved along."""

from evenhand.redacting.persons import Person, read_persons
from evenhand.redacting.records import RecordRedactor, coarsened
from evenhand.redacting.replacing import Moved, Redactor, ordinary_words
from evenhand.redacting.suggesting import Suggestion, as_toml, suggest

__all__ = [
    "Moved",
    "Person",
    "RecordRedactor",
    "Redactor",
    "Suggestion",
    "as_toml",
    "coarsened",
    "ordinary_words",
    "read_persons",
    "suggest",
]
