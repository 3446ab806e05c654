"""Who came: the different people, followed and anonymous, and what is known of them."""

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, text

from app.models.activity import activity
from app.services.statistics.scope import NO_DAY, Conditions, of_kept
from protocol.vocabulary import AgeBand, Gender, SocialStatus

_KNOWN: dict[type[StrEnum], frozenset[str]] = {
    words: frozenset(word.value for word in words) for words in (Gender, AgeBand, SocialStatus)
}
_UNKNOWN = Gender.UNKNOWN.value
"""The same word in the three lists."""


@dataclass(slots=True)
class People:
    """The people of a period, each followed one once, each anonymous presence once."""

    followed: int = 0
    anonymous: int = 0
    came_back: int = 0
    new: Counter[int] = field(default_factory=Counter)
    """New people by day, its ordinal."""
    genders: Counter[str] = field(default_factory=Counter)
    age_bands: Counter[str] = field(default_factory=Counter)
    statuses: Counter[str] = field(default_factory=Counter)
    residences: Counter[str] = field(default_factory=Counter)
    """By INSEE code, empty where it was not told."""
    paths: Counter[tuple[int, int]] = field(default_factory=Counter)
    """First and last level of autonomy of those who were given one at least twice."""

    @property
    def total(self) -> int:
        """Every different person."""
        return self.followed + self.anonymous

    @property
    def new_by_day(self) -> dict[date, int]:
        """New people by day, without those who came on no day."""
        return {date.fromordinal(day): number for day, number in self.new.items() if day != NO_DAY}


def who_came(connection: Connection, conditions: Conditions) -> People:
    """The people of the activities that meet the conditions, which are set aside (`scope.py`)."""
    people = People()
    _add_followed(people, connection.execute(_FOLLOWED))
    _add_anonymous(people, connection.execute(_ANONYMOUS))
    counted = [*conditions, activity.c.anonymous.is_not(None)]
    _add_groups(people, connection.execute(of_kept("activity.day, activity.anonymous", counted)))
    return people


def _add_followed(people: People, rows: Iterable[Any]) -> None:
    """Each person as they were last known: by their own record, else by their last presence."""
    told: Counter[tuple[Any, ...]] = Counter()
    for times, first_day, started, reached, *known in rows:
        told[tuple(known)] += 1
        people.followed += 1
        people.came_back += times > 1
        if first_day is not None:
            people.new[first_day] += 1
        if started != reached:
            people.paths[started % _LEVELS, reached % _LEVELS] += 1
    _add_told(people, told)


def _add_anonymous(people: People, rows: Iterable[Any]) -> None:
    """Anonymous presences: each one a person."""
    told: Counter[tuple[Any, ...]] = Counter()
    for day, already, *known in rows:
        told[tuple(known)] += 1
        people.anonymous += 1
        if not already:
            people.new[day] += 1
    _add_told(people, told)


def _add_told(people: People, told: Counter[tuple[Any, ...]]) -> None:
    for (gender, age_band, status, lives), number in told.items():
        people.genders[_word(Gender, gender)] += number
        people.age_bands[_word(AgeBand, age_band)] += number
        people.statuses[_word(SocialStatus, status)] += number
        people.residences[lives or ""] += number


def _add_groups(people: People, rows: Iterable[Any]) -> None:
    """The anonymous participants of workshops, counted in groups."""
    days, groups = [], []
    for day, group in rows:
        days.append(date.fromisoformat(day).toordinal() if day else NO_DAY)
        groups.append(group)
    for day, group in zip(days, json.loads(f"[{','.join(groups)}]"), strict=True):
        total = group.get("total", 0)
        people.anonymous += total
        people.new[day] += max(0, total - group.get("already", 0))
        people.residences[""] += total
        _add_parts(people.genders, Gender, group.get("gender", {}), total)
        _add_parts(people.age_bands, AgeBand, group.get("age_band", {}), total)
        _add_parts(people.statuses, SocialStatus, group.get("status", {}), total)


def _add_parts(into: Counter[str], words: type[StrEnum], parts: dict[str, int], total: int) -> None:
    """The people of each word; those whom no known word counts are « non communiqué »."""
    known = _KNOWN[words]
    for code, number in parts.items():
        if code in known and code != _UNKNOWN:
            into[code] += number
            total -= number
    into[_UNKNOWN] += max(0, total)


def _word(words: type[StrEnum], code: str | None) -> str:
    return code if code in _KNOWN[words] else _UNKNOWN


_LEVELS = 4
"""A level of autonomy and when it was given are one number: day and number of the presence, then the level."""
_FOLLOWED = text(
    f"""SELECT came.times, came.first_day, came.started, came.reached,
        coalesce(b.gender, t.gender), coalesce(t.age_band, b.age_band), coalesce(b.status, t.status),
        coalesce(b.municipality, t.municipality)
    FROM (
        SELECT t.beneficiary,
            count(*) AS times,
            max(kept.ordinal << 40 | t.number) AS last,
            max(kept.ordinal) FILTER (WHERE t.first) AS first_day,
            min((kept.ordinal << 40 | t.number) * {_LEVELS} + kept.level) AS started,
            max((kept.ordinal << 40 | t.number) * {_LEVELS} + kept.level) AS reached
        FROM attendance t CROSS JOIN statistics_scope kept ON kept.id = t.activity
        WHERE t.beneficiary IS NOT NULL AND t.deleted = 0
        GROUP BY t.beneficiary
    ) came
    CROSS JOIN attendance t ON t.number = came.last & 0xffffffffff
    LEFT JOIN beneficiary b ON b.id = came.beneficiary"""
)
"""`CROSS JOIN` says which table leads: presences are read in the order of their index, already grouped.

Of two presences on the same day, the last is the one that this notebook kept last.
"""
_ANONYMOUS = text(
    """SELECT kept.ordinal, t.already, t.gender, t.age_band, t.status, t.municipality
    FROM attendance t CROSS JOIN statistics_scope kept ON kept.id = t.activity
    WHERE t.beneficiary IS NULL AND t.deleted = 0"""
)
