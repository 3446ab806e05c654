"""One person who is twice in the notebook, on one computer and on two: scenarios of « La Coop », in our own words."""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from app.database import Database
from app.errors import UserError
from app.models import Beneficiary, Case
from app.models.attendance import attendance
from app.services import activities, beneficiaries, cases, duplicates, merging
from app.services.commands import MergePeople, SaveCase
from app.services.progress import Progress
from app.work import find
from tests.live_server import LiveServer, live_server
from tests.notebook import TODAY, a_beneficiary, an_activity, new_database
from tests.sync.computers import Computer, Office


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = new_database(tmp_path)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def server() -> Iterator[LiveServer]:
    with live_server() as running:
        yield running


@pytest.fixture
def office(server: LiveServer, tmp_path: Path) -> Iterator[Office]:
    with ExitStack() as closing:
        yield Office(server, tmp_path, closing)


def pairs(database: Database) -> list[set[UUID]]:
    return [{pair.first, pair.second} for pair in duplicates.pairs(database, Progress())]


def person(database: Database, id_: UUID) -> Beneficiary:
    with database.read() as connection:
        found = find(connection, Beneficiary, id_)
    assert found is not None
    return found


def came(database: Database, id_: UUID) -> set[UUID]:
    with database.read() as connection:
        wanted = select(attendance.c.activity).where(attendance.c.beneficiary == id_, ~attendance.c.deleted)
        return set(connection.execute(wanted).scalars())


def meet(*computers: Computer) -> None:
    """Everybody hears of everything, and tidies up what speaks of people merged."""
    for _ in range(2):
        for computer in (*computers, *computers):
            computer.sync()
        for computer in computers:
            merging.follow(computer.database)


def test_an_obvious_duplicate_is_found(database: Database) -> None:
    both = {a_beneficiary(database, "Martin", "Odette", birth_year=1948) for _ in range(2)}
    assert pairs(database) == [both]


def test_two_people_who_have_little_in_common_are_two(database: Database) -> None:
    a_beneficiary(database, "Martin", "Odette", birth_year=1948)
    a_beneficiary(database, "Benali", "Aïcha", birth_year=1990)
    assert pairs(database) == []


@pytest.mark.parametrize("written", ["Jean Pierre", "JEAN-PIERRE", "Jeanpierre", " jean  pierre"])
def test_a_first_name_is_the_same_however_it_is_written(database: Database, written: str) -> None:
    first = a_beneficiary(database, "Delmas", "Jean-Pierre")
    second = a_beneficiary(database, "delmas", written)
    assert pairs(database) == [{first, second}]
    assert [like.person.id for like in duplicates.of(database, first)] == [second]


def test_a_name_spelt_in_two_ways_is_only_close(database: Database) -> None:
    first, second = a_beneficiary(database, "Mueller", "Jeanne"), a_beneficiary(database, "Müller", "Jeanne")
    assert pairs(database) == [{first, second}]
    assert duplicates.of(database, first) == ()


def test_the_same_email_and_phone_are_enough(database: Database) -> None:
    reached = {"phone": "06 12 34 56 78", "email": "famille@exemple.fr"}
    first = a_beneficiary(database, "Benali", "Aïcha", **reached)
    second = a_beneficiary(database, "Delmas", "Jeanne", **reached)
    assert [like.person.id for like in duplicates.of(database, second)] == [first]


def test_the_file_kept_learns_the_email_of_the_other_one(database: Database) -> None:
    kept = a_beneficiary(database, phone="06 12 34 56 78")
    gone = a_beneficiary(database, phone="07 12 34 56 78", email="jeanne@exemple.fr")
    merging.merge_all(database, (MergePeople(kept, gone),))
    assert person(database, kept).email == "jeanne@exemple.fr"
    assert person(database, kept).phone == "+33612345678"
    assert person(database, gone).merged_into == kept
    assert [row.id for row in beneficiaries.search(database, "delmas")] == [kept]


def test_a_file_that_is_not_there_can_neither_be_merged_nor_kept(database: Database) -> None:
    here = a_beneficiary(database)
    with pytest.raises(UserError, match="La fiche à fusionner n’est plus dans le carnet"):
        merging.merge_all(database, (MergePeople(here, uuid4()),))
    with pytest.raises(UserError, match="La fiche à garder n’est plus dans le carnet"):
        merging.merge_all(database, (MergePeople(uuid4(), here),))
    assert not person(database, here).deleted


def test_the_other_computer_knows_of_the_merge_and_can_take_it_back(office: Office) -> None:
    first, second = office.computer(), office.computer()
    kept, gone = a_beneficiary(first.database), a_beneficiary(first.database, email="jeanne@exemple.fr")
    visit = activities.record(first.database, an_activity(participants=(gone,)), TODAY)
    meet(first, second)
    merging.merge_all(first.database, (MergePeople(kept, gone),))
    meet(first, second)
    assert came(second.database, kept) == {visit}
    assert merging.resolve(second.database, gone) == kept
    merging.unmerge_all(second.database, (gone,))
    meet(first, second)
    for computer in (first, second):
        assert came(computer.database, gone) == {visit}
        assert came(computer.database, kept) == set()
        assert person(computer.database, kept).email is None
        assert not person(computer.database, gone).deleted


def test_what_was_recorded_elsewhere_for_the_file_that_is_gone_follows_it(office: Office) -> None:
    first, second = office.computer(), office.computer()
    kept, gone = a_beneficiary(first.database), a_beneficiary(first.database)
    both = activities.record(first.database, an_activity(participants=(gone,)), TODAY)
    meet(first, second)
    merging.merge_all(first.database, (MergePeople(kept, gone),))
    late = activities.record(second.database, an_activity(participants=(gone,)), TODAY)
    case = cases.save(second.database, SaveCase(beneficiary=gone, name="Carte grise"), TODAY)
    meet(first, second)
    for computer in (first, second):
        assert came(computer.database, kept) == {both, late}
        assert came(computer.database, gone) == set()
        assert person(computer.database, gone).deleted
        with computer.database.read() as connection:
            moved = find(connection, Case, case)
        assert moved is not None
        assert moved.beneficiary == kept
        assert merging.follow(computer.database) == 0
    merging.unmerge_all(first.database, (gone,))
    meet(first, second)
    for computer in (first, second):
        assert came(computer.database, gone) == {both, late}
        assert came(computer.database, kept) == set()


def test_a_file_changed_elsewhere_during_the_merge_does_not_come_back_alone(office: Office) -> None:
    first, second = office.computer(), office.computer()
    kept, gone = a_beneficiary(first.database), a_beneficiary(first.database, phone="06 12 34 56 78")
    meet(first, second)
    merging.merge_all(first.database, (MergePeople(kept, gone),))
    form = beneficiaries.form_of(second.database, gone)
    beneficiaries.save(second.database, replace(form, phone="07 12 34 56 78", email="jeanne@exemple.fr"))
    meet(first, second)
    for computer in (first, second):
        assert person(computer.database, gone).deleted
        assert person(computer.database, kept).phone == "+33712345678"
        assert person(computer.database, kept).email == "jeanne@exemple.fr"


def test_two_computers_that_merge_in_opposite_ways_lose_nobody(office: Office) -> None:
    first, second = office.computer(), office.computer()
    one, other = a_beneficiary(first.database), a_beneficiary(first.database)
    visits = {activities.record(first.database, an_activity(participants=(id_,)), TODAY) for id_ in (one, other)}
    meet(first, second)
    merging.merge_all(first.database, (MergePeople(one, other),))
    merging.merge_all(second.database, (MergePeople(other, one),))
    meet(first, second)
    for computer in (first, second):
        (left,) = (id_ for id_ in (one, other) if not person(computer.database, id_).deleted)
        assert left == min(one, other)
        assert came(computer.database, left) == visits
