"""Every figure, counted a second time another way on notebooks of all sorts."""

from datetime import date, timedelta
from random import Random
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from app.database import Database
from app.models.derived import count
from app.services.commands import ActivityFilter
from app.services.statistics import pages
from bench.notebook_of_figures import TODAY, Filled, fill
from protocol.vocabulary import ActivityKind, PlaceKind, ProcedureFamily, Topic
from tests.notebook import new_database
from tests.recount import recount, told


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> tuple[Database, Filled]:
    database = new_database(tmp_path_factory.mktemp("large"))
    return database, fill(database, 5000, 900)


YEAR = ActivityFilter(since=date(2025, 1, 1), until=date(2025, 12, 31))
LEAP = ActivityFilter(since=date(2024, 2, 29), until=date(2025, 1, 3))


@pytest.mark.parametrize("filter_", [ActivityFilter(), YEAR, LEAP], ids=["everything", "a year", "over a leap day"])
def test_five_thousand_activities_are_counted_alike(large: tuple[Database, Filled], filter_: ActivityFilter) -> None:
    database, _ = large
    assert told(pages.page(database, filter_, TODAY)) == recount(database, filter_, TODAY)


FILTERS: dict[str, ActivityFilter] = {
    "since": ActivityFilter(since=date(2026, 3, 5)),
    "until": ActivityFilter(until=date(2024, 3, 5)),
    "days": ActivityFilter(since=date(2026, 3, 5), until=date(2026, 4, 17)),
    "no day": ActivityFilter(since=date(2026, 3, 5), until=date(2026, 3, 4)),
    "kinds": ActivityFilter(kinds=frozenset({ActivityKind.WORKSHOP})),
    "place_kinds": ActivityFilter(place_kinds=frozenset({PlaceKind.HOME, PlaceKind.REMOTE})),
    "topics": ActivityFilter(topics=frozenset({Topic.EMAIL}), families=frozenset({ProcedureFamily.HOUSING})),
    "municipalities": ActivityFilter(municipalities=frozenset({"48061", "13055"})),
}


@pytest.mark.parametrize("name", FILTERS)
def test_each_filter_is_counted_alike(large: tuple[Database, Filled], name: str) -> None:
    database, _ = large
    assert told(pages.page(database, FILTERS[name], TODAY)) == recount(database, FILTERS[name], TODAY)


@pytest.mark.parametrize("field", ["places", "tags", "beneficiary"])
def test_a_filter_by_what_the_notebook_holds_is_counted_alike(large: tuple[Database, Filled], field: str) -> None:
    database, filled = large
    filter_ = {
        "places": ActivityFilter(places=frozenset(filled.places[:2]), place_kinds=frozenset({PlaceKind.REMOTE})),
        "tags": ActivityFilter(tags=frozenset(filled.tags[:2]), since=date(2025, 6, 1), until=date(2025, 6, 30)),
        "beneficiary": ActivityFilter(beneficiary=filled.people[7]),
    }[field]
    found = told(pages.page(database, filter_, TODAY))
    assert found["totals"]["activities"] > 0
    assert found == recount(database, filter_, TODAY)


DAYS = st.dates(date(2023, 12, 1), date(2025, 3, 31))


@st.composite
def filters(draw: st.DrawFn) -> ActivityFilter:
    """Some of the fields, together."""
    dates = draw(st.lists(DAYS, max_size=2).map(sorted))
    return ActivityFilter(
        since=dates[0] if dates else None,
        until=dates[1] if len(dates) > 1 else None,
        kinds=draw(st.frozensets(st.sampled_from(ActivityKind), max_size=1)),
        place_kinds=draw(st.frozensets(st.sampled_from(PlaceKind), max_size=2)),
        topics=draw(st.one_of(st.just(frozenset()), st.frozensets(st.sampled_from(Topic), min_size=8))),
    )


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 2**32), number=st.integers(0, 30), people=st.integers(1, 8), filter_=filters())
def test_any_notebook_is_counted_alike(
    tmp_path_factory: pytest.TempPathFactory, seed: int, number: int, people: int, filter_: ActivityFilter
) -> None:
    database = new_database(tmp_path_factory.mktemp("any"))
    fill(database, number, people, seed)
    _disturb(database, Random(seed))
    assert told(pages.page(database, filter_, date(2025, 3, 31))) == recount(database, filter_, date(2025, 3, 31))
    database.close()


def _disturb(database: Database, draw: Random) -> None:
    """Days close together and what only an exchange can bring: no day, no duration, words of a newer program."""
    changes = {
        "day": (None, *((date(2023, 12, 20) + timedelta(days=draw.randint(0, 430))).isoformat() for _ in range(12))),
        "minutes": (None, 29, 30, 59, 60, 119, 120),
        "kind": ("individuel", "collectif", "animation"),
        "place_kind": (None, "a_distance", "en_bus"),
        "autonomy": ("autonome", "partiellement_autonome", "seul"),
        "referral": (None, "ailleurs"),
        "level": ("avance", "expert"),
        "place": (None, UUID(int=5).bytes),
        "municipality": ("99999", "48166"),
        "procedures": ('["carte_grise", "une_autre", "encore_une"]',),
    }
    with database.receive() as work:
        numbers = work.connection.execute(text("SELECT number FROM activity")).scalars().all()
        for number in numbers:
            for column, values in changes.items():
                if draw.random() < (0.9 if column == "day" else 0.2):
                    said = text(f"UPDATE activity SET {column} = :value WHERE number = :number")
                    work.connection.execute(said, {"value": draw.choice(values), "number": number})
        for again in _AGAIN:
            work.connection.execute(text(again))
        count(work.connection, [UUID(bytes=id_) for id_ in work.connection.scalars(text("SELECT id FROM activity"))])


_AGAIN = (
    "UPDATE attendance SET first = 0",
    """UPDATE attendance SET first = 1 WHERE id IN (SELECT id FROM (
        SELECT t.id, row_number() OVER (PARTITION BY t.beneficiary ORDER BY a.day, a.id) AS place
        FROM attendance t JOIN activity a ON a.id = t.activity
        WHERE t.beneficiary IS NOT NULL AND NOT t.deleted AND NOT a.deleted) WHERE place = 1)""",
    "INSERT INTO activity_choice SELECT id, 'topics', 'un_sujet_nouveau' FROM activity WHERE number % 3 = 0",
    "UPDATE attendance SET gender = 'autre' WHERE number % 5 = 0",
)
