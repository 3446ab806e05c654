"""The files that travel on a stick: read within bounds, written whole or not at all, never over another."""

import os
from contextlib import suppress
from itertools import count
from pathlib import Path

from app.errors import KnownError, UserError
from protocol.courier import MAX_COURIER_BYTES


def read_file(path: Path, magic: bytes, sentence: str) -> bytes:
    """The bytes of a file that begins as it should; raises UserError with this sentence when it does not."""
    try:
        with path.open("rb") as file:
            content = file.read(MAX_COURIER_BYTES + 1)
    except OSError as error:
        raise KnownError(
            "Le fichier ne peut pas être lu\u00a0: vérifiez que la clé est bien branchée, puis recommencez."
        ) from error
    if not content.startswith(magic) or len(content) > MAX_COURIER_BYTES:
        raise UserError(sentence)
    return content


def write_file(folder: Path, name: str, suffix: str, content: bytes) -> Path:
    """Write a file under this name, or under the next one that is free; it appears there once it is whole."""
    aside = folder / f"{name}{suffix}.partiel"
    try:
        with aside.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        return aside.rename(_free(folder, name, suffix))
    except OSError as error:
        with suppress(OSError):
            aside.unlink()
        raise KnownError(
            "Le fichier ne peut pas être écrit ici\u00a0: vérifiez la place libre et que la clé n’est pas protégée, "
            "puis recommencez."
        ) from error


def _free(folder: Path, name: str, suffix: str) -> Path:
    names = (f"{name}-{number}" if number > 1 else name for number in count(1))
    return next(path for one in names if not (path := folder / f"{one}{suffix}").exists())
