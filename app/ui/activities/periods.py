"""The periods that a list is looked at by: today, this week, this month… or any two dates."""

from dataclasses import dataclass
from datetime import date, timedelta

from app import labels


@dataclass(frozen=True, slots=True)
class Period:
    """Two dates, both included, and their name."""

    label: str
    since: date
    until: date


def presets(today: date) -> tuple[Period, ...]:
    """The usual periods, seen from today."""
    monday = today - timedelta(days=today.weekday())
    first = today.replace(day=1)
    last_month = first - timedelta(days=1)
    return (
        Period("Aujourd’hui", today, today),
        Period("Cette semaine", monday, monday + timedelta(days=6)),
        Period("Ce mois-ci", first, _month_end(first)),
        Period("Mois dernier", last_month.replace(day=1), last_month),
        Period("Cette année", date(today.year, 1, 1), date(today.year, 12, 31)),
    )


def name_of(since: date | None, until: date | None, today: date) -> str:
    """The name of a usual period, else its dates: « du 02/11/2026 au 15/11/2026 »; empty without dates."""
    for preset in presets(today):
        if (preset.since, preset.until) == (since, until):
            return preset.label
    if since and until:
        return f"du {labels.short_day(since)} au {labels.short_day(until)}"
    if since:
        return f"depuis le {labels.short_day(since)}"
    return f"jusqu’au {labels.short_day(until)}" if until else ""


def _month_end(first: date) -> date:
    return (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
