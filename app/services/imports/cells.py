"""What a cell says: a text, a day, a moment, minutes, a whole number, however the spreadsheet program kept it."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from operator import itemgetter
from typing import Any, Generic, TypeVar

from app.folding import fold
from app.services.exports.neutral import original
from app.services.imports.opening import Cell

T = TypeVar("T")

_NOTHING = "-", "/"
_FIRST_SERIAL_DAY = datetime(1899, 12, 30)
"""Day 0 of the serial numbers of spreadsheet programs."""
_SERIALS = range(20_000, 80_000)
"""Days from 1954 to 2119: any other number is no date."""
_MONTHS = (
    "janvier", "fevrier", "mars", "avril", "mai", "juin", "juillet", "aout", "septembre", "octobre", "novembre",
    "decembre",
)  # fmt: skip
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}.*)?")
_WRITTEN_DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})(?:\D+(\d{1,2})\s*[:hH]\s*(\d{2})(?::\d{2})?)?\s*")
_SPELLED_DAY = re.compile(r"(?:[a-z]+ )?(\d{1,2})(?:er)? ([a-z]+) (\d{4})")
_HOURS = re.compile(r"(\d{1,2}) ?(?:h|heures?|:) ?(\d{1,2})? ?(?:mn|min|minutes?|:00)?")
_MINUTES = re.compile(r"(\d{1,4})(?:[.,]0+)? ?(?:mn|min|minutes?)?\.?")


class UnreadableError(ValueError):
    """A cell that cannot be understood; the French sentence names its column."""


class Column(Generic[T]):
    """One column of a table and how its cells are understood, each different cell once."""

    def __init__(self, place: int | None, understand: Callable[[Cell], T]) -> None:
        self._place = -1 if place is None else place
        self._understand = understand
        self._understood: dict[Cell, T] = {}

    def __call__(self, row: Sequence[Cell]) -> T:
        """What the row says in this column: as for an empty cell where the row or the table has none."""
        cell: Cell = row[self._place] if 0 <= self._place < len(row) else ""
        try:
            return self._understood[cell]
        except KeyError:
            return self._understood.setdefault(cell, self._understand(cell))


class Together(Generic[T]):
    """What several columns say together, each different combination of their cells understood once."""

    def __init__(self, places: Iterable[int], understand: Callable[[Sequence[Cell]], T]) -> None:
        self._places = sorted(places)
        self._pick = itemgetter(*self._places) if self._places else lambda _row: ""
        self._understand = understand
        self._understood: dict[Any, T] = {}

    def __call__(self, row: Sequence[Cell]) -> T:
        """What the row says in these columns."""
        if self._places and self._places[-1] >= len(row):
            row = [*row, *[""] * (self._places[-1] + 1 - len(row))]
        cells = self._pick(row)
        try:
            return self._understood[cells]
        except KeyError:
            return self._understood.setdefault(cells, self._understand(row))


def text(cell: Cell) -> str:
    """The text of a cell, without the apostrophe that protects it nor spaces around."""
    if isinstance(cell, str):
        return original(cell).replace("\r\n", "\n").strip()
    if isinstance(cell, bool):
        return "Oui" if cell else "Non"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.strftime("%d/%m/%Y à %H:%M")
    return cell.strftime("%d/%m/%Y") if isinstance(cell, date) else str(cell)


def typed_line(cell: Cell) -> str:
    """The text of a cell as it was typed on one line; a lone dash says that there is nothing."""
    typed = text(cell).replace("\n", " ")
    return "" if typed in _NOTHING else typed


def line(cell: Cell) -> str:
    """The words of a cell with one space between them; a lone dash says that there is nothing."""
    said = " ".join(text(cell).split())
    return "" if said in _NOTHING else said


def code(cell: Cell) -> str:
    """A postal or INSEE code, with the leading zero that a spreadsheet program may have eaten."""
    digits = line(cell).upper().replace(" ", "")
    return digits.zfill(5) if digits.isdecimal() and len(digits) == 4 else digits


def day(cell: Cell) -> date | None:
    """The day that a cell says; None if it says none."""
    said = moment(cell)
    return said.date() if said else None


def moment(cell: Cell) -> datetime | None:
    """The day and time that a cell says, at this computer's clock; None if it says none."""
    if isinstance(cell, datetime):
        return cell
    if isinstance(cell, date):
        return datetime.combine(cell, time())
    if isinstance(cell, float | int) and not isinstance(cell, bool):
        return _serial(cell)
    return _written_moment(text(cell)) if isinstance(cell, str) else None


def instant(cell: Cell) -> int | None:
    """The moment that a cell says, in milliseconds since 1970; None for one that not every computer can count."""
    said = moment(cell)
    return round(said.timestamp() * 1000) if said and 1970 < said.year < 3000 else None


def _serial(number: float) -> datetime | None:
    if not _SERIALS.start <= number < _SERIALS.stop:
        return None
    return _FIRST_SERIAL_DAY + timedelta(minutes=round(number * 24 * 60))


def _written_moment(text_: str) -> datetime | None:
    try:
        if _ISO.fullmatch(text_):
            return _at_this_clock(datetime.fromisoformat(text_))
        if found := _WRITTEN_DAY.fullmatch(text_):
            number, month, year, hour, minute = (int(part or 0) for part in found.groups())
            return datetime(year + 2000 if year < 100 else year, month, number, hour, minute)
        if found := _SPELLED_DAY.fullmatch(fold(text_)):
            return datetime(int(found[3]), _MONTHS.index(found[2]) + 1, int(found[1]))
        return _serial(float(text_.replace(",", ".")))
    except (ValueError, OverflowError):
        return None


def _at_this_clock(said: datetime) -> datetime:
    """The moment where this computer is; exactly midnight, Greenwich time, was meant for a day and stays that day."""
    if said.tzinfo is None or (said.time() == time() and not said.utcoffset()):
        return said.replace(tzinfo=None)
    return said.astimezone().replace(tzinfo=None)


def minutes(cell: Cell) -> int | None:
    """How long, in minutes: « 60 », « 1h30 », « 45 min », a time of day or a length of time; None if unreadable."""
    if isinstance(cell, timedelta):
        return round(cell.total_seconds() / 60)
    if isinstance(cell, time):
        return cell.hour * 60 + cell.minute
    if isinstance(cell, bool | date):
        return None
    typed = text(cell).lower()
    if found := _MINUTES.fullmatch(typed):
        return int(found[1])
    if found := _HOURS.fullmatch(typed):
        return int(found[1]) * 60 + int(found[2] or 0)
    return None


def whole(cell: Cell) -> int | None:
    """A whole number from zero up; None if the cell says none."""
    typed = line(cell)
    return int(typed) if typed.isdecimal() and len(typed) <= 9 else None


def required(heading: str, understand: Callable[[Cell], T | None], expected: str) -> Callable[[Cell], T]:
    """The same understanding, which raises UnreadableError for a cell that says nothing: « n’est pas une date »."""

    def understood(cell: Cell) -> T:
        said = understand(cell)
        if said is not None:
            return said
        shown = line(cell)[:40]
        raise UnreadableError(
            f"Colonne «\u00a0{heading}\u00a0»\u00a0: «\u00a0{shown}\u00a0» {expected}." if shown else
            f"Colonne «\u00a0{heading}\u00a0»\u00a0: la case est vide."
        )  # fmt: skip

    return understood


def choice(heading: str, known: Mapping[str, T]) -> Callable[[Cell], tuple[T | None, str]]:
    """What a cell chooses among known words, and a sentence where it is none of them."""

    def understood(cell: Cell) -> tuple[T | None, str]:
        shown = line(cell)
        if not shown:
            return None, ""
        key = fold(shown)
        if key in known:
            return known[key], ""
        return None, f"Colonne «\u00a0{heading}\u00a0»\u00a0: «\u00a0{shown[:40]}\u00a0» n’est pas connu."

    return understood


def choices(heading: str, known: Mapping[str, T]) -> Callable[[Cell], tuple[frozenset[T], str]]:
    """What a cell chooses, several at once, and a sentence for those that are not known."""

    def understood(cell: Cell) -> tuple[frozenset[T], str]:
        found: set[T] = set()
        unknown: list[str] = []
        for part in several(cell):
            key = fold(part)
            inside = [fold(one) for one in part.split(",")]
            if key in known:
                found.add(known[key])
            elif all(one in known for one in inside):
                found.update(known[one] for one in inside)
            else:
                unknown.append(f"«\u00a0{part[:40]}\u00a0»")
        said = ", ".join(unknown)
        verb = "ne sont pas connus" if len(unknown) > 1 else "n’est pas connu"
        return frozenset(found), f"Colonne «\u00a0{heading}\u00a0»\u00a0: {said} {verb}." if unknown else ""

    return understood


def several(cell: Cell) -> list[str]:
    """The values of a cell that holds several: one for each line, or parted by « ; » or « | »."""
    parts = (" ".join(part.split()) for part in re.split(r"[\n;|]+", text(cell)))
    return [part for part in parts if part and part != "-"]


def stars(cell: Cell) -> int | None:
    """2 for « 2/3 », even where a spreadsheet program took it for the second of March; None for anything else."""
    if isinstance(cell, date):
        return cell.day if cell.month == 3 and cell.day <= 3 else None
    found = re.fullmatch(r"([123])(?:/3)?", line(cell).replace(" ", ""))
    return int(found[1]) if found else None
