"""Twenty thousand accompaniments to XLSX, beside xlsxwriter alone writing the very same cells with the same options.

Also what the two other formats take, and the most memory that each export held at once.
"""

import gc
import statistics
import tempfile
import time
import tracemalloc
from collections.abc import Callable, Sequence
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Any

from xlsxwriter import Workbook

from app.database import Database
from app.services.commands import ActivityFilter
from app.services.exports import accompaniments, xlsx
from app.services.exports.exporting import export
from app.services.exports.requests import ExportKind, ExportRequest, FileFormat
from app.services.exports.sheets import Cell, Style
from app.services.progress import Progress
from bench.notebook_of_figures import fill
from bench.report import Figure

RATIO = 1.5
ACCOMPANIMENTS, ACTIVITIES, PEOPLE = 20_000, 9_600, 4_000
SPREADSHEETS = FileFormat.XLSX, FileFormat.CSV, FileFormat.ODS
KEY = bytes(range(32))
NOW = datetime(2026, 11, 24, 14, 52)


def measure(quick: bool) -> tuple[list[list[str]], list[Figure]]:
    """Median processor times of whole exports, and of the bare library, in turn."""
    turns = 3 if quick else 7
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        database = Database(folder / "carnet.db", bytearray(KEY))
        fill(database, ACTIVITIES, PEOPLE)
        cells = _cells(database)
        exports = {one: partial(_export, database, folder, one) for one in SPREADSHEETS}
        ours, alone = _in_turn(turns, exports[FileFormat.XLSX], partial(_write_alone, folder / "seul.xlsx", cells))
        others = {one: timed(exports[one]) for one in SPREADSHEETS[1:]}
        memory = {} if quick else {one: _memory(call) for one, call in exports.items()}
        database.close()
    rows = [[f"export {len(cells)} rows, XLSX", f"{ours:.2f} s", f"{alone:.2f} s", f"{ours / alone:.2f}"]]
    rows += [[f"the same, {one.name}", f"{seconds:.2f} s", "", ""] for one, seconds in others.items()]
    rows += [[f"most memory, {one.name}", f"{megabytes:.0f} MB", "", ""] for one, megabytes in memory.items()]
    return rows, [Figure("export to XLSX", ours / alone, RATIO, "× xlsxwriter alone")]


def _export(database: Database, folder: Path, format_: FileFormat) -> None:
    path = folder / f"liste.{format_.value}"
    export(database, ExportRequest(ExportKind.ACCOMPANIMENTS, format_, ActivityFilter(), path, NOW), Progress())


def _cells(database: Database) -> list[tuple[Cell, ...]]:
    """The rows of the table, as the export has them."""
    with database.read() as connection:
        sheet = accompaniments.sheet(connection, ActivityFilter(), (), Progress())
        rows = [tuple(row.cells) for row in sheet.rows if row.style is Style.PLAIN]
    if len(rows) < ACCOMPANIMENTS:
        raise AssertionError(f"the notebook has {len(rows)} accompaniments only")
    return rows


def _write_alone(path: Path, rows: Sequence[Sequence[Cell]]) -> None:
    """What anybody would write with the library alone: one call a cell, by its type."""
    workbook = Workbook(path, xlsx.OPTIONS)
    top, lines = workbook.add_format({"valign": "top"}), workbook.add_format({"valign": "top", "text_wrap": True})
    day = workbook.add_format({"valign": "top", "num_format": "dd/mm/yyyy"})
    moment = workbook.add_format({"valign": "top", "num_format": 'dd/mm/yyyy "à" hh:mm'})
    worksheet = workbook.add_worksheet("Activités")
    for number, row in enumerate(rows):
        for column, cell in enumerate(row):
            if cell is None or cell == "":
                continue
            if isinstance(cell, str):
                worksheet.write_string(number, column, cell, lines if "\n" in cell else top)
            elif isinstance(cell, datetime):
                worksheet.write_datetime(number, column, cell, moment)
            elif isinstance(cell, date):
                worksheet.write_datetime(number, column, cell, day)
            else:
                worksheet.write_number(number, column, cell, top)
    workbook.close()


def _in_turn(turns: int, one: Callable[[], None], other: Callable[[], None]) -> tuple[float, float]:
    """The median of each, the pairs one after the other so that the machine's moods are shared."""
    first, second = [], []
    for _ in range(turns):
        first.append(timed(one))
        second.append(timed(other))
    return statistics.median(first), statistics.median(second)


def timed(call: Callable[[], Any]) -> float:
    """The processor's seconds that a call takes, what was made before it left aside."""
    gc.collect()
    start = time.process_time()
    call()
    return time.process_time() - start


def _memory(call: Callable[[], Any]) -> float:
    """The most megabytes of Python objects held at once."""
    tracemalloc.start()
    call()
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return peak / 1e6
