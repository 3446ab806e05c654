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
_WHEN = len(NO_DAY) + 16
"""Bytes of a day and of the id of an activity: which one was before the other."""


@dataclass(slots=True)
class People:
    """The people of a period, each followed one once, each anonymous presence once."""

    followed: int = 0
    anonymous: int = 0
    came_back: int = 0
    new: Counter[str] = field(default_factory=Counter)
    """New people by day, ISO."""
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
        return {date.fromisoformat(day): number for day, number in self.new.items() if day != NO_DAY}


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
    told: Counter[tuple[str, str, str, str]] = Counter()
    for times, last, first_days, started, reached, gender, age_band, status, lives in rows:
        then_age, then_gender, then_status, then_lives = last[_WHEN:].decode().split("\x1f", 3)
        told[gender or then_gender, then_age or age_band, status or then_status, lives or then_lives] += 1
        people.followed += 1
        people.came_back += times > 1
        if first_days:
            people.new.update(first_days.split(","))
        if started != reached:  # the last characters are levels, what precedes them is when
            people.paths[int(started[-1:]), int(reached[-1:])] += 1
    _add_told(people, told)


def _add_anonymous(people: People, rows: Iterable[Any]) -> None:
    """Anonymous presences: each one a person."""
    told: Counter[tuple[str, str, str, str]] = Counter()
    for day, already, *known in rows:
        told[tuple(known)] += 1
        people.anonymous += 1
        if not already:
            people.new[day] += 1
    _add_told(people, told)


def _add_told(people: People, told: Counter[tuple[str, str, str, str]]) -> None:
    for (gender, age_band, status, lives), number in told.items():
        people.genders[_word(Gender, gender)] += number
        people.age_bands[_word(AgeBand, age_band)] += number
        people.statuses[_word(SocialStatus, status)] += number
        people.residences[lives or ""] += number


def _add_groups(people: People, rows: Iterable[Any]) -> None:
    """The anonymous participants of workshops, counted in groups."""
    days, groups = [], []
    for day, group in rows:
        days.append(day or NO_DAY)
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


_FOLLOWED = text(
    """SELECT came.times, came.last, came.first_days, came.started, came.reached,
        b.gender, b.age_band, b.status, b.municipality
    FROM (
        SELECT t.beneficiary,
            count(*) AS times,
            max(CAST(kept.day || kept.id || coalesce(t.age_band, '') || char(31) || coalesce(t.gender, '') || char(31)
                || coalesce(t.status, '') || char(31) || coalesce(t.municipality, '') AS BLOB)) AS last,
            group_concat(kept.day) FILTER (WHERE t.first) AS first_days,
            min(CAST(kept.day || kept.id || kept.level AS BLOB)) FILTER (WHERE kept.level IS NOT NULL) AS started,
            max(CAST(kept.day || kept.id || kept.level AS BLOB)) FILTER (WHERE kept.level IS NOT NULL) AS reached
        FROM attendance t CROSS JOIN statistics_scope kept ON kept.id = t.activity
        WHERE t.beneficiary IS NOT NULL AND t.deleted = 0
        GROUP BY t.beneficiary
    ) came LEFT JOIN beneficiary b ON b.id = came.beneficiary"""
)
"""`CROSS JOIN` says which table leads: presences are read in the order of their index, already grouped."""
_ANONYMOUS = text(
    """SELECT kept.day, t.already, t.gender, t.age_band, t.status, t.municipality
    FROM attendance t CROSS JOIN statistics_scope kept ON kept.id = t.activity
    WHERE t.beneficiary IS NULL AND t.deleted = 0"""
)
