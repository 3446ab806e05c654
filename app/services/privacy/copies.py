"""The copies of this computer, each told again without the people who were erased since it was made.

One way for an erasure asked here (at once), for one heard of and for the rule of one year (at most once a week, since
these may come every day). A copy is opened beside the others, cleaned, written anew and verified, and only then takes
the place of the old one under the same name: a cut leaves one or the other, and the next time looks at all again.

What cannot be opened (damaged, of another key, of a later program) goes at once where somebody asked; else once it is
as old as the oldest of the copies, since it may be the only place of what a damaged notebook held.
"""

from collections.abc import Callable, Sequence
from contextlib import closing, suppress
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path
from uuid import UUID

from app import erasures
from app.database import Database, explained, unlocked
from app.errors import DamagedError, KnownError
from app.forgetting import person
from app.migrate import VERSION
from app.models import Beneficiary
from app.paths import Paths
from app.services import backup_contents, backup_files, rebuilding, retention
from app.services.backup_files import Backup, BackupKind
from app.services.backups import verified
from app.services.privacy import erasing
from app.services.progress import Progress
from app.work import find_all, get_state

PERIOD = timedelta(days=7)
"""Between two times that the copies are written anew, where nobody asks for it."""
_CLEANED = "privacy.copies_cleaned"
"""How much of the file of erasures the copies were cleaned of, and on which day."""
_OLDEST = timedelta(weeks=retention.WEEKS, days=retention.DAYS)
"""How long the copies of each day go back."""
_DAMAGED, _HALF_WRITTEN = f"{rebuilding.DAMAGED}*.db*", "*.partiel"
"""What no copy can be made of: notebooks found damaged, and what a cut left."""
_UNVERIFIED = (
    "Une ancienne sauvegarde n’a pas pu être refaite\u00a0: elle est restée telle quelle, un nouvel essai suivra."
)


def is_due(database: Database, paths: Paths, today: date) -> bool:
    """Whether anybody was erased since the copies were last cleaned, which was a week ago or more."""
    done, on = _last(database)
    return erasures.size(paths.root) != done and not (timedelta(0) <= today - on < PERIOD)


def clean(database: Database, paths: Paths, progress: Progress, now: datetime, *, is_asked: bool) -> bool:
    """Write anew, one by one, the copies that still hold people erased; `is_asked` where somebody asked to be.

    Whoever is in the notebook now stays in its copies. Answers whether all that had to be done was; raises
    CancelledError, KnownError once all the other copies were looked at, and every copy is the old one or the new one.
    """
    size, gone = erasures.size(paths.root), _gone(database, paths)
    copies = backup_files.list_in(paths.backups)
    kept_since = datetime.max if is_asked else now - _OLDEST
    is_whole = _discard(paths, kept_since)
    refused: list[KnownError] = []
    for number, copy in enumerate(copies):
        go_on = partial(progress.step, number, len(copies))
        go_on()
        try:
            is_whole = _clean(database, paths, copy, gone, kept_since, go_on) and is_whole
        except KnownError as error:  # nor does one that cannot be written anew keep people in the others
            refused.append(error)
    if refused:
        raise refused[0]
    with database.receive() as work:
        is_whole = is_whole and not work.get_state(person.UNSCRUBBED)  # today's copy may show what it shows
        if is_whole:
            work.set_state(_CLEANED, [size, now.date().isoformat()])
    return is_whole


def _last(database: Database) -> tuple[int, date]:
    with database.read() as connection:
        size, on = get_state(connection, _CLEANED) or (0, date.min.isoformat())
    return size, date.fromisoformat(on)


def _gone(database: Database, paths: Paths) -> frozenset[UUID]:
    """Those who were erased; an erasure is noted before it is kept, and a cut between the two kept the person."""
    noted = erasures.noted(paths.root)
    with database.read() as connection:
        return frozenset(noted) - find_all(connection, Beneficiary, noted).keys()


def _discard(paths: Paths, kept_since: datetime) -> bool:
    """Delete what is no copy; false if the system kept any of it back."""
    if not paths.backups.is_dir():
        return True
    with backup_files.scratch(paths.backups):  # while nothing is being written
        damaged = [one for one in paths.backups.glob(_DAMAGED) if _last_written(one) < kept_since]
        return _deleted([*damaged, *paths.backups.glob(_HALF_WRITTEN)])


def _last_written(path: Path) -> datetime:
    return datetime.fromtimestamp(path.stat().st_mtime)


def _deleted(found: Sequence[Path]) -> bool:
    for path in found:
        with suppress(OSError):  # held by an antivirus, say: tried again in ten minutes
            path.unlink(missing_ok=True)
    return not any(path.exists() for path in found)


def _clean(
    database: Database,
    paths: Paths,
    copy: Backup,
    gone: frozenset[UUID],
    kept_since: datetime,
    go_on: Callable[[], None],
) -> bool:
    """One copy; false if it is to be looked at again: it could not be read now, or not be deleted."""
    is_whole = True

    def look(key: bytearray) -> None:
        nonlocal is_whole
        try:
            with backup_contents.unpacked(paths, copy.path, key) as file:
                go_on()
                if _shows(file, key, gone):
                    _without(file, key, gone)
                    go_on()
                    _replace(copy, file, key)
        except DamagedError as error:
            if isinstance(error.__cause__, OSError):  # not given by the system: that tells nothing of what it holds
                is_whole = False
            elif copy.moment < kept_since:
                is_whole = _deleted([copy.path, *_beside(copy.path)])

    database.lend_key(look)
    return is_whole


def _shows(path: Path, key: bytearray, gone: frozenset[UUID]) -> bool:
    """Whether a copy still holds any of these, or pages that do; raises DamagedError if this program cannot open it."""
    with explained(), closing(unlocked(path, key)) as file:
        (version,) = file.execute("PRAGMA user_version").fetchone()
        if not 0 < version <= VERSION:
            raise DamagedError(backup_files.BAD_COPY)
        held = {UUID(bytes=id_) for (id_,) in file.execute("SELECT id FROM beneficiary")}
        unscrubbed = file.execute("SELECT value FROM state WHERE key = ?", (person.UNSCRUBBED,)).fetchone()
    return not held.isdisjoint(gone) or unscrubbed not in (None, ("null",))


def _without(path: Path, key: bytearray, gone: frozenset[UUID]) -> None:
    """Erase people in the notebook of a copy; raises KnownError rather than keep one that is not sound."""
    try:
        with closing(Database(path, bytearray(key), path.parent)) as opened:
            erasing.erase_again(opened, gone)
        verified(path, key)
    except DamagedError as error:
        raise KnownError(_UNVERIFIED) from error


def _replace(copy: Backup, file: Path, key: bytearray) -> None:
    """Put what was cleaned in the place of a copy, by one renaming."""
    if copy.kind is BackupKind.DAILY:
        backup_files.pack(file, backup_files.slots_in(copy.path), copy.path.parent, copy.moment)
        return
    with backup_files.written_to(copy.path.parent):
        _settle(copy.path, key)
        file.replace(copy.path)
        backup_files.settle(copy.path.parent)


def _settle(path: Path, key: bytearray) -> None:
    """Lay the journal of a notebook that was set aside into it: left there, it would be taken for the next one's."""
    if not any(one.exists() for one in _beside(path)):
        return
    with explained(), closing(unlocked(path, key)) as file:
        is_busy, *_ = file.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    if is_busy or not _deleted(_beside(path)):
        raise OSError


def _beside(path: Path) -> list[Path]:
    """What SQLite leaves beside a notebook."""
    return [path.with_name(path.name + end) for end in (backup_files.JOURNAL, backup_files.INDEX)]
