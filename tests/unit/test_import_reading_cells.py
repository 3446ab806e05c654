"""Days, moments, durations and shares, however they are written."""

from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.services.commands import RecordActivity
from app.services.imports import cells, cra_words
from app.services.imports.communes import located
from app.services.imports.cra_people import Crowd, peopled, share
from app.services.imports.opening import Cell
from protocol.vocabulary import ActivityKind

DAYS = st.dates(date(2000, 1, 1), date(2099, 12, 31))
MOMENTS = st.datetimes(datetime(2000, 1, 1), datetime(2099, 12, 31)).map(
    lambda one: one.replace(second=0, microsecond=0)
)
MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre",
    "décembre",
)  # fmt: skip
SPREADSHEET_START = datetime(1899, 12, 30)


@given(DAYS)
def test_a_day_is_the_same_however_it_is_written(day: date) -> None:
    spelled = f"{'1er' if day.day == 1 else day.day} {MONTHS[day.month - 1]} {day.year}"
    serial = (day - SPREADSHEET_START.date()).days
    written: list[Cell] = [
        day, datetime.combine(day, time()), f"{day:%d/%m/%Y}", f"{day.day}/{day.month}/{day:%y}", f"{day:%d-%m-%Y}",
        f"{day:%d.%m.%Y}", day.isoformat(), f"{day.isoformat()}T00:00:00", f"{day.isoformat()}T00:00:00.000Z", spelled,
        f"Lundi {spelled}", serial, float(serial), str(serial),
    ]  # fmt: skip
    assert {cells.day(one) for one in written} == {day}


@given(MOMENTS)
def test_a_moment_is_the_same_however_it_is_written(moment: datetime) -> None:
    serial = (moment - SPREADSHEET_START) / timedelta(days=1)
    written: list[Cell] = [
        moment, f"{moment:%d/%m/%Y à %H:%M}", f"{moment:%d/%m/%Y %H:%M:%S}", f"{moment:%d/%m/%Y à %H h %M}",
        moment.isoformat(), serial,
    ]  # fmt: skip
    assert {cells.moment(one) for one in written} == {moment}


@given(MOMENTS)
def test_a_moment_of_a_database_is_at_this_computer_s_clock(moment: datetime) -> None:
    read = cells.moment(moment.replace(minute=7, tzinfo=UTC).isoformat())
    assert read is not None
    assert read.astimezone(UTC).replace(tzinfo=None) == moment.replace(minute=7)


@given(st.one_of(st.text(), st.floats(), st.integers(), st.booleans()))
def test_no_cell_makes_the_reading_fail(cell: Cell) -> None:
    for understand in (
        cells.day,
        cells.minutes,
        cells.whole,
        cells.stars,
        cells.text,
        cells.line,
        cells.code,
        cells.several,
    ):
        understand(cell)


@pytest.mark.parametrize(
    "cell", ["", "31/02/2024", "12/2024", "hier", "2024", 7, True, "99999999", float("nan"), time(1)]
)
def test_what_is_no_day_is_not_guessed(cell: Cell) -> None:
    assert cells.day(cell) is None


@given(st.integers(0, 23), st.integers(0, 59))
def test_a_duration_is_the_same_however_it_is_written(hours: int, minutes: int) -> None:
    whole = 60 * hours + minutes
    written: list[Cell] = [
        whole, float(whole), str(whole), f"{whole} min", f"{whole}mn", f"{hours}h{minutes:02d}", f"{hours}h{minutes}",
        f"{hours} h {minutes:02d}", f"{hours}:{minutes:02d}", f"{hours:02d}:{minutes:02d}:00", time(hours, minutes),
        timedelta(hours=hours, minutes=minutes),
    ]  # fmt: skip
    assert {cells.minutes(one) for one in written} == {whole}


@pytest.mark.parametrize("cell", ["", "1,5", "60.5", 60.5, "une heure", True, date(2024, 1, 1), "-30"])
def test_what_is_no_duration_is_not_guessed(cell: Cell) -> None:
    assert cells.minutes(cell) is None


@given(st.dictionaries(st.sampled_from(sorted(cra_words.AGES)), st.integers(0, 100)), st.uuids())
def test_the_ages_of_old_reports_keep_their_totals_and_never_change(ages: dict[str, int], id_: UUID) -> None:
    crowd = Crowd(sum(ages.values()), 0, ages, {})
    group = peopled(RecordActivity(kind=ActivityKind.WORKSHOP), crowd, id_).anonymous
    assert sum(group.age_band.values()) == group.total == sum(ages.values())
    for part, count in ages.items():
        told = cra_words.AGES[part]
        assert sum(group.age_band.get(band, 0) for band, _ in told) == count
        for band, percent in told:
            assert abs(group.age_band.get(band, 0) - count * percent / 100) < 1
    assert peopled(RecordActivity(kind=ActivityKind.WORKSHOP), crowd, id_).anonymous == group


@given(st.integers(0, 100), st.sampled_from([29, 48, 100]))
def test_a_share_is_right_in_the_mean(count: int, percent: int) -> None:
    shares = [share(count, percent, luck) for luck in range(50, 10_000, 100)]
    assert sum(shares) == count * percent


def test_a_commune_is_found_by_any_of_what_is_said_of_it() -> None:
    florac = located("Florac Trois Rivières", "48400", "48061")
    assert (florac.insee_code, florac.postal_code, florac.warning) == ("48061", "48400", "")
    assert located("FLORAC-TROIS-RIVIERES", "48400", "") == florac
    assert located("Florac Trois Rivières", "", "") == florac
    assert located("", "", "48061") == florac
    assert located("", "", "").insee_code is None
