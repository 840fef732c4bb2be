"""A case with a clock that stands still, for tests."""

from datetime import UTC, datetime

from evenhand.custody import create_case, open_case
from evenhand.custody.case import NewItem

NOON = datetime(2024, 3, 4, 12, 0, 0, tzinfo=UTC)


def noon():
    return NOON


def a_case(tmp_path, name="case"):
    return create_case(tmp_path / name, who="maria", clock=noon)


def again(case):
    return open_case(case.paths.root, clock=noon)


def new_item(file="a.txt", **fields):
    given = {"media_type": "text/plain", "method": "copied from a file", "software": "evenhand 0", "file": file}
    return NewItem(**given | {"address": f"/in/{file}"} | fields)


def filled(tmp_path, count=3):
    case = a_case(tmp_path)
    for number in range(count):
        case.add(f"report {number}".encode(), new_item(f"{number}.txt"), who="maria")
    return case
