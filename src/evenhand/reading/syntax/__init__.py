"""Word classes and dependency trees of a report's sentences, by a small network."""

from evenhand.reading.syntax.parser import Parser, Sentence, default_parser
from evenhand.reading.syntax.tokens import Token, tokenize

__all__ = ["Parser", "Sentence", "Token", "default_parser", "tokenize"]
