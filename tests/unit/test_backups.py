"""Copies of the notebook: whole, verified and encrypted, or not there at all."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from zipfile import ZipFile

import pytest

from app.database import Database
from app.errors import DamagedError, KnownError
from app.models import Activity, Beneficiary
from app.paths import Paths
from app.services import access, backup_files, backups
from app.services.access import SetUp
from app.services.backup_files import BackupKind
from app.services.progress import CancelledError, Progress
from app.vault import Vault
from tests.credential_store import memory_store
from tests.full_disk import full_disk
from tests.notebook import a_beneficiary, recorded

PHRASE = "quatre mots sans rapport"
NOW = datetime(2026, 11, 24, 9, 12)
PAGE = 4096


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    return Paths(tmp_path / "carnet")


@pytest.fixture
def database(paths: Paths) -> Iterator[Database]:
    """A notebook with one person and one activity."""
    paths.root.mkdir()
    opened = access.set_up(paths, SetUp("Camille Rey", access.recovery_code(), PHRASE))
    recorded(opened, participants=(a_beneficiary(opened, "Quetzalcoatl"),))
    yield opened
    opened.close()


def fill(database: Database, characters: int) -> None:
    with database.work() as work:
        work.save(Beneficiary(last_name="Roux", notes="x" * characters))


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def copied(database: Database, paths: Paths, now: datetime = NOW) -> Path:
    return backups.make(database, paths, Progress(), now).path


def test_a_copy_holds_the_whole_notebook_and_the_slots_that_open_it_anywhere(database: Database, paths: Paths) -> None:
    copy = copied(database, paths)
    assert names(paths.backups) == ["passerelle-2026-11-24-091200.sauvegarde"]
    with ZipFile(copy) as archive:
        archive.extractall(paths.root / "ailleurs")
    elsewhere = Paths(paths.root / "ailleurs")
    opened = access.open_with_passphrase(elsewhere, PHRASE)
    try:
        assert access.advisor_name(opened) == "Camille Rey"
    finally:
        opened.close()


def test_a_copy_says_no_name_and_carries_no_slot_of_this_computers_store(database: Database, paths: Paths) -> None:
    with memory_store():
        access.choose_store(paths, database)
        copy = copied(database, paths)
        assert "store" in Vault(paths.slots).kinds
    assert b"Quetzalcoatl" not in copy.read_bytes()
    elsewhere = Vault(paths.root / "autre.json")
    elsewhere.adopt(backup_files.slots_in(copy))
    assert elsewhere.kinds == {"passphrase", "recovery"}


def test_a_copy_is_one_moment_of_the_notebook_while_work_goes_on(database: Database, paths: Paths) -> None:
    fill(database, 2_000_000)
    told: list[int] = []

    def work(percent: int, _: int) -> None:
        told.append(percent)
        recorded(database)

    copy = backups.make(database, paths, Progress(work), NOW).path
    assert len(told) > 2
    assert told == sorted(told)
    assert told[-1] == 100
    assert counted(copy, database)["activity"] == 1


def test_what_is_only_in_the_journal_is_copied_too(database: Database, paths: Paths) -> None:
    recorded(database)
    assert counted(copied(database, paths), database)["activity"] == 2


def counted(copy: Path, database: Database) -> dict[str, int]:
    found: list[dict[str, int]] = []
    unpacked = copy.with_name("lu.db")
    backup_files.unpack(copy, unpacked)
    database.lend_key(lambda key: found.append(backups.verified(unpacked, key)))
    return found[0]


def test_a_page_damaged_anywhere_makes_no_copy_and_removes_none(database: Database, paths: Paths) -> None:
    fill(database, 30_000)
    with database.work() as work:  # the last page of the file: what follows no other page, and no structure shows
        work.set_state("essai", "x" * 30_000)
    kept = copied(database, paths).read_bytes()
    database.close()
    sound = paths.database.read_bytes()
    reopened = access.open_with_passphrase(paths, PHRASE)
    for start in range(0, len(sound), PAGE):
        damaged = bytearray(sound)
        damaged[start + 2000] ^= 1
        paths.database.write_bytes(damaged)
        with pytest.raises(DamagedError):
            backups.make(reopened, paths, Progress(), NOW + timedelta(days=1))
    reopened.close()
    assert [path.read_bytes() for path in paths.backups.iterdir()] == [kept]


def test_a_notebook_that_is_not_sound_although_every_page_is_makes_no_copy(database: Database, paths: Paths) -> None:
    with database.work() as work:
        work.save(Activity(minutes=None))
        run = work.connection.exec_driver_sql
        run("PRAGMA writable_schema = ON")
        run("UPDATE sqlite_master SET sql = replace(sql, 'minutes INTEGER', 'minutes INTEGER NOT NULL')")
        run("PRAGMA writable_schema = RESET")
    with pytest.raises(DamagedError, match="Le carnet de cet ordinateur est abîmé"):
        copied(database, paths)
    assert names(paths.backups) == []


@pytest.mark.parametrize("after", [50_000, 300_000])
def test_a_full_disk_is_told_and_leaves_no_half_of_a_copy(database: Database, paths: Paths, after: int) -> None:
    fill(database, 150_000)
    copied(database, paths)
    with full_disk(after), pytest.raises(KnownError) as refused:
        backups.make(database, paths, Progress(), NOW + timedelta(days=1))
    assert not isinstance(refused.value, DamagedError)
    assert names(paths.backups) == ["passerelle-2026-11-24-091200.sauvegarde"]


def test_a_stick_that_is_full_or_gone_is_told(database: Database, paths: Paths, tmp_path: Path) -> None:
    stick = tmp_path / "cle"
    stick.mkdir()
    with full_disk(1000), pytest.raises(KnownError, match="plus assez de place"):
        backup_files.pack(paths.database, b"{}", stick, NOW)
    assert names(stick) == []
    stick.rmdir()
    stick.write_bytes(b"")
    with pytest.raises(KnownError, match="vérifiez qu’il est toujours là"):
        backups.copy_to(database, paths, stick / "dossier", Progress(), NOW)


@pytest.mark.parametrize("far", [0, 25, 60, 80])
def test_a_copy_that_is_not_wanted_any_more_leaves_nothing(database: Database, paths: Paths, far: int) -> None:
    fill(database, 6_000_000)

    def stop(done: int, _: int) -> None:
        if done >= far:
            progress.cancel()

    progress = Progress(stop)
    with pytest.raises(CancelledError):
        backups.make(database, paths, progress, NOW)
    assert names(paths.backups) == []


def test_what_a_cut_left_is_cleared_and_never_taken_for_a_copy(database: Database, paths: Paths) -> None:
    left = paths.backups / "en-cours" / "carnet.db"
    left.parent.mkdir(parents=True)
    left.write_bytes(b"la moitie")
    (paths.backups / "passerelle-2026-11-23-091200.partiel").write_bytes(b"la moitie")
    assert backup_files.list_in(paths.backups) == ()
    copied(database, paths)
    assert not left.exists()


def test_a_locked_notebook_makes_no_copy(database: Database, paths: Paths) -> None:
    database.close()
    with pytest.raises(KnownError, match="verrouillé"):
        backups.make(database, paths, Progress(), NOW)


def test_old_daily_copies_go_and_nothing_else_does(database: Database, paths: Paths) -> None:
    others = ["avant-mise-a-jour-2020-01-01-080000.db", "avant-restauration-2020-01-01-080000.db", "photo.jpg"]
    paths.backups.mkdir()
    for name in (*others, *(f"passerelle-2026-{month:02d}-01-080000.sauvegarde" for month in range(1, 11))):
        (paths.backups / name).write_bytes(b"x")
    for number in range(9):
        copied(database, paths, NOW + timedelta(days=number))
    assert set(others) <= set(names(paths.backups))
    daily = [one for one in backup_files.list_in(paths.backups) if one.kind is BackupKind.DAILY]
    assert [one.moment.day for one in daily] == [2, 1, 30, 29, 28, 27, 26, 1, 1, 1, 1]


def test_one_copy_a_day_and_another_after_a_restoration(database: Database, paths: Paths) -> None:
    assert backups.is_due(paths, NOW)
    copied(database, paths)
    assert not backups.is_due(paths, NOW + timedelta(hours=5))
    assert backups.is_due(paths, NOW + timedelta(days=1))
    (paths.backups / "avant-restauration-2026-11-24-100000.db").write_bytes(b"x")
    assert backups.is_due(paths, NOW + timedelta(hours=5))


def test_a_copy_dated_in_the_future_by_a_wrong_clock_does_not_stop_those_of_today(
    database: Database, paths: Paths
) -> None:
    copied(database, paths, NOW + timedelta(days=900))
    assert backups.is_due(paths, NOW)
    copied(database, paths)
    assert not backups.is_due(paths, NOW)
