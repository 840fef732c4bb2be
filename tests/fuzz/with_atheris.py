"""The parsers under atheris (Apache-2.0, `pip install atheris`): the first byte chooses the parser."""

import sys

import atheris

with atheris.instrument_imports(include=["evenhand.intake", "striprtf", "feedparser", "email", "tarfile", "warcio"]):
    from evenhand.intake.archives import Budget
    from evenhand.intake.articles import Article
    from evenhand.intake.web_archives import warc_captures
    from tests.fuzz import targets

KINDS = (*targets.KINDS, "warc", "intake text")


def one(data):
    if not data:
        return
    kind = KINDS[data[0] % len(KINDS)]
    body = data[1:]
    if kind == "warc":
        try:
            for found in warc_captures(b"WARC/1.0\r\n" + body, Budget()):
                assert isinstance(found, Article) or found.locator
        except targets.UnreadableError:
            return
    elif kind == "intake text":
        targets.check_intake(b"MOSCOW, December 27. " + body)
    else:
        targets.check_parser(kind, body)


if __name__ == "__main__":
    sys.setrecursionlimit(3000)
    atheris.Setup(sys.argv, one)
    atheris.Fuzz()
