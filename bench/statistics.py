"""The page of statistics of a notebook of 100,000 activities and 20,000 people, beside SQL written by hand for it.

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
from app.services.statistics import pages
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
    """The slowest page, and its ratio to the SQL for the same figures."""
    turns = 3 if quick else 9
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "carnet.db"
        database = Database(path, bytearray(KEY))
        fill(database, 10_000 if quick else 100_000, 2000 if quick else 20_000)
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
        length = filter_.until - filter_.since
        last = date.fromordinal(filter_.since.toordinal() - 1)
        _of_period(bare, last - length, last, _TOTALS)
        year = {name: day.replace(year=day.year - 1) for name, day in (("a", filter_.since), ("b", filter_.until))}
        _of_period(bare, year["a"], year["b"], _TOTALS)
    bare.execute("COMMIT")
    return found


def _of_period(bare: Any, since: date | None, until: date | None, questions: dict[str, str]) -> dict[str, int]:
    bounds = {"since": since.isoformat() if since else "", "until": until.isoformat() if until else "9999"}
    bare.execute(_SCOPE)
    bare.execute(_KEEP, bounds)
    rows = {name: bare.execute(question).fetchall() for name, question in questions.items()}
    bare.execute("DROP TABLE kept")
    topics = sum(row[3] for row in rows.get("choices", ()) if row[0] == "topics")
    return {"topics": topics, "people": len(rows["people"])}


def _timed(call: Callable[[], object]) -> float:
    start = time.perf_counter()
    call()
    return time.perf_counter() - start


def _report(measured: dict[str, tuple[float, float]]) -> Report:
    rows = [["the whole page, median", "Passerelle", "SQL by hand", "ratio"]]
    rows += [[name, f"{a:.3f} s", f"{b:.3f} s", f"{a / b:.2f}"] for name, (a, b) in measured.items()]
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
    referral, level) WITHOUT ROWID"""
_KEEP = """INSERT INTO kept SELECT id, number, day, minutes, people, kind, place_kind, place, municipality, autonomy,
    referred, referral, level FROM activity WHERE deleted = 0 AND day BETWEEN :since AND :until"""
_TOTALS = {
    "days": """SELECT day, kind, place_kind = 'a_distance', count(*), sum(people), sum(minutes) FROM kept
        GROUP BY 1, 2, 3""",
    "people": """SELECT t.beneficiary, count(*), max(k.day), t.age_band, t.gender, t.status, t.municipality,
        group_concat(k.day) FILTER (WHERE t.first), b.gender, b.age_band, b.status, b.municipality
        FROM attendance t CROSS JOIN kept k ON k.id = t.activity LEFT JOIN beneficiary b ON b.id = t.beneficiary
        WHERE t.beneficiary IS NOT NULL AND t.deleted = 0 GROUP BY t.beneficiary""",
    "anonymous": """SELECT k.day, t.already, t.gender, t.age_band, t.status, t.municipality, count(*)
        FROM attendance t CROSS JOIN kept k ON k.id = t.activity
        WHERE t.beneficiary IS NULL AND t.deleted = 0 GROUP BY 1, 2, 3, 4, 5, 6""",
    "groups": """SELECT k.day, sum(json_extract(anonymous, '$.total')), sum(json_extract(anonymous, '$.already'))
        FROM kept k JOIN activity a USING (number) WHERE anonymous IS NOT NULL GROUP BY 1""",
}
_PARTS = """SELECT part.key, number.key, sum(number.value) FROM kept k JOIN activity a USING (number),
    json_each(a.anonymous) part, json_each(part.value) number WHERE part.type = 'object' GROUP BY 1, 2"""
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
    "paths": """SELECT DISTINCT t.beneficiary, first_value(k.autonomy) OVER w, last_value(k.autonomy) OVER w
        FROM attendance t CROSS JOIN kept k ON k.id = t.activity
        WHERE t.beneficiary IS NOT NULL AND t.deleted = 0 AND k.kind = 'individuel' AND k.autonomy IS NOT NULL
        WINDOW w AS (PARTITION BY t.beneficiary ORDER BY k.day, k.id
            ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING)""",
    "hours": """SELECT strftime('%w %H', a.created_at / 1000, 'unixepoch', 'localtime'), count(*)
        FROM kept k JOIN activity a USING (number)
        WHERE date(a.created_at / 1000, 'unixepoch', 'localtime') = k.day GROUP BY 1""",
}
