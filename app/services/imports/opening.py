"""Opens the file that a person chose, whatever it is: tables of cells, or a French sentence that says why not."""

import csv
import json
import re
from collections import Counter, deque
from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, time, timedelta
from io import BytesIO, TextIOWrapper
from itertools import islice
from pathlib import Path
from typing import Any

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError

from app.errors import KnownError, UserError
from app.services.imports.archives import check_workbook
from app.services.imports.limits import (
    DAMAGED,
    LOCKED,
    MOST_BYTES,
    MOST_COLUMNS,
    MOST_ROWS,
    TOO_HEAVY,
    TOO_WIDE,
    check_rows,
    check_size,
)

Cell = str | int | float | bool | date | time | timedelta
"""A date may have its time; an empty cell is an empty text."""

MOST_JSON_PARTS = 1_500_000
"""Objects and lists."""
_LOOKED_AT, _MOST_LOOKED_AT = 200_000, 100
"""Octets, and rows among them, by which the separator of a CSV file is told."""
_EMPTY = "Ce fichier est vide\u00a0: choisissez-en un autre."
_NOT_TEXT = (
    "Ce fichier n’est pas un tableau\u00a0: choisissez un fichier .xlsx, .ods ou .csv, "
    "par exemple l’export de «\u00a0La Coop\u00a0»."
)
_WEB_PAGE = (
    "Ce fichier est une page web, et non un tableau\u00a0: "
    "reconnectez-vous au site d’où il vient, puis téléchargez-le de nouveau."
)
_OLD = (
    "Ce fichier est d’un ancien format de tableur\u00a0: ouvrez-le, enregistrez-le au format .xlsx, puis recommencez."
)
_ENCODING = (
    "Les lettres de ce fichier ne peuvent pas être déchiffrées\u00a0: "
    "enregistrez-le de nouveau au format «\u00a0CSV UTF-8\u00a0», puis recommencez."
)
_PICTURES = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\0", b"MM\0*", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b")
_HTML = re.compile("<(?:!doctype html|html|head|body|table)", re.IGNORECASE)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet, or a whole CSV file: rows of cells, read one by one and once only."""

    rows: Iterator[Sequence[Cell]]
    height: int
    """How many rows there are, about."""
    merged: frozenset[int] = frozenset()
    """The numbers of the rows that a merged cell spans together with others."""


Objects = list[dict[str, Any]]
"""What a JSON file lists."""


def opened(path: Path) -> Iterator[Table] | Objects:
    """The tables of a file, in its order, or the objects that it lists.

    Raises KnownError where the file cannot be opened, UserError where it is no table, too large, locked or damaged.
    """
    content = _content(path)
    if content.startswith(b"PK\x03\x04"):
        check_workbook(content)
        return _sheets(content)
    if content.startswith(_OLE):
        raise UserError(LOCKED if "EncryptedPackage".encode("utf-16-le") in content else _OLD)
    if content.startswith(_PICTURES):
        raise UserError(_NOT_TEXT)
    encoding, text = _decoded(content)
    start = text[:2_000].lstrip()
    if start.startswith("<"):
        raise UserError(_WEB_PAGE if _HTML.search(start) else _NOT_TEXT)
    if start.startswith(("{", "[")):
        return _objects(text)
    lines = text.count("\n") + 1
    del text  # read again line by line, rather than held beside its rows
    return iter((_csv_table(content, encoding, lines),))


def _content(path: Path) -> bytes:
    try:
        if path.stat().st_size > MOST_BYTES:
            raise UserError(TOO_HEAVY)
        if not (path.is_file() or path.is_dir()):
            raise UserError(_NOT_TEXT)  # a device or a pipe, which may have no end
        content = path.read_bytes()
    except OSError as error:
        raise KnownError(_unreadable(path, error)) from error
    if not content.strip():
        raise UserError(_EMPTY)
    return content


def _unreadable(path: Path, error: OSError) -> str:
    name = f"Le fichier «\u00a0{path.name}\u00a0»"
    if isinstance(error, FileNotFoundError):
        return f"{name} n’est plus là\u00a0: vérifiez où il se trouve, puis choisissez-le de nouveau."
    if isinstance(error, IsADirectoryError):
        return f"«\u00a0{path.name}\u00a0» est un dossier\u00a0: choisissez un fichier."
    return f"{name} ne peut pas être ouvert\u00a0: fermez-le s’il est ouvert dans un autre programme, puis recommencez."


def _sheets(content: bytes) -> Iterator[Table]:
    """The sheets of a workbook that was checked, each loaded only when it is asked for."""
    with _explained(), CalamineWorkbook.from_filelike(BytesIO(content)) as workbook:
        for name in workbook.sheet_names:
            sheet = workbook.get_sheet_by_name(name)
            if sheet.height:
                check_rows(sheet.total_height)
                check_size(sheet.total_height * sheet.total_width)
                yield Table(_sheet_rows(sheet), sheet.total_height, _merged(sheet.merged_cell_ranges))


def _sheet_rows(sheet: CalamineSheet) -> Iterator[Sequence[Cell]]:
    with _explained():
        yield from sheet.iter_rows()


@contextmanager
def _explained() -> Generator[None]:
    """Turn what the library says of a workbook into a sentence."""
    try:
        yield
    except PasswordError as error:
        raise UserError(LOCKED) from error
    except CalamineError as error:
        raise UserError(DAMAGED) from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # no module has this class, and it is no Exception
            raise
        raise UserError(DAMAGED) from error


def _merged(ranges: Sequence[tuple[tuple[int, int], tuple[int, int]]] | None) -> frozenset[int]:
    """Numbers of the rows, from 1, that share a merged cell with another row."""
    spans = ((first, min(last, first + 100_000)) for (first, _), (last, _) in ranges or () if last > first)
    return frozenset(row + 1 for first, last in spans for row in range(first, last + 1))


def _decoded(content: bytes) -> tuple[str, str]:
    """The encoding and the text of a file in UTF-8 or UTF-16, or as French spreadsheet programs write it."""
    encoding = _encoding(content)
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        raise UserError(_ENCODING) from error
    if "\0" in text:
        raise UserError(_NOT_TEXT)
    return encoding, text


def _encoding(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    if content[1:2] == b"\0" and content[3:4] == b"\0":
        return "utf-16-le"
    try:
        content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8-sig"


def _csv_table(content: bytes, encoding: str, lines: int) -> Table:
    separator = max(";,\t|", key=lambda one: _evenness(content[:_LOOKED_AT], encoding, one))
    if lines > MOST_ROWS:  # rows, or lines inside their cells: counted before anything is kept
        deque(_csv_rows(content, encoding, separator), maxlen=0)
    return Table(_csv_rows(content, encoding, separator), lines)


def _evenness(start: bytes, encoding: str, separator: str) -> int:
    """How many rows have one same width, wider than one, with a separator: the right one gives the most."""
    widths = Counter(map(len, islice(_csv_rows(start, encoding, separator), _MOST_LOOKED_AT)))
    del widths[0], widths[1]
    return max(widths.values(), default=0)


def _csv_rows(content: bytes, encoding: str, separator: str) -> Iterator[Sequence[Cell]]:
    lines = TextIOWrapper(BytesIO(content), encoding, errors="replace", newline="")  # its start may end in a letter
    reader = csv.reader(_narrow(lines, separator), delimiter=separator)
    try:
        for number, row in enumerate(reader, start=1):
            check_rows(number)
            yield row
    except csv.Error as error:
        raise UserError(
            f"Ce fichier a une case beaucoup trop longue ou des guillemets mal fermés vers la ligne {reader.line_num}"
            "\u00a0: corrigez-la, puis recommencez."
        ) from error


def _narrow(lines: Iterable[str], separator: str) -> Iterator[str]:
    for line in lines:
        if line.count(separator) > MOST_COLUMNS:
            raise UserError(TOO_WIDE)
        yield line


def _objects(text: str) -> Objects:
    """The objects of a JSON list, or one for each line, as MongoDB exports them."""
    if text.count("{") + text.count("[") > MOST_JSON_PARTS or text.count(",") > 5 * MOST_JSON_PARTS:
        raise UserError(TOO_HEAVY)
    try:
        found = _parsed(text)
    except (ValueError, RecursionError) as error:
        raise UserError(DAMAGED) from error
    if not all(isinstance(one, dict) for one in found):
        raise UserError(DAMAGED)
    check_rows(len(found))
    return found


def _parsed(text: str) -> list[Any]:
    try:
        found = json.loads(text)
    except ValueError:
        return [json.loads(line) for line in text.splitlines() if line.strip()]
    return found if isinstance(found, list) else [found]
