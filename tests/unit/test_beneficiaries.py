"""Finding people while typing, and what is refused."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from app.database import Database
from app.errors import UserError
from app.services import beneficiaries
from app.services.commands import SaveBeneficiary
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
    ],
)
def test_what_cannot_be_right_is_told_beside_its_field(database: Database, field: str, change: dict[str, Any]) -> None:
    with pytest.raises(UserError) as fault:
        beneficiaries.save(
            database, SaveBeneficiary(**{"last_name": "Delmas", "first_name": "Jeanne", **change}), TODAY
        )
    assert list(fault.value.fields) == [field]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("06 12 34 56 78", "+33612345678"),
        ("+33 6 12 34 56 78", "+33612345678"),
        ("0033612345678", "+33612345678"),
        ("0262 12 34 56", "+262262123456"),
        ("0590123456", "+590590123456"),
        ("+352123456789", "+352123456789"),
    ],
)
def test_phones_are_kept_with_their_country(typed: str, kept: str) -> None:
    assert beneficiaries.canonical_phone(typed) == kept


def test_without_a_phone_the_number_is_dropped(database: Database) -> None:
    id_ = a_beneficiary(database, phone="06 12 34 56 78")
    form = beneficiaries.form_of(database, id_)
    beneficiaries.save(
        database, SaveBeneficiary(id=id_, last_name="Delmas", first_name="Jeanne", phone=form.phone, no_phone=True)
    )
    assert beneficiaries.form_of(database, id_).phone == ""
