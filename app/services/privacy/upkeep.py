"""What is done unseen each day: people due are made anonymous, the copy is made, what was erased leaves the files."""

from dataclasses import dataclass
from datetime import datetime

from app.database import Database
from app.paths import Paths
from app.services import backups
from app.services.backup_files import Backup
from app.services.privacy import copies, erasing, retention_of_people
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
    """The copies that still held people erased at their request were written anew without them."""


def look_after(database: Database, paths: Paths, progress: Progress, now: datetime | None = None) -> Upkeep:
    """Do what is due; raises KnownError where it must be tried again later, DamagedError if the notebook is damaged."""
    now = now or datetime.now()
    erasing.own_up(database)
    anonymised = retention_of_people.anonymise_due(database, now.date())
    erasing.scrub(database)
    made = backups.make_if_due(database, paths, progress, now)
    asked = _asked(database)
    if asked is None and not copies.is_due(database, paths, now.date()):
        return Upkeep(made, anonymised)
    is_clean = copies.clean(database, paths, progress, now, is_asked=asked is not None)
    if is_clean and asked is not None:
        with database.receive() as work:
            if work.get_state(COPIES_ASKED) == asked:  # another person may have been erased meanwhile
                work.set_state(COPIES_ASKED, None)
    return Upkeep(made, anonymised, is_clean and asked is not None)


def _asked(database: Database) -> int | None:
    with database.read() as connection:
        found: int | None = get_state(connection, COPIES_ASKED)
    return found
