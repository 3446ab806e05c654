"""A day and an hour as people type them: « 3/12 », « jeudi », « demain », « 14h30 »."""

import re
from datetime import date, time, timedelta

from app import labels
from app.folding import fold

_DAY = timedelta(days=1)
_HOUR = re.compile(r"(\d{1,2})(?: ?(?:h|heures?)(?: ?(\d{2}))?| (\d{2}))?|(\d{1,2})(\d{2})")
_NEAR = {"aujourd hui": 0, "auj": 0, "demain": 1, "apres demain": 2}
_COMPACT = re.compile(r"(\d{2})(\d{2})(\d{2}|\d{4})?")
_SHORTEST = 3
"""Letters of a day or a month that are enough to tell it."""
_LAST_YEAR = 2999
"""Later, a year is a slip of the fingers; and the calendar of the program has an end."""
_FURTHEST_YEARS = 8
"""Within so many years every day of the calendar comes, a 29 February too."""


def hour_typed(text: str) -> time | None:
    """« 14h30 », « 14:30 », « 1430 », « 9 h », « midi »; None for what is no hour."""
    said = fold(text)
    if said == "midi":
        return time(12)
    found = _HOUR.fullmatch(said)
    if found is None:
        return None
    hour, minute = (found[4], found[5]) if found[4] else (found[1], found[2] or found[3])
    try:
        return time(int(hour), int(minute or 0))
    except ValueError:
        return None


def day_typed(text: str, today: date) -> date | None:
    """« 3/12 », « 3 décembre », « 03/12/2026 », « jeudi », « demain »; None for what is no day.

    Without a year it is the next one from today on; a day of the week is after today.
    """
    said = fold(text)
    if said in _NEAR:
        return today + _NEAR[said] * _DAY
    words = said.split()
    if words and (weekday := _place(words[0], map(labels.weekday, range(7)))) is not None:
        words = words[1:]
        if not words or words == ["prochain"]:
            return today + ((weekday - today.weekday() - 1) % 7 + 1) * _DAY
    return _dated(words, today)


def _dated(words: list[str], today: date) -> date | None:
    """A day by its number, its month and its year, of which the last two may be left out."""
    if len(words) == 1 and (compact := _COMPACT.fullmatch(words[0])):
        words = [part for part in compact.groups() if part]
    if not 1 <= len(words) <= 3 or not all(word.isdecimal() for word in (_number(words[0]), *words[2:])):
        return None
    day, month = int(_number(words[0])), _month(words[1]) if len(words) > 1 else None
    if len(words) > 1 and month is None:
        return None
    if len(words) == 3:
        year = int(words[2])
        return _date(year + 2000 if year < 100 else year, month or 1, day)
    if month is not None:
        later = (_date(today.year + years, month, day) for years in range(_FURTHEST_YEARS + 1))
    else:
        months = (divmod(today.month - 1 + ahead, 12) for ahead in range(12))
        later = (_date(today.year + years, place + 1, day) for years, place in months)
    return next((one for one in later if one is not None and one >= today), None)


def _number(word: str) -> str:
    return "1" if word == "1er" else word


def _month(word: str) -> int | None:
    if word.isdecimal():
        return int(word)
    place = _place(word, map(labels.month, range(1, 13)))
    return None if place is None else place + 1


def _place(word: str, names: "map[str]") -> int | None:
    """Which of the names the letters begin, if only one does."""
    if len(word) < _SHORTEST:
        return None
    found = [place for place, name in enumerate(names) if fold(name).startswith(word)]
    return found[0] if len(found) == 1 else None


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day) if year <= _LAST_YEAR else None
    except ValueError:
        return None
