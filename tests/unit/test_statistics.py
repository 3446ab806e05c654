"""The figures that an advisor compares, one by one."""

from dataclasses import fields, replace
from datetime import date, datetime, timedelta
from uuid import UUID

import pytest

from app.database import Database
from app.models import Organisation
from app.services import activities, beneficiaries, tags
from app.services.commands import ActivityFilter, AnonymousGroup, AnonymousPerson
from app.services.statistics import pages
from app.services.statistics.definitions import BREAKDOWNS
from app.services.statistics.figures import Breakdown, Statistics, Totals
from protocol.vocabulary import ActivityKind, AgeBand, Autonomy, Gender, PlaceKind, ProcedureFamily, Topic
from tests.notebook import TODAY, a_beneficiary, a_place, recorded


def page(database: Database, **filter_: object) -> Statistics:
    return pages.page(database, ActivityFilter(**filter_), TODAY)  # type: ignore[arg-type]


def numbers(breakdown: Breakdown) -> dict[str, int]:
    """The lines that are not zero, by label."""
    return {line.label: line.number for line in breakdown.lines if line.number}


def test_without_any_activity_everything_is_zero(database: Database) -> None:
    found = page(database)
    assert found.totals == Totals()
    assert (found.since, found.until, found.previous, found.last_year) == (None, None, None, None)
    assert [len(series) for series in (found.by_day, found.by_week, found.by_month)] == [30, 12, 12]
    assert sum(map(sum, found.hours)) == 0
    assert [len(found.topics.lines), len(found.families.lines), len(found.durations.lines)] == [19, 11, 4]
    assert found.topics.share(found.topics.lines[0]) == 0.0


def test_every_figure_has_its_definition(database: Database) -> None:
    found = page(database)
    assert {one.name for one in fields(Totals)} <= found.definitions.keys()
    breakdowns = {one.name for one in fields(Statistics) if isinstance(getattr(found, one.name), Breakdown)}
    assert breakdowns == BREAKDOWNS.keys()
    assert all(getattr(found, name).key == name for name in breakdowns)


def test_a_workshop_counts_its_participants_and_its_time_once(database: Database) -> None:
    people = (a_beneficiary(database), a_beneficiary(database, "Roux", "Marcel"))
    group = AnonymousGroup(total=5, already=2, gender={Gender.FEMALE: 3})
    recorded(database, kind=ActivityKind.WORKSHOP, minutes=90, participants=people, anonymous=group)
    found = page(database)
    totals = found.totals
    assert (totals.accompaniments, totals.workshop_people, totals.workshops, totals.individual) == (7, 7, 1, 0)
    assert (totals.people, totals.followed, totals.anonymous) == (7, 2, 5)
    assert (totals.new_people, totals.known_people) == (5, 2)
    assert (totals.minutes, totals.workshop_minutes, totals.mean_workshop_people) == (90, 90, 7.0)
    assert numbers(found.genders) == {"Féminin": 3, "Non communiqué": 4}


def test_the_month_series_holds_the_last_month(database: Database) -> None:
    """The State's own stops before it when the last day of the month comes before the first."""
    recorded(database, day=date(2026, 11, 3))
    found = page(database, since=date(2026, 8, 25), until=date(2026, 11, 10))
    assert [point.label for point in found.by_month] == ["08/26", "09/26", "10/26", "11/26"]
    assert found.by_month[-1].accompaniments == 1
    assert len(found.by_day) == 78


def test_the_last_days_of_a_year_may_be_of_week_53_or_1(database: Database) -> None:
    recorded(database, day=date(2021, 1, 3))
    recorded(database, day=date(2021, 1, 4))
    found = page(database, since=date(2020, 12, 21), until=date(2021, 1, 10))
    assert [(one.label, one.activities) for one in found.by_week] == [("S52", 0), ("S53", 1), ("S01", 1)]


def test_a_leap_day_is_a_day_and_its_year_before_ends_on_the_28th(database: Database) -> None:
    recorded(database, day=date(2024, 2, 29))
    recorded(database, day=date(2023, 2, 28))
    found = page(database, since=date(2024, 2, 28), until=date(2024, 2, 29))
    assert [one.activities for one in found.by_day] == [0, 1]
    assert found.last_year is not None
    assert (found.last_year.since, found.last_year.until) == (date(2023, 2, 28), date(2023, 2, 28))
    assert found.last_year.totals.activities == 1


@pytest.mark.parametrize(
    ("since", "until", "before", "year_ago"),
    [
        ((2026, 3, 1), (2026, 3, 31), "du 01/02/2026 au 28/02/2026", "du 01/03/2025 au 31/03/2025"),
        ((2026, 1, 1), (2026, 12, 31), "du 01/01/2025 au 31/12/2025", "du 01/01/2025 au 31/12/2025"),
        ((2025, 2, 1), (2025, 2, 28), "du 01/01/2025 au 31/01/2025", "du 01/02/2024 au 29/02/2024"),
        ((2026, 1, 1), (2026, 3, 31), "du 01/10/2025 au 31/12/2025", "du 01/01/2025 au 31/03/2025"),
        ((2026, 3, 2), (2026, 3, 8), "du 23/02/2026 au 01/03/2026", "du 02/03/2025 au 08/03/2025"),
    ],
)
def test_periods_are_compared_with_their_like(
    database: Database, since: tuple[int, int, int], until: tuple[int, int, int], before: str, year_ago: str
) -> None:
    found = page(database, since=date(*since), until=date(*until))
    assert found.previous is not None
    assert found.last_year is not None
    assert (found.previous.label, found.last_year.label) == (before, year_ago)


def test_a_comparison_keeps_the_rest_of_the_filter(database: Database) -> None:
    recorded(database, day=date(2026, 2, 10))
    recorded(database, day=date(2026, 2, 10), topics=frozenset({Topic.HEALTH}))
    found = page(database, since=date(2026, 3, 1), until=date(2026, 3, 31), topics=frozenset({Topic.HEALTH}))
    assert found.previous is not None
    assert found.previous.totals.activities == 1


@pytest.mark.parametrize(
    ("since", "until"), [(date.min, date.max), (date(1, 1, 5), date(1, 2, 3)), (date(9999, 12, 1), date.max)]
)
def test_a_slip_of_the_finger_in_a_year_costs_nothing(database: Database, since: date, until: date) -> None:
    recorded(database, day=date(2026, 2, 10))
    found = page(database, since=since, until=until)
    assert len(found.by_day) <= 3660
    inside = since <= date(2026, 2, 10) <= until
    assert sum(one.activities for one in found.by_day) == sum(one.activities for one in found.by_month) == inside


def test_the_age_is_the_one_of_the_last_activity_of_the_period(database: Database) -> None:
    person = a_beneficiary(database, birth_year=1966)
    recorded(database, day=date(2025, 12, 31), participants=(person,))
    recorded(database, day=date(2026, 1, 1), participants=(person,))
    assert numbers(page(database, until=date(2025, 12, 31)).age_bands) == {"40 - 59 ans": 1}
    assert numbers(page(database).age_bands) == {"60 - 69 ans": 1}


def test_a_person_is_new_once_and_comes_back(database: Database) -> None:
    person = a_beneficiary(database)
    first = recorded(database, day=TODAY - timedelta(days=40), participants=(person,))
    recorded(database, participants=(person,))
    recorded(database, participants=(person,))
    everything, lately = page(database), page(database, since=TODAY - timedelta(days=7))
    assert (everything.totals.new_people, lately.totals.new_people) == (1, 0)
    assert (lately.totals.people, lately.totals.known_people, lately.totals.came_back) == (1, 1, 1)
    activities.delete(database, first)
    assert page(database, since=TODAY - timedelta(days=7)).totals.new_people == 1


def test_an_erased_person_stays_one_person_followed(database: Database) -> None:
    person = a_beneficiary(database, gender=Gender.FEMALE, birth_year=1950)
    recorded(database, participants=(person,))
    recorded(database, participants=(person,))
    before = page(database)
    beneficiaries.erase(database, person)
    after = page(database)
    assert after.totals == before.totals
    assert after.age_bands == before.age_bands
    assert after.genders == before.genders


def test_the_anonymous_person_of_an_accompaniment_is_described_by_the_presence(database: Database) -> None:
    known = AnonymousPerson(already=True, gender=Gender.MALE, age_band=AgeBand.UNDER_12, municipality="48061")
    recorded(database, person=known)
    found = page(database)
    assert (found.totals.new_people, found.totals.anonymous) == (0, 1)
    assert numbers(found.genders) == {"Masculin": 1}
    assert numbers(found.age_bands) == {"Moins de 12 ans": 1}
    assert [line.label for line in found.residences.lines] == ["Florac Trois Rivières · 48400"]


def test_the_territories_are_those_of_the_place_or_of_the_activity(database: Database) -> None:
    recorded(database, place_kind=PlaceKind.PLACE, place=a_place(database))
    recorded(database, place_kind=PlaceKind.HOME, municipality="30007")
    recorded(database)
    found = page(database)
    assert numbers(found.departments) == {"Gard (30)": 1, "Lozère (48)": 1, "Non communiqué": 1}
    assert numbers(found.places) == {"Médiathèque de Florac": 1, "Hors d’un lieu d’activité": 2}
    assert found.municipalities.lines[-1].label == "Non communiqué"
    assert (found.totals.remote_minutes, found.totals.face_to_face_minutes) == (30, 60)


def test_free_text_never_becomes_a_line(database: Database) -> None:
    helped = {
        "topics": frozenset({Topic.ADMINISTRATIVE_HELP}),
        "families": frozenset({ProcedureFamily.TRANSPORT}),
        "procedures": frozenset({"carte_grise"}),
    }
    recorded(database, **helped, procedure_note="Carte grise de Mme Delmas")
    found = page(database).procedures
    assert [line.number for line in found.lines] == [1, 1]
    assert not any("Delmas" in line.label for line in found.lines)
    assert found.choices == 2
    assert found.total == 1


def test_a_deleted_tag_is_no_line(database: Database) -> None:
    kept, gone = tags.create(database, "Itinérance"), tags.create(database, "Ancienne")
    recorded(database, tags=frozenset({kept, gone}))
    tags.delete(database, gone)
    assert numbers(page(database).tags) == {"Itinérance": 1}


def test_each_activity_is_of_the_employer_of_its_day(database: Database) -> None:
    for day in (date(2023, 5, 1), date(2024, 6, 1), date(2025, 1, 1), date(2026, 1, 1)):
        recorded(database, day=day)
    assert numbers(page(database).organisations) == {"Employeur non renseigné": 4}
    with database.work() as work:
        work.save(Organisation(name="Mairie", since=date(2024, 1, 1)))
        work.save(Organisation(name="Département", since=date(2025, 1, 1)))
        work.save(Organisation(name="Partie", since=date(2020, 1, 1), deleted=True))
    assert numbers(page(database).organisations) == {"Mairie": 2, "Département": 2}


def test_autonomy_is_followed_from_the_first_level_to_the_last(database: Database) -> None:
    person, other = a_beneficiary(database), a_beneficiary(database, "Roux", "Marcel")
    for days, level in ((21, Autonomy.GUIDED), (20, Autonomy.AUTONOMOUS), (10, Autonomy.PARTLY)):
        recorded(database, day=TODAY - timedelta(days=days), participants=(person,), autonomy=level)
    recorded(database, participants=(other,), autonomy=Autonomy.AUTONOMOUS)
    recorded(database)
    found = page(database)
    assert found.autonomy_paths.paths == ((0, 1, 0), (0, 0, 0), (0, 0, 0))
    assert (found.autonomy_paths.forward, found.autonomy_paths.same, found.autonomy_paths.back) == (1, 0, 0)
    assert [line.number for line in found.autonomy.lines] == [1, 1, 2, 1]
    assert found.by_month[-1].autonomy == (1, 1, 2)


def test_the_hours_are_those_of_activities_recorded_on_their_day(database: Database) -> None:
    database.now_ms = lambda: int(datetime(2026, 11, 24, 14, 52).timestamp() * 1000)
    recorded(database)
    recorded(database, day=TODAY - timedelta(days=1))
    found = page(database)
    assert sum(map(sum, found.hours)) == 1
    assert found.hours[1][14] == 1


def test_the_key_figures_alone_are_those_of_the_page(database: Database) -> None:
    recorded(database)
    recorded(database, kind=ActivityKind.WORKSHOP, anonymous=AnonymousGroup(total=4))
    filter_ = ActivityFilter(since=TODAY, until=TODAY)
    assert pages.totals(database, filter_) == pages.page(database, filter_, TODAY).totals


def test_figures_can_be_asked_again_and_leave_nothing_behind(database: Database) -> None:
    recorded(database)
    assert page(database) == page(database)
    with database.read() as connection:
        assert connection.exec_driver_sql("SELECT name FROM temp.sqlite_master").all() == []


def test_what_is_typed_filters_too(database: Database) -> None:
    recorded(database, notes="Revoir les pièces jointes")
    recorded(database, notes="Autre chose")
    assert page(database, text="pièces joint").totals.activities == 1
    assert page(database, beneficiary=UUID(int=1)).totals == replace(Totals())
