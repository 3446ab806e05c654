"""Counts rows that are alike.

SQLite sorts what it groups; a hundred thousand rows joined in one text and counted by Python's own hash take a third of
the time (bench statistics). Texts are joined by `||`, which takes no memory of its own for each row: SQLCipher locks
and wipes every piece of memory that it takes and gives back.
"""

from collections import Counter
from collections.abc import Iterable, Iterator

from sqlalchemy import Connection

from app.services.statistics.figures import Line
from app.services.statistics.scope import Conditions, of_kept

Parts = tuple[str, ...]


def tally(connection: Connection, parts: Parts, conditions: Conditions) -> Counter[Parts]:
    """How many of the activities that meet the conditions have the same parts, empty for what they do not have.

    Numbers come first: whatever a part may hold, it cannot then be taken for one of them.
    """
    key = " || '\x1f' || ".join(f"coalesce({part}, '')" for part in parts)  # char(31) would take memory each time
    found = connection.execute(of_kept(f"group_concat({key}, '\x1e')", conditions)).scalar_one()
    keys = Counter(found.split("\x1e")) if found is not None else Counter[str]()
    split = ((tuple(one.split("\x1f", len(parts) - 1)), number) for one, number in keys.items())
    return Counter({one: number for one, number in split if len(one) == len(parts)})


class Weights:
    """The number, the activities and the minutes of each line of a breakdown, while they are added up."""

    def __init__(self) -> None:
        self._by_code: dict[str, tuple[int, int, int]] = {}

    def add(self, code: str, number: int, activities: int = 0, minutes: int = 0) -> None:
        """Count more of a code."""
        a, b, c = self._by_code.get(code, (0, 0, 0))
        self._by_code[code] = a + number, b + activities, c + minutes

    @property
    def total(self) -> int:
        """The numbers of every code together."""
        return sum(number for number, _, _ in self._by_code.values())

    def __iter__(self) -> Iterator[str]:
        return iter(self._by_code)

    def line(self, code: str, label: str) -> Line:
        """The line of a code, zero if it was never counted."""
        return Line(code, label, *self._by_code.get(code, (0, 0, 0)))

    def gathered(self, codes: Iterable[tuple[str, str]]) -> "Weights":
        """The same under other codes: pairs of one of these and what it counts for."""
        result = Weights()
        for code, other in codes:
            result.add(other, *self._by_code[code])
        return result
