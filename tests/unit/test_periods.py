"""The usual periods, seen from any day."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.services import periods

DAYS = st.dates(date(2020, 1, 1), date(2040, 12, 31))


@pytest.mark.parametrize(
    ("name", "since", "until"),
    [
        ("Ce mois-ci", date(2027, 2, 1), date(2027, 2, 17)),
        ("Mois dernier", date(2027, 1, 1), date(2027, 1, 31)),
        ("Ce trimestre", date(2027, 1, 1), date(2027, 2, 17)),
        ("Trimestre dernier", date(2026, 10, 1), date(2026, 12, 31)),
        ("Cette année", date(2027, 1, 1), date(2027, 2, 17)),
        ("Année dernière", date(2026, 1, 1), date(2026, 12, 31)),
        ("12 derniers mois", date(2026, 3, 1), date(2027, 2, 17)),
        ("Depuis le début", None, None),
    ],
)
def test_the_periods_of_figures_end_today_at_the_latest(name: str, since: date | None, until: date | None) -> None:
    found = next(one for one in periods.so_far(date(2027, 2, 17)) if one.label == name)
    assert (found.since, found.until) == (since, until)


@given(DAYS)
def test_the_last_month_and_the_last_quarter_end_where_this_one_begins(today: date) -> None:
    found = {one.label: one for one in periods.so_far(today)}
    for last, this in (("Mois dernier", "Ce mois-ci"), ("Trimestre dernier", "Ce trimestre")):
        until, since = found[last].until, found[this].since
        assert until is not None
        assert until + timedelta(days=1) == since
    assert all(one.since <= one.until <= today for one in found.values() if one.since and one.until)


@given(DAYS, DAYS)
def test_a_usual_period_follows_the_days_and_other_dates_do_not_move(before: date, today: date) -> None:
    for number, one in enumerate(periods.so_far(before)):
        moved = periods.moved(one.since, one.until, before, today)
        labels = [it.label for it in periods.so_far(today) if (it.since, it.until) == moved]
        same = [it for it in periods.so_far(before)[:number] if (it.since, it.until) == (one.since, one.until)]
        assert (same[0] if same else one).label in labels
    odd = (date(2019, 5, 3), date(2019, 5, 7))
    assert periods.moved(*odd, before, today) == odd


def test_dates_are_said_in_words() -> None:
    first, last = date(2026, 11, 2), date(2026, 11, 15)
    assert periods.dates_of(first, last) == "du 02/11/2026 au 15/11/2026"
    assert periods.dates_of(first, first) == "le 02/11/2026"
    assert periods.dates_of(first, None) == "depuis le 02/11/2026"
    assert periods.dates_of(None, last) == "jusqu’au 15/11/2026"
    assert periods.dates_of(None, None) == ""
