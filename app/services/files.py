"""Writing a file that a person asked for: whole, or not at all."""

import errno
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkstemp

from app.errors import KnownError


@contextmanager
def replacing(path: Path) -> Generator[Path]:
    """A temporary file beside `path`, which takes its place once the block has ended well, and is removed otherwise.

    Raises KnownError where it cannot be written: no room, no right, or another program has the file open.
    """
    try:
        handle, name = mkstemp(prefix=f".{path.name}.", suffix=".tmp", dir=path.parent)
        temporary = Path(name)
        with open(handle, "rb"):
            pass
    except OSError as error:
        raise KnownError(_sentence(path, error)) from error
    try:
        yield temporary
        temporary.replace(path)
    except OSError as error:
        raise KnownError(_sentence(path, error)) from error
    finally:
        temporary.unlink(missing_ok=True)


def _sentence(path: Path, error: OSError) -> str:
    name = f"Le fichier «\u00a0{path.name}\u00a0»"
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return f"{name} n’a pas été écrit\u00a0: le disque est plein. Libérez de la place, puis recommencez."
    if path.exists() and isinstance(error, PermissionError):
        return f"{name} est ouvert dans un autre programme ou protégé\u00a0: fermez-le, ou choisissez un autre nom."
    return f"{name} ne peut pas être écrit ici\u00a0: choisissez un autre dossier."
