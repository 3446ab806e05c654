"""When the demonstration is written: the hours of a working day, and a clock that is told the time."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from app.database import Database

OPENING, CLOSING, PACE = time(9), time(17), timedelta(minutes=40)
"""The hours of a day, and what passes between two activities."""


def believe(database: Database, moment: datetime) -> None:
    """Let a notebook be written as if it were then."""
    milliseconds = round(moment.timestamp() * 1000)
    database.now_ms = lambda: milliseconds


def working_days(today: date, weeks: int) -> Iterator[date]:
    """Today is one whatever the day, so that « Ma journée » is never empty."""
    monday = today - timedelta(days=today.weekday(), weeks=weeks)
    days = (monday + timedelta(days=number) for number in range((today - monday).days + 1))
    return (day for day in days if day.weekday() < 5 or day == today)
