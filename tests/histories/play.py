"""Playing histories: a known one step by step, or many made up from a seed, in processes that keep their stage."""

import atexit
import gc
import os
from collections.abc import Sequence
from contextlib import ExitStack
from functools import cache

from hypothesis import HealthCheck, Phase, Verbosity, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.histories.machine import Histories
from tests.histories.promises import check_promises
from tests.histories.stage import Stage, a_stage
from tests.histories.world import Step, World, play_step, told

STEPS = 15
PHASES = [Phase.generate, *([Phase.shrink] if os.environ.get("PASSERELLE_SHRINK") else [])]
"""A history that fails is shown as it is; `PASSERELLE_SHRINK=1` looks for a shorter one, which takes a while."""


def replay(stage: Stage, steps: Sequence[Step]) -> None:
    """Play a known history to its end; raises where a promise is broken."""
    world = World(stage)
    with told(steps):
        for step in steps:
            play_step(world, step)
        check_promises(world)


def play(stage: Stage, number: int, histories: int) -> None:
    """Play the histories of a seed; raises the first broken promise, with the steps that lead to it."""

    class Seeded(Histories):
        pass

    Seeded.stage = stage
    chosen = settings(
        max_examples=histories,
        stateful_step_count=STEPS,
        deadline=None,
        database=None,
        phases=PHASES,
        verbosity=Verbosity.quiet,
        report_multiple_bugs=False,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(seed(number)(Seeded), settings=chosen)


def play_apart(number: int, histories: int) -> None:
    """The same in a process that plays for others."""
    play(_own_stage(), number, histories)


@cache
def _own_stage() -> Stage:
    closing = ExitStack()
    atexit.register(closing.close)
    stage = closing.enter_context(a_stage())
    gc.collect()
    gc.freeze()  # what was imported stays: there is no need to look through it again and again
    return stage
