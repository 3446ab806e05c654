"""Who came: the different people, followed and anonymous, and what is known of them."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from itertools import compress
from typing import Any

from sqlalchemy import Connection, Select, select, text

from app.models.activity import activity
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
    followed = connection.execute(_followed(seen, [one.span for one in (people, *beside)]))
    _add_followed(people, beside, followed.all())
    people.paths.update({(first, last): number for first, last, number in connection.execute(_paths(filter_))})
    _add_anonymous(people, beside, connection.execute(_anonymous(seen)))
    counted = [*conditions_of(seen), activity.c.anonymous.is_not(None)]
    groups = of_kept(_GROUPS, counted).group_by(activity.c.day)
    _add_groups(people, beside, connection.execute(groups))
    return people, beside


def _add_followed(people: People, beside: Sequence[Came], rows: Sequence[Any]) -> None:
    """Each person as they were last known: by their own record, else by their last presence."""
    if not rows:
        return
    firsts, gender, age_band, status, lives, *times = zip(*rows, strict=True)
    new_on = Counter(firsts)
    for came, each in zip((people, *beside), times, strict=True):
        came.followed += sum([number > 0 for number in each])
        came.came_back += sum([number > 1 for number in each])
        came.new += sum([number for day, number in new_on.items() if day in came.span])
    people.new_on.update({day: number for day, number in new_on.items() if day in people.span})
    _add_told(people, Counter(compress(zip(gender, age_band, status, lives, strict=True), times[0])))


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


def _followed(seen: ActivityFilter, spans: Sequence[Span]) -> Select[Any]:
    """Each person: first day, how they were last known in the first period, how often they came in each."""
    times = [f"count(*) FILTER (WHERE {within(one)}) AS times{place}" for place, one in enumerate(spans)]
    last = f"max(iif({within(spans[0])}, {_ORDER}, NULL)) AS last"  # the other columns are then those of its row
    columns = ", ".join((f"attendance.beneficiary, {_FIRST_DAY} AS first_day", last, *_TOLD, *times))
    each = _of_people(columns, seen).group_by(text("attendance.beneficiary")).subquery("came")
    known = each.outerjoin(beneficiary.alias("b"), text("b.id = came.beneficiary"))
    return select(text(", ".join((_KNOWN_OF, *(f"times{place}" for place in range(len(times))))))).select_from(known)


def _paths(filter_: ActivityFilter) -> Select[Any]:
    """First and last level of those who were given one at least twice, and how many people."""
    columns = f"min({_REACHED}) AS started, max({_REACHED}) AS reached"
    each = _of_people(columns, filter_).where(text(_LEVEL)).group_by(text("attendance.beneficiary")).subquery("came")
    ends = select(text(f"started % {LEVELS} - 1, reached % {LEVELS} - 1, count(*)")).select_from(each)
    return ends.where(text("started <> reached")).group_by(text("1, 2"))


def _of_people(columns: str, filter_: ActivityFilter) -> Select[Any]:
    return presences(columns, filter_, periods.span(filter_)).where(text("attendance.beneficiary IS NOT NULL"))


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


_FIRST_DAY = f"coalesce(sum(attendance.moment / {LEVELS}) FILTER (WHERE attendance.first), -1)"
"""The day of the one presence that is the first, if it is there; else a number that no period holds."""
_BITS = 38
"""Of the number of a presence, so that the day, this number and a level are one number of SQLite."""
_ORDER = f"((attendance.moment / {LEVELS} << {_BITS}) + attendance.number)"
"""Of two presences on the same day, the last is the one that this notebook kept last."""
_LEVEL = f"attendance.moment % {LEVELS}"
_REACHED = f"({_ORDER} * {LEVELS} + {_LEVEL})"
"""A level of autonomy and when it was given."""
_KNOWN_OF = """came.first_day, coalesce(b.gender, came.gender), coalesce(came.age_band, b.age_band),
    coalesce(b.status, came.status), coalesce(b.municipality, came.municipality)"""
