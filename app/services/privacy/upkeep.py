"""What is done unseen each day: people due are made anonymous, what was erased leaves the files, the copy is made."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from app.database import Database
from app.paths import Paths
from app.services import backup_files, backups, rebuilding
from app.services.backup_files import Backup
from app.services.privacy import erasing, retention_of_people
from app.services.privacy.erasing import COPIES_ASKED
from app.services.progress import Progress
from app.work import get_state


@dataclass(frozen=True, slots=True)
class Upkeep:
    """What was done."""

    copy: Backup | None = None
    """The copy that was made, if one was due."""
    anonymised: int = 0
    """People of whom nobody had heard for a year."""
    is_clean: bool = False
    """The older copies, which still held people erased at their request, were replaced by this one."""


def look_after(database: Database, paths: Paths, progress: Progress, now: datetime | None = None) -> Upkeep:
    """Do what is due; raises KnownError where it must be tried again later, DamagedError if the notebook is damaged."""
    now = now or datetime.now()
    anonymised = retention_of_people.anonymise_due(database, now.date())
    erasing.scrub(database)
    asked = _asked(database)
    if asked is None:
        return Upkeep(backups.make_if_due(database, paths, progress, now), anonymised)
    made = backups.make(database, paths, progress, now)
    is_clean = _drop_older(paths, made)
    if is_clean:
        with database.receive() as work:
            if work.get_state(COPIES_ASKED) == asked:  # another person may have been erased meanwhile
                work.set_state(COPIES_ASKED, None)
    return Upkeep(made, anonymised, is_clean)


def _asked(database: Database) -> int | None:
    with database.read() as connection:
        found: int | None = get_state(connection, COPIES_ASKED)
    return found


def _drop_older(paths: Paths, made: Backup) -> bool:
    """Delete every other copy, and what was set aside because it was damaged; false if the system kept one back."""
    for path in _others(paths, made):
        with suppress(OSError):  # held by an antivirus, say: tried again in ten minutes
            path.unlink(missing_ok=True)
    return not _others(paths, made)


def _others(paths: Paths, made: Backup) -> list[Path]:
    """The files of the folder that hold an older state of the notebook, with what SQLite left beside them."""
    copies = [one.path for one in backup_files.list_in(paths.backups) if one.path != made.path]
    beside = [path.with_name(path.name + end) for path in copies for end in (backup_files.JOURNAL, backup_files.INDEX)]
    damaged = paths.backups.glob(f"{rebuilding.DAMAGED}*.db*")
    return [one for one in (*copies, *beside, *damaged) if one.exists()]
