"""The employers of the advisor: what is asked of them, and which one it is on a day."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.database import Database
from app.errors import UserError
from app.services import organisations
from app.services.commands import SaveOrganisation
from app.services.sirets import siret_of

MAIRIE = SaveOrganisation(
    name=" Mairie  de Florac ", municipality="48061", postal_code="48400", siret="552 100 554 00021"
)


def faults(database: Database, command: SaveOrganisation) -> dict[str, str]:
    with pytest.raises(UserError) as caught:
        organisations.save(database, command)
    return caught.value.fields


def test_an_employer_is_kept_tidied(database: Database) -> None:
    saved = organisations.save(database, MAIRIE)
    (row,) = organisations.mine(database)
    assert (row.id, row.name, row.siret) == (saved, "Mairie de Florac", "55210055400021")
    assert (row.municipality_name, row.postal_code, row.since, row.last) == (
        "Florac Trois Rivières",
        "48400",
        None,
        None,
    )


def test_each_field_at_fault_has_its_sentence(database: Database) -> None:
    told = faults(database, SaveOrganisation(name="  ", siret="55210055400022"))
    assert told["name"] == "Indiquez le nom de votre employeur."
    assert told["municipality"] == "Indiquez la commune de votre employeur."
    assert "14 chiffres" in told["siret"]
    assert set(faults(database, SaveOrganisation(name="M" * 151, municipality="48061"))) == {"name"}
    assert organisations.mine(database) == ()


def test_two_contracts_cannot_begin_on_the_same_day(database: Database) -> None:
    first = organisations.save(database, MAIRIE)
    assert "sans date de début" in faults(database, SaveOrganisation(name="Autre", municipality="48061"))["since"]
    organisations.save(database, SaveOrganisation(id=first, name="Mairie", municipality="48061"))
    assert [row.name for row in organisations.mine(database)] == ["Mairie"]


def test_what_is_changed_keeps_its_identity(database: Database) -> None:
    saved = organisations.save(database, MAIRIE)
    form = organisations.form_of(database, saved)
    assert (form.name, form.siret, form.since) == ("Mairie de Florac", "55210055400021", None)
    organisations.save(database, SaveOrganisation(saved, "Médiathèque", "48061", "48400", "", date(2026, 3, 1)))
    (row,) = organisations.mine(database)
    assert (row.id, row.name, row.siret, row.since) == (saved, "Médiathèque", "", date(2026, 3, 1))


def test_a_deleted_employer_can_come_back(database: Database) -> None:
    saved = organisations.save(database, MAIRIE)
    organisations.delete(database, saved)
    assert organisations.mine(database) == ()
    organisations.restore(database, saved)
    assert [row.id for row in organisations.mine(database)] == [saved]


def test_an_activity_is_of_the_contract_that_had_last_begun(database: Database) -> None:
    begun = (None, date(2025, 3, 1), date(2026, 9, 1))
    for since in begun:
        organisations.save(database, SaveOrganisation(name=f"Depuis {since}", municipality="48061", since=since))
    rows = organisations.mine(database)
    assert [row.since for row in rows] == [date(2026, 9, 1), date(2025, 3, 1), None]
    assert [row.last for row in rows] == [None, date(2026, 8, 31), date(2025, 2, 28)]
    for row in rows:
        for day in (row.since, row.last, row.since and row.since + timedelta(days=40)):
            if day:
                found = organisations.on(database, day)
                assert found is not None
                assert found.id == row.id


def test_there_is_no_employer_before_the_first_contract(database: Database) -> None:
    organisations.save(database, SaveOrganisation(name="Mairie", municipality="48061", since=date(2026, 9, 1)))
    assert organisations.on(database, date(2026, 8, 31)) is None


@given(st.text(alphabet="0123456789", min_size=13, max_size=13), st.integers(0, 12), st.integers(1, 9))
def test_a_siret_has_one_key_and_a_wrong_figure_is_seen(figures: str, place: int, more: int) -> None:
    right = [siret_of(figures + key) for key in "0123456789"]
    kept = [one for one in right if one]
    if not figures.startswith("356000000"):
        assert len(kept) == (1 if figures.strip("0") else 0)
        for one in kept:
            wrong = one[:place] + str((int(one[place]) + more) % 10) + one[place + 1 :]
            assert wrong.startswith("356000000") or siret_of(wrong) is None


@pytest.mark.parametrize("written", ["552 100 554 00021", "55210055400021", "356 000 000 00048"])
def test_a_siret_is_read_with_or_without_spaces(written: str) -> None:
    assert siret_of(written) == written.replace(" ", "")


@pytest.mark.parametrize("written", ["", "552100554", "5521005540002X", "00000000000000", "٥٥٢١٠٠٥٥٤٠٠٠٢١"])
def test_what_is_no_siret_is_refused(written: str) -> None:
    assert siret_of(written) is None
