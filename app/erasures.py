"""The people erased for good on this computer: their ids, in a file that no copy of the notebook holds.

A copy that is put back still knows them: it is made to forget them again at once.
"""

import os
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID

from app.errors import KnownError

FILE = "effacements.txt"
"""Beside the notebook: one id on each line, and nothing else."""
_UNWRITTEN = (
    "Le dossier du carnet ne peut pas être écrit\u00a0: personne n’a été effacé. "
    "Vérifiez qu’il y reste de la place, puis recommencez."
)


def note(folder: Path, gone: Iterable[UUID]) -> None:
    """Remember these on the disk; called before the transaction that erases them is committed. Raises KnownError."""
    lines = [f"\n{id_}" for id_ in gone]  # first the end of a line that a power cut may have left open
    if lines:
        _write(folder / FILE, "a", lines)


def unnote(folder: Path, kept: Collection[UUID]) -> None:
    """Remember these no more: the transaction that was to erase them was not committed. Raises KnownError."""
    aside = folder / f"{FILE}.partiel"
    _write(aside, "w", [f"\n{id_}" for id_ in noted(folder) if id_ not in kept])
    with _explained():
        os.replace(aside, folder / FILE)


def noted(folder: Path) -> tuple[UUID, ...]:
    """All that were ever erased here, each once, in the order in which they were."""
    path = folder / FILE
    if not path.exists():
        return ()
    found = (_id_of(line) for line in path.read_text(encoding="ascii", errors="replace").splitlines())
    return tuple(dict.fromkeys(one for one in found if one is not None))


def size(folder: Path) -> int:
    """How long the file is, in bytes: no erasure leaves it as long as it was."""
    path = folder / FILE
    return path.stat().st_size if path.exists() else 0


def _write(path: Path, mode: str, lines: Iterable[str]) -> None:
    with _explained(), path.open(mode, encoding="ascii") as file:
        file.writelines(lines)
        file.flush()
        os.fsync(file.fileno())


@contextmanager
def _explained() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise KnownError(_UNWRITTEN) from error


def _id_of(line: str) -> UUID | None:
    """The id of a line; None for one cut short, whose transaction was never committed."""
    try:
        return UUID(line)
    except ValueError:
        return None
