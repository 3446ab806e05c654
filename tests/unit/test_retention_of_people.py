"""A year after the last contact, a person is only a figure; never before, and never without notice."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from functools import partial
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.database import Database
from app.models import Appointment, Assessment, Beneficiary, Case, Mandate, MandateEntry
from app.services import activities, beneficiaries
from app.services.commands import RecordActivity
from app.services.privacy import consent, retention_of_people
from app.services.privacy.consent import Choices
from app.services.privacy.retention_of_people import NOTICE_DAYS, due_on
from protocol.vocabulary import PlaceKind, Topic
from tests.notebook import a_beneficiary, new_database

DAYS = st.dates(date(2000, 1, 1), date(2060, 12, 31))
YEAR = timedelta(days=366)


@given(last=DAYS, keep=st.none() | DAYS)
def test_never_before_a_whole_year_nor_before_what_was_asked(last: date, keep: date | None) -> None:
    due = due_on(last, keep)
    assert due >= last + timedelta(days=365)
    assert (due.month, due.day) >= (last.month, last.day) or due.year > last.year + 1 or keep
    assert keep is None or due > keep
    assert due <= max(last + YEAR, (keep or last) + timedelta(days=1))


@given(last=DAYS, later=st.integers(0, 4000), keep=st.none() | DAYS)
def test_a_later_contact_never_brings_it_nearer(last: date, later: int, keep: date | None) -> None:
    assert due_on(last + timedelta(days=later), keep) >= due_on(last, keep)


def test_the_end_of_the_calendar_is_no_trouble() -> None:
    assert due_on(date.max) == due_on(date(2020, 1, 1), date.max) == date.max
    assert due_on(date(2024, 2, 29)) == date(2025, 3, 1)


def on(database: Database, day: date) -> None:
    """The computer believes that it is this day."""
    moment = round(datetime.combine(day, datetime.min.time().replace(hour=9)).timestamp() * 1000)
    database.now_ms = lambda: moment


def met(database: Database, person: UUID, day: date) -> UUID:
    command = RecordActivity(
        day=day, minutes=30, place_kind=PlaceKind.REMOTE, topics=frozenset({Topic.EMAIL}), participants=(person,)
    )
    return activities.record(database, command, day)


def live(database: Database, start: date, end: date, gestures: dict[date, Callable[[date], object]]) -> date | None:
    """Open the notebook every day, as the program does; answers the day on which the first person was anonymous."""
    day = start
    while day <= end:
        if day not in gestures and (end - day).days > NOTICE_DAYS + 10 and day.day % 9:  # not every day: it is slow
            day += timedelta(days=1)
            continue
        on(database, day)
        if day in gestures:
            gestures[day](day)
        retention_of_people.note_shown(database, retention_of_people.coming(database, day), day)
        if retention_of_people.anonymise_due(database, day):
            return day
        day += timedelta(days=1)
    return None


BORN = date(2025, 1, 15)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(contacts=st.lists(st.integers(1, 500), max_size=4), keep=st.none() | st.integers(200, 700), data=st.data())
def test_any_contact_starts_the_year_again_and_its_end_is_kept(
    tmp_path_factory: pytest.TempPathFactory, contacts: list[int], keep: int | None, data: st.DataObject
) -> None:
    database = new_database(tmp_path_factory.mktemp("vie"))
    on(database, BORN)
    person = a_beneficiary(database, "Delmas", "Jeanne")
    kinds = {offset: data.draw(st.sampled_from(sorted(CONTACTS))) for offset in contacts}
    until = BORN + timedelta(days=keep) if keep else None
    if until:
        consent.choose(database, person, Choices(keep_until=until), BORN)
    expected = BORN
    gestures: dict[date, Callable[[date], object]] = {}
    for offset in sorted(set(contacts)):
        day = BORN + timedelta(days=offset)
        if day < due_on(expected, until):
            expected = day
            gestures[day] = partial(CONTACTS[kinds[offset]], database, person)
    due = due_on(expected, until)
    first = max([BORN, *gestures])
    found = live(database, first - timedelta(days=1) if first > BORN else BORN, due - timedelta(days=1), gestures)
    assert found is None
    assert live(database, due, due + timedelta(days=1), {}) == due
    with database.read() as connection:
        assert not retention_of_people._kept(connection, (person,))
    database.close()


def a_case(database: Database, person: UUID, day: date) -> None:
    with database.work() as work:
        work.save(Case(beneficiary=person, name="Carte grise", opened_on=day))


def a_mandate(database: Database, person: UUID, day: date) -> None:
    with database.work() as work:
        mandate = Mandate(beneficiary=person, starts_on=day)
        work.save_all((mandate, MandateEntry(mandate=mandate.id, at=database.now_ms(), said="Fait")))


def an_assessment(database: Database, person: UUID, day: date) -> None:
    with database.work() as work:
        work.save(Assessment(beneficiary=person, day=day))


def an_appointment(database: Database, person: UUID, day: date) -> None:
    """Given that day for half a year later: what is to come is no contact."""
    with database.work() as work:
        work.save(Appointment(beneficiary=person, starts=datetime.combine(day + timedelta(days=180), time(9))))


def informed(database: Database, person: UUID, day: date) -> None:
    choices = consent.of(database, person).choices
    consent.choose(database, person, replace(choices, informed_on=day), day)


CONTACTS: dict[str, Callable[[Database, UUID, date], object]] = {
    "activity": met, "case": a_case, "mandate": a_mandate, "assessment": an_assessment,
    "appointment": an_appointment, "informed": informed,
}  # fmt: skip


@pytest.fixture
def person(database: Database) -> UUID:
    on(database, BORN)
    return a_beneficiary(database, "Delmas", "Jeanne")


DUE = date(2026, 1, 15)


def test_nobody_goes_before_the_advisor_could_read_so_for_the_whole_notice(database: Database, person: UUID) -> None:
    """The notebook stayed shut for two years."""
    late = DUE + timedelta(days=400)
    assert retention_of_people.anonymise_due(database, late) == 0
    coming = retention_of_people.coming(database, late)
    assert [one.id for one in coming] == [person]
    retention_of_people.note_shown(database, coming, late)
    for days in (0, NOTICE_DAYS - 1):
        assert retention_of_people.anonymise_due(database, late + timedelta(days=days)) == 0
    assert retention_of_people.anonymise_due(database, late + timedelta(days=NOTICE_DAYS)) == 1


def test_whoever_comes_back_is_announced_anew(database: Database, person: UUID) -> None:
    first = DUE - timedelta(days=10)
    retention_of_people.note_shown(database, retention_of_people.coming(database, first), first)
    met(database, person, first)
    assert retention_of_people.coming(database, first) == ()
    assert retention_of_people.anonymise_due(database, DUE + timedelta(days=60)) == 0
    again = first + timedelta(days=365)
    retention_of_people.note_shown(database, retention_of_people.coming(database, again), again)
    assert retention_of_people.anonymise_due(database, again) == 0
    assert retention_of_people.anonymise_due(database, again + timedelta(days=NOTICE_DAYS)) == 1


def test_nothing_is_done_where_the_advisor_wants_to_do_it(database: Database, person: UUID) -> None:
    retention_of_people.set_automatic(database, False)
    late = DUE + timedelta(days=400)
    retention_of_people.note_shown(database, retention_of_people.coming(database, late), late)
    assert retention_of_people.anonymise_due(database, late + timedelta(days=100)) == 0
    assert len(retention_of_people.coming(database, late)) == 1
    retention_of_people.set_automatic(database, True)
    assert retention_of_people.anonymise_due(database, late + timedelta(days=100)) == 1


def test_a_deleted_activity_is_no_contact_and_receiving_a_case_is_none_either(database: Database, person: UUID) -> None:
    activities.delete(database, met(database, person, date(2025, 6, 1)))
    on(database, date(2025, 9, 1))
    with database.receive() as work:
        created = round(datetime(2025, 2, 1, 9).timestamp() * 1000)
        work.save(Case(beneficiary=person, name="CAF", created_at=created))
    kept = retention_of_people.of(database, person)
    assert kept is not None
    assert (kept.last_contact, kept.due_on) == (date(2025, 2, 1), date(2026, 2, 1))


def test_those_merged_into_another_are_not_announced_apart(database: Database, person: UUID) -> None:
    twin = a_beneficiary(database, "Delmas", "Jane")
    with database.work() as work:
        found = work.find(Beneficiary, twin)
        assert found is not None
        work.save(replace(found, deleted=True, merged_into=person))
    assert [one.id for one in retention_of_people.coming(database, DUE)] == [person]


def test_a_deleted_person_is_named_nowhere_and_goes_when_due(database: Database, person: UUID) -> None:
    met(database, person, BORN)
    beneficiaries.delete(database, (person,))
    assert retention_of_people.coming(database, DUE) == ()
    assert retention_of_people.anonymise_due(database, DUE - timedelta(days=1)) == 0
    assert retention_of_people.anonymise_due(database, DUE) == 1
    assert retention_of_people.of(database, person) is None


def test_a_person_deleted_lately_can_still_be_brought_back_and_is_then_announced_anew(
    database: Database, person: UUID
) -> None:
    first = DUE - timedelta(days=10)
    retention_of_people.note_shown(database, retention_of_people.coming(database, first), first)
    on(database, DUE + timedelta(days=NOTICE_DAYS - 11))
    beneficiaries.delete(database, (person,))
    assert retention_of_people.anonymise_due(database, DUE + timedelta(days=NOTICE_DAYS)) == 0
    unseen = DUE + timedelta(days=NOTICE_DAYS)
    retention_of_people.note_shown(database, retention_of_people.coming(database, unseen), unseen)
    back = DUE + timedelta(days=NOTICE_DAYS + 5)
    on(database, back)
    beneficiaries.restore(database, (person,))
    coming = retention_of_people.coming(database, back)
    assert [one.id for one in coming] == [person]
    retention_of_people.note_shown(database, coming, back)
    assert retention_of_people.anonymise_due(database, back + timedelta(days=NOTICE_DAYS - 1)) == 0


def test_a_person_deleted_is_not_kept_past_the_notice(database: Database, person: UUID) -> None:
    on(database, DUE + timedelta(days=100))
    beneficiaries.delete(database, (person,))
    for days, gone in ((100, 0), (100 + NOTICE_DAYS - 1, 0), (100 + NOTICE_DAYS, 1)):
        assert retention_of_people.anonymise_due(database, DUE + timedelta(days=days)) == gone


def test_editing_the_file_alone_is_no_contact(database: Database, person: UUID) -> None:
    on(database, date(2025, 9, 1))
    beneficiaries.save(database, replace(beneficiaries.form_of(database, person), first_name="Jeannette"))
    kept = retention_of_people.of(database, person)
    assert kept is not None
    assert kept.due_on == DUE


def test_all_who_are_due_together_go_the_same_day_a_few_at_a_time(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retention_of_people, "AT_ONCE", 2)
    on(database, DUE - YEAR)
    due = [a_beneficiary(database, "Delmas", f"Jeanne {number}") for number in "abcde"]
    beneficiaries.delete(database, due[-1:])
    late = DUE + timedelta(days=5)
    on(database, late)
    a_beneficiary(database, "Roux", "Marcel")
    retention_of_people.note_shown(database, retention_of_people.coming(database, late), late)
    commits: list[frozenset[str]] = []
    database.on_commit(commits.append)
    assert retention_of_people.anonymise_due(database, late + timedelta(days=NOTICE_DAYS)) == len(due)
    assert len(commits) == 3
    assert [one.last_name for one in beneficiaries.search(database, "")] == ["Roux"]
