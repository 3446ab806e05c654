"""What is written in a spreadsheet, whatever its format: sheets of rows of cells."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum

from app.services.exports.neutral import neutralised


class Share(float):
    """A part of a whole, from 0 to 1, shown as a percentage."""


Cell = str | int | float | date | datetime | None
"""A moment is shown to the minute; None is an empty cell."""


class Style(Enum):
    """How a row stands out."""

    PLAIN = "plain"
    TITLE = "title"
    HEADING = "heading"


@dataclass(frozen=True, slots=True)
class Row:
    """One row, from the first column on."""

    cells: Sequence[Cell] = ()
    style: Style = Style.PLAIN


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet; its rows are asked for once, in order, and never held together."""

    name: str
    rows: Iterable[Row]
    widths: Sequence[int] = ()
    """Of its columns, in characters."""
    frozen: int = 0
    """How many rows stay in sight."""
    has_filter: bool = False
    """Whether its only heading row offers to sort and filter what is under it."""


def titled(title: str, lines: Iterable[Sequence[Cell]]) -> tuple[Row, ...]:
    """A block: its title, its lines, and an empty row after it."""
    return Row((title,), Style.TITLE), *map(Row, lines), Row()


def written(text: str) -> str:
    """A text as every format can hold it: `\\n` between lines, a space for a tab, no other control, never a formula."""
    if not text.isprintable():
        text = _UNWRITABLE.sub("", _LINE_END.sub("\n", text).replace("\t", " "))
    return neutralised(text)


def short_moment(when: datetime) -> str:
    """« 24/11/2026 à 14:52 », as « La Coop » writes it."""
    return when.strftime("%d/%m/%Y à %H:%M")


_LINE_END = re.compile("\r\n?|[\x0b\x0c]")
_UNWRITABLE = re.compile("[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
"""No XML can hold them."""
