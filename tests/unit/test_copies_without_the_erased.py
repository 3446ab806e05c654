"""Copies told again without the people who were erased since: nothing else of them is lost, whatever cuts the work."""

import errno
import os
import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID
from zipfile import ZipFile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from app import erasures
from app.database import Database, unlocked
from app.errors import KnownError
from app.forgetting import person
from app.models import Beneficiary
from app.models.local import outbox
from app.paths import Paths
from app.recovery import new_code
from app.services import (
    activities,
    activity_lists,
    backup_contents,
    backup_files,
    backups,
    beneficiaries,
    merging,
    restoring,
)
from app.services.commands import MergePeople
from app.services.privacy import copies, erasing, upkeep
from app.services.progress import CancelledError, Progress
from app.vault import Vault, recovery_key
from app.work import Received
from protocol.vocabulary import ActivityKind, RecordKind
from tests.decrypted import in_clear
from tests.notebook import KEY, a_beneficiary, new_database, recorded, traces
from tests.raw_bytes import Hunt, spellings

NAME, OTHER, NOTE = "Zwanzigerova", "Kowalczykowa", "secretissime"
NOW = datetime(2026, 11, 24, 9, 12)
DAY = timedelta(days=1)
RELEASED = Path(__file__).parent.parent / "migrations" / "released" / "carnet-1.db"


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    Vault(tmp_path / "cles.json").create(recovery_key(new_code()).public, "quatre mots sans rapport")
    return Paths(tmp_path)


@pytest.fixture
def gone(database: Database) -> UUID:
    """Somebody who came alone, then to a workshop with another."""
    gone, other = a_beneficiary(database, NAME, "Jeanne", notes=NOTE), a_beneficiary(database, OTHER, "Odette")
    recorded(database, participants=(gone,), notes=NOTE)
    recorded(database, kind=ActivityKind.WORKSHOP, participants=(gone, other), notes=f"{NAME} aide {OTHER}")
    return gone


def copied(database: Database, paths: Paths, *days: int) -> list[Path]:
    return [backups.make(database, paths, Progress(), NOW - days * DAY).path for days in days]


def showing(paths: Paths, *words: str) -> set[str]:
    """The files of the folder of the copies that say one of these words, once decrypted."""
    hunt = Hunt({spelling for word in words for spelling in spellings(word)})
    files = [one for one in paths.backups.rglob("*") if one.is_file()]
    return {one.name for one in files if hunt.within(in_clear(one))}


def contents(paths: Paths) -> dict[str, bytes]:
    return {one.name: one.read_bytes() for one in paths.backups.iterdir()}


@contextmanager
def opened(paths: Paths, copy: Path) -> Iterator[Database]:
    with backup_contents.opened(paths, copy, bytearray(KEY)) as database:
        yield database


def clean(database: Database, paths: Paths, now: datetime = NOW, *, is_asked: bool = False) -> bool:
    erasing.scrub(database)
    return copies.clean(database, paths, Progress(), now, is_asked=is_asked)


def test_each_copy_stays_at_its_date_with_all_the_rest(database: Database, paths: Paths, gone: UUID) -> None:
    before = copied(database, paths, 20, 3, 1)
    recorded(database, notes="Plus tard")
    erasing.erase(database, gone)
    assert showing(paths, NAME, NOTE) == {one.name for one in before}
    done = upkeep.look_after(database, paths, Progress(), NOW)
    assert done.copy is not None
    assert done.is_clean
    assert [one.path for one in backup_files.list_in(paths.backups)] == [done.copy.path, *reversed(before)]
    assert showing(paths, NAME, NOTE) == set()
    with opened(paths, before[0]) as copy:
        assert [one.last_name for one in beneficiaries.search(copy, "")] == [OTHER]
        notes = {activities.form_of(copy, row.id).notes for row in activity_lists.page(copy).rows}
        assert notes == {"", f"une personne aide {OTHER}"}
    assert not upkeep.look_after(database, paths, Progress(), NOW + timedelta(hours=1)).is_clean


def test_a_copy_that_shows_nobody_erased_is_left_as_it_is(database: Database, paths: Paths) -> None:
    early = copied(database, paths, 9)
    gone = a_beneficiary(database, NAME)
    between = copied(database, paths, 3)
    erasing.erase(database, gone)
    erasing.scrub(database)
    late = copied(database, paths, 1)
    before = contents(paths)
    assert clean(database, paths)
    after = contents(paths)
    assert before.keys() == after.keys() == {one.name for one in (*early, *between, *late)}
    assert {name for name in before if before[name] != after[name]} == {one.name for one in between}
    assert showing(paths, NAME) == set()


def test_a_copy_made_before_the_pages_were_written_anew_shows_nobody_either(database: Database, paths: Paths) -> None:
    gone = a_beneficiary(database, NAME, notes=f"{NOTE} " * 400)
    erasing.erase(database, gone)
    with database.receive() as work:
        work.connection.exec_driver_sql("PRAGMA secure_delete = OFF")
    copied(database, paths, 1)
    upkeep.look_after(database, paths, Progress(), NOW)
    assert showing(paths, NAME, NOTE) == set()


def test_somebody_who_was_merged_into_the_person_then_and_left_them_since_stays(
    database: Database, paths: Paths
) -> None:
    gone, twin = a_beneficiary(database, NAME, "Jeanne", notes=NOTE), a_beneficiary(database, OTHER, "Odette")
    merging.merge_all(database, (MergePeople(gone, twin),))
    (copy,) = copied(database, paths, 1)
    merging.unmerge_all(database, (twin,))
    erasing.erase(database, gone)
    assert clean(database, paths)
    assert showing(paths, NAME, NOTE) == set()
    with opened(paths, copy) as other:
        assert beneficiaries.form_of(other, twin).last_name == OTHER
        with other.read() as connection:
            erased = select(outbox.c.record_id).where(outbox.c.erases)
            assert connection.scalars(erased).all() == [gone], "put back, it says nothing against anybody else"


@pytest.mark.parametrize("third", [UUID(int=1), UUID(int=2**128 - 1)])
def test_who_was_merged_into_that_one_keeps_to_them_with_all_that_is_theirs(
    database: Database, paths: Paths, third: UUID
) -> None:
    gone, twin = a_beneficiary(database, NAME, "Jeanne"), a_beneficiary(database, OTHER, "Odette")
    with database.work() as work:
        work.save(Beneficiary(id=third, last_name=OTHER, first_name="Odette"))
    activity = recorded(database, participants=(third,))
    merging.merge_all(database, (MergePeople(twin, third),))
    merging.merge_all(database, (MergePeople(gone, twin),))
    (copy,) = copied(database, paths, 1)
    merging.unmerge_all(database, (twin,))
    erasing.erase(database, gone)
    assert clean(database, paths)
    with opened(paths, copy) as other:
        assert [one.id for one in beneficiaries.search(other, "")] == [twin]
        assert activities.form_of(other, activity).participants == (twin,)


def test_somebody_heard_erased_leaves_the_copies_that_still_know_them(database: Database, paths: Paths) -> None:
    """A copy of before they came was put back, and another computer erased them meanwhile."""
    early = backups.make(database, paths, Progress(), NOW - 3 * DAY)
    gone = a_beneficiary(database, NAME)
    copied(database, paths, 2)
    database.close()
    again = restoring.restore(paths, bytearray(KEY), early)
    try:
        erased_elsewhere(again, gone)
        assert clean(again, paths)
        assert showing(paths, NAME) == set()
    finally:
        again.close()


def test_what_comes_daily_has_the_copies_written_anew_once_a_week(database: Database, paths: Paths) -> None:
    people = [a_beneficiary(database, NAME) for _ in range(3)]
    cleaned = []
    for day in range(16):
        now = NOW + day * DAY
        if people and day % 3 == 0:
            with database.work() as work:
                person.erase(work, [people.pop()])  # as the rule of one year does, or another computer
        if copies.is_due(database, paths, now.date()):
            cleaned.append(day)
        upkeep.look_after(database, paths, Progress(), now)
    assert cleaned == [0, 7]
    assert showing(paths, NAME) == set()


@pytest.fixture
def unopened(database: Database, paths: Paths) -> set[str]:
    """What this program cannot open, of the days before."""
    (good,) = copied(database, paths, 2)
    damaged = paths.backups / "passerelle-2026-11-20-090000.sauvegarde"
    damaged.write_bytes(good.read_bytes()[:-5000])
    newer = paths.backups / "avant-restauration-2026-11-19-090000.db"
    with closing(new_database(paths.backups, newer.name)), closing(unlocked(newer, bytearray(KEY))) as file:
        file.execute("PRAGMA user_version = 99")
    with closing(Database(paths.root / "autre.db", bytearray(32), paths.root)) as other:
        elsewhere = backups.make(other, paths, Progress(), NOW - 3 * DAY).path
    aside = [f"carnet-abime-2026-11-18-090000.db{end}" for end in ("", "-wal")]
    for name in aside:
        (paths.backups / name).write_bytes(b"x")
        os.utime(paths.backups / name, (NOW.timestamp(), NOW.timestamp()))
    (paths.backups / "passerelle-x.partiel").write_bytes(b"x")
    return {damaged.name, newer.name, elsewhere.name, *aside}


def test_what_cannot_be_opened_is_deleted_where_somebody_asked_to_be_erased(
    database: Database, paths: Paths, gone: UUID, unopened: set[str]
) -> None:
    erasing.erase(database, gone)
    before = set(contents(paths))
    upkeep.look_after(database, paths, Progress(), NOW)
    made = backup_files.stem("passerelle", NOW) + ".sauvegarde"
    assert set(contents(paths)) == {*before, made} - {*unopened, "passerelle-x.partiel"}


def test_what_cannot_be_opened_stays_as_long_as_copies_do_where_nobody_asked(
    database: Database, paths: Paths, gone: UUID, unopened: set[str]
) -> None:
    """It may be the only place of what a damaged notebook held, or of one whose keys come back."""
    erased_elsewhere(database, gone)
    assert clean(database, paths)
    assert unopened < set(contents(paths))
    assert clean(database, paths, NOW + 31 * DAY)
    old = {one for one in unopened if "11-19" in one or "11-20" in one}
    assert unopened & set(contents(paths)) == unopened - old
    assert clean(database, paths, NOW + 36 * DAY)
    assert unopened.isdisjoint(contents(paths))


def erased_elsewhere(database: Database, gone: UUID) -> None:
    with database.receive() as work:
        person.follow(work, Received(RecordKind.BENEFICIARY, gone, None, 5))


@pytest.mark.parametrize("refused", [errno.EACCES, errno.EDQUOT, errno.EIO])
def test_a_copy_that_the_system_does_not_give_now_is_never_taken_for_a_damaged_one(
    database: Database, paths: Paths, gone: UUID, monkeypatch: pytest.MonkeyPatch, refused: int
) -> None:
    held, other = copied(database, paths, 2, 1)
    erasing.erase(database, gone)
    open_ = Path.open

    def opened_later(path: Path, *args: Any, **more: Any) -> Any:
        if path == held:
            raise OSError(refused, "an antivirus has it")
        return open_(path, *args, **more)

    def zip_opened_later(file: Any, *args: Any, **more: Any) -> Any:
        if file == held:
            raise OSError(refused, "an antivirus has it")
        return ZipFile(file, *args, **more)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "open", opened_later)
        patched.setattr(backup_files, "ZipFile", zip_opened_later)
        assert not clean(database, paths, is_asked=True)
    assert showing(paths, NAME) == {held.name}
    assert clean(database, paths, is_asked=True)
    assert set(contents(paths)) == {held.name, other.name}
    assert showing(paths, NAME) == set()


def test_a_copy_that_cannot_be_written_anew_keeps_nobody_in_the_others(
    database: Database, paths: Paths, gone: UUID
) -> None:
    early, late = copied(database, paths, 2, 1)
    erasing.erase(database, gone)
    (stands := late.with_suffix(".partiel")).mkdir()
    (stands / "in the way").touch()
    with pytest.raises(KnownError):
        clean(database, paths, is_asked=True)
    assert showing(paths, NAME) == {late.name}
    shutil.rmtree(stands)
    assert clean(database, paths, is_asked=True)
    assert set(contents(paths)) == {early.name, late.name}
    assert showing(paths, NAME) == set()


def test_what_was_set_aside_is_told_again_too_its_journal_first(database: Database, paths: Paths, gone: UUID) -> None:
    paths.backups.mkdir()
    aside = paths.backups / "avant-restauration-2026-11-20-090000.db"
    for end in ("", "-wal"):
        shutil.copyfile(f"{database.path}{end}", f"{aside}{end}")  # not closed: the person is in the journal
    old = paths.backups / "avant-mise-a-jour-2026-10-02-090000.db"
    shutil.copyfile(RELEASED, old)
    with opened(paths, old) as copy:
        (known,) = [one.id for one in beneficiaries.search(copy, "Delmas")]
    erasures.note(paths.root, (known,))
    erasing.erase(database, gone)
    assert clean(database, paths)
    assert set(contents(paths)) == {aside.name, old.name}
    assert showing(paths, NAME, NOTE, "Delmas") == set()
    for path, names in ((aside, [OTHER]), (old, [])):
        with opened(paths, path) as copy:
            assert [one.last_name for one in beneficiaries.search(copy, "")] == names


def test_whoever_is_still_in_the_notebook_stays_in_its_copies(database: Database, paths: Paths, gone: UUID) -> None:
    """An erasure is noted before it is kept: a cut between the two kept the person."""
    (copy,) = copied(database, paths, 1)
    erasures.note(paths.root, (gone,))
    before = copy.read_bytes()
    assert clean(database, paths)
    assert copy.read_bytes() == before


@settings(max_examples=6, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cuts=st.lists(st.integers(1, 12), max_size=3))
def test_a_cut_leaves_each_copy_old_or_new_and_the_next_time_ends_it(
    tmp_path_factory: pytest.TempPathFactory, cuts: list[int]
) -> None:
    paths = Paths(tmp_path_factory.mktemp("carnet"))
    Vault(paths.slots).create(recovery_key(new_code()).public, "quatre mots sans rapport")
    with closing(new_database(paths.root)) as database:
        gone = a_beneficiary(database, NAME)
        a_beneficiary(database, OTHER)
        made = copied(database, paths, 3, 2, 1)
        erasing.erase(database, gone)
        erasing.scrub(database)
        for steps in cuts:
            try:
                copies.clean(database, paths, Interrupted(steps), NOW, is_asked=True)
                break
            except CancelledError:
                assert copies.is_due(database, paths, NOW.date())
            for one in made:
                with opened(paths, one) as copy:
                    assert OTHER in {row.last_name for row in beneficiaries.search(copy, "")}
        assert clean(database, paths)
        assert not copies.is_due(database, paths, (NOW + 8 * DAY).date())
        assert showing(paths, NAME) == set()
        assert set(contents(paths)) == {one.name for one in made}


class Interrupted(Progress):
    """Nobody wants the work any more after so many steps."""

    def __init__(self, steps: int) -> None:
        super().__init__()
        self.left = steps

    def step(self, done: int, total: int) -> None:
        self.left -= 1
        if self.left < 0:
            self.cancel()
        super().step(done, total)


def test_what_a_cleaned_copy_says_wins_over_nothing_written_since(database: Database, paths: Paths, gone: UUID) -> None:
    (path,) = copied(database, paths, 1)
    (workshop,) = [row.id for row in activity_lists.page(database).rows if row.kind is ActivityKind.WORKSHOP]
    later = recorded(database, notes="Après la copie")
    erasing.erase(database, gone)
    assert clean(database, paths)
    with opened(paths, path) as copy, copy.read() as connection, database.read() as here:
        said = connection.execute(select(outbox.c.clock_ms, outbox.c.clock_counter, outbox.c.record_id)).all()
        first = here.execute(select(outbox).where(outbox.c.record_id == later)).one()
    assert {workshop, gone} <= {row.record_id for row in said}
    assert max((row.clock_ms, row.clock_counter) for row in said) < (first.clock_ms, first.clock_counter)


def test_a_cleaned_copy_put_back_still_tells_the_server_who_left(database: Database, paths: Paths, gone: UUID) -> None:
    copy = backups.make(database, paths, Progress(), NOW - DAY)
    erasing.erase(database, gone)
    assert clean(database, paths)
    database.close()
    again = restoring.restore(paths, bytearray(KEY), backup_files.at(copy.path))
    try:
        assert traces(again, NAME) == set()
        with again.read() as connection:
            assert connection.scalars(select(outbox.c.record_id).where(outbox.c.erases)).all() == [gone]
    finally:
        again.close()
