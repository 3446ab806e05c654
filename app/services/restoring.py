"""Putting a copy in the place of the notebook, because the advisor asks for it.

The copy is unpacked beside the notebook, verified and made ready there; what it replaces is renamed, never deleted;
then one renaming puts it in place. It asks the server for everything again, which brings what it lacks.
"""

import os
from collections.abc import Callable
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

from app import erasures, labels
from app.database import Database
from app.paths import Paths
from app.services import backup_contents, backup_files, news
from app.services.backup_contents import Contents
from app.services.backup_files import INDEX, JOURNAL, NOT_RESTORED, Backup, BackupKind
from app.services.privacy import erasing
from app.work import Work

FROM_SERVER = "Le reste revient du serveur."
_UNDO = "Pour revenir en arrière, remettez la copie faite «\u00a0avant une restauration\u00a0»."
Finish = Callable[[Work, Contents, Path], str]
"""Completes a notebook about to be put in place; answers what its advisor will read. The folder is for its own use."""


def restore(paths: Paths, key: bytearray, copy: Backup) -> Database:
    """Put a copy in the place of the closed notebook, which becomes a copy itself: restoring that one undoes it.

    Raises KnownError, and leaves the notebook as it was.
    """

    def finish(_: Work, held: Contents, __: Path) -> str:
        end = f"{FROM_SERVER} {_UNDO}" if held.is_enrolled else _UNDO
        return f"La {copy_with(copy, 'remise', held)}. {end}"

    replace(paths, key, copy.path, BackupKind.BEFORE_RESTORE.value, finish)
    return Database(paths.database, key, paths.backups)


def replace(paths: Paths, key: bytearray, copy: Path, aside: str, finish: Finish) -> None:
    """Put the notebook of a copy in place; the one that was there is renamed after `aside`.

    Nothing is changed where the copy is damaged (DamagedError) or the disk takes nothing (KnownError).
    """
    with backup_contents.unpacked(paths, copy, key) as ready:
        _make_ready(ready, key, finish, erasures.noted(paths.root))
        set_aside(paths, aside, paths.database)
        with backup_files.written_to(paths.root, NOT_RESTORED):
            os.replace(ready, paths.database)
            backup_files.settle(paths.root)


def set_aside(paths: Paths, prefix: str, *files: Path) -> None:
    """Rename files into the folder of the copies, what SQLite left beside them first; raises KnownError.

    A journal that stayed would be taken for that of the next notebook.
    """
    stem = _free_stem(paths.backups, prefix)
    with backup_files.written_to(paths.backups, NOT_RESTORED):
        paths.backups.mkdir(parents=True, exist_ok=True)
        for file in files:
            for end in (JOURNAL, INDEX, ""):
                path = file.with_name(file.name + end)
                if path.exists():
                    os.replace(path, paths.backups / path.name.replace(file.stem, stem))


def copy_with(copy: Backup, done: str, held: Contents) -> str:
    """« copie du mardi 24 novembre à 9 h 12 a été remise, avec 214 activités »."""
    return f"copie du {labels.day_at(copy.moment)} a été {done}, avec {labels.count(held.activities, 'activité')}"


def _make_ready(path: Path, key: bytearray, finish: Finish, gone: tuple[UUID, ...]) -> None:
    """Have a notebook fetch everything again from its server, and tell its advisor what happened.

    The people who were erased since it was made are erased again: no page of it may still show them.
    """
    with closing(Database(path, bytearray(key), path.parent)) as database:
        held = backup_contents.of(database)
        with database.receive() as work:
            work.set_state("sync.cursor", None)
            news.tell(work, finish(work, held, path.parent))
        erasing.erase_again(database, gone)


def _free_stem(folder: Path, prefix: str) -> str:
    """A name after this moment that no file has yet."""
    moment = datetime.now()
    while any(folder.glob(f"{backup_files.stem(prefix, moment)}*")):
        moment += timedelta(seconds=1)
    return backup_files.stem(prefix, moment)
