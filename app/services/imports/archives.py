"""What a workbook weighs once unpacked, measured before any library is handed it: a zip bomb stays packed.

A size that an archive declares is not believed: everything is unpacked once, piece by piece, and thrown away.
"""

import re
import zlib
from collections.abc import Iterator
from copy import copy
from io import BytesIO
from xml.parsers import expat
from zipfile import BadZipFile, ZipFile, ZipInfo

from app.errors import UserError
from app.services.imports.limits import DAMAGED, LOCKED, TOO_HEAVY, TOO_MANY_ROWS, check_rows, check_size

MOST_UNPACKED = 300_000_000
"""Bytes: a hundred thousand rows of thirty-two full columns."""
MOST_ENTRIES = 2_000
_PIECE = 1 << 20
_OVERLAP = 64
"""Bytes of the piece before, so that nothing is cut in two where pieces meet."""

_LETTERS_SEEN = re.compile(rb' r="([A-Z]{2,3})[0-9]')
_FAR = re.compile(rb' r="(?:[A-Z]{4}|[A-Z]{0,3}[0-9]{6})')
_ODD = (b"\tr", b"\nr", b"\rr", b" r='", b" r ", b" r\t", b" r\n", b" r\r", b" r= ", b" r=\t", b" r=\n", b" r=\r")
"""A reference that is not written as every spreadsheet program writes it: then the slower search."""
_ODD_REFERENCE = re.compile(rb"""\sr\s*=\s*["']([A-Za-z]*)([0-9]+)""")
_ROW_OF = re.compile(rb' r="[A-Z]+([0-9]+)"')


def check_workbook(content: bytes) -> str:
    """« xlsx » or « ods » for a packed workbook that can be read safely.

    Raises UserError for what is too heavy, too large, locked by a password, damaged or no workbook.
    """
    try:
        with ZipFile(BytesIO(content)) as archive:
            return _checked(archive)
    except (BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError) as error:
        raise UserError(DAMAGED) from error


def _checked(archive: ZipFile) -> str:
    entries = archive.infolist()
    if len(entries) > MOST_ENTRIES or sum(one.file_size for one in entries) > MOST_UNPACKED:
        raise UserError(TOO_HEAVY)
    if any(one.flag_bits & 1 for one in entries):
        raise UserError(LOCKED)
    names = {one.filename for one in entries}
    if "xl/workbook.xml" in names:
        _check_xlsx(archive, entries)
        return "xlsx"
    if "content.xml" in names and "mimetype" in names:
        _check_ods(archive, entries)
        return "ods"
    raise UserError(
        "Ce fichier n’est pas un classeur que Passerelle sait lire\u00a0: "
        "enregistrez-le au format .xlsx, .ods ou .csv, puis recommencez."
    )


class _Weight:
    """What is unpacked so far, of all the entries together."""

    def __init__(self) -> None:
        self.bytes = 0

    def pieces(self, archive: ZipFile, entry: ZipInfo) -> Iterator[bytes]:
        """The entry piece by piece, to its real end whatever it says of its size; raises UserError beyond the limit."""
        endless = copy(entry)
        endless.file_size = MOST_UNPACKED * 10
        with archive.open(endless) as stream:
            while piece := stream.read(_PIECE):
                self.bytes += len(piece)
                if self.bytes > MOST_UNPACKED:
                    raise UserError(TOO_HEAVY)
                yield piece


def _check_xlsx(archive: ZipFile, entries: list[ZipInfo]) -> None:
    """Raise UserError where a sheet, held whole as a grid, would be too large: one far cell is enough."""
    weight = _Weight()
    for entry in entries:
        grid = _Grid()
        tail = b""
        for piece in weight.pieces(archive, entry):
            grid.see(tail + piece, len(tail))
            tail = piece[-_OVERLAP:]
        grid.check()


class _Grid:
    """How far the cells of one part of a workbook reach."""

    def __init__(self) -> None:
        self._rows = 0
        self._cells = 0
        self._last_column = 26
        self._last_row = 0

    def see(self, piece: bytes, overlap: int) -> None:
        """Look at a piece, whose first bytes were seen already."""
        self._rows += piece.count(b"<row", overlap) + piece.count(b":row ", overlap)
        self._cells += sum(
            piece.count(tag, overlap) for tag in (b"<c ", b"<c>", b"<c/", b":c ", b":c>", b"<si", b":si")
        )
        if any(odd in piece for odd in _ODD):
            for letters, digits in set(_ODD_REFERENCE.findall(piece)):
                self._reach(letters.upper(), int(digits[:9]))
            return
        if _FAR.search(piece):
            raise UserError(TOO_MANY_ROWS)
        for letters in set(_LETTERS_SEEN.findall(piece)):
            self._reach(letters, 0)
        if self._last_column > 80:
            self._last_row = max(self._last_row, *map(int, _ROW_OF.findall(piece)), 0)

    def check(self) -> None:
        """Raise UserError if it is too much."""
        check_rows(max(self._rows, self._last_row))
        rows = max(self._last_row, self._rows) if self._last_column > 80 else 0
        check_size(max(self._cells, rows * self._last_column))

    def _reach(self, letters: bytes, row: int) -> None:
        self._last_column = max(self._last_column, _column(letters))
        self._last_row = max(self._last_row, row)


def _column(letters: bytes) -> int:
    """27 for « AA »."""
    number = 0
    for letter in letters[:6]:
        number = number * 26 + letter - 64
    return number


def _check_ods(archive: ZipFile, entries: list[ZipInfo]) -> None:
    """Raise UserError where the cells of a sheet, once their repetitions are written out, would be too many."""
    weight = _Weight()
    for entry in entries:
        if entry.filename == "META-INF/manifest.xml":
            if b"encryption-data" in b"".join(weight.pieces(archive, entry)):
                raise UserError(LOCKED)
        elif entry.filename != "content.xml":
            for _ in weight.pieces(archive, entry):
                pass
    _Sheets().read(weight.pieces(archive, archive.getinfo("content.xml")))


class _Sheets:
    """The tables of an ODS file, as far as their filled cells reach."""

    def __init__(self) -> None:
        self._row = self._last_row = self._row_repeats = 0
        self._column = self._filled_to = self._last_column = 0
        self._cell_repeats = 0

    def read(self, pieces: Iterator[bytes]) -> None:
        """Raise UserError if it is too much, or no XML."""
        parser = expat.ParserCreate()
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.EntityDeclHandler = self._refuse_entity
        try:
            for piece in pieces:
                parser.Parse(piece, False)
            parser.Parse(b"", True)
        except expat.ExpatError as error:
            raise UserError(DAMAGED) from error

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if name in ("table:table-cell", "table:covered-table-cell"):
            self._cell_repeats = int(attributes.get("table:number-columns-repeated", 1))
            self._column += self._cell_repeats
            if "office:value-type" in attributes or "table:formula" in attributes:
                self._filled_to = self._column
        elif name == "text:p":
            self._filled_to = self._column
        elif name == "table:table-row":
            self._row_repeats = int(attributes.get("table:number-rows-repeated", 1))
            self._column = self._filled_to = 0
        elif name == "table:table":
            self._row = self._last_row = self._last_column = 0

    def _end(self, name: str) -> None:
        if name != "table:table-row":
            return
        self._row += self._row_repeats
        if self._filled_to:
            self._last_row, self._last_column = self._row, max(self._last_column, self._filled_to)
            check_rows(self._last_row)
            check_size(self._last_row * self._last_column)

    def _refuse_entity(self, *_declared: object) -> None:
        raise UserError(DAMAGED)
