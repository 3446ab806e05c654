"""What `bench sync` says of its pushes: for each road, work and subject the median time, then the figures.

The bytes and the round trips of a line are those of the run of median time.
"""

import statistics
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bench.report import Figure, Report
from bench.sync_work import A_DAY

OURS, BARE = "Passerelle", "bare TCP"
CLEAN, CUT = "clean", "cut every 60 kB"
MOST_OF_A_PEER = {"g3": 0.8, "edge": 0.6, "lossy": 0.6, "cuts": 0.25}
"""How much of the fastest peer's time a push may take, on each bad link."""
MOST_OF_BARE = 1.35
MOST_WITH_CUTS = 1.7
DAY_BYTES, THOUSAND_BYTES = 3000, 150_000


@dataclass(frozen=True, slots=True)
class Run:
    """One push: who sent how many activities over which road, and what was counted; no `seconds`: it did not finish."""

    road: str
    subject: str
    activities: int
    seconds: float | None = None
    tries: int = 0
    packets_up: float = 0
    """Bytes of the IP packets that the client sent, those that were lost too."""
    packets_down: float = 0
    up: float = 0
    """Bytes that the connections carried to the server: HTTP headers are in, TLS is not."""
    down: float = 0
    turns: float = 0
    """Round trips: how often the client spoke again after the server did."""


Key = tuple[str, int, str]


@dataclass(frozen=True, slots=True)
class Measured:
    """Every run of one subject with one work on one road."""

    runs: Sequence[Run]

    @property
    def finished(self) -> Sequence[Run]:
        """Those that came to their end, the quickest first."""
        return sorted((run for run in self.runs if run.seconds is not None), key=_seconds)

    @property
    def typical(self) -> Run | None:
        """The run of median time; None when one did not finish, which is all there is to say then."""
        done = self.finished
        return done[(len(done) - 1) // 2] if done and len(done) == len(self.runs) else None

    @property
    def seconds(self) -> float:
        """The median time, endless when a run did not finish."""
        return statistics.median(map(_seconds, self.runs)) if self.typical else float("inf")

    def times(self, alone: "Measured | None") -> float:
        """How much longer than its own bytes alone, which were sent just after each run; the median of the runs."""
        if alone is None or self.typical is None:
            return float("inf")
        pairs = zip(self.runs, alone.runs, strict=True)
        return statistics.median(_seconds(ours) / _seconds(bare) for ours, bare in pairs)


def _seconds(run: Run) -> float:
    return float("inf") if run.seconds is None else run.seconds


def report(runs: Sequence[Run], size: tuple[float, float]) -> Report:
    """The table and the figures; `size` is what an activity has of fields and of notes, in bytes."""
    measured = grouped(runs)
    fields, notes = size
    rows = [["link", "activities", "who", "time", "× bare", "bytes up", "IP up", "bytes down", "round trips", "runs"]]
    rows += [_row(key, one, measured) for key, one in measured.items()]
    rows.append([f"each: {fields:.0f} B + {notes:.0f} B of notes", *[""] * (len(rows[0]) - 1)])
    return Report(rows, list(_figures(measured)))


def grouped(runs: Sequence[Run]) -> Mapping[Key, Measured]:
    """The runs by road, work and subject, in the order they came."""
    found: dict[Key, list[Run]] = {}
    for run in runs:
        found.setdefault((run.road, run.activities, run.subject), []).append(run)
    return {key: Measured(some) for key, some in found.items()}


def _row(key: Key, one: Measured, measured: Mapping[Key, Measured]) -> list[str]:
    road, activities, subject = key
    tries = max(run.tries for run in one.runs)
    told = f"{len(one.finished)} of {len(one.runs)}" + (f", up to {tries} tries" if tries > 1 else "")
    run = one.typical
    if run is None:
        return [road, str(activities), subject, "did not finish", *[""] * 5, told]
    bare = measured.get((road, activities, BARE))
    ratio = f"{one.times(bare):.2f}" if bare and subject == OURS else ""
    sizes = (f"{count / 1000:.1f} kB" for count in (run.up, run.packets_up, run.down))
    return [road, str(activities), subject, f"{one.seconds:.2f} s", ratio, *sizes, f"{run.turns:.0f}", told]


def _figures(measured: Mapping[Key, Measured]) -> Iterator[Figure]:
    many = max(activities for _, activities, _ in measured)
    yield from _clean_figures(measured, many)
    for road, most in MOST_OF_A_PEER.items():
        yield from _road_figures(measured, road, many, most)
    yield from _cut_figures(measured, many)
    left = sum(len(one.runs) - len(one.finished) for (_, _, who), one in measured.items() if who == OURS)
    yield Figure("pushes that did not finish", left, 0, "pushes")


def _clean_figures(measured: Mapping[Key, Measured], many: int) -> Iterator[Figure]:
    day, thousand = (measured[CLEAN, activities, OURS].runs for activities in (A_DAY, many))
    yield Figure("a day, clean", max(run.turns for run in day), 1, "round trips")
    yield Figure("a day, clean", max(run.up for run in day), DAY_BYTES, "B up")
    allowed = THOUSAND_BYTES * many / 1000
    yield Figure(f"{many} activities, clean", max(run.up for run in thousand) / 1000, allowed / 1000, "kB up")


def _road_figures(measured: Mapping[Key, Measured], road: str, many: int, most: float) -> Iterator[Figure]:
    ours = measured.get((road, many, OURS))
    if ours is None:
        return
    peers = {who: one.seconds for (on, work, who), one in measured.items() if (on, work) == (road, many)}
    fastest = min((who for who in peers if who not in (OURS, BARE)), key=lambda who: peers[who])
    if peers[fastest] < float("inf"):  # where no peer finishes, there is nothing to compare with
        yield Figure(f"{many} on {road}", ours.seconds / peers[fastest], most, f"× {fastest}")
    for activities in (A_DAY, many):
        ratio = measured[road, activities, OURS].times(measured.get((road, activities, BARE)))
        yield Figure(f"{activities} on {road}", ratio, MOST_OF_BARE, "× its bytes alone")


def _cut_figures(measured: Mapping[Key, Measured], many: int) -> Iterator[Figure]:
    cut, clean = measured[CUT, many, OURS].typical, measured[CLEAN, many, OURS].typical
    ratio = cut.up / clean.up if cut and clean else float("inf")
    yield Figure(f"{many}, {CUT}", ratio, MOST_WITH_CUTS, "× the bytes of a clean run")
