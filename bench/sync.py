"""A day and a thousand activities sent over bad links, beside Anki, PouchDB and a bare connection with the same bytes.

Each subject has a link, a server and a computer of its own, and starts from a notebook whose people are known on both
sides. A push is tried again at once when it fails (ours when its schedule says so), and did not finish after seven
minutes; it is measured five times, or until it has used three minutes.
"""

import os
import statistics
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import count as numbers
from pathlib import Path

from bench import sync_work
from bench.report import Report
from bench.sync_links import CLEAN, CUT_EVERY_60_KB, WORST, Road, link_over, missing
from bench.sync_report import Run, report
from bench.sync_subjects import ANKI, BARE, OURS, POUCHDB, Station, Subject, install_peers, station
from bench.sync_work import A_DAY

LIMIT_S = 420.0
"""After which a push did not finish."""


@dataclass(frozen=True, slots=True)
class Scale:
    """How much is measured."""

    many: int
    most_runs: int
    budget_s: float
    """Seconds of pushing after which one work of one subject is not measured again."""
    roads: tuple[Road, ...]


FULL = Scale(many=1000, most_runs=5, budget_s=180, roads=WORST)
QUICK = Scale(many=200, most_runs=1, budget_s=0, roads=WORST[:1])


def measure(quick: bool) -> Report:
    """Every subject over every road; links that are not slow have the computer to themselves."""
    if reason := missing():
        sys.exit(reason)
    install_peers()
    scale = QUICK if quick else FULL
    runs: list[Run] = []
    for road in (CLEAN, CUT_EVERY_60_KB, *scale.roads):
        runs += _over(road, scale, together=quick or road in WORST)
    return report(runs, _size(scale.many))


def _over(road: Road, scale: Scale, together: bool) -> list[Run]:
    subjects = (OURS, ANKI, POUCHDB)
    with ThreadPoolExecutor(len(subjects) if together else 1) as lanes:
        done = lanes.map(lambda subject: _lane(road, subject, scale), subjects)
        return [run for some in done for run in some]


def _lane(road: Road, subject: Subject, scale: Scale) -> list[Run]:
    """The pushes of one subject over a road of its own; after each of ours, a bare connection sends as many bytes."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="passerelle-sync-")))
        name = f"b{os.getpid()}{subject.name[:2].lower()}"
        link = stack.enter_context(link_over(road, name, folder))
        here = stack.enter_context(station(subject, link, folder))
        is_compared = subject is OURS and not road.cutting
        bare = stack.enter_context(station(BARE, link, folder)) if is_compared else None
        turns = numbers()
        runs: list[Run] = []
        for activities in (A_DAY, scale.many):
            for run in _repeated(here, bare, activities, turns, scale):
                print(run, file=sys.stderr, flush=True)
                runs.append(run)
        return runs


def _repeated(
    here: Station, bare: Station | None, activities: int, turns: Iterator[int], scale: Scale
) -> Iterator[Run]:
    """Runs of one work, until there are enough or they have taken too long; none after one that did not finish."""
    spent = 0.0
    for _ in range(scale.most_runs):
        turn = next(turns)
        here.prepare(turn, activities)
        run = here.push(turn, activities, LIMIT_S)
        yield run
        if run.seconds is None:
            return
        spent += run.seconds
        if bare:
            alone = bare.push(turn, activities, LIMIT_S, str(round(run.up)))
            yield alone
            spent += alone.seconds or 0
        if spent > scale.budget_s:
            return


def _size(count: int) -> tuple[float, float]:
    """Bytes of fields and of notes of an activity, on average."""
    sizes = [sync_work.size(one) for one in sync_work.clear_activities(0, count, sync_work.clear_people())]
    fields, notes = zip(*sizes, strict=True)
    return statistics.mean(fields), statistics.mean(notes)
