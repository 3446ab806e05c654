"""The figures of a large notebook, and the files that come and go: each beside the least that it could take.

The page of statistics of 100,000 activities and 20,000 people is counted beside SQL written by hand for it; twenty
thousand rows leave beside xlsxwriter alone, and enter beside reading them alone.

The reference asks the same encrypted file for the same figures by the bare driver, with the same settings: the fastest
statements that we know over the same tables, periods compared in the same reading. Of their answers it only counts the
letters of headings, which costs Python less than SQLite; it names, orders and adds up nothing else.
"""

import statistics
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from app.database import Database
from app.models.derived import LETTER
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
    spans = [(filter_.since or date.min, filter_.until or date.max)]
    if filter_.since and filter_.until:
        spans += [period for of in (periods.previous, periods.last_year) if (period := of(spans[0]))]
    whole = min(since for since, _ in spans), max(until for _, until in spans)
    bare.execute("BEGIN")
    rows = {name: bare.execute(said).fetchall() for name, said in _questions(spans, whole).items()}
    bare.execute("COMMIT")
    counted = [(people, minutes, Counter(letters)) for people, minutes, _, letters in rows["headings"]]
    sums = Counter[str]()
    for people, _, letters in counted:
        sums.update({letter: people * number for letter, number in letters.items()})
    topics = sum(sums[letter] for letter, field, _ in rows["words"] if field == "topics")
    return {"topics": topics, "people": sum(row[-len(spans)] > 0 for row in rows["people"])}


def _questions(spans: list[periods.Period], whole: periods.Period) -> dict[str, str]:
    """The statements, by what they answer; the first span is that of the page."""
    own, came = _came(spans[0]), f"deleted = 0 AND {_came(whole)}"
    times = ", ".join(f"count(*) FILTER (WHERE {_came(span)}) AS times{place}" for place, span in enumerate(spans))
    named = ", ".join(f"times{place}" for place in range(len(spans)))
    return {
        "days": f"{_DAYS} {_done(whole)} GROUP BY day",
        "headings": f"{_SIZES} {_done(spans[0])} GROUP BY 1, 2",
        "words": f"SELECT {LETTER}, field, code FROM heading",
        "groups": f"{_GROUPS} {_done(whole)} AND anonymous IS NOT NULL GROUP BY day",
        "people": f"""SELECT first_day, coalesce(b.gender, p.gender), coalesce(p.age_band, b.age_band),
            coalesce(b.status, p.status), coalesce(b.municipality, p.municipality), {named}
            FROM (SELECT beneficiary, max(iif({own}, {_ORDER}, NULL)), gender, age_band, status, municipality,
                sum(moment / 4) FILTER (WHERE first) AS first_day, {times}
                FROM attendance WHERE beneficiary IS NOT NULL AND {came} GROUP BY beneficiary) p
            LEFT JOIN beneficiary b ON b.id = p.beneficiary""",
        "paths": f"""SELECT start % 4, end % 4, count(*) FROM (
            SELECT min({_ORDER} * 4 + moment % 4) AS start, max({_ORDER} * 4 + moment % 4) AS end FROM attendance
            WHERE beneficiary IS NOT NULL AND deleted = 0 AND {own} AND moment % 4
            GROUP BY beneficiary) GROUP BY 1, 2""",
        "anonymous": f"""SELECT moment / 4, count(*), count(*) FILTER (WHERE already IS NOT 1),
            group_concat(concat_ws(' ', gender, age_band, status, municipality))
            FROM attendance WHERE beneficiary IS NULL AND {came} GROUP BY 1""",
    }


def _came(span: periods.Period) -> str:
    """That a presence is on a day of a span, by the numbers of `attendance.moment`."""
    return f"moment BETWEEN {span[0].toordinal() * 4} AND {span[1].toordinal() * 4 + 3}"


def _done(span: periods.Period) -> str:
    """The activities of a span, by their index."""
    return f"""FROM activity INDEXED BY ix_activity_figures
        WHERE deleted = 0 AND day BETWEEN '{span[0].isoformat()}' AND '{span[1].isoformat()}'"""


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


_ORDER = "((moment / 4 << 38) + number)"
_DAYS = """SELECT day, count(*), sum(people), sum(minutes), sum(people) FILTER (WHERE kind = 'individuel'),
    count(*) FILTER (WHERE kind = 'collectif'), sum(people) FILTER (WHERE kind = 'collectif'),
    sum(minutes) FILTER (WHERE kind = 'collectif'), sum(minutes) FILTER (WHERE kind = 'individuel'),
    sum(minutes) FILTER (WHERE kind = 'individuel' AND place_kind = 'a_distance'),
    count(*) FILTER (WHERE kind = 'individuel' AND autonomy = 'entierement_accompagne'),
    count(*) FILTER (WHERE kind = 'individuel' AND autonomy = 'partiellement_autonome'),
    count(*) FILTER (WHERE kind = 'individuel' AND autonomy = 'autonome'), group_concat(created_at / 900000)"""
_SIZES = "SELECT people, minutes, count(*), group_concat(headings, '')"
_GROUPS = (
    "SELECT day, sum(anonymous ->> '$.total'), sum(max(0, (anonymous ->> '$.total') - (anonymous ->> '$.already')))"
)
