"""The last line of a backup: a digest of all that comes before, by which a damaged file is known before it is used.

`pg_restore` stops reading before it: the file is an ordinary dump to PostgreSQL's own tools.
"""

import hashlib
import os
import sys
from pathlib import Path
from typing import BinaryIO

from server.errors import Trouble

MARK = b"\nPasserelle "
LINE_BYTES = len(MARK) + 64 + 1
CHUNK_BYTES = 1024 * 1024


def finish(file: Path) -> None:
    """Write the last line of a dump, and wait until the disk has all of it."""
    with file.open("r+b") as content:
        digest = _digest(content, file.stat().st_size)
        content.write(MARK + digest + b"\n")
        content.flush()
        os.fsync(content.fileno())


def place(part: Path, file: Path) -> None:
    """Give a finished dump its name, and wait until the disk has that too."""
    os.replace(part, file)
    if sys.platform != "win32":  # where folders cannot be asked
        folder = os.open(file.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def check(file: Path) -> None:
    """Raise Trouble unless the file is a backup of ours, to the last bit."""
    try:
        size = file.stat().st_size - LINE_BYTES
        with file.open("rb") as content:
            digest = _digest(content, size)
            is_whole = content.read() == MARK + digest + b"\n"
    except OSError as error:
        raise Trouble(f"Le fichier «\u00a0{file.name}\u00a0» ne peut pas être lu\u00a0: vérifiez son nom.") from error
    if not is_whole:
        raise Trouble("Ce fichier est abîmé ou n’est pas une sauvegarde de Passerelle\u00a0: rien n’a été changé.")


def _digest(content: BinaryIO, size: int) -> bytes:
    digest = hashlib.sha256()
    while size > 0 and (chunk := content.read(min(size, CHUNK_BYTES))):
        digest.update(chunk)
        size -= len(chunk)
    return digest.hexdigest().encode()
