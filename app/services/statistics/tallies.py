"""Counts activities that are alike.

SQLite gathers the letters of the headings of all the activities that weigh the same; Python's own hash then counts
letters ten times as fast as either would count rows (bench statistics).
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from sqlalchemy import Connection, text

from app.models.derived import LETTER
from app.services.statistics.figures import Line
from app.services.statistics.scope import Conditions, of_kept

Size = tuple[int, int, int]
"""People and minutes of each activity, and how many activities are so."""


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

    def __getitem__(self, code: str) -> tuple[int, int, int]:
        return self._by_code[code]

    def line(self, code: str, label: str) -> Line:
        """The line of a code, zero if it was never counted."""
        return Line(code, label, *self._by_code.get(code, (0, 0, 0)))

    def gathered(self, codes: Iterable[tuple[str, str]]) -> "Weights":
        """The same under other codes: pairs of one of these and what it counts for."""
        result = Weights()
        for code, other in codes:
            result.add(other, *self._by_code[code])
        return result


@dataclass(frozen=True, slots=True)
class Tally:
    """The activities that meet some conditions, by their size and under each of their headings."""

    sizes: list[Size] = field(default_factory=list)
    headings: dict[str, Weights] = field(default_factory=lambda: defaultdict(Weights))
    """By field, then by code; the number is that of the accompaniments."""


def tally(connection: Connection, conditions: Conditions) -> Tally:
    """Count the activities that meet the conditions, all in one reading of their index."""
    result, by_letter = Tally(), Weights()
    for people, minutes, activities, letters in connection.execute(of_kept(_SIZES, conditions).group_by(text("1, 2"))):
        result.sizes.append((people, minutes, activities))
        for letter, number in Counter(letters).items():
            by_letter.add(letter, people * number, number, minutes * number)
    known = {letter: (of, code) for letter, of, code in connection.execute(_HEADINGS)}
    for letter in by_letter:
        of, code = known[letter]
        result.headings[of].add(code, *by_letter[letter])
    return result


_SIZES = (
    """activity.people, coalesce(activity.minutes, 0), count(*), coalesce(group_concat(activity.headings, ''), '')"""
)
_HEADINGS = text(f"SELECT {LETTER}, field, code FROM heading")
