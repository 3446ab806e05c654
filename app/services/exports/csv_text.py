"""CSV as French spreadsheets expect it: semicolons, decimal comma, UTF-8 that says so, Windows line ends."""

import csv
from collections.abc import Callable, Iterable
from datetime import date, datetime
from pathlib import Path
from typing import Any

from app.services.exports.sheets import Cell, Share, Sheet, short_moment, written


def write(path: Path, sheets: Iterable[Sheet]) -> None:
    """Write the sheets one under the other, an empty line between two."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, delimiter=";", lineterminator="\r\n")
        for number, sheet in enumerate(sheets):
            if number:
                writer.writerow(())
            writer.writerows([_said(cell) for cell in row.cells] for row in sheet.rows)


def _said(cell: Cell) -> str:
    return _IN_WORDS[type(cell)](cell)


_IN_WORDS: dict[type, Callable[[Any], str]] = {
    type(None): lambda _: "",
    str: written,
    int: str,
    float: lambda number: repr(number).removesuffix(".0").replace(".", ","),
    Share: lambda share: f"{100 * share:.1f}%".replace(".", ","),  # with a space, it would be read as a text
    date: lambda day: day.strftime("%d/%m/%Y"),
    datetime: short_moment,
}
