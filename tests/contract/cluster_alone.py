"""What the engines' contract asks, in a process of its own: Daft runs in one way for as long as a process lives.

python -m tests.contract.cluster_alone [RAY-ADDRESS]     prints what came out, as JSON
"""

import json
import sys

from evenhand.engine.cluster import ClusterEngine
from tests.contract.test_engines import lost, prepare_double, prepare_fatal


def prepare_failing():
    return _failing


def _failing(number):
    if number == 3:
        raise ValueError("three")
    return number


def main() -> None:
    from tests.contract.cluster_alone import prepare_failing  # by a name that a worker knows, too

    engine = ClusterEngine(jobs=2, ray=sys.argv[1] if len(sys.argv) > 1 else None, block=25)
    found = {
        "none": list(engine.map(prepare_double, [], lost)),
        "forty": list(engine.map(prepare_double, range(40), lost)),
        "fatal": list(engine.map(prepare_fatal, range(10), lost)),
    }
    before = []
    try:
        before.extend(engine.map(prepare_failing, range(6), lost))
    except ValueError as problem:
        found["raised"] = str(problem)
    sys.stdout.write(json.dumps(found) + "\n")


if __name__ == "__main__":
    main()
