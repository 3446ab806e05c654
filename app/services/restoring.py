"""Putting a copy in the place of the notebook: because the advisor asks for it, or because the file here is damaged.

The copy is unpacked beside the notebook, verified and made ready there; what it replaces is renamed, never deleted;
then one renaming puts it in place. It asks the server for everything again, which brings what it lacks.
"""

import os
from collections.abc import Callable
from contextlib import closing
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

from app import labels
from app.database import Database
from app.errors import DamagedError
from app.paths import Paths
from app.services import backup_contents, backup_files, news
from app.services.backup_contents import Contents
from app.services.backup_files import INDEX, JOURNAL, NOT_RESTORED, Backup, BackupKind

DAMAGED = "carnet-abime"
"""Begins the name of what was found damaged and put aside."""
_NO_COPY = "et aucune bonne copie n’a été trouvée ici. Rien n’a été effacé."
FROM_SERVER = "Le reste revient du serveur."
_NOT_IN_IT = "Ce qui a été enregistré depuis n’y est pas."
_UNDO = "Pour revenir en arrière, remettez la copie faite «\u00a0avant une restauration\u00a0»."
Sentence = Callable[[Contents], str]


def restore(paths: Paths, key: bytearray, copy: Backup) -> Database:
    """Put a copy in the place of the closed notebook, which becomes a copy itself: restoring that one undoes it.

    Raises KnownError, and leaves the notebook as it was.
    """

    def sentence(held: Contents) -> str:
        end = f"{FROM_SERVER} {_UNDO}" if held.is_enrolled else _UNDO
        return f"La {copy_with(copy, 'remise', held)}. {end}"

    replace(paths, key, copy.path, BackupKind.BEFORE_RESTORE.value, sentence)
    return Database(paths.database, key, paths.backups)


def rebuild(paths: Paths, key: bytearray) -> Database:
    """Set the damaged notebook aside and put the latest good copy in its place; raises DamagedError without one."""
    is_there = paths.database.exists()

    def sentence(copy: Backup, held: Contents) -> str:
        start = "était abîmé" if is_there else "n’était plus dans son dossier"
        end = FROM_SERVER if held.is_enrolled else _NOT_IN_IT
        return f"Votre carnet {start}\u00a0: la {copy_with(copy, 'remise', held)}. {end}"

    for copy in backup_files.list_in(paths.backups):
        try:
            replace(paths, key, copy.path, DAMAGED, partial(sentence, copy))
        except DamagedError:
            continue
        return Database(paths.database, key, paths.backups)
    start = "est abîmé" if is_there else "n’est plus dans son dossier"
    raise DamagedError(f"Le carnet de cet ordinateur («\u00a0{paths.database.name}\u00a0») {start}, {_NO_COPY}")


def replace(paths: Paths, key: bytearray, copy: Path, aside: str, sentence: Sentence) -> None:
    """Put the notebook of a copy in place; the one that was there is renamed after `aside`.

    Nothing is changed where the copy is damaged (DamagedError) or the disk takes nothing (KnownError).
    """
    with backup_contents.unpacked(paths, copy, key) as ready:
        _make_ready(ready, key, sentence)
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


def _make_ready(path: Path, key: bytearray, sentence: Sentence) -> None:
    """Have a notebook fetch everything again from its server, and tell its advisor what happened."""
    with closing(Database(path, bytearray(key), path.parent)) as database:
        held = backup_contents.of(database)
        with database.receive() as work:
            work.set_state("sync.cursor", None)
            news.tell(work, sentence(held))


def _free_stem(folder: Path, prefix: str) -> str:
    """A name after this moment that no file has yet."""
    moment = datetime.now()
    while any(folder.glob(f"{backup_files.stem(prefix, moment)}*")):
        moment += timedelta(seconds=1)
    return backup_files.stem(prefix, moment)
