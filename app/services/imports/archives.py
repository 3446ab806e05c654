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
from app.services.imports.limits import DAMAGED, LOCKED, MOST_ROWS, TOO_HEAVY, TOO_WIDE, check_rows, check_size

MOST_UNPACKED = 300_000_000
"""Bytes: a hundred thousand rows of thirty-two full columns."""
MOST_ENTRIES = 2_000
_MOST_EMPTY_ROWS = 20 * (1 << 20)
"""Twenty sheets down to their last row, as LibreOffice repeats it: each row costs a little, even empty."""
_PIECE = 1 << 20
_OVERLAP = 64
"""Bytes of the piece before, so that nothing is cut in two where pieces meet."""

_TELLING = re.compile(rb'<c r="([A-Za-z]*[0-9]{6}|[A-Za-z]{2,}(?=[0-9]))')
"""The references that matter, where cells are written as every spreadsheet program writes them: « <c r="AF12" »."""
_ODD_REFERENCE = re.compile(rb"""\sr\s*=\s*["']([A-Za-z]+)([0-9]+)""")
_ODD_CELL = re.compile(rb"<(?:\w+:)?c[\s/>]")
_ODD_ROW = re.compile(rb"<(?:\w+:)?row[\s/>]")
_USUAL_COLUMNS = 80


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
    """Raise UserError where a sheet, held whole as a grid, would be too large."""
    weight = _Weight()
    for entry in entries:
        grid = _seen(weight.pieces(archive, entry), _Grid())
        if grid.is_wide:
            grid = _seen(_Weight().pieces(archive, entry), _Grid(closely=True))
        grid.check()


def _seen(pieces: Iterator[bytes], grid: "_Grid") -> "_Grid":
    tail = b""
    for piece in pieces:
        grid.see(tail + piece, len(tail))
        tail = piece[-_OVERLAP:]
    return grid


class _Grid:
    """How far the cells of one part of a workbook reach: one far cell is enough to make the whole grid too large."""

    def __init__(self, *, closely: bool = False) -> None:
        self._closely = closely
        self._rows = 0
        self._cells = 0
        self._last_column = 26
        self._last_row = 0
        self._unplaced = self._longest = 0
        """Cells without reference: since the last row began, and the most of a row."""

    def see(self, piece: bytes, overlap: int) -> None:
        """Look at a piece, whose first bytes were seen already; raises UserError if it is too much already."""
        self._see(piece, overlap)
        check_rows(self._rows)
        check_size(self._cells)

    def _see(self, piece: bytes, overlap: int) -> None:
        usual = piece.count(b'<c r="', overlap)
        self._cells += piece.count(b"<si", overlap)
        if piece.count(b"<c", overlap) != usual or b":c" in piece or self._closely:
            self._see_closely(piece, overlap)
            return
        self._cells += usual
        self._rows += piece.count(b"<row", overlap)
        for told in set(_TELLING.findall(piece)):
            self._reach(told.rstrip(b"0123456789"), MOST_ROWS if told[-1:].isdigit() else 0)

    @property
    def is_wide(self) -> bool:
        """Whether how far down it reaches must be known too."""
        return self._last_column > _USUAL_COLUMNS

    def check(self) -> None:
        """Raise UserError if it is too much."""
        rows = max(self._rows, self._last_row)
        check_rows(rows + 1)
        columns = self._last_column + self._longest
        check_size(max(self._cells, rows * columns if columns > _USUAL_COLUMNS else 0))

    def _see_closely(self, piece: bytes, overlap: int) -> None:
        """However the cells are written, and even without references."""
        references = _ODD_REFERENCE.findall(piece)
        for letters, digits in set(references):
            self._reach(letters, int(digits[:9]))
        first, *others = (len(_ODD_CELL.findall(row)) for row in _ODD_ROW.split(piece[overlap:]))
        self._rows += len(others)
        self._cells += first + sum(others)
        if first + sum(others) > len(references):
            self._longest = max(self._longest, self._unplaced + first, *others, 0)
            self._unplaced = others[-1] if others else self._unplaced + first

    def _reach(self, letters: bytes, row: int) -> None:
        self._last_column = max(self._last_column, _column(letters.upper()))
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
        self._cell_repeats = self._all_rows = 0

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
        self._all_rows += self._row_repeats
        if self._all_rows > _MOST_EMPTY_ROWS:
            raise UserError(TOO_WIDE)
        if self._filled_to:
            self._last_row, self._last_column = self._row, max(self._last_column, self._filled_to)
            check_rows(self._last_row)
            check_size(self._last_row * self._last_column)

    def _refuse_entity(self, *_declared: object) -> None:
        raise UserError(DAMAGED)
