"""A notebook found damaged: set aside, and made again from its latest good copy and what can be saved of it."""

from collections import Counter
from functools import partial
from pathlib import Path

from app.database import Database
from app.errors import DamagedError
from app.paths import Paths
from app.services import backup_files, outgoing, restoring
from app.services.backup_contents import Contents
from app.services.backup_files import Backup
from app.services.salvage import salvage
from app.work import Work
from protocol.vocabulary import RecordKind

DAMAGED = "carnet-abime"
"""Begins the name of what was found damaged and put aside."""
_NOT_IN_IT = "Ce qui a été enregistré depuis n’y est pas."
_CHECK = "Vérifiez vos dernières saisies."


def rebuild(paths: Paths, key: bytearray) -> Database:
    """Put the latest good copy in the place of the damaged or missing notebook, walking back until one is good.

    Raises DamagedError, and changes nothing, where none is.
    """
    is_there = paths.database.exists()
    for copy in backup_files.list_in(paths.backups):
        try:
            restoring.replace(paths, key, copy.path, DAMAGED, partial(_finish, paths, key, copy))
        except DamagedError:
            continue
        return Database(paths.database, key, paths.backups)
    what = "est abîmé" if is_there else "n’est plus dans son dossier"
    raise DamagedError(
        f"Le carnet de cet ordinateur («\u00a0{paths.database.name}\u00a0») {what}, "
        "et aucune bonne copie n’a été trouvée ici. Rien n’a été effacé."
    )


def _finish(paths: Paths, key: bytearray, copy: Backup, work: Work, held: Contents, place: Path) -> str:
    """Add what the damaged notebook still shows; answers the sentence that says what came back."""
    what = "était abîmé" if paths.database.exists() else "n’était plus dans son dossier"
    found = outgoing.in_words(_saved(paths, key, work, place / "abime.db"))
    said = [f"Votre carnet {what}\u00a0: la {restoring.copy_with(copy, 'remise', held)}."]
    if found:
        said.append(f"Retrouvé dans le fichier abîmé\u00a0: {found}.")
    if held.is_enrolled:
        said.append(restoring.FROM_SERVER)
    else:
        said.append(_CHECK if found else _NOT_IN_IT)
    return " ".join(said)


def _saved(paths: Paths, key: bytearray, work: Work, wreck: Path) -> Counter[RecordKind]:
    """What a copy of the damaged file still shows; the file itself is only renamed."""
    try:
        backup_files.unpack(paths.database, wreck)
    except DamagedError:  # it is missing, or the disk itself does not read it any more
        return Counter()
    return salvage(wreck, key, work)
