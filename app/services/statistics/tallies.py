"""Counts rows that are alike.

SQLite sorts what it groups; a hundred thousand rows joined in one text and counted by Python's own hash take a third of
the time (bench statistics).
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import chain

from sqlalchemy import Connection

from app.models.activity import activity
from app.models.derived import ENDS, PARTS
from app.services.statistics.figures import Line
from app.services.statistics.scope import Conditions, of_kept

Parts = tuple[str, ...]


def tally(connection: Connection, parts: Parts, conditions: Conditions) -> Iterator[tuple[Parts, int]]:
    """How many of the activities that meet the conditions have the same parts, empty for what they do not have.

    Numbers come first: whatever a part may hold, it cannot then be taken for one of them.
    """
    key = f" || '{PARTS}' || ".join(f"coalesce({part}, '')" for part in parts)
    for one, number in _alike(connection, f"group_concat({key}, '{ENDS}')", conditions).items():
        split = tuple(one.split(PARTS, len(parts) - 1))
        if len(split) == len(parts):
            yield split, number


def tally_ticked(connection: Connection, conditions: Conditions) -> Iterator[tuple[str, str, int, int, int]]:
    """Field, code, people, minutes of each thing ticked on the activities that meet the conditions; how many are so."""
    weighed = f"'{PARTS}' || activity.people || '{PARTS}' || coalesce(activity.minutes, 0) || '{ENDS}'"
    told = [*conditions, activity.c.ticked.is_not(None)]
    joined = f"rtrim(group_concat(replace(activity.ticked, '{ENDS}', {weighed}), ''), '{ENDS}')"
    for one, number in _alike(connection, joined, told).items():
        field, code, people, minutes = one.split(PARTS)
        yield field, code, int(people), int(minutes), number


def _alike(connection: Connection, joined: str, conditions: Conditions) -> Counter[str]:
    """How many are alike of the texts that are joined, a day at a time: one for all would move over and over."""
    found = connection.execute(of_kept(joined, conditions).group_by(activity.c.day))
    return Counter(chain.from_iterable(day.split(ENDS) for day in found.scalars()))


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
