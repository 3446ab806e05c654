"""What `bench burst` says: how long the devices waited, what was lost or doubled, what one push costs."""

import statistics
from collections.abc import Sequence
from dataclasses import dataclass

from bench.burst_devices import Kept
from bench.report import Figure, Report
from bench.sql_turns import Cost

MOST_S = 2.0
MOST_TURNS = 3


@dataclass(frozen=True, slots=True)
class Burst:
    """What the devices lived through; times in seconds, one for each device."""

    total_s: float
    served_s: Sequence[float]
    """From the connection to the answer, of the request that was served."""
    whole_s: Sequence[float]
    """From the first try to the acknowledgement."""
    requests: int
    told_to_wait: int
    unanswered: int
    acknowledged: int
    """Operations."""


def report(burst: Burst, found: Kept, cost: Cost) -> Report:
    """The table and the figures."""
    devices = len(burst.whole_s)
    rows = [
        ["", "median", "p99", "last"],
        ["time of a served request", *_spread(burst.served_s)],
        ["from the first try to the acknowledgement", *_spread(burst.whole_s)],
        [f"{devices} devices, {burst.acknowledged} operations acknowledged", "", "", f"{burst.total_s:.2f} s"],
        [f"{burst.requests} requests, {devices / burst.total_s:.0f} devices a second", "", "", ""],
        [f"{burst.told_to_wait} told to wait, {burst.unanswered} not answered", "", "", ""],
        [f"a push: {cost.push} SQL round trips; inserting its rows: {cost.inserting}", "", "", ""],
    ]
    return Report(
        rows,
        [
            Figure("p99 of a served request", percentile(burst.served_s, 99), MOST_S, "s"),
            Figure("p99 from the first try to the acknowledgement", percentile(burst.whole_s, 99), MOST_S, "s"),
            Figure("lost", found.lost, 0, "operations"),
            Figure("doubled", found.doubled, 0, "operations"),
            Figure("a push", cost.push - cost.inserting, MOST_TURNS, "SQL round trips more than inserting"),
        ],
    )


def percentile(values: Sequence[float], share: int) -> float:
    """The value that `share` percent of the values do not exceed."""
    ordered = sorted(values)
    return ordered[max(0, -(-len(ordered) * share // 100) - 1)]


def _spread(values: Sequence[float]) -> list[str]:
    return [f"{value:.2f} s" for value in (statistics.median(values), percentile(values, 99), max(values))]
