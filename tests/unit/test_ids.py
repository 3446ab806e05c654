"""Identifiers of one sitting follow each other, and no other sitting makes the same."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from uuid import RFC_4122, UUID

from app.models.ids import new_id

TAIL = (1 << 64) - 1


def of_another_process() -> UUID:
    made = "from app.models.ids import new_id; print(new_id())"
    done = subprocess.run([sys.executable, "-c", made], capture_output=True, text=True, check=True)
    return UUID(done.stdout.strip())


def test_they_are_of_version_7_in_order_and_counted_up() -> None:
    made = [new_id() for _ in range(10_000)]
    assert {(one.version, one.variant) for one in made} == {(7, RFC_4122)}
    assert made == sorted(made)
    assert {(after.int & TAIL) - (before.int & TAIL) for before, after in pairwise(made)} == {1}


def test_threads_never_make_the_same() -> None:
    with ThreadPoolExecutor(8) as threads:
        made = list(threads.map(lambda _: new_id(), range(20_000)))
    assert len(set(made)) == 20_000


def test_another_sitting_counts_from_elsewhere() -> None:
    assert abs((of_another_process().int & TAIL) - (new_id().int & TAIL)) > 1 << 32
