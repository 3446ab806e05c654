"""Who came: the different people, followed and anonymous, and what is known of them."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, Select, select, text

from app.models.activity import activity
from app.models.attendance import attendance
from app.models.beneficiary import beneficiary
from app.models.derived import LEVELS
from app.services.activity_lists import conditions_of
from app.services.commands import ActivityFilter
from app.services.statistics import periods
from app.services.statistics.periods import NO_DAY, Span
from app.services.statistics.scope import of_kept, presences, within
from protocol.vocabulary import AgeBand, Gender, SocialStatus

_ENDS, _PARTS = "\x1e", "\x1f"
"""What is known of a presence ends by the one, each thing parted by the other."""
UNKNOWN = Gender.UNKNOWN.value
"""The same word in the three lists."""
KNOWN: dict[type[StrEnum], frozenset[str]] = {
    words: frozenset(word.value for word in words) for words in (Gender, AgeBand, SocialStatus)
}
"""The words that this program counts by, `UNKNOWN` among them."""


@dataclass(slots=True)
class Came:
    """How many people came in a period, each followed one once, each anonymous presence once."""

    span: Span
    followed: int = 0
    anonymous: int = 0
    came_back: int = 0
    new: int = 0

    @property
    def total(self) -> int:
        """Every different person."""
        return self.followed + self.anonymous


@dataclass(slots=True)
class People(Came):
    """The people of a period, and what is known of them."""

    new_on: Counter[int] = field(default_factory=Counter)
    """New people by day, its ordinal."""
    genders: Counter[str] = field(default_factory=Counter)
    age_bands: Counter[str] = field(default_factory=Counter)
    statuses: Counter[str] = field(default_factory=Counter)
    residences: Counter[str] = field(default_factory=Counter)
    """By INSEE code, empty where it was not told."""
    paths: Counter[tuple[int, int]] = field(default_factory=Counter)
    """First and last level of autonomy of those who were given one at least twice."""

    @property
    def new_by_day(self) -> dict[date, int]:
        """New people by day, without those who came on no day."""
        return {date.fromordinal(day): number for day, number in self.new_on.items() if day != NO_DAY}


def who_came(
    connection: Connection, filter_: ActivityFilter, others: Sequence[ActivityFilter] = ()
) -> tuple[People, list[Came]]:
    """The people of the activities that a filter keeps, and how many came in other periods, all in the same reading."""
    people, beside = People(periods.span(filter_)), [Came(periods.span(one)) for one in others]
    seen = periods.whole(filter_, others)
    followed = connection.execute(_followed(seen, people.span, [one.span for one in beside]))
    _add_followed(people, beside, followed.all())
    _add_anonymous(people, beside, connection.execute(_anonymous(seen)))
    counted = [*conditions_of(seen), activity.c.anonymous.is_not(None)]
    groups = of_kept(_GROUPS, counted).group_by(activity.c.day)
    _add_groups(people, beside, connection.execute(groups))
    return people, beside


def _add_followed(people: People, beside: Sequence[Came], rows: Iterable[Any]) -> None:
    """Each person as they were last known: by their own record, else by their last presence."""
    told: Counter[tuple[Any, ...]] = Counter()
    for first_day, started, reached, gender, age_band, status, lives, times, *elsewhere in rows:
        if times:
            told[gender, age_band, status, lives] += 1
            people.followed += 1
            people.came_back += times > 1
            if first_day in people.span:
                people.new += 1
                people.new_on[first_day] += 1
            if started != reached:
                people.paths[started % LEVELS - 1, reached % LEVELS - 1] += 1
        for came, number in zip(beside, elsewhere, strict=True):
            came.followed += number > 0
            came.came_back += number > 1
            came.new += first_day in came.span
    _add_told(people, told)


def _add_anonymous(people: People, beside: Sequence[Came], rows: Iterable[Any]) -> None:
    """Anonymous presences of each day: each one a person."""
    told: list[str] = []
    for day, number, new, known in rows:
        _add_day(people, beside, day, number, new)
        if day in people.span:
            told += known.split(_ENDS)
    _add_told(people, {tuple(one.split(_PARTS, 3)): number for one, number in Counter(told).items()})


def _add_day(people: People, beside: Sequence[Came], day: int, number: int, new: int) -> None:
    """The anonymous people of a day, in every period that holds it."""
    if day in people.span:
        people.new_on[day] += new
    for came in (people, *beside):
        if day in came.span:
            came.anonymous += number
            came.new += new


def _add_told(people: People, told: Mapping[tuple[Any, ...], int]) -> None:
    for (gender, age_band, status, lives), number in told.items():
        people.genders[_word(Gender, gender)] += number
        people.age_bands[_word(AgeBand, age_band)] += number
        people.statuses[_word(SocialStatus, status)] += number
        people.residences[lives or ""] += number


def _add_groups(people: People, beside: Sequence[Came], rows: Iterable[Any]) -> None:
    """The anonymous participants of the workshops of each day, counted in groups."""
    for iso, number, new in rows:
        day = date.fromisoformat(iso).toordinal() if iso else NO_DAY
        _add_day(people, beside, day, number, new)
        if day in people.span:
            people.residences[""] += number


def _word(words: type[StrEnum], code: str | None) -> str:
    return code if code in KNOWN[words] else UNKNOWN


def _followed(seen: ActivityFilter, span: Span, others: Sequence[Span]) -> Select[Any]:
    """Each person: first day, first and last level, how they were last known, how often they came in each period."""
    times = [f"count(*) FILTER (WHERE {within(one)}) AS times{place}" for place, one in enumerate((span, *others))]
    columns = ", ".join(
        ("attendance.beneficiary", *times, *(f"{one} AS {name}" for name, one in _gathered(span).items()))
    )
    came = presences(columns, seen, periods.span(seen)).where(text("attendance.beneficiary IS NOT NULL"))
    each = came.group_by(text("attendance.beneficiary")).subquery("came")
    last = each.outerjoin(attendance.alias("t"), text(f"t.number = came.last & {(1 << _BITS) - 1}"))
    known = last.outerjoin(beneficiary.alias("b"), text("b.id = came.beneficiary"))
    return select(text(", ".join((_KNOWN_OF, *(f"times{place}" for place in range(len(times))))))).select_from(known)


def _gathered(span: Span) -> dict[str, str]:
    """What is gathered of the presences of each person."""
    here = within(span)
    return {
        "first_day": f"coalesce(max(attendance.moment / {LEVELS}) FILTER (WHERE attendance.first), {_NEVER})",
        "last": f"max({_ORDER}) FILTER (WHERE {here})",
        "started": f"min({_REACHED}) FILTER (WHERE {here} AND {_LEVEL})",
        "reached": f"max({_REACHED}) FILTER (WHERE {here} AND {_LEVEL})",
    }


def _anonymous(seen: ActivityFilter) -> Select[Any]:
    """The anonymous presences of each day: how many, how many for the first time, and what is known of each."""
    known = f" || '{_PARTS}' || ".join(f"coalesce(attendance.{name}, '')" for name in _TOLD)
    columns = f"""attendance.moment / {LEVELS} AS day, count(*), count(*) FILTER (WHERE attendance.already IS NOT 1),
        group_concat({known}, '{_ENDS}')"""
    return (
        presences(columns, seen, periods.span(seen)).where(text("attendance.beneficiary IS NULL")).group_by(text("day"))
    )


_GROUPS = """activity.day, sum(coalesce(activity.anonymous ->> '$.total', 0)),
    sum(max(0, coalesce(activity.anonymous ->> '$.total', 0) - coalesce(activity.anonymous ->> '$.already', 0)))"""
_TOLD = ("gender", "age_band", "status", "municipality")


_NEVER = -1
"""The first day of who did not come for the first time in any period: a number, which a span finds at once."""
_BITS = 38
"""Of the number of a presence, so that the last day of all, this number and a level are one number of SQLite."""
_ORDER = f"((attendance.moment / {LEVELS} << {_BITS}) + attendance.number)"
"""Of two presences on the same day, the last is the one that this notebook kept last."""
_LEVEL = f"attendance.moment % {LEVELS}"
_REACHED = f"({_ORDER} * {LEVELS} + {_LEVEL})"
"""A level of autonomy and when it was given."""
_KNOWN_OF = """came.first_day, came.started, came.reached,
    coalesce(b.gender, t.gender), coalesce(t.age_band, b.age_band), coalesce(b.status, t.status),
    coalesce(b.municipality, t.municipality)"""
