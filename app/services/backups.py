"""Copies of the open notebook: made away from the screens, verified before they count, and no more of them than needed.

A copy is taken page by page from one moment of the file, while work goes on. SQLCipher authenticates each page that is
read, so that taking a copy is also the full check of the notebook: a damaged one makes no copy, and replaces none.
"""

from contextlib import closing, suppress
from datetime import datetime
from pathlib import Path
from typing import Any

from app.database import Database, explained, unlocked
from app.errors import DamagedError, KnownError
from app.paths import Paths
from app.services import backup_files, retention
from app.services.backup_files import BAD_COPY, Backup, BackupKind, Look
from app.services.progress import Progress
from app.vault import Vault

_STEP = 250
"""Pages copied between two steps: a megabyte."""
_READ, _VERIFIED, _WRITTEN = 50, 60, 100
"""How far a copy is, in hundredths, at the end of each part of the work."""
_UNVERIFIED = "La copie n’a pas pu être vérifiée\u00a0: elle n’est pas gardée, une autre sera faite."


def is_due(paths: Paths, now: datetime) -> bool:
    """Whether the copy of the day is still to be made, or a restoration came after it."""
    today = [one for one in backup_files.list_in(paths.backups) if one.moment.date() == now.date()]
    return not today or today[0].kind is not BackupKind.DAILY


def make_if_due(database: Database, paths: Paths, progress: Progress, now: datetime | None = None) -> Backup | None:
    """The copy of the day where it is still to be made, None where it is there."""
    return make(database, paths, progress, now) if is_due(paths, now or datetime.now()) else None


def make(database: Database, paths: Paths, progress: Progress, now: datetime | None = None) -> Backup:
    """The copy of the day; those that it makes superfluous go. Raises as `copy_to` does."""
    made = copy_to(database, paths, paths.backups, progress, now)
    for old in superfluous(backup_files.list_in(paths.backups)):
        with suppress(OSError):  # held by an antivirus, say: the next copy removes it
            old.path.unlink(missing_ok=True)
    return made


def copy_to(database: Database, paths: Paths, folder: Path, progress: Progress, now: datetime | None = None) -> Backup:
    """A verified copy in a folder, a USB stick's for instance.

    Raises DamagedError if the notebook is, KnownError, CancelledError; there is no half of a file then.
    """
    with backup_files.scratch(paths.backups) as place:
        copy = place / backup_files.DATABASE
        database.lend_key(lambda key: _copy(database.path, copy, key, progress))
        moment = (now or datetime.now()).replace(microsecond=0)
        writing = _part(progress, _VERIFIED, _WRITTEN)
        return backup_files.pack(copy, Vault(paths.slots).portable(), folder, moment, writing)


def superfluous(backups: tuple[Backup, ...]) -> tuple[Backup, ...]:
    """The daily copies that seven days and four weeks of them do not need; nothing else ever goes by itself."""
    daily = [one for one in backups if one.kind is BackupKind.DAILY]
    kept = retention.kept(one.moment for one in daily)
    return tuple(one for one in daily if one.moment not in kept)


def verified(copy: Path, key: bytearray) -> dict[str, int]:
    """How many rows each table of a copy holds, once every page of it was found sound; raises DamagedError."""
    try:
        with explained(), closing(unlocked(copy, key)) as file:
            unsound = file.execute("PRAGMA cipher_integrity_check").fetchall()
            if not unsound and file.execute("PRAGMA integrity_check").fetchall() == [("ok",)]:
                return _counts(file)
    except DamagedError as error:
        raise DamagedError(BAD_COPY) from error
    raise DamagedError(BAD_COPY)


def _part(progress: Progress, start: int, end: int) -> Look:
    """What tells how far a part of the work is, as so much of the whole."""
    return lambda remaining, total: progress.step(end - (end - start) * remaining // max(1, total), _WRITTEN)


def _copy(source: Path, copy: Path, key: bytearray, progress: Progress) -> None:
    reading = _part(progress, 0, _READ)
    with explained(), closing(unlocked(source, key)) as notebook:
        notebook.execute("BEGIN")
        notebook.execute("SELECT 1 FROM sqlite_master").fetchone()  # the moment begins with the first reading
        with closing(unlocked(copy, key)) as target:
            notebook.backup(target, pages=_STEP, progress=lambda _, *rest: reading(*rest))
        # Once a page was not authentic every later reading of this connection fails, but `backup` says nothing:
        # without its cache, counting reads again and raises.
        notebook.execute("PRAGMA shrink_memory")
        held = _counts(notebook)
    try:
        is_same = verified(copy, key) == held
    except DamagedError as error:
        _must_be_sound(source, key)
        raise KnownError(_UNVERIFIED) from error
    if not is_same:
        raise KnownError(_UNVERIFIED)


def _must_be_sound(notebook: Path, key: bytearray) -> None:
    """Tell whether it is the notebook that is damaged, and not its copy; raises DamagedError then."""
    with explained(), closing(unlocked(notebook, key)) as file:
        if file.execute("PRAGMA integrity_check").fetchall() != [("ok",)]:
            raise DamagedError("Le carnet de cet ordinateur est abîmé. Rien n’a été effacé.")


def _counts(file: Any) -> dict[str, int]:
    names = [name for (name,) in file.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    return {name: file.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in names}
