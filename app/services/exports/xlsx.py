"""XLSX, for Excel and LibreOffice: real dates and numbers, and texts that are never anything else."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import ExitStack
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.exceptions import FileCreateError
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from app.services.exports.sheets import Cell, Share, Sheet, Style, written

OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "use_zip64": True,
}
LONGEST_TEXT = 32_767
"""Characters of a cell (Excel's own limit): the writer cuts a text there."""
_LINE_HEIGHT, _LINE_PIXELS, _HIGHEST_PIXELS = 15, 20, 545
"""Points and pixels of a line of text, and of the highest row that Excel allows."""
_PRINTABLE = 250
"""Characters of a sheet that is still legible on the width of a page."""
_DAY_ZERO = date(1899, 12, 30).toordinal()

Put = Callable[[int, int, Any], Any]


def write(path: Path, sheets: Iterable[Sheet]) -> None:
    """Write the sheets; what it sets aside meanwhile is beside the file, so that it is no less private than it."""
    with TemporaryDirectory(prefix=f".{path.stem}.", dir=path.parent) as folder, ExitStack() as open_parts:
        workbook = Workbook(path, {**OPTIONS, "tmpdir": folder})
        styles = _Styles(workbook)
        for sheet in sheets:
            worksheet = workbook.add_worksheet(sheet.name)
            open_parts.callback(worksheet._opt_close)  # the library closes it itself only where nothing goes wrong
            _fill(worksheet, sheet, styles)
        try:
            workbook.close()
        except FileCreateError as error:
            raise error.args[0] from error


class _Styles:
    """How each kind of cell looks."""

    def __init__(self, workbook: Workbook) -> None:
        def a_format(**more: Any) -> Format:
            return workbook.add_format({"valign": "top", **more})

        self.text, self.lines = a_format(), a_format(text_wrap=True)
        self.number = a_format(align="right", indent=1)  # so that it does not touch the text of the next column
        self.share = a_format(num_format="0.0 %", align="right", indent=1)
        self.day = a_format(num_format="dd/mm/yyyy", align="left")
        self.moment = a_format(num_format='dd/mm/yyyy "à" hh:mm', align="left")
        self.title = a_format(bold=True, font_size=13)
        self.beside_title = a_format(bold=True, align="right", indent=1)
        self.heading = a_format(bold=True, text_wrap=True, bottom=1, bg_color="#E8EEF7")


def _fill(worksheet: Worksheet, sheet: Sheet, styles: _Styles) -> None:
    for column, width in enumerate(sheet.widths):
        worksheet.set_column(column, column, width)
    if sheet.frozen:
        worksheet.freeze_panes(sheet.frozen, 0)
    puts, heading, number = _puts(worksheet, styles), (0, 0), 0
    for number, row in enumerate(sheet.rows):
        if row.style is Style.PLAIN:
            _put_plain(worksheet, puts, number, row.cells)
        elif row.style is Style.HEADING:
            heading = number, len(row.cells) - 1
            worksheet.repeat_rows(number)  # at the top of every printed page
            worksheet.set_row(number, 2 * _LINE_HEIGHT)
            for column, cell in enumerate(row.cells):
                worksheet.write_string(number, column, written(str(cell)), styles.heading)
        else:
            for column, cell in enumerate(row.cells):
                style = styles.beside_title if column else styles.title
                worksheet.write_string(number, column, written(str(cell)), style)
    if sheet.has_filter:
        worksheet.autofilter(heading[0], 0, number, heading[1])
    worksheet.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})  # « 01004 » is a postal code
    worksheet.set_landscape()
    worksheet.set_paper(9)  # A4
    if sum(sheet.widths) <= _PRINTABLE:
        worksheet.fit_to_pages(1, 0)


def _put_plain(worksheet: Worksheet, puts: Mapping[type, Put], number: int, cells: Sequence[Cell]) -> None:
    """A row, as high as its tallest text: not every program works that out by itself."""
    most = 1
    for column, cell in enumerate(cells):
        if cell is not None and cell != "":
            lines = puts[type(cell)](number, column, cell)
            if lines > most:
                most = lines
    if most > 1:
        worksheet.set_row_pixels(number, min(most * _LINE_PIXELS, _HIGHEST_PIXELS))


def _puts(worksheet: Worksheet, styles: _Styles) -> dict[type, Put]:
    """How to write each type of cell; each answers how many lines it wrote, or 0 where it is a single one."""
    string, number = worksheet.write_string, worksheet.write_number
    text_style, lines_style = styles.text, styles.lines

    def put_text(row: int, column: int, cell: str) -> int:
        text, lines = _shaped(cell)
        string(row, column, text, lines_style if lines > 1 else text_style)
        return lines

    def put_number(row: int, column: int, cell: float) -> Any:
        return number(row, column, cell, styles.number)

    return {
        str: put_text,
        int: put_number,
        float: put_number,
        Share: lambda row, column, cell: number(row, column, cell, styles.share),
        date: lambda row, column, cell: number(row, column, cell.toordinal() - _DAY_ZERO, styles.day),
        datetime: lambda row, column, cell: number(row, column, _serial(cell), styles.moment),
    }


@lru_cache(maxsize=8192)
def _shaped(cell: str) -> tuple[str, int]:
    """A text as it is written, and how many lines it has: labels come again and again."""
    text = written(cell)
    if text.startswith("<r>") and text.endswith("</r>"):
        text += " "  # the library would take it for markup of its own
    return text, 1 + text.count("\n")


def _serial(moment: datetime) -> float:
    """A moment as Excel counts days, to the minute."""
    return moment.toordinal() - _DAY_ZERO + (60 * moment.hour + moment.minute) / 1440
