"""A server put back in time by its administrator: what it had acknowledged comes back, what was erased does not."""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import func, select

from app.database import now_ms
from app.models.activity import Activity
from app.models.beneficiary import Beneficiary
from app.models.ids import new_id
from app.models.local import outbox
from app.sync.arrival import PATIENCE_MS
from app.sync.engine import SyncEngine
from app.sync.identity import is_enrolled
from app.sync.outcome import Ending
from app.sync.standing import standing
from protocol.vocabulary import RecordKind
from server.backups.taking import back_up
from tests.live_server import LiveServer, live_server, own_settings
from tests.sync.computers import Computer, Office


@pytest.fixture
def server(tmp_path: Path) -> Iterator[LiveServer]:
    (tmp_path / "serveur").mkdir()
    with live_server(own_settings(tmp_path / "serveur")) as own:
        yield own


@pytest.fixture
def office(server: LiveServer, tmp_path: Path) -> Iterator[Office]:
    with ExitStack() as closing:
        yield Office(server, tmp_path, closing)


@pytest.fixture
def backup(tmp_path: Path) -> Path:
    return tmp_path / "sauvegarde"


def kept_operations(computer: Computer) -> int:
    with computer.database.read() as connection:
        return connection.execute(select(func.count()).select_from(outbox)).scalar_one()


def shown(computer: Computer, *activities: Activity) -> list[tuple[int | None, str | None] | None]:
    """The minutes and the title of each activity, None for one that is not in the notebook."""
    with computer.database.work() as work:
        found = [work.find(Activity, one.id) for one in activities]
    return [(one.minutes, one.title) if one else None for one in found]


def settled(*computers: Computer) -> None:
    """Both have sent and received everything."""
    for computer in (*computers, *computers):
        assert computer.sync().ending is Ending.DONE
        assert standing(computer.database).waiting == 0


def test_a_computer_forgets_what_a_backup_holds_and_nothing_more(office: Office, backup: Path) -> None:
    here = office.computer()
    here.save(Activity(minutes=10), Activity(minutes=20))
    here.sync()
    assert kept_operations(here) == 3  # its own name is one
    back_up(office.server.settings, backup)
    here.save(Activity(minutes=30))
    here.sync()
    assert kept_operations(here) == 1


def test_what_the_server_lost_is_sent_again_and_a_second_computer_converges(office: Office, backup: Path) -> None:
    here, there = office.computer(), office.computer()
    old, changed, new, other = Activity(minutes=10), Activity(minutes=20), Activity(minutes=30), Activity(minutes=40)
    here.save(old, changed)
    settled(here, there)
    back_up(office.server.settings, backup)
    here.save(replace(changed, minutes=21, title="Après la sauvegarde"), new)
    there.save(other)
    settled(here, there)

    office.server.go_back(backup)
    settled(here, there)

    everything = [(10, None), (21, "Après la sauvegarde"), (30, None), (40, None)]
    newcomer = office.computer()
    newcomer.sync()
    for computer in (here, there, newcomer):
        assert shown(computer, old, changed, new, other) == everything


def test_what_a_lost_computer_had_sent_comes_back_from_the_other(office: Office, backup: Path) -> None:
    lost, here = office.computer(), office.computer()
    back_up(office.server.settings, backup)
    activity = Activity(minutes=30, title="Sur l’ordinateur perdu", topics=frozenset({"email"}))
    lost.save(activity)
    settled(lost, here)

    office.server.go_back(backup)
    settled(here)

    newcomer = office.computer()
    newcomer.sync()
    with newcomer.database.work() as work:
        found = work.find(Activity, activity.id)
    assert found is not None
    assert (found.minutes, found.title) == (30, "Sur l’ordinateur perdu")
    assert found.topics == {"email"}


def test_a_copy_sent_by_a_colleague_never_wins_over_what_its_author_sends_again(office: Office, backup: Path) -> None:
    """The colleague had seen the first version only, and comes first."""
    author, colleague = office.computer(), office.computer()
    back_up(office.server.settings, backup)
    activity = Activity(minutes=30, title="Première version")
    author.save(activity)
    settled(author, colleague)
    author.save(replace(activity, minutes=45, title="Version corrigée"))
    author.sync()

    office.server.go_back(backup)
    settled(colleague, author)

    for computer in (author, colleague):
        assert shown(computer, activity) == [(45, "Version corrigée")]


def test_an_edit_made_meanwhile_does_not_stand_for_the_whole_record(office: Office, backup: Path) -> None:
    lost, here = office.computer(), office.computer()
    back_up(office.server.settings, backup)
    activity = Activity(minutes=30, title="Le titre d’avant")
    lost.save(activity)
    settled(lost, here)

    office.server.go_back(backup)
    here.save(replace(activity, minutes=45))
    settled(here)

    newcomer = office.computer()
    newcomer.sync()
    assert shown(newcomer, activity) == shown(here, activity) == [(45, "Le titre d’avant")]


def test_a_backup_older_than_the_last_one_loses_nothing_that_a_computer_still_shows(
    office: Office, backup: Path
) -> None:
    """The computer has forgotten its operations: they are in a newer backup, which the administrator does not find."""
    here = office.computer()
    first, second, third = Activity(minutes=10), Activity(minutes=20), Activity(minutes=30)
    here.save(first)
    here.sync()
    back_up(office.server.settings, backup)
    here.save(second)
    here.sync()
    back_up(office.server.settings, backup.with_name("plus récente"))
    here.save(third)
    here.sync()
    assert kept_operations(here) == 1

    office.server.go_back(backup)
    settled(here)

    newcomer = office.computer()
    newcomer.sync()
    assert shown(newcomer, first, second, third) == [(10, None), (20, None), (30, None)]


@pytest.mark.parametrize("is_before", [True, False])
def test_a_person_erased_before_or_after_the_backup_stays_erased(office: Office, backup: Path, is_before: bool) -> None:
    here, there = office.computer(), office.computer()
    person = Beneficiary(first_name="Jeanne", last_name="Delmas")
    here.save(person)
    settled(here, there)
    if not is_before:
        back_up(office.server.settings, backup)
    with here.database.work() as work:
        work.erase(RecordKind.BENEFICIARY, person.id)
    here.sync()
    if is_before:
        back_up(office.server.settings, backup)
    there.save(replace(person, first_name="Jeannette"))

    office.server.go_back(backup)
    settled(there, here)

    newcomer = office.computer()
    newcomer.sync()
    for computer in (here, there, newcomer):
        with computer.database.work() as work:
            assert work.find(Beneficiary, person.id) is None


def test_a_computer_enrolled_after_the_backup_is_told_to_enrol_again_and_loses_nothing(
    office: Office, backup: Path
) -> None:
    here = office.computer()
    back_up(office.server.settings, backup)
    late = office.computer()
    activity = Activity(id=new_id(), minutes=30)
    late.save(activity)
    late.sync()

    office.server.go_back(backup)
    assert late.sync().ending is Ending.NOT_ALLOWED
    assert is_enrolled(late.database), "the server may have been started on the wrong database"
    tomorrow = now_ms() + PATIENCE_MS
    assert SyncEngine(late.database, late.transport, lambda: tomorrow).run().ending is Ending.NOT_ALLOWED
    assert not is_enrolled(late.database)
    office.enrol(late)
    settled(late, here)
    assert shown(here, activity) == [(30, None)]
