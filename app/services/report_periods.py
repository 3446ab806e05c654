"""The periods of a report: a month, a quarter, a year, or any two dates."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from app import labels

_MONTHS, _QUARTERS, _YEARS = 24, 8, 5
"""How far back reports are offered."""


class Step(Enum):
    """How long a report's period is."""

    MONTH = 1
    QUARTER = 3
    YEAR = 12


@dataclass(frozen=True, slots=True)
class ReportPeriod:
    """Two dates, both included, and their name."""

    label: str
    since: date
    until: date


def offered(step: Step, today: date) -> tuple[ReportPeriod, ...]:
    """The periods of a length, the one of today first."""
    number = {Step.MONTH: _MONTHS, Step.QUARTER: _QUARTERS, Step.YEAR: _YEARS}[step]
    months = today.year * 12 + today.month - 1
    first = months - months % step.value
    return tuple(_period(first - back * step.value, step) for back in range(number))


def usual(today: date) -> ReportPeriod:
    """The period that a report is first offered for: the last month that is over."""
    return offered(Step.MONTH, today)[1]


def step_of(since: date, until: date) -> Step | None:
    """The length of a period that is a whole month, quarter or year; None for any other."""
    for step in Step:
        months = since.year * 12 + since.month - 1
        if not months % step.value and (since, until) == _bounds(months, step):
            return step
    return None


def name_of(since: date, until: date) -> str:
    """« Octobre 2026 », « 4e trimestre 2026 », « Année 2026 », else « Du 02/10/2026 au 15/11/2026 »."""
    step = step_of(since, until)
    if step is Step.MONTH:
        return f"{labels.month(since.month).capitalize()} {since.year}"
    if step is Step.QUARTER:
        number = (since.month + 2) // 3
        return f"{number}{'er' if number == 1 else 'e'} trimestre {since.year}"
    if step is Step.YEAR:
        return f"Année {since.year}"
    return f"Du {labels.short_day(since)} au {labels.short_day(until)}"


def _period(months: int, step: Step) -> ReportPeriod:
    since, until = _bounds(months, step)
    return ReportPeriod(name_of(since, until), since, until)


def _bounds(months: int, step: Step) -> tuple[date, date]:
    after = months + step.value
    return date(months // 12, months % 12 + 1, 1), date(after // 12, after % 12 + 1, 1) - timedelta(days=1)
