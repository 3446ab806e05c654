"""Opening a copy by what it carries itself: on a new computer, or where this one lost its keys or its notebook."""

from collections.abc import Generator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from app.database import Database
from app.errors import DamagedError
from app.paths import Paths
from app.services import backup_files, restoring
from app.services.backup_contents import Contents
from app.services.backup_files import Backup
from app.services.backups import verified
from app.services.rebuilding import DAMAGED
from app.vault import Vault
from app.work import Work


def has_passphrase(paths: Paths, copy: Path) -> bool:
    """Whether a copy opens with a passphrase, beside the recovery code; raises DamagedError if it is no copy."""
    with _slots_of(paths, copy) as slots:
        return "passphrase" in slots.kinds


def key_by_passphrase(paths: Paths, copy: Path, typed: str) -> bytearray:
    """The key of a copy; raises UserError if the passphrase is not the one it had."""
    with _slots_of(paths, copy) as slots:
        return slots.from_passphrase(typed)


def key_by_recovery(paths: Paths, copy: Path, typed: str) -> bytearray:
    """The key of a copy; raises UserError if the recovery code is not its own."""
    with _slots_of(paths, copy) as slots:
        return slots.from_recovery(typed)[0]


def adopt(paths: Paths, key: bytearray, copy: Path) -> Database:
    """Take over the notebook of a copy with its keys; one that is here and sound, whose keys were lost, stays.

    What was here is renamed, never deleted.
    """
    slots = backup_files.slots_in(copy)
    if not _is_sound(paths.database, key):
        restoring.replace(paths, key, copy, DAMAGED, partial(_finish, backup_files.at(copy)))
    restoring.set_aside(paths, DAMAGED, paths.slots)
    Vault(paths.slots).adopt(slots)
    return Database(paths.database, key, paths.backups)


def put_keys_back(paths: Paths) -> bool:
    """Take the slots out of the latest copy that has them, the damaged file being renamed; answers whether one had."""
    for copy in backup_files.list_in(paths.backups):
        try:
            slots = backup_files.slots_in(copy.path)
        except DamagedError:
            continue
        restoring.set_aside(paths, DAMAGED, paths.slots)
        Vault(paths.slots).adopt(slots)
        return True
    return False


def start_over(paths: Paths) -> None:
    """Set the damaged notebook and its keys aside, so that this computer can be set up with the recovery sheet."""
    restoring.set_aside(paths, DAMAGED, paths.database, paths.slots)


def _is_sound(notebook: Path, key: bytearray) -> bool:
    try:
        return notebook.exists() and bool(verified(notebook, key))
    except DamagedError:
        return False


def _finish(copy: Backup, _: Work, held: Contents, __: Path) -> str:
    words = f"Votre carnet est de retour\u00a0: la {restoring.copy_with(copy, 'reprise', held)}."
    return f"{words} {restoring.FROM_SERVER}" if held.is_enrolled else words


@contextmanager
def _slots_of(paths: Paths, copy: Path) -> Generator[Vault]:
    """The slots that a copy carries, in a place that lasts as long as the block."""
    with backup_files.scratch(paths.backups) as place:
        slots = Vault(place / backup_files.SLOTS)
        slots.adopt(backup_files.slots_in(copy))
        yield slots
