"""Twenty thousand rows of accompaniments taken into an empty notebook, beside reading that file alone.

Both sides are processor times of the program's own reader: the import adds what is matched, written and queued.
"""

import statistics
import tempfile
from functools import partial
from itertools import count
from pathlib import Path

from app.database import Database
from app.services.commands import ActivityFilter
from app.services.exports.exporting import export
from app.services.exports.requests import ExportKind, ExportRequest, FileFormat
from app.services.imports import planning, reading, taking
from app.services.progress import Progress
from bench.notebook_of_figures import fill
from bench.report import Figure
from bench.statistics_export import ACCOMPANIMENTS, ACTIVITIES, KEY, NOW, PEOPLE, timed

RATIO = 3.0


def measure(quick: bool) -> tuple[list[list[str]], list[Figure]]:
    """Median processor times of reading and of whole imports, in turn."""
    turns = 3 if quick else 7
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path, rows = _file(folder)
        empty = map(partial(_empty, folder), count())
        alone, whole, undone, again = [], [], [], []
        for _ in range(turns):
            database = next(empty)
            alone.append(timed(lambda: reading.read(path, Progress())))
            whole.append(timed(partial(_import, database, path)))
            undone.append(timed(partial(_undo, database)))
            again.append(timed(partial(_import, database, path)))
            database.close()
    ours, reader = statistics.median(whole), statistics.median(alone)
    table = [
        [f"import {rows} rows, XLSX", f"{ours:.2f} s", f"{reader:.2f} s", f"{ours / reader:.2f}"],
        ["rows taken in each second", f"{rows / ours:.0f}", "", ""],
        ["undo it", f"{statistics.median(undone):.2f} s", "", ""],
        ["import it again", f"{statistics.median(again):.2f} s", "", ""],
    ]
    return table, [Figure("import from XLSX", ours / reader, RATIO, "× reading alone")]


def _file(folder: Path) -> tuple[Path, int]:
    """A list as the program exports it, and how many rows it has."""
    database = Database(folder / "plein.db", bytearray(KEY))
    fill(database, ACTIVITIES, PEOPLE)
    path = folder / "liste.xlsx"
    request = ExportRequest(ExportKind.ACCOMPANIMENTS, FileFormat.XLSX, ActivityFilter(), path, NOW)
    rows = export(database, request, Progress())
    database.close()
    if rows < ACCOMPANIMENTS:
        raise AssertionError(f"the file has {rows} rows only")
    return path, rows


def _empty(folder: Path, number: int) -> Database:
    return Database(folder / f"{number}.db", bytearray(KEY))


def _import(database: Database, path: Path) -> None:
    read = reading.read(path, Progress())
    taking.take_in(database, planning.plan(database, read, Progress()), Progress())


def _undo(database: Database) -> None:
    taking.undo(database, taking.batches(database)[0].id, Progress())
