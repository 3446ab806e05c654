"""Seven days and four weeks of copies, whatever the days on which somebody worked."""

from datetime import date, datetime, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from app.services.retention import DAYS, WEEKS, kept

FIRST = date(2026, 1, 1)
HISTORIES = st.sets(
    st.builds(
        lambda day, minute: datetime.combine(FIRST + timedelta(days=day), time(minute // 60, minute % 60)),
        st.integers(0, 400),
        st.integers(0, 24 * 60 - 1),
    ),
    max_size=120,
)


def week(moment: datetime) -> tuple[int, int]:
    return moment.isocalendar()[:2]


@given(HISTORIES)
def test_the_last_copy_of_each_of_the_seven_latest_days_stays(moments: set[datetime]) -> None:
    latest_days = sorted({one.date() for one in moments})[-DAYS:]
    assert {max(one for one in moments if one.date() == day) for day in latest_days} <= kept(moments)


@given(HISTORIES)
def test_before_them_four_weeks_keep_their_last_copy(moments: set[datetime]) -> None:
    first_day = min(sorted({one.date() for one in moments})[-DAYS:], default=FIRST)
    monday = first_day - timedelta(days=first_day.weekday())
    before = {one for one in moments if one.date() < monday}
    latest_weeks = sorted({week(one) for one in before})[-WEEKS:]
    expected = {max(one for one in before if week(one) == each) for each in latest_weeks}
    assert {one for one in kept(moments) if one.date() < monday} == expected


@given(HISTORIES)
def test_there_are_never_more_than_eleven_and_all_were_made(moments: set[datetime]) -> None:
    assert kept(moments) <= moments
    assert len(kept(moments)) <= DAYS + WEEKS
    assert kept(kept(moments)) == kept(moments)


@given(HISTORIES)
def test_removing_day_after_day_keeps_what_removing_at_the_end_would(moments: set[datetime]) -> None:
    there: frozenset[datetime] = frozenset()
    for one in sorted(moments):
        there = kept(there | {one})
    assert there == kept(moments)


def test_a_copy_each_day_goes_back_more_than_four_weeks() -> None:
    moments = [datetime.combine(FIRST + timedelta(days=number), time(9)) for number in range(100)]
    assert len(kept(moments)) == DAYS + WEEKS
    assert max(moments) - min(kept(moments)) >= timedelta(weeks=WEEKS)
