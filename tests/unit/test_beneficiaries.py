"""Finding people while typing, and what is refused."""

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
from app.services import beneficiaries
from app.services.commands import SaveBeneficiary
from protocol.vocabulary import AgeBand
from tests.notebook import TODAY, a_beneficiary, new_database, recorded


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = new_database(tmp_path)
    yield opened
    opened.close()


@pytest.mark.parametrize(
    ("last_name", "first_name", "typed"),
    [
        ("Bœuf", "Gaël", "boeuf"),
        ("Bœuf", "Gaël", "gael b"),
        ("L’Haÿ", "Éléonore", "hay eleo"),
        ("Nguyễn-Lefèvre", "Linh", "lefevre"),
        ("Nguyễn-Lefèvre", "Linh", "nguyen lef"),
        ("de La Tour-Vernhet", "André", "la tour"),
        ("Delmas", "Marie-Thérèse", "marie t"),
        ("Delmas", "Jeanne", "DELMAS"),
    ],
)
def test_a_person_is_found_whatever_the_accents(
    database: Database, last_name: str, first_name: str, typed: str
) -> None:
    wanted = a_beneficiary(database, last_name, first_name)
    a_beneficiary(database, "Martinez", "Ondine")
    assert [row.id for row in beneficiaries.search(database, typed)] == [wanted]


@pytest.mark.parametrize("typed", ["06 12 34", "0612345678", "06.12.34.56.78", "+33 6 12", "+336123"])
def test_a_person_is_found_by_phone_as_it_is_said_or_written(database: Database, typed: str) -> None:
    wanted = a_beneficiary(database, phone="06 12 34 56 78")
    a_beneficiary(database, "Roux", "Marcel", phone="04 66 00 00 00")
    assert [row.id for row in beneficiaries.search(database, typed)] == [wanted]


def test_the_most_accompanied_come_first(database: Database) -> None:
    rarely, often = a_beneficiary(database, "Delmas", "Aline"), a_beneficiary(database, "Delmas", "Zoé")
    recorded(database, participants=(often,))
    assert [row.id for row in beneficiaries.search(database, "delmas")] == [often, rarely]


@pytest.mark.parametrize(
    ("field", "change"),
    [
        ("last_name", {"last_name": " "}),
        ("first_name", {"first_name": ""}),
        ("last_name", {"last_name": "x" * 101}),
        ("birth_year", {"birth_year": 1899}),
        ("birth_year", {"birth_year": TODAY.year + 1}),
        ("phone", {"phone": "06 12"}),
        ("email", {"email": "jeanne@"}),
        ("notes", {"notes": "x" * 10_001}),
    ],
)
def test_what_cannot_be_right_is_told_beside_its_field(database: Database, field: str, change: dict[str, Any]) -> None:
    with pytest.raises(UserError) as fault:
        beneficiaries.save(
            database, SaveBeneficiary(**{"last_name": "Delmas", "first_name": "Jeanne", **change}), TODAY
        )
    assert list(fault.value.fields) == [field]


def test_saving_a_person_keeps_what_a_colleague_changed_meanwhile(database: Database) -> None:
    id_ = a_beneficiary(database, phone="06 12 34 56 78")
    form = beneficiaries.form_of(database, id_)
    beneficiaries.save(database, replace(form, last_name="Delmas-Roux"), TODAY)
    beneficiaries.save(database, replace(form, email="jeanne@exemple.fr"), TODAY)
    kept = beneficiaries.form_of(database, id_)
    assert (kept.last_name, kept.email) == ("Delmas-Roux", "jeanne@exemple.fr")


def test_a_year_of_birth_told_later_says_the_age_at_every_activity(database: Database) -> None:
    id_ = a_beneficiary(database)
    recorded(database, participants=(id_,))
    recorded(database, participants=(id_,), day=TODAY - timedelta(days=400))
    beneficiaries.save(database, replace(beneficiaries.form_of(database, id_), birth_year=TODAY.year - 60), TODAY)
    with database.read() as connection:
        bands = connection.execute(select(attendance.c.age_band).order_by(attendance.c.number)).scalars().all()
    assert bands == [AgeBand.FROM_60_TO_69, AgeBand.FROM_40_TO_59]


def test_without_a_phone_the_number_is_dropped(database: Database) -> None:
    id_ = a_beneficiary(database, phone="06 12 34 56 78")
    form = beneficiaries.form_of(database, id_)
    beneficiaries.save(
        database, SaveBeneficiary(id=id_, last_name="Delmas", first_name="Jeanne", phone=form.phone, no_phone=True)
    )
    assert beneficiaries.form_of(database, id_).phone == ""
