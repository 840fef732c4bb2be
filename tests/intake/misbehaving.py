"""A helper process whose parser does what the file tells it to: for the tests of `evenhand.intake.confined`."""

import os
import socket
import subprocess
import sys
import time
from pathlib import Path

from evenhand.errors import UnreadableError
from evenhand.intake import parsing_process
from evenhand.intake.articles import Article, Taken


def parse(job):
    word = job.data.decode()
    if word == "hang":
        time.sleep(100)
    elif word == "compute":
        while True:
            pass
    elif word == "die":
        os._exit(11)
    elif word == "swell":
        return bytearray(2**40)
    elif word == "grow":
        kept = []
        while True:
            kept.append(bytearray(2**24))
    elif word == "print":
        sys.stdout.write("a library that prints")
        sys.stdout.flush()
    elif word == "shout":
        return Taken(articles=(Article(text="a" * 3_000_000),))
    elif word.startswith("write "):
        Path(word[6:]).write_text("x")
    elif word == "run":
        subprocess.run(["/bin/true"], check=False)
    elif word == "connect":
        socket.create_connection(("127.0.0.1", 9))
    elif word == "refuse":
        raise UnreadableError("no", "try another")
    return Taken(articles=(Article(text=word),))


if __name__ == "__main__":
    parsing_process.parse = parse
    parsing_process.main()
