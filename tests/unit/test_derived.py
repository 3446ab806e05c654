"""What is found and counted follows every record it comes from, whoever changed it."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select

from app.database import Database
from app.models.local import outbox
from app.services import activity_lists, beneficiaries, places
from app.services.commands import ActivityFilter
from app.work import Received
from protocol.ids import presence_id
from protocol.vocabulary import PlaceKind, RecordKind
from tests.notebook import a_beneficiary, a_place, new_database, recorded


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = new_database(tmp_path)
    yield opened
    opened.close()


def found(database: Database, typed: str) -> int:
    return activity_lists.page(database, ActivityFilter(text=typed)).total


def test_a_renamed_place_is_found_by_its_new_name(database: Database) -> None:
    place = a_place(database, "Médiathèque de Florac")
    recorded(database, place_kind=PlaceKind.PLACE, place=place)
    places.save(database, replace(places.form_of(database, place), name="Mairie annexe"))
    assert (found(database, "mairie"), found(database, "mediatheque")) == (1, 0)


def test_an_erased_person_is_nowhere_any_more(database: Database) -> None:
    jeanne = a_beneficiary(database)
    recorded(database, participants=(jeanne,))
    with database.receive() as work:
        work.apply(Received(RecordKind.BENEFICIARY, jeanne, None))
    assert found(database, "delmas") == 0
    with database.read() as connection:
        words = "SELECT count(*) FROM beneficiary_search WHERE words MATCH 'delmas'"
        assert connection.exec_driver_sql(words).scalar_one() == 0
        kept = connection.execute(select(outbox.c.fields).where(outbox.c.record_id == jeanne)).scalar_one()
    assert kept == {}


def test_an_erased_presence_no_longer_counts(database: Database) -> None:
    jeanne = a_beneficiary(database)
    activity = recorded(database, participants=(jeanne,))
    with database.receive() as work:
        work.apply(Received(RecordKind.ATTENDANCE, presence_id(activity, jeanne), None))
    assert activity_lists.page(database).people == 0
    assert beneficiaries.search(database, "delmas")[0].accompaniments == 0
