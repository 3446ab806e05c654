"""Appointments: given, moved, ended, recorded from; what they run into, and who gave them."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.database import Database
from app.errors import UserError
from app.models import Appointment
from app.models.base import CivilTime, from_wire, to_wire
from app.services import activities, cases, drafts, timeline
from app.services.appointments import honouring, lists, making, rules
from app.services.appointments.rows import AppointmentRow, SaveAppointment
from app.services.commands import MergePeople, SaveCase
from app.services.merging import merge_all
from app.work import Received
from protocol.vocabulary import AppointmentStatus, PlaceKind, RecordKind
from tests.notebook import TODAY, a_beneficiary, a_place, an_activity, new_database

EXPECTED, HONOURED, MISSED = AppointmentStatus.EXPECTED, AppointmentStatus.HONOURED, AppointmentStatus.MISSED
DAY = timedelta(days=1)


def at(hour: int, minute: int = 0, days: int = 0) -> datetime:
    return datetime.combine(TODAY + days * DAY, time(hour, minute))


AFTERNOON = at(14, 30)


def appointed(database: Database, person: UUID, starts: datetime = AFTERNOON, **more: object) -> UUID:
    command = SaveAppointment(beneficiary=person, starts=starts, minutes=60)
    return making.give(database, replace(command, **more), TODAY)  # type: ignore[arg-type]


def row(database: Database, id_: UUID) -> AppointmentRow:
    return lists.one(database, id_)


@pytest.fixture
def jeanne(database: Database) -> UUID:
    return a_beneficiary(database)


def test_an_appointment_says_who_when_where_and_what_about(database: Database, jeanne: UUID) -> None:
    place = a_place(database)
    case = cases.save(database, SaveCase(beneficiary=jeanne, procedure="carte_grise"), TODAY)
    id_ = appointed(
        database, jeanne, at(9, days=1), place=place, place_note="bureau 2", subject="  Ses   papiers ", case=case
    )
    (found,) = lists.of_person(database, jeanne)
    assert found == row(database, id_)
    assert (found.person, found.starts, found.ends) == ("Delmas Jeanne", at(9, days=1), at(10, days=1))
    assert (found.place, found.place_note, found.subject) == ("Médiathèque de Florac", "bureau 2", "Ses papiers")
    assert found.case == case
    assert found.case_name
    assert (found.status, found.by) == (EXPECTED, "")


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"beneficiary": None}, "beneficiary"),
        ({"starts": None}, "day"),
        ({"starts": at(9, days=-1)}, "day"),
        ({"starts": at(9, days=400)}, "day"),
        ({"minutes": None}, "minutes"),
        ({"minutes": 24 * 60}, "minutes"),
        ({"subject": "a" * 201}, "subject"),
        ({"place_note": "a" * 201}, "place"),
    ],
)
def test_what_cannot_be_is_said_beside_its_field(
    database: Database, jeanne: UUID, wrong: dict[str, object], field: str
) -> None:
    with pytest.raises(UserError) as error:
        appointed(database, jeanne, **wrong)  # type: ignore[arg-type]
    assert set(error.value.fields) == {field}
    assert lists.of_person(database, jeanne) == ()


def test_what_happened_earlier_today_can_still_be_noted(database: Database, jeanne: UUID) -> None:
    assert row(database, appointed(database, jeanne, at(0))).starts == at(0)


def test_the_case_of_somebody_else_is_not_taken(database: Database, jeanne: UUID) -> None:
    case = cases.save(database, SaveCase(beneficiary=a_beneficiary(database, "Roux"), name="Impôts"), TODAY)
    assert row(database, appointed(database, jeanne, case=case)).case is None


def test_moving_keeps_what_the_form_did_not_change(database: Database, jeanne: UUID) -> None:
    id_ = appointed(database, jeanne, subject="Ses papiers")
    form = making.form_of(database, id_)
    making.move(database, replace(making.form_of(database, id_), subject="Sa carte grise"), TODAY)
    undo = making.move(database, replace(form, starts=at(10, days=3)), TODAY)
    assert (row(database, id_).starts, row(database, id_).subject) == (at(10, days=3), "Sa carte grise")
    undo()
    assert (row(database, id_).starts, row(database, id_).subject) == (at(14, 30), "Sa carte grise")


def test_a_past_one_can_be_corrected_but_not_moved_into_the_past(database: Database, jeanne: UUID) -> None:
    id_ = appointed(database, jeanne)
    later, form = TODAY + 7 * DAY, making.form_of(database, id_)
    making.move(database, replace(form, subject="Ses papiers"), later)
    assert row(database, id_).subject == "Ses papiers"
    with pytest.raises(UserError):
        making.move(database, replace(form, starts=at(9, days=1)), later)


def test_one_that_was_missed_and_is_given_again_is_expected(database: Database, jeanne: UUID) -> None:
    id_ = appointed(database, jeanne)
    making.mark(database, id_, MISSED, TODAY)
    undo = making.move(database, replace(making.form_of(database, id_), starts=at(9, days=2)), TODAY)
    assert row(database, id_).status is EXPECTED
    undo()
    assert (row(database, id_).status, row(database, id_).starts) == (MISSED, at(14, 30))


def test_its_end_is_told_and_taken_back(database: Database, jeanne: UUID) -> None:
    id_ = appointed(database, jeanne)
    undo = making.mark(database, id_, MISSED, TODAY)
    assert row(database, id_).status is MISSED
    undo()
    assert row(database, id_).status is EXPECTED


@pytest.mark.parametrize("status", [HONOURED, MISSED])
def test_nobody_came_to_nor_missed_what_is_for_another_day(
    database: Database, jeanne: UUID, status: AppointmentStatus
) -> None:
    id_ = appointed(database, jeanne, at(9, days=1))
    with pytest.raises(UserError, match="pas encore eu lieu"):
        making.mark(database, id_, status, TODAY)
    making.mark(database, id_, AppointmentStatus.CANCELLED, TODAY)
    assert row(database, id_).status is AppointmentStatus.CANCELLED


def test_what_is_deleted_comes_back(database: Database, jeanne: UUID) -> None:
    id_ = appointed(database, jeanne)
    making.delete(database, id_)
    assert lists.of_person(database, jeanne) == ()
    with pytest.raises(UserError):
        making.form_of(database, id_)
    making.restore(database, id_)
    assert len(lists.of_person(database, jeanne)) == 1


def test_the_accompaniment_recorded_from_it_says_that_the_person_came(database: Database, jeanne: UUID) -> None:
    place = a_place(database)
    case = cases.save(database, SaveCase(beneficiary=jeanne, name="Impôts"), TODAY)
    id_ = appointed(database, jeanne, place=place, case=case, minutes=45)
    form = honouring.form_for(database, id_, TODAY)
    assert (form.participants, form.place_kind, form.place) == ((jeanne,), PlaceKind.PLACE, place)
    assert (form.day, form.minutes, form.cases) == (TODAY, 45, frozenset({case}))
    drafts.keep(database, form)  # a crash in between loses nothing
    (draft,) = drafts.waiting(database)
    activity = activities.record(database, replace(draft.form, topics=an_activity().topics), TODAY)
    assert (row(database, id_).status, row(database, id_).activity) == (HONOURED, activity)
    activities.delete(database, activity)
    assert row(database, id_).activity is None
    activities.restore(database, activity)
    making.mark(database, id_, MISSED, TODAY)
    assert row(database, id_).activity is None, "one does not miss what one came to"


def test_a_past_one_is_recorded_at_its_day_and_a_coming_one_today(database: Database, jeanne: UUID) -> None:
    id_ = appointed(database, jeanne, at(9, days=2))
    assert honouring.form_for(database, id_, TODAY).day == TODAY
    assert honouring.form_for(database, id_, TODAY + 9 * DAY).day == TODAY + 2 * DAY


def test_at_home_the_usual_place_is_not_supposed(database: Database, jeanne: UUID) -> None:
    a_place(database)
    form = honouring.form_for(database, appointed(database, jeanne, place_note="chez elle"), TODAY)
    assert (form.place_kind, form.place) == (None, None)


def test_an_accompaniment_of_somebody_else_settles_nothing(database: Database, jeanne: UUID) -> None:
    id_ = appointed(database, jeanne)
    other = a_beneficiary(database, "Roux")
    activities.record(database, an_activity(participants=(other,), appointment=id_), TODAY)
    assert row(database, id_).status is EXPECTED


def test_my_day_goes_to_the_next_working_day(database: Database, jeanne: UUID) -> None:
    friday = TODAY + 3 * DAY
    assert friday.weekday() == 4
    given_ = [appointed(database, jeanne, at(9, days=days)) for days in (2, 3, 4, 6, 7)]
    assert [one.id for one in lists.coming(database, friday)] == given_[1:4]


def test_the_timeline_tells_first_what_is_to_come(database: Database, jeanne: UUID) -> None:
    later, soon = appointed(database, jeanne, at(9, days=9)), appointed(database, jeanne, at(9, days=1))
    today, called_off = appointed(database, jeanne, at(8)), appointed(database, jeanne, at(9, days=5))
    making.mark(database, called_off, AppointmentStatus.EXCUSED, TODAY)
    told = timeline.of(database, jeanne, TODAY)
    assert [one.id for one in told.coming] == [today, soon, later]
    assert [one.row.id for one in told.moments if isinstance(one, timeline.Given)] == [called_off]
    told = timeline.of(database, jeanne, TODAY + 2 * DAY)
    assert [one.id for one in told.coming] == [later]
    assert [one.row.id for one in told.moments if isinstance(one, timeline.Given)] == [called_off, soon, today]


def test_appointments_follow_a_person_found_twice(database: Database, jeanne: UUID) -> None:
    twin = a_beneficiary(database, "Delmas", "Jeane")
    id_ = appointed(database, twin)
    merge_all(database, [MergePeople(jeanne, twin)])
    assert row(database, id_).beneficiary == jeanne
    form = replace(honouring.form_for(database, id_, TODAY), place_kind=PlaceKind.REMOTE)
    activities.record(database, replace(form, topics=an_activity().topics), TODAY)
    assert row(database, id_).status is HONOURED


def test_one_given_by_a_colleague_says_so_and_stands_in_nobodys_way(database: Database, jeanne: UUID) -> None:
    colleague = uuid4()
    fields = {"beneficiary": str(jeanne), "starts": to_wire(at(14)), "minutes": 60, "status": "unknown"}
    id_ = uuid4()
    with database.receive() as work:
        work.apply(Received(RecordKind.COMPUTER, colleague, {"name": "SALLE-2", "advisor": "Jeanne Roux"}))
        work.apply(Received(RecordKind.APPOINTMENT, id_, {"created_at": 1, **fields}, author=colleague))
    assert row(database, id_).by == "Jeanne Roux"
    assert lists.overlapping(database, at(14), 60) == ()


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    times=st.lists(st.tuples(st.integers(0, 47), st.integers(1, 6)), min_size=1, max_size=6),
    wanted=st.tuples(st.integers(0, 47), st.integers(1, 6)),
)
def test_it_runs_into_exactly_those_that_share_a_minute(
    tmp_path_factory: pytest.TempPathFactory, times: list[tuple[int, int]], wanted: tuple[int, int]
) -> None:
    """Half-hours of a day and a half, so that some begin as others end, and some cross midnight."""
    database = new_database(tmp_path_factory.mktemp("chevauchements"))
    person = a_beneficiary(database)
    half = timedelta(minutes=30)
    ids = {appointed(database, person, at(0) + half * begin, minutes=30 * long): (begin, long) for begin, long in times}
    begin, long = wanted
    found = {one.id for one in lists.overlapping(database, at(0) + half * begin, 30 * long)}
    minutes = set(range(begin, begin + long))
    assert found == {id_ for id_, (first, many) in ids.items() if minutes & set(range(first, first + many))}
    database.close()


@given(st.datetimes(min_value=datetime(1000, 1, 1)).map(lambda one: one.replace(second=0, microsecond=0)))
def test_a_civil_time_travels_as_it_is(moment: datetime) -> None:
    assert from_wire(CivilTime(), to_wire(moment)) == moment


@pytest.mark.parametrize(
    "said", ["2026-12-03", "2026-12-03T14:30:00", "2026-12-03T14:30Z", "2026-12-03T14:30+01:00", 7]
)
def test_a_time_with_a_zone_or_seconds_is_not_one(said: object) -> None:
    with pytest.raises((ValueError, TypeError)):
        from_wire(CivilTime(), said)
    assert Appointment.of_wire(uuid4(), {"starts": said}).starts is None


def test_the_next_working_day_is_never_at_the_week_end() -> None:
    days = [date(2026, 11, 20) + number * DAY for number in range(8)]
    assert {rules.next_working_day(day).weekday() for day in days} == set(range(5))
