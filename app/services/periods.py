"""The periods that activities are looked at by: today, this week, this month… or any two dates."""

from dataclasses import dataclass
from datetime import date, timedelta

from app import labels


@dataclass(frozen=True, slots=True)
class Period:
    """Two dates, both included, and their name; None where it has no beginning or no end."""

    label: str
    since: date | None
    until: date | None


EVERYTHING = Period("Depuis le début", None, None)


def presets(today: date) -> tuple[Period, ...]:
    """The usual periods of a list, whole, seen from today."""
    monday = today - timedelta(days=today.weekday())
    first = today.replace(day=1)
    last_month = _month_before(first, 1)
    return (
        Period("Aujourd’hui", today, today),
        Period("Cette semaine", monday, monday + timedelta(days=6)),
        Period("Ce mois-ci", first, _month_end(first)),
        Period("Mois dernier", last_month, _month_end(last_month)),
        Period("Cette année", date(today.year, 1, 1), date(today.year, 12, 31)),
    )


def so_far(today: date) -> tuple[Period, ...]:
    """The usual periods of figures: those that are not over end today, so that they compare with what was as long."""
    first = today.replace(day=1)
    quarter = first.replace(month=3 * ((today.month - 1) // 3) + 1)
    last_month, last_quarter, last_year = _month_before(first, 1), _month_before(quarter, 3), today.year - 1
    return (
        Period("Ce mois-ci", first, today),
        Period("Mois dernier", last_month, _month_end(last_month)),
        Period("Ce trimestre", quarter, today),
        Period("Trimestre dernier", last_quarter, quarter - timedelta(days=1)),
        this_year(today),
        Period("Année dernière", date(last_year, 1, 1), date(last_year, 12, 31)),
        Period("12 derniers mois", _month_before(first, 11), today),
        EVERYTHING,
    )


def this_year(today: date) -> Period:
    """From the first of January to today."""
    return Period("Cette année", date(today.year, 1, 1), today)


def name_of(since: date | None, until: date | None, today: date) -> str:
    """The name of a usual period, else its dates; empty without dates."""
    for one in (*presets(today), *so_far(today)):
        if since and (one.since, one.until) == (since, until):
            return one.label
    return dates_of(since, until)


def dates_of(since: date | None, until: date | None) -> str:
    """« du 02/11/2026 au 15/11/2026 », « le 02/11/2026 »; empty without dates."""
    if since and until:
        same = since == until
        return f"le {labels.short_day(since)}" if same else f"du {labels.short_day(since)} au {labels.short_day(until)}"
    if since:
        return f"depuis le {labels.short_day(since)}"
    return f"jusqu’au {labels.short_day(until)}" if until else ""


def moved(since: date | None, until: date | None, before: date, today: date) -> tuple[date | None, date | None]:
    """The usual period that two dates made on a day `before`, as it is today; other dates do not move."""
    label = next((one.label for one in so_far(before) if (one.since, one.until) == (since, until)), None)
    now = next((one for one in so_far(today) if one.label == label), Period("", since, until))
    return now.since, now.until


def _month_end(first: date) -> date:
    return (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def _month_before(first: date, months: int) -> date:
    number = first.year * 12 + first.month - 1 - months
    return date(number // 12, number % 12 + 1, 1)
