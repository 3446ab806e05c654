"""The promises of the synchronisation, kept by the real client and the real server over thousands of histories.

Computers of one notebook, one of them the copy of another's disk; requests and answers lost, repeated, late, cut, or
made up by others; clocks wrong by years; disks and the server set back to a backup; records erased for good. The rules
and their model: shared/sync.md and shared/sync_model. `PASSERELLE_HISTORIES=50000` is the nightly form,
`PASSERELLE_SEED` plays the same histories again.
"""

import multiprocessing
import os
from collections.abc import Iterator
from concurrent.futures import Executor, ProcessPoolExecutor

import pytest

from tests.histories.play import play_apart

HISTORIES = int(os.environ.get("PASSERELLE_HISTORIES", "2000"))
SEED = int(os.environ.setdefault("PASSERELLE_SEED", "1"))
TOGETHER = 250
"""Histories played one after the other from one seed."""


@pytest.fixture(scope="module")
def apart() -> Iterator[Executor]:
    """A process of its own: a seed draws from the modules that are loaded too, and there they are always the same."""
    spawning = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(max_workers=1, mp_context=spawning) as process:
        yield process


@pytest.mark.timeout(24 * 3600)
@pytest.mark.parametrize("number", range(HISTORIES // TOGETHER))
def test_nothing_is_lost_nothing_is_doubled_and_all_converge(apart: Executor, number: int) -> None:
    try:
        apart.submit(play_apart, SEED + number, TOGETHER).result()
    except Exception as error:
        error.add_note(f"Again: PASSERELLE_SEED={SEED + number} PASSERELLE_HISTORIES={TOGETHER}")
        raise
