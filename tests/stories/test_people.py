"""Following people, as the State's own tool is tested (24 scenarios, fact sheet of « La Coop » §7.4), in our words.

Numbers are those of the fact sheet; 9 and 10 are told in `tests/unit/test_erasure.py`, 17 to 21 with the duplicates.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest

from app.database import Database
from app.errors import UserError
from app.models import Beneficiary
from app.models.ids import new_id
from app.services import beneficiaries, people_lists
from app.services.age_bands import age_band_at
from app.services.commands import ActivityFilter, PeopleFilter, SaveBeneficiary
from app.services.exports import exporting
from app.services.exports.requests import ExportKind, ExportRequest, FileFormat
from app.services.imports import taking
from app.services.progress import Progress
from app.work import find
from protocol.vocabulary import AgeBand
from tests.notebook import new_database

TODAY = date(2026, 11, 24)


@pytest.fixture
def notebook(tmp_path: Path) -> Iterator[Database]:
    opened = new_database(tmp_path)
    yield opened
    opened.close()


def met(notebook: Database, last_name: str, first_name: str, **more: object) -> SaveBeneficiary:
    """Somebody met, as the notebook then shows them."""
    command = SaveBeneficiary(last_name=last_name, first_name=first_name, **more)  # type: ignore[arg-type]
    return beneficiaries.form_of(notebook, beneficiaries.save(notebook, command, TODAY))


def listed(notebook: Database, typed: str = "", **order: object) -> list[str]:
    page = people_lists.page(notebook, PeopleFilter(typed), **order)  # type: ignore[arg-type]
    return [row.person.name for row in page.rows]


def test_1_a_name_and_a_first_name_are_enough(notebook: Database) -> None:
    before = people_lists.page(notebook).total
    met(notebook, "Benali", "Aïcha")
    assert people_lists.page(notebook).total == before + 1
    assert listed(notebook) == ["Benali Aïcha"]


def test_2_a_year_of_birth_says_the_age_band() -> None:
    assert age_band_at(1990, TODAY) is AgeBand.FROM_25_TO_39
    thresholds = {11: AgeBand.UNDER_12, 12: AgeBand.FROM_12_TO_17, 18: AgeBand.FROM_18_TO_24, 25: AgeBand.FROM_25_TO_39}
    later = {40: AgeBand.FROM_40_TO_59, 60: AgeBand.FROM_60_TO_69, 70: AgeBand.OVER_70}
    for age, band in (thresholds | later).items():
        assert age_band_at(TODAY.year - age, TODAY) is band


def test_3_without_a_year_the_age_band_is_what_was_told_or_nothing(notebook: Database) -> None:
    assert met(notebook, "Benali", "Aïcha").age_band is None
    assert met(notebook, "Martin", "Odette", age_band=AgeBand.OVER_70).age_band is AgeBand.OVER_70


def test_4_a_person_is_shown_as_they_were_typed(notebook: Database) -> None:
    typed = SaveBeneficiary(
        last_name="Benali",
        first_name="Aïcha",
        birth_year=1951,
        phone="06 12 34 56 78",
        email="aicha@exemple.fr",
        address="12 rue de la Mairie",
        municipality="48061",
        postal_code="48400",
        notes="Vient avec sa petite-fille.",
    )
    id_ = beneficiaries.save(notebook, typed, TODAY)
    assert replace(beneficiaries.form_of(notebook, id_), opened=None) == replace(typed, id=id_)


def test_5_somebody_the_notebook_does_not_know_is_not_shown(notebook: Database) -> None:
    with pytest.raises(UserError, match="plus dans le carnet"):
        beneficiaries.form_of(notebook, new_id())
    assert beneficiaries.named(notebook, (new_id(),)) == ()


def test_6_what_is_known_of_a_person_is_changed(notebook: Database) -> None:
    aicha = met(notebook, "Benali", "Aïcha", phone="06 12 34 56 78")
    beneficiaries.save(notebook, replace(aicha, first_name="Aïssa", phone="", no_phone=True), TODAY)
    assert aicha.id is not None
    kept = beneficiaries.form_of(notebook, aicha.id)
    assert (kept.first_name, kept.phone, kept.no_phone) == ("Aïssa", "", True)


def test_7_somebody_erased_meanwhile_is_told_and_not_written_again(notebook: Database) -> None:
    aicha = met(notebook, "Benali", "Aïcha")
    assert aicha.id is not None
    beneficiaries.erase(notebook, aicha.id)
    with pytest.raises(UserError, match="plus dans le carnet"):
        beneficiaries.save(notebook, replace(aicha, notes="Revoir"), TODAY)
    assert people_lists.page(notebook).total == 0


def test_8_a_change_leaves_the_day_when_the_person_was_met(notebook: Database) -> None:
    aicha = met(notebook, "Benali", "Aïcha")
    assert aicha.id is not None
    created = _created(notebook, aicha)
    notebook.now_ms = lambda: created + 1_000_000
    beneficiaries.save(notebook, replace(aicha, notes="Revoir"), TODAY)
    assert _created(notebook, aicha) == created


def _created(notebook: Database, person: SaveBeneficiary) -> int:
    assert person.id is not None
    with notebook.read() as connection:
        kept = find(connection, Beneficiary, person.id)
    assert kept is not None
    assert kept.created_at is not None
    return kept.created_at


def test_11_a_name_lists_all_who_bear_it(notebook: Database) -> None:
    for last_name, first_name in (("Benali", "Aïcha"), ("Benali", "Karim"), ("Martin", "Odette")):
        met(notebook, last_name, first_name)
    assert people_lists.page(notebook, PeopleFilter("benali")).total == 2
    assert listed(notebook, "benali") == ["Benali Aïcha", "Benali Karim"]


def test_12_a_first_name_more_leaves_one(notebook: Database) -> None:
    for first_name in ("Aïcha", "Karim"):
        met(notebook, "Benali", first_name)
    assert listed(notebook, "aicha benali") == listed(notebook, "benali aicha") == ["Benali Aïcha"]


def test_13_the_list_comes_page_by_page(notebook: Database) -> None:
    for first_name in ("Aïcha", "Karim"):
        met(notebook, "Benali", first_name)
    pages = [people_lists.page(notebook, PeopleFilter("benali"), limit=1, offset=offset) for offset in (0, 1)]
    assert [page.rows[0].person.first_name for page in pages] == ["Aïcha", "Karim"]
    assert {page.total for page in pages} == {2}


def test_14_the_list_is_sorted_by_name_from_the_end(notebook: Database) -> None:
    for last_name in ("Étienne", "Atger", "Zola"):
        met(notebook, last_name, "Odette")
    assert listed(notebook, sort="name", descending=True) == ["Zola Odette", "Étienne Odette", "Atger Odette"]


def test_15_the_form_offers_those_who_bear_a_name(notebook: Database) -> None:
    for first_name in ("Aïcha", "Karim"):
        met(notebook, "Benali", first_name)
    met(notebook, "Martin", "Odette")
    assert {row.first_name for row in beneficiaries.search(notebook, "benali")} == {"Aïcha", "Karim"}


def test_16_who_is_already_there_is_not_offered_again(notebook: Database) -> None:
    aicha, karim = (met(notebook, "Benali", first_name) for first_name in ("Aïcha", "Karim"))
    assert aicha.id is not None
    offered = beneficiaries.search(notebook, "benali", without=frozenset({aicha.id}))
    assert [row.id for row in offered] == [karim.id]


def test_22_two_people_of_a_file_are_two_people_more(notebook: Database, tmp_path: Path) -> None:
    file = tmp_path / "personnes.csv"
    file.write_text("Nom;Prénom;Année de naissance\nBenali;Aïcha;1951\nMartin;Odette;1948\n", encoding="utf-8")
    plan = taking.plan_file(notebook, file, Progress())
    taking.take_in(notebook, plan, Progress())
    assert people_lists.page(notebook).total == 2
    assert listed(notebook) == ["Benali Aïcha", "Martin Odette"]


@pytest.mark.parametrize(("typed", "people"), [("zexport", 2), ("aicha zexport", 1)])
def test_23_and_24_the_list_that_leaves_is_the_list_that_was_searched(
    notebook: Database, tmp_path: Path, typed: str, people: int
) -> None:
    for last_name, first_name in (("Zexport", "Aïcha"), ("Zexport", "Karim"), ("Martin", "Odette")):
        met(notebook, last_name, first_name)
    path = tmp_path / "liste.csv"
    filter_ = ActivityFilter(people=people_lists.everybody_in(notebook, PeopleFilter(typed)))
    request = ExportRequest(ExportKind.BENEFICIARIES, FileFormat.CSV, filter_, path, datetime(2026, 11, 24, 9, 12))
    exporting.export(notebook, request, Progress())
    written = path.read_text(encoding="utf-8-sig")
    assert written.count("Zexport") == people
    assert "Martin" not in written
