"""Write a list or figures in a file for spreadsheets, or the whole notebook: whole, or not at all."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from sqlalchemy import Connection

from app.database import Database
from app.services.exports import accompaniments, beneficiaries, csv_text, notebook_file, ods, statistics, xlsx
from app.services.exports.opening_rows import opening_rows
from app.services.exports.requests import ExportKind, ExportRequest, FileFormat
from app.services.exports.sheets import Row, Sheet, Style
from app.services.files import replacing
from app.services.filter_words import filter_lines
from app.services.progress import Progress
from app.services.statistics.pages import page

_WRITERS = {FileFormat.XLSX: xlsx.write, FileFormat.CSV: csv_text.write, FileFormat.ODS: ods.write}


def export(database: Database, request: ExportRequest, progress: Progress) -> int:
    """Write the file; answers how many rows it has, without those that stand before a table.

    Raises KnownError where it cannot be written, CancelledError where nobody wants it any more: the file that was
    there, if any, is then as it was.
    """
    if request.what is ExportKind.NOTEBOOK:
        return notebook_file.write(database, request.path, progress)
    tally = _Tally()
    with database.read() as connection, replacing(request.path) as temporary:
        sheets = _sheets(database, connection, request, progress)
        _WRITERS[request.format](temporary, [replace(one, rows=tally.of(one.rows)) for one in sheets])
        progress.step(1, 1)
    return tally.rows


def _sheets(
    database: Database, connection: Connection, request: ExportRequest, progress: Progress
) -> tuple[Sheet, ...]:
    today = request.now.date()
    if request.what is ExportKind.BENEFICIARIES:
        return (beneficiaries.sheet(connection, request.filter, today, progress),)
    lists_names = request.what is ExportKind.ACCOMPANIMENTS
    lines = filter_lines(database, request.filter, today, with_names=lists_names)
    if lists_names:
        total = accompaniments.count(connection, request.filter)
        opening = opening_rows(connection, total, request.now, lines)
        return (accompaniments.sheet(connection, request.filter, opening, progress),)
    figures = page(database, request.filter, today)
    opening = opening_rows(connection, figures.totals.accompaniments, request.now, lines)
    return statistics.sheets(figures, opening)


class _Tally:
    """Counts the rows of tables as they are written."""

    def __init__(self) -> None:
        self.rows = 0

    def of(self, rows: Iterable[Row]) -> Iterator[Row]:
        """The same rows, counted; what stands above headings is no row of theirs."""
        for row in rows:
            if row.style is Style.HEADING:
                self.rows = 0
            self.rows += row.style is Style.PLAIN and bool(row.cells)
            yield row
