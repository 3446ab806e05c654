"""A day and an hour typed as people write them."""

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app import labels
from app.services.typed_times import day_typed, hour_typed
from tests.notebook import TODAY

DAYS = st.dates(date(2000, 1, 1), date(2090, 12, 31))


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("3/12", date(2026, 12, 3)), ("03/12/2026", date(2026, 12, 3)), ("3-12-26", date(2026, 12, 3)),
        ("3 décembre", date(2026, 12, 3)), ("Jeudi 3 déc.", date(2026, 12, 3)), ("1er janvier", date(2027, 1, 1)),
        ("15/1", date(2027, 1, 15)), ("24/11", TODAY), ("23/11", date(2027, 11, 23)), ("0312", date(2026, 12, 3)),
        ("030127", date(2027, 1, 3)), ("26", date(2026, 11, 26)), ("5", date(2026, 12, 5)), ("31", date(2026, 12, 31)),
        ("demain", TODAY + timedelta(1)), ("Après-demain", TODAY + timedelta(2)), ("aujourd’hui", TODAY),
        ("jeudi", date(2026, 11, 26)), ("mar", date(2026, 12, 1)), ("mardi prochain", date(2026, 12, 1)),
        ("29/2", date(2028, 2, 29)),
        ("", None), ("bientôt", None), ("31/2", None), ("3/13", None), ("3/12/2026/4", None),
        ("31/12/2999", date(2999, 12, 31)), ("1/1/3000", None), ("31/12/9999", None),
        ("ju", None), ("3 ju", None),
    ],
)  # fmt: skip
def test_a_day_is_read_as_it_is_typed(typed: str, day: date | None) -> None:
    assert day_typed(typed, TODAY) == day


@pytest.mark.parametrize(
    ("typed", "hour"),
    [
        ("14h30", time(14, 30)), ("14 h 30", time(14, 30)), ("14:30", time(14, 30)), ("1430", time(14, 30)),
        ("9", time(9)), ("9h", time(9)), ("930", time(9, 30)), ("0h05", time(0, 5)), ("9 heures", time(9)),
        ("midi", time(12)), ("14.30", time(14, 30)),
        ("", None), ("25h", None), ("14h75", None), ("14h3", None), ("matin", None), ("14h30h", None),
    ],
)  # fmt: skip
def test_an_hour_is_read_as_it_is_typed(typed: str, hour: time | None) -> None:
    assert hour_typed(typed) == hour


@given(DAYS, st.integers(0, 364))
def test_a_day_written_by_the_program_is_read_again(today: date, ahead: int) -> None:
    day = today + timedelta(days=ahead)
    for written in (f"{day.day}/{day.month}", labels.short_day(day), labels.day(day, today)):
        assert day_typed(written, today) == day


@given(st.times().map(lambda one: one.replace(second=0, microsecond=0)))
def test_an_hour_written_by_the_program_is_read_again(hour: time) -> None:
    assert hour_typed(labels.hour(datetime.combine(TODAY, hour))) == hour
    assert hour_typed(f"{hour:%H%M}") == hour


@given(st.text(max_size=20), DAYS)
def test_whatever_is_typed_is_a_day_to_come_or_nothing(typed: str, today: date) -> None:
    day = day_typed(typed, today)
    assert day is None or day >= today or any(sign.isdecimal() for sign in typed)
