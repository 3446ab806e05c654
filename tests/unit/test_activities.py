"""The rules of recording, and what becomes of the people who came."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from app.database import Database
from app.errors import UserError
from app.models.attendance import attendance
from app.services import activities
from app.services.commands import AnonymousGroup, AnonymousPerson
from protocol.vocabulary import (
    ActivityKind,
    AgeBand,
    Equipment,
    Gender,
    PlaceKind,
    ProcedureFamily,
    Topic,
)
from tests.notebook import TODAY, a_beneficiary, a_place, an_activity, new_database, recorded


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = new_database(tmp_path)
    yield opened
    opened.close()


@pytest.mark.parametrize(
    ("field", "change"),
    [
        ("day", {"day": None}),
        ("day", {"day": TODAY.replace(year=1026)}),
        ("far_date", {"day": TODAY + timedelta(days=8)}),
        ("minutes", {"minutes": None}),
        ("minutes", {"minutes": 0}),
        ("minutes", {"minutes": 24 * 60}),
        ("place", {"place_kind": None}),
        ("place", {"place_kind": PlaceKind.PLACE}),
        ("municipality", {"place_kind": PlaceKind.HOME}),
        ("municipality", {"place_kind": PlaceKind.OTHER}),
        ("topics", {"topics": frozenset()}),
        ("equipment", {"equipment": frozenset({Equipment.NONE, Equipment.TABLET})}),
        ("notes", {"notes": "x" * 10_001}),
        ("participants", {"kind": ActivityKind.WORKSHOP}),
        ("anonymous", {"kind": ActivityKind.WORKSHOP, "anonymous": AnonymousGroup(total=-1)}),
        ("anonymous", {"kind": ActivityKind.WORKSHOP, "anonymous": AnonymousGroup(total=10_001)}),
        ("anonymous", {"kind": ActivityKind.WORKSHOP, "anonymous": AnonymousGroup(total=2, already=3)}),
        ("anonymous", {"kind": ActivityKind.WORKSHOP, "anonymous": AnonymousGroup(2, gender={Gender.MALE: 3})}),
        ("anonymous", {"kind": ActivityKind.WORKSHOP, "anonymous": AnonymousGroup(2, gender={Gender.MALE: -1})}),
    ],
)
def test_a_rule_not_met_is_told_beside_its_field_and_nothing_is_kept(
    database: Database, field: str, change: dict[str, Any]
) -> None:
    with pytest.raises(UserError) as fault:
        recorded(database, **change)
    assert list(fault.value.fields) == [field]
    with database.read() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM activity").scalar_one() == 0


def test_a_far_date_is_kept_once_confirmed(database: Database) -> None:
    day = TODAY + timedelta(days=30)
    id_ = recorded(database, day=day, far_date_confirmed=True)
    assert activities.form_of(database, id_).day == day


def test_at_a_distance_needs_neither_place_nor_employer(database: Database) -> None:
    assert activities.form_of(database, recorded(database, place_kind=PlaceKind.REMOTE)).place is None


def test_what_was_recorded_comes_back_whole(database: Database) -> None:
    command = an_activity(
        kind=ActivityKind.WORKSHOP,
        place_kind=PlaceKind.PLACE,
        place=a_place(database),
        topics=frozenset({Topic.ADMINISTRATIVE_HELP, Topic.EMAIL}),
        families=frozenset({ProcedureFamily.TRANSPORT}),
        procedures=frozenset({"carte_grise"}),
        procedure_note="Changement d’adresse",
        equipment=frozenset({Equipment.COMPUTER, Equipment.PHONE}),
        notes="Revenir avec le téléphone.",
        participants=(a_beneficiary(database), a_beneficiary(database, "Roux", "Marcel")),
        anonymous=AnonymousGroup(3, 1, {Gender.FEMALE: 2}, {AgeBand.OVER_70: 3}),
        title="Ma tablette",
    )
    id_ = activities.record(database, command, TODAY)
    assert activities.form_of(database, id_) == replace(command, id=id_)


def test_families_and_procedures_go_with_administrative_help_only(database: Database) -> None:
    id_ = recorded(database, families=frozenset({ProcedureFamily.HOUSING}), procedures=frozenset({"apl"}))
    form = activities.form_of(database, id_)
    assert (form.families, form.procedures) == (frozenset(), frozenset())


def test_an_anonymous_person_is_described_on_the_presence(database: Database) -> None:
    person = AnonymousPerson(already=True, gender=Gender.FEMALE, age_band=AgeBand.OVER_70)
    id_ = recorded(database, person=person)
    assert activities.form_of(database, id_).person == person


def test_a_person_taken_off_an_activity_is_no_longer_counted(database: Database) -> None:
    jeanne, marcel = a_beneficiary(database), a_beneficiary(database, "Roux", "Marcel")
    id_ = recorded(database, participants=(jeanne,))
    activities.record(database, an_activity(id=id_, participants=(marcel,)), TODAY)
    assert activities.form_of(database, id_).participants == (marcel,)
    activities.record(database, an_activity(id=id_, participants=(jeanne,)), TODAY)
    assert activities.form_of(database, id_).participants == (jeanne,)


def test_the_age_band_is_that_of_the_day_of_the_activity(database: Database) -> None:
    jeanne = a_beneficiary(database, birth_year=TODAY.year - 60)
    recorded(database, participants=(jeanne,))
    recorded(database, participants=(jeanne,), day=TODAY - timedelta(days=400))
    with database.read() as connection:
        bands = connection.execute(select(attendance.c.age_band).order_by(attendance.c.number)).scalars().all()
    assert bands == [AgeBand.FROM_60_TO_69, AgeBand.FROM_40_TO_59]


def test_a_deleted_activity_comes_back_whole(database: Database) -> None:
    id_ = recorded(database, participants=(a_beneficiary(database),))
    before = activities.form_of(database, id_)
    activities.delete(database, id_)
    activities.restore(database, id_)
    assert activities.form_of(database, id_) == before


def test_a_duplicate_is_new_and_of_today(database: Database) -> None:
    id_ = recorded(database, day=TODAY - timedelta(days=3), notes="À ne pas recopier")
    copy = activities.duplicate_of(database, id_, TODAY)
    assert (copy.id, copy.day, copy.notes) == (None, TODAY, "")
