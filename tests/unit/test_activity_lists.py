"""The lists of activities: what matches, in which order, page by page, and the figures beside it."""

from datetime import date, timedelta

import pytest

from app.database import Database
from app.services import activities, activity_lists, beneficiaries, tags
from app.services.commands import ActivityFilter, AnonymousGroup, AnonymousPerson, SaveBeneficiary
from app.services.rows import DayFigures
from protocol.vocabulary import ActivityKind, PlaceKind, ProcedureFamily, Topic
from tests.notebook import TODAY, a_beneficiary, a_place, recorded


def test_the_totals_are_those_of_all_that_matches_not_of_the_page(database: Database) -> None:
    for _ in range(7):
        recorded(database, minutes=30)
    recorded(database, kind=ActivityKind.WORKSHOP, minutes=90, anonymous=AnonymousGroup(total=12))
    page = activity_lists.page(database, limit=3)
    assert len(page.rows) == 3
    assert (page.total, page.minutes, page.people) == (8, 7 * 30 + 90, 7 + 12)


def test_the_pages_together_hold_every_activity_once(database: Database) -> None:
    ids = {recorded(database, day=TODAY - timedelta(days=n % 4)) for n in range(23)}
    pages = [activity_lists.page(database, offset=offset, limit=5).rows for offset in range(0, 25, 5)]
    assert [len(rows) for rows in pages] == [5, 5, 5, 5, 3]
    assert {row.id for rows in pages for row in rows} == ids


def test_totals_already_known_are_not_counted_again(database: Database) -> None:
    for _ in range(4):
        recorded(database)
    first = activity_lists.page(database, limit=2)
    second = activity_lists.page(database, offset=2, limit=2, known=first)
    assert (second.total, second.minutes, second.people) == (4, 120, 4)
    assert not {row.id for row in first.rows} & {row.id for row in second.rows}


def test_the_newest_day_comes_first_then_the_last_recorded(database: Database) -> None:
    old = recorded(database, day=TODAY - timedelta(days=1))
    morning, evening = recorded(database), recorded(database)
    assert [row.id for row in activity_lists.page(database).rows] == [evening, morning, old]


@pytest.mark.parametrize("sort", sorted(activity_lists.SORTS))
@pytest.mark.parametrize("descending", [True, False])
def test_the_position_of_an_activity_is_its_place_in_the_list(database: Database, sort: str, descending: bool) -> None:
    place = a_place(database)
    for number in range(9):
        where = {"place_kind": PlaceKind.PLACE, "place": place} if number % 3 else {}
        recorded(database, day=TODAY - timedelta(days=number % 2), minutes=15 + number % 4, **where)
    rows = activity_lists.page(database, sort=sort, descending=descending).rows
    places = [activity_lists.position(database, row.id, sort=sort, descending=descending) for row in rows]
    assert places == list(range(9))


def test_what_the_filter_hides_has_no_position(database: Database) -> None:
    hidden = recorded(database, topics=frozenset({Topic.EMAIL}))
    gone = recorded(database)
    activities.delete(database, gone)
    assert activity_lists.position(database, hidden, ActivityFilter(topics=frozenset({Topic.HEALTH}))) is None
    assert activity_lists.position(database, gone) is None


def test_any_word_inside_a_filter_and_all_the_filters_together(database: Database) -> None:
    place = a_place(database)
    here = {"place_kind": PlaceKind.PLACE, "place": place}
    email = recorded(database, topics=frozenset({Topic.EMAIL}), **here)
    both = recorded(database, topics=frozenset({Topic.EMAIL, Topic.HEALTH}), **here)
    recorded(database, topics=frozenset({Topic.CREATING}), **here)
    recorded(database, topics=frozenset({Topic.HEALTH}))
    wanted = ActivityFilter(places=frozenset({place}), topics=frozenset({Topic.EMAIL, Topic.HEALTH}))
    assert {row.id for row in activity_lists.page(database, wanted).rows} == {email, both}


def test_topics_and_families_of_procedures_are_one_list(database: Database) -> None:
    helped = frozenset({Topic.ADMINISTRATIVE_HELP})
    email = recorded(database, topics=frozenset({Topic.EMAIL}))
    justice = recorded(database, topics=helped, families=frozenset({ProcedureFamily.JUSTICE}))
    recorded(database, topics=helped, families=frozenset({ProcedureFamily.HOUSING}))
    wanted = ActivityFilter(topics=frozenset({Topic.EMAIL}), families=frozenset({ProcedureFamily.JUSTICE}))
    assert {row.id for row in activity_lists.page(database, wanted).rows} == {email, justice}


def test_own_places_and_kinds_of_place_are_one_list(database: Database) -> None:
    place = a_place(database)
    here = recorded(database, place_kind=PlaceKind.PLACE, place=place)
    away = recorded(database, place_kind=PlaceKind.REMOTE)
    recorded(database, place_kind=PlaceKind.HOME, municipality="48061")
    wanted = ActivityFilter(places=frozenset({place}), place_kinds=frozenset({PlaceKind.REMOTE}))
    assert {row.id for row in activity_lists.page(database, wanted).rows} == {here, away}


def test_a_period_holds_both_its_ends(database: Database) -> None:
    days = [TODAY - timedelta(days=n) for n in range(5)]
    for day in days:
        recorded(database, day=day)
    page = activity_lists.page(database, ActivityFilter(since=days[3], until=days[1]))
    assert [row.day for row in page.rows] == days[1:4]


def test_a_tag_finds_its_activities(database: Database) -> None:
    bus, other = tags.create(database, "Bus numérique"), tags.create(database, "Autre projet")
    tagged = recorded(database, tags=frozenset({bus}))
    recorded(database, tags=frozenset({other}))
    recorded(database)
    assert [row.id for row in activity_lists.page(database, ActivityFilter(tags=frozenset({bus}))).rows] == [tagged]


@pytest.mark.parametrize("typed", ["nguyễn", "NGUYEN", "nguy lefev", "lefèvre oeuv", "œuvrard"])
def test_the_search_ignores_accents_ligatures_case_and_order(database: Database, typed: str) -> None:
    person = a_beneficiary(database, "Nguyễn-Lefèvre", "Œuvrard")
    found = recorded(database, participants=(person,))
    recorded(database, notes="Nous avons préparé la déclaration.")
    assert [row.id for row in activity_lists.page(database, ActivityFilter(text=typed)).rows] == [found]


@pytest.mark.parametrize("typed", ['"', "*", "AND", "a OR", "(", "l'avis", "-", "mots:x"])
def test_signs_of_the_search_engine_are_only_letters(database: Database, typed: str) -> None:
    recorded(database)
    activity_lists.page(database, ActivityFilter(text=typed))


def test_a_renamed_person_is_found_by_the_new_name(database: Database) -> None:
    person = a_beneficiary(database, "Roux")
    found = recorded(database, participants=(person,))
    beneficiaries.save(database, SaveBeneficiary(id=person, last_name="Vernhes", first_name="Jeanne"))
    assert [row.id for row in activity_lists.page(database, ActivityFilter(text="vernhes")).rows] == [found]
    assert not activity_lists.page(database, ActivityFilter(text="roux")).rows


def test_a_deleted_activity_leaves_lists_days_and_week(database: Database) -> None:
    gone = recorded(database)
    activities.delete(database, gone)
    assert activity_lists.page(database).total == 0
    assert activity_lists.of_day(database, TODAY) == ()
    assert activity_lists.week(database, TODAY).people == 0
    assert activity_lists.by_day(database, ActivityFilter(), TODAY, TODAY) == {}


def test_the_figures_of_a_day_are_those_of_what_matches(database: Database) -> None:
    recorded(database, minutes=30, topics=frozenset({Topic.EMAIL}))
    recorded(database, minutes=45, topics=frozenset({Topic.HEALTH}))
    recorded(database, minutes=60, day=TODAY - timedelta(days=2))
    everything = activity_lists.by_day(database, ActivityFilter(), TODAY - timedelta(days=2), TODAY)
    assert everything == {TODAY: DayFigures(2, 75), TODAY - timedelta(days=2): DayFigures(1, 60)}
    email = ActivityFilter(topics=frozenset({Topic.EMAIL}))
    assert activity_lists.by_day(database, email, TODAY, TODAY) == {TODAY: DayFigures(1, 30)}


def test_the_last_activities_with_a_person_are_the_newest_three(database: Database) -> None:
    person, other = a_beneficiary(database), a_beneficiary(database, "Roux")
    ids = [recorded(database, day=TODAY - timedelta(days=n), participants=(person,)) for n in range(5)]
    recorded(database, participants=(other,))
    assert [row.id for row in activity_lists.last_with(database, person)] == ids[:3]


def test_the_week_goes_from_monday_to_sunday_and_counts_new_people(database: Database) -> None:
    known, new = a_beneficiary(database), a_beneficiary(database, "Roux")
    recorded(database, day=date(2026, 11, 22), participants=(known,))
    recorded(database, day=date(2026, 11, 23), participants=(known,), minutes=60)
    recorded(database, day=date(2026, 11, 24), participants=(new,))
    recorded(database, day=date(2026, 11, 24), person=AnonymousPerson(already=True))
    recorded(database, day=date(2026, 11, 29), person=AnonymousPerson())
    week = activity_lists.week(database, TODAY)
    assert week.people_by_day == (1, 2, 0, 0, 0, 0, 1)
    assert (week.activities, week.people, week.minutes, week.new_people) == (4, 4, 150, 2)
