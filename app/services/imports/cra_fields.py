"""The fields of an activity report, whether they come from cells or from the JSON of the State's database."""

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from app.services.imports import cells
from app.services.imports.cells import UnreadableError
from app.services.imports.opening import Cell

Report = dict[str, Any]
"""Values by the name of the field; those of a group under both: « age.moins12ans »."""

_GROUPS = "age", "statut", "accompagnement"


def flattened(found: Mapping[str, Any]) -> Report:
    """A report from the database: what it holds inside « cra » beside the rest, groups by « age.moins12ans »."""
    inside = found.get("cra")
    whole = {**found, **inside} if isinstance(inside, dict) else dict(found)
    report: Report = {}
    for name, value in whole.items():
        plain = _plain(value)
        if name in _GROUPS and isinstance(plain, dict):
            report.update({f"{name}.{part}": _plain(count) for part, count in plain.items()})
        elif plain is not None and name != "cra":
            report[name] = plain
    return report


def report_of_row(places: Mapping[str, int], row: Sequence[Cell]) -> Report:
    """A report from a row; lists and groups that a cell holds as JSON are opened."""
    report: Report = {}
    for name, place in places.items():
        cell = row[place] if place < len(row) else ""
        if isinstance(cell, str) and cell[:1] in ("{", "["):
            try:
                report[name] = json.loads(cell)
                continue
            except (ValueError, RecursionError):
                report[name] = cell
        elif cell != "":
            report[name] = cell
    return flattened(report)


def _plain(value: Any) -> Any:
    """The value that MongoDB writes as {"$oid": …}, {"$date": …} or {"$numberInt": …}."""
    if not isinstance(value, dict) or len(value) != 1:
        return value
    ((name, inside),) = value.items()
    if name == "$date":
        return _moment(_plain(inside))
    return inside if name in ("$oid", "$numberInt", "$numberLong", "$numberDouble") else value


def _moment(said: Any) -> Any:
    """A moment that may be counted in milliseconds since 1970."""
    if isinstance(said, str) and not said.lstrip("-").isdecimal():
        return said
    try:
        return datetime.fromtimestamp(int(said) / 1000, UTC).isoformat()
    except (TypeError, ValueError, OverflowError, OSError):
        return None


def word(report: Report, name: str) -> str:
    """The text of a field; empty if it has none or holds something else."""
    return cells.line(cell(report, name))


def cell(report: Report, name: str) -> Cell:
    """The field as a cell; empty if it has none or holds something else."""
    value = report.get(name, "")
    return value if isinstance(value, str | int | float | date | time | timedelta) else ""


def number(report: Report, name: str, called: str) -> int | None:
    """The count of a field, None if it has none; raises UnreadableError for what is no count."""
    value = report.get(name)
    if value is None or value == "":
        return None
    count = cells.whole(value) if isinstance(value, str | int | float) else None
    if count is None or isinstance(value, bool):
        raise UnreadableError(
            f"Colonne «\u00a0{called}\u00a0»\u00a0: «\u00a0{str(value)[:40]}\u00a0» n’est pas un nombre."
        )
    return count


def texts(report: Report, name: str) -> list[str]:
    """The texts of a field that holds several, from a list or from one cell."""
    value = report.get(name)
    if isinstance(value, list):
        return [cells.line(one) for one in value if isinstance(one, str)]
    return cells.several(value) if isinstance(value, str) else []


def pairs(report: Report, name: str) -> list[tuple[str, Any]]:
    """The pairs of a field that lists objects of one key; from a cell, each text and 1 (or the number after « : »)."""
    value = report.get(name)
    if isinstance(value, dict):
        value = [value]
    if isinstance(value, list):
        return [(str(key), inside) for one in value if isinstance(one, dict) for key, inside in one.items()]
    return [_pair(one) for one in (cells.several(value) if isinstance(value, str) else [])]


def _pair(said: str) -> tuple[str, Any]:
    name, _, count = said.rpartition(":")
    return (name.strip(), int(count)) if name and count.strip().isdecimal() else (said, 1)
