"""A copy in the place of the notebook: seen first, whole or not at all, and what it replaces is never deleted."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from zipfile import ZipFile

import pytest

from app.errors import DamagedError, KnownError, LostKeysError, UserError
from app.migrate import VERSION
from app.models import Activity
from app.paths import Paths
from app.services import access, adopting, backup_contents, backup_files, backups, news, restoring
from app.services.access import SetUp
from app.services.backup_files import Backup, BackupKind
from app.services.progress import Progress
from app.vault import Vault, door
from tests.full_disk import full_disk
from tests.notebook import a_beneficiary, recorded

PHRASE = "quatre mots sans rapport"
NOW = datetime(2026, 11, 24, 9, 12)
CODE = access.recovery_code()


class Desk:
    """A notebook and its folder, opened and closed as the program does."""

    def __init__(self, root: Path) -> None:
        root.mkdir()
        self.paths = Paths(root)
        self.database = access.set_up(self.paths, SetUp("Camille Rey", CODE, PHRASE))

    def copy(self, days: int = 0) -> Backup:
        return backups.make(self.database, self.paths, Progress(), NOW + timedelta(days=days))

    def key(self) -> bytearray:
        return Vault(self.paths.slots).from_passphrase(PHRASE)

    def close(self) -> None:
        self.database.close()

    def reopen(self) -> None:
        self.close()
        self.database = access.open_with_passphrase(self.paths, PHRASE)

    def restore(self, copy: Backup) -> None:
        self.close()
        self.database = restoring.restore(self.paths, self.key(), copy)

    def damage(self) -> bytes:
        """Overwrite the first page of the closed notebook; answers what the file is then."""
        self.close()
        spoil(self.paths.database)
        return self.paths.database.read_bytes()

    def activities(self) -> int:
        return backup_contents.of(self.database).activities

    def aside(self, prefix: str) -> list[bytes]:
        return [path.read_bytes() for path in sorted(self.paths.backups.glob(f"{prefix}-*.db"))]


def spoil(path: Path, start: int = 0, length: int = 4096) -> None:
    with path.open("r+b") as file:
        file.seek(start)
        file.write(b"\xa5" * length)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = Desk(tmp_path / "carnet")
    recorded(made.database, participants=(a_beneficiary(made.database),))
    yield made
    made.close()


def test_the_preview_says_what_the_copy_holds_and_how_it_compares(desk: Desk) -> None:
    changed = Activity(minutes=30, day=date(2026, 11, 20))
    with desk.database.work() as work:
        work.save(changed)
    copy = desk.copy()
    with desk.database.work() as work:
        work.save(Activity(id=changed.id, minutes=45, day=changed.day))
    recorded(desk.database, day=date(2026, 11, 23))
    seen = backup_contents.compared(desk.database, desk.paths, copy.path)
    assert (seen.activities, seen.people, seen.last_activity) == (2, 1, date(2026, 11, 24))
    assert (seen.newer, seen.older, seen.is_enrolled) == (0, 2, False)
    later = desk.copy(days=1)
    desk.restore(copy)
    assert backup_contents.compared(desk.database, desk.paths, later.path).newer == 2


def test_looking_at_a_copy_changes_nothing(desk: Desk) -> None:
    copy = desk.copy()
    before = copy.path.read_bytes()
    recorded(desk.database)
    backup_contents.compared(desk.database, desk.paths, copy.path)
    assert copy.path.read_bytes() == before
    assert [path.name for path in desk.paths.backups.iterdir()] == [copy.path.name]
    assert desk.activities() == 2


def test_a_restoration_is_undone_by_restoring_what_it_put_aside(desk: Desk) -> None:
    copy = desk.copy()
    recorded(desk.database)
    desk.restore(copy)
    assert desk.activities() == 1
    assert news.of(desk.database).startswith(
        "La copie du mardi 24 novembre à 9\u00a0h\u00a012 a été remise, avec 1\u00a0activité."
    )
    (aside,) = [one for one in backup_files.list_in(desk.paths.backups) if one.kind is BackupKind.BEFORE_RESTORE]
    desk.restore(aside)
    assert desk.activities() == 2
    desk.reopen()
    assert desk.activities() == 2


def test_what_was_in_the_journal_of_a_notebook_put_aside_is_not_lost(desk: Desk) -> None:
    copy = desk.copy()
    with desk.database.read() as connection:  # a reader that is still there keeps the journal from being merged
        connection.exec_driver_sql("SELECT count(*) FROM activity").scalar_one()
        recorded(desk.database)
        desk.close()
        desk.database = restoring.restore(desk.paths, desk.key(), copy)
    assert desk.activities() == 1
    (aside,) = [one for one in backup_files.list_in(desk.paths.backups) if one.kind is BackupKind.BEFORE_RESTORE]
    desk.restore(aside)
    assert desk.activities() == 2


def test_the_news_is_told_until_it_is_read(desk: Desk) -> None:
    desk.restore(desk.copy())
    desk.reopen()
    assert news.of(desk.database)
    news.read(desk.database)
    desk.reopen()
    assert news.of(desk.database) == ""


def test_a_restored_notebook_asks_the_server_for_everything_again(desk: Desk) -> None:
    with desk.database.receive() as work:
        work.set_state("sync.cursor", ["0192f0c1-2222-7000-8000-000000000001", 12])
    desk.restore(desk.copy())
    with desk.database.receive() as work:
        assert work.get_state("sync.cursor") is None


def test_a_damaged_copy_or_a_full_disk_leaves_the_notebook_as_it_was(desk: Desk) -> None:
    copy = desk.copy()
    recorded(desk.database)
    desk.close()
    before = desk.paths.database.read_bytes()
    with full_disk(), pytest.raises(KnownError, match="Rien n’a été remplacé"):
        restoring.restore(desk.paths, desk.key(), copy)
    spoil(copy.path, 20_000)
    with pytest.raises(DamagedError, match="copie est abîmée"):
        restoring.restore(desk.paths, desk.key(), copy)
    assert desk.paths.database.read_bytes() == before
    assert [path.name for path in desk.paths.backups.iterdir()] == [copy.path.name]


def test_a_notebook_put_aside_that_was_damaged_since_is_not_put_back(desk: Desk) -> None:
    desk.restore(desk.copy())
    (aside,) = [one for one in backup_files.list_in(desk.paths.backups) if one.kind is BackupKind.BEFORE_RESTORE]
    spoil(aside.path, 8 * 4096, 100)
    desk.close()
    with pytest.raises(DamagedError, match="copie est abîmée"):
        restoring.restore(desk.paths, desk.key(), aside)


def test_a_copy_written_by_a_newer_program_is_refused(desk: Desk) -> None:
    with desk.database.work() as work:
        work.connection.exec_driver_sql("PRAGMA user_version = 999")
    copy = desk.copy()
    with desk.database.work() as work:
        work.connection.exec_driver_sql(f"PRAGMA user_version = {VERSION}")
    desk.close()
    with pytest.raises(KnownError, match="version plus récente"):
        restoring.restore(desk.paths, desk.key(), copy)
    desk.reopen()
    assert desk.activities() == 1


@pytest.mark.parametrize("damaged_copies", [0, 1, 2])
def test_a_damaged_notebook_is_rebuilt_from_its_latest_good_copy(desk: Desk, damaged_copies: int) -> None:
    copies = []
    for number in range(3):
        copies.append(desk.copy(days=number))
        recorded(desk.database)
    for copy in copies[3 - damaged_copies :]:
        spoil(copy.path, 8192, 100)
    spoilt = desk.damage()
    desk.reopen()
    assert desk.activities() == 3 - damaged_copies
    day = ("mardi 24", "mercredi 25", "jeudi 26")[2 - damaged_copies]
    assert news.of(desk.database) == (
        f"Votre carnet était abîmé\u00a0: la copie du {day} novembre à 9\u00a0h\u00a012 a été remise, "
        f"avec {3 - damaged_copies}\u00a0activité{'s' if damaged_copies < 2 else ''}. "
        "Ce qui a été enregistré depuis n’y est pas."
    )
    assert desk.aside("carnet-abime") == [spoilt]


def test_the_sentence_promises_the_server_only_where_there_is_one(desk: Desk) -> None:
    with desk.database.receive() as work:
        work.set_state("sync.notebook_key", "une clé")
    desk.copy()
    desk.damage()
    desk.reopen()
    assert news.of(desk.database).endswith("avec 1\u00a0activité. Le reste revient du serveur.")


def test_without_a_good_copy_nothing_moves(desk: Desk) -> None:
    spoil(desk.copy().path, 8192, 100)
    spoilt = desk.damage()
    with pytest.raises(DamagedError, match="aucune bonne copie"):
        access.open_with_passphrase(desk.paths, PHRASE)
    assert desk.paths.database.read_bytes() == spoilt
    assert desk.aside("carnet-abime") == []


def test_a_disk_that_is_full_does_not_pass_for_a_damaged_copy(desk: Desk) -> None:
    desk.copy()
    spoilt = desk.damage()
    with full_disk(), pytest.raises(KnownError, match="plus assez de place") as refused:
        access.open_with_passphrase(desk.paths, PHRASE)
    assert not isinstance(refused.value, DamagedError)
    assert desk.paths.database.read_bytes() == spoilt


def test_a_restoration_cut_between_its_two_renamings_is_finished_at_the_next_opening(desk: Desk) -> None:
    desk.copy()
    recorded(desk.database)
    desk.close()
    restoring.set_aside(desk.paths, BackupKind.BEFORE_RESTORE.value, desk.paths.database)
    desk.reopen()
    assert desk.activities() == 2
    assert "n’était plus dans son dossier" in news.of(desk.database)


@pytest.mark.parametrize("with_code", [False, True])
def test_a_copy_from_a_stick_opens_on_a_new_computer(desk: Desk, tmp_path: Path, with_code: bool) -> None:
    copy = backups.copy_to(desk.database, desk.paths, tmp_path, Progress(), NOW).path
    new = Paths(tmp_path / "neuf")
    new.root.mkdir()
    assert adopting.has_passphrase(new, copy)
    key = adopting.key_by_recovery(new, copy, CODE) if with_code else adopting.key_by_passphrase(new, copy, PHRASE)
    assert backup_contents.seen(new, copy, key).activities == 1
    assert not new.slots.exists()
    adopting.adopt(new, key, copy).close()
    opened = access.open_with_recovery(new, CODE) if with_code else access.open_with_passphrase(new, PHRASE)
    assert access.advisor_name(opened) == "Camille Rey"
    assert news.of(opened).startswith("Votre carnet est de retour\u00a0: la copie du mardi 24 novembre")
    opened.close()


def test_a_stick_with_something_else_on_it_is_told(desk: Desk, tmp_path: Path) -> None:
    other = tmp_path / "photos.sauvegarde"
    with ZipFile(other, "w") as archive:
        archive.writestr("photo.jpg", b"x")
    for wrong in (other, desk.paths.slots, tmp_path / "absent.sauvegarde"):
        with pytest.raises(DamagedError, match="n’est pas une copie de ce carnet"):
            adopting.has_passphrase(desk.paths, wrong)
    with pytest.raises(UserError, match="Ce n’est pas la bonne phrase"):
        adopting.key_by_passphrase(desk.paths, desk.copy().path, "une autre phrase")


def test_lost_keys_come_back_from_a_copy_and_the_notebook_stays(desk: Desk) -> None:
    copy = desk.copy()
    recorded(desk.database)
    desk.close()
    desk.paths.slots.write_bytes(b"{")
    assert adopting.put_keys_back(desk.paths)
    desk.reopen()
    assert desk.activities() == 2
    desk.close()
    desk.paths.slots.unlink()
    with pytest.raises(LostKeysError):
        door(desk.paths)
    desk.database = adopting.adopt(desk.paths, adopting.key_by_passphrase(desk.paths, copy.path, PHRASE), copy.path)
    assert desk.activities() == 2


def test_the_keys_do_not_come_back_from_nothing(desk: Desk) -> None:
    desk.paths.slots.write_bytes(b"{")
    assert not adopting.put_keys_back(desk.paths)
    assert desk.paths.slots.read_bytes() == b"{"


def test_starting_over_keeps_what_was_there_under_another_name(desk: Desk) -> None:
    spoilt = desk.damage()
    adopting.start_over(desk.paths)
    assert desk.aside("carnet-abime") == [spoilt]
    assert not desk.paths.slots.exists()
    desk.database = access.set_up(desk.paths, SetUp("Camille Rey", CODE, PHRASE))
    assert desk.activities() == 0
