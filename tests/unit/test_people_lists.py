"""The list of people: its orders, its pages, its filters."""

from datetime import date, timedelta
from uuid import UUID

import pytest

from app.database import Database
from app.services import activities, beneficiaries, people_lists
from app.services.commands import PeopleFilter
from tests.notebook import TODAY, a_beneficiary, recorded


def names(database: Database, filter_: PeopleFilter = people_lists.EVERYBODY, **order: object) -> list[str]:
    return [row.person.first_name for row in people_lists.page(database, filter_, **order).rows]  # type: ignore[arg-type]


@pytest.fixture
def four(database: Database) -> dict[str, UUID]:
    """Four people whom every order puts otherwise."""
    people = {
        "Éléonore": a_beneficiary(database, "Roux", "Éléonore", birth_year=1950, municipality="48061"),
        "Zoé": a_beneficiary(database, "Atger", "Zoé", birth_year=1990, municipality="30007"),
        "Fatima": a_beneficiary(database, "Étienne", "Fatima", municipality="48095"),
        "André": a_beneficiary(database, "Fabre", "André", birth_year=1970),
    }
    recorded(database, participants=(people["Zoé"],), day=TODAY - timedelta(days=400))
    for age in (3, 2):
        recorded(database, participants=(people["Éléonore"],), day=TODAY - timedelta(days=age))
    recorded(database, participants=(people["André"],), day=TODAY - timedelta(days=30))
    return people


@pytest.mark.parametrize(
    ("sort", "ascending", "descending"),
    [
        ("name", "Zoé Fatima André Éléonore", "Éléonore André Fatima Zoé"),
        ("first_name", "André Éléonore Fatima Zoé", "Zoé Fatima Éléonore André"),
        ("birth_year", "Éléonore André Zoé Fatima", "Zoé André Éléonore Fatima"),
        ("municipality", "Zoé Éléonore Fatima André", "Fatima Éléonore Zoé André"),
        ("accompaniments", "Fatima Zoé André Éléonore", "Éléonore Zoé André Fatima"),
        ("last_came", "Zoé André Éléonore Fatima", "Éléonore André Zoé Fatima"),
    ],
)
@pytest.mark.usefixtures("four")
def test_every_column_sorts_as_a_reader_would_and_what_is_not_known_comes_last(
    database: Database, sort: str, ascending: str, descending: str
) -> None:
    assert names(database, sort=sort) == ascending.split()
    assert names(database, sort=sort, descending=True) == descending.split()


def test_a_line_says_when_the_person_last_came(database: Database, four: dict[str, UUID]) -> None:
    lines = {row.id: row.last_came for row in people_lists.page(database).rows}
    assert lines[four["Éléonore"]] == TODAY - timedelta(days=2)
    assert lines[four["Fatima"]] is None


@pytest.mark.usefixtures("four")
def test_those_who_have_not_come_for_a_year_are_listed(database: Database) -> None:
    a_year_ago = date(TODAY.year - 1, TODAY.month, TODAY.day)
    assert names(database, PeopleFilter(absent_since=a_year_ago)) == ["Zoé", "Fatima"]
    assert names(database, PeopleFilter(never_came=True)) == ["Fatima"]


def test_an_activity_deleted_is_no_longer_the_last(database: Database, four: dict[str, UUID]) -> None:
    last = recorded(database, participants=(four["Fatima"],))
    activities.delete(database, last)
    assert names(database, PeopleFilter(never_came=True)) == ["Fatima"]
    assert {row.id: row.last_came for row in people_lists.page(database).rows}[four["Fatima"]] is None


@pytest.mark.parametrize("sort", people_lists.SORTS)
def test_pages_hold_everybody_once_and_say_where_each_is(database: Database, sort: str) -> None:
    people = [a_beneficiary(database, f"Delmas{n % 3}", f"Jeanne{n % 4}", birth_year=1950 + n % 5) for n in range(23)]
    pages = [people_lists.page(database, sort=sort, offset=offset, limit=10) for offset in (0, 10, 20)]
    listed = [row.id for page in pages for row in page.rows]
    assert sorted(listed) == sorted(people)
    assert {page.total for page in pages} == {23}
    assert [people_lists.position(database, id_, sort=sort) for id_ in listed] == list(range(23))


def test_people_deleted_come_back_with_what_followed_them(database: Database, four: dict[str, UUID]) -> None:
    beneficiaries.delete(database, four.values())
    assert people_lists.page(database).total == 0
    assert people_lists.position(database, four["Zoé"]) is None
    beneficiaries.restore(database, four.values())
    assert names(database, sort="accompaniments", descending=True)[0] == "Éléonore"
