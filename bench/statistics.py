"""The figures of a large notebook, and the files that come and go: each beside the least that it could take.

The page of statistics of 100,000 activities and 20,000 people is counted beside SQL written by hand for it; twenty
thousand rows leave beside xlsxwriter alone, and enter beside reading them alone.

The reference asks the same encrypted file for the same figures by the bare driver, with the same settings, an index of
its own choice aside: one temporary table of what is kept, then one query for each group of figures.
"""

import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from app.database import Database
from app.services.commands import ActivityFilter
from app.services.statistics import pages, periods
from bench import statistics_export, statistics_import
from bench.local import KEY, _connect
from bench.notebook_of_figures import TODAY, fill
from bench.report import Figure, Report

SLOWEST_S, RATIO = 1.0, 2.0
PERIODS = {
    "everything": ActivityFilter(),
    "five years, with their comparisons": ActivityFilter(since=date(2021, 12, 1), until=TODAY),
    "a year, with its comparisons": ActivityFilter(since=date(2025, 1, 1), until=date(2025, 12, 31)),
}


def measure(quick: bool) -> Report:
    """The pages, the export and the import, each with its ratio."""
    pages_ = _pages(3 if quick else 9, *((10_000, 2000) if quick else (100_000, 20_000)))
    files = [part.measure(quick) for part in (statistics_export, statistics_import)]
    rows = [*pages_.rows, *(row for rows, _ in files for row in rows)]
    return Report(rows, [*pages_.figures, *(figure for _, figures in files for figure in figures)])


def _pages(turns: int, activities: int, people: int) -> Report:
    """The slowest page, and the one that is dearest beside the SQL for the same figures."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "carnet.db"
        database = Database(path, bytearray(KEY))
        fill(database, activities, people)
        bare = _connect(path)
        measured = {name: _compared(database, bare, filter_, turns) for name, filter_ in PERIODS.items()}
        bare.close()
        database.close()
    return _report(measured)


def _compared(database: Database, bare: Any, filter_: ActivityFilter, turns: int) -> tuple[float, float]:
    """Median seconds of the page and of the SQL, in turn; both must agree on what they counted."""
    page, figures = pages.page(database, filter_, TODAY), _by_hand(bare, filter_)
    assert figures["topics"] == sum(line.number for line in page.topics.lines)
    assert figures["people"] == page.totals.followed
    through, straight = [], []
    for _ in range(turns):
        through.append(_timed(lambda: pages.page(database, filter_, TODAY)))
        straight.append(_timed(lambda: _by_hand(bare, filter_)))
    return statistics.median(through), statistics.median(straight)


def _by_hand(bare: Any, filter_: ActivityFilter) -> dict[str, int]:
    """The same figures, and some of them to compare."""
    bare.execute("BEGIN")
    found = _of_period(bare, filter_.since, filter_.until, _TOTALS | _WHOLE)
    if filter_.since and filter_.until:
        for other in (periods.previous, periods.last_year):
            if period := other((filter_.since, filter_.until)):
                _of_period(bare, *period, _TOTALS)
    bare.execute("COMMIT")
    return found


def _of_period(bare: Any, since: date | None, until: date | None, questions: dict[str, str]) -> dict[str, int]:
    bounds = {"since": since.isoformat() if since else "", "until": until.isoformat() if until else "9999"}
    bare.execute(_SCOPE)
    bare.execute(_KEEP, bounds)
    days = {"first": _moment(since or date.min), "last": _moment(until or date.max) + 3}
    rows = {
        name: bare.execute(question, days if ":first" in question else {}).fetchall()
        for name, question in questions.items()
    }
    bare.execute("DROP TABLE kept")
    topics = sum(row[3] for row in rows.get("choices", ()) if row[0] == "topics")
    return {"topics": topics, "people": len(rows["people"])}


def _moment(day: date) -> int:
    """The first of the numbers by which `attendance.moment` tells a day."""
    return day.toordinal() * 4


def _timed(call: Callable[[], object]) -> float:
    start = time.perf_counter()
    call()
    return time.perf_counter() - start


def _report(measured: dict[str, tuple[float, float]]) -> Report:
    rows = [["median", "Passerelle", "the least", "ratio"]]
    rows += [[f"page: {name}", f"{a:.3f} s", f"{b:.3f} s", f"{a / b:.2f}"] for name, (a, b) in measured.items()]
    slowest = max(measured, key=lambda name: measured[name][0])
    dearest = max(measured, key=lambda name: measured[name][0] / measured[name][1])
    return Report(
        rows,
        [
            Figure(f"slowest ({slowest})", measured[slowest][0], SLOWEST_S, "s"),
            Figure(f"dearest ({dearest})", measured[dearest][0] / measured[dearest][1], RATIO, "× SQL by hand"),
        ],
    )


_SCOPE = """CREATE TEMPORARY TABLE kept (
    id BLOB PRIMARY KEY, number, day, minutes, people, kind, place_kind, place, municipality, autonomy, referred,
    referral, level, anonymous, created_at) WITHOUT ROWID"""
_KEEP = """INSERT INTO kept SELECT id, number, day, minutes, people, kind, place_kind, place, municipality, autonomy,
    referred, referral, level, anonymous, created_at FROM activity INDEXED BY ix_activity_figures
    WHERE deleted = 0 AND day BETWEEN :since AND :until"""
_TOTALS = {
    "days": """SELECT day, kind, place_kind = 'a_distance', count(*), sum(people), sum(minutes) FROM kept
        GROUP BY 1, 2, 3""",
    "people": """SELECT t.beneficiary, count(*), max(t.moment), t.age_band, t.gender, t.status, t.municipality,
        max(t.first * t.moment), b.gender, b.age_band, b.status, b.municipality
        FROM attendance t LEFT JOIN beneficiary b ON b.id = t.beneficiary
        WHERE t.beneficiary IS NOT NULL AND t.deleted = 0 AND t.moment BETWEEN :first AND :last
        GROUP BY t.beneficiary""",
    "anonymous": """SELECT t.moment / 4, t.already, t.gender, t.age_band, t.status, t.municipality, count(*)
        FROM attendance t
        WHERE t.beneficiary IS NULL AND t.deleted = 0 AND t.moment BETWEEN :first AND :last
        GROUP BY 1, 2, 3, 4, 5, 6""",
    "groups": """SELECT k.day, sum(json_extract(anonymous, '$.total')), sum(json_extract(anonymous, '$.already'))
        FROM kept k WHERE anonymous IS NOT NULL GROUP BY 1""",
}
_PARTS = """SELECT part.key, number.key, sum(number.value) FROM kept k,
    json_each(k.anonymous) part, json_each(part.value) number WHERE part.type = 'object' GROUP BY 1, 2"""
_WHOLE = {
    "parts": _PARTS,
    "choices": """SELECT c.field, c.code, count(*), sum(k.people), sum(k.minutes)
        FROM activity_choice c CROSS JOIN kept k ON k.id = c.activity GROUP BY 1, 2""",
    "procedures": """SELECT p.value, count(*), sum(k.people), sum(k.minutes) FROM kept k JOIN activity a USING (number),
        json_each(a.procedures) p GROUP BY 1""",
    "noted": """SELECT count(*), sum(k.people), sum(k.minutes) FROM kept k JOIN activity a USING (number)
        WHERE a.procedure_note <> ''""",
    "kinds": "SELECT place_kind, count(*), sum(people), sum(minutes) FROM kept GROUP BY 1",
    "places": "SELECT place, municipality, count(*), sum(people), sum(minutes) FROM kept GROUP BY 1, 2",
    "durations": """SELECT CASE WHEN minutes < 30 THEN 0 WHEN minutes < 60 THEN 1 WHEN minutes < 120 THEN 2 ELSE 3 END,
        count(*), sum(people), sum(minutes) FROM kept GROUP BY 1""",
    "levels": "SELECT kind, autonomy, level, count(*), sum(minutes) FROM kept GROUP BY 1, 2, 3",
    "referred": "SELECT referred, referral, count(*), sum(minutes) FROM kept WHERE kind = 'individuel' GROUP BY 1, 2",
    "autonomy by day": """SELECT day, autonomy, count(*) FROM kept
        WHERE kind = 'individuel' AND autonomy IS NOT NULL GROUP BY 1, 2""",
    "paths": """SELECT beneficiary, min((moment / 4 << 38 | number) * 4 + moment % 4),
        max((moment / 4 << 38 | number) * 4 + moment % 4) FROM attendance
        WHERE beneficiary IS NOT NULL AND deleted = 0 AND moment BETWEEN :first AND :last AND moment % 4
        GROUP BY beneficiary""",
    "hours": """SELECT strftime('%w %H', k.created_at / 1000, 'unixepoch', 'localtime'), count(*)
        FROM kept k
        WHERE date(k.created_at / 1000, 'unixepoch', 'localtime') = k.day GROUP BY 1""",
}
