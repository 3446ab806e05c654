"""The people erased for good on this computer: their ids, in a file that no copy of the notebook holds.

A copy that is put back still knows them: it is made to forget them again at once.
"""

import os
from collections.abc import Iterable
from pathlib import Path
from uuid import UUID

FILE = "effacements.txt"
"""Beside the notebook: one id on each line, and nothing else."""


def note(folder: Path, gone: Iterable[UUID]) -> None:
    """Remember these on the disk; called before the transaction that erases them is committed."""
    lines = [f"\n{id_}" for id_ in gone]  # first the end of a line that a power cut may have left open
    if not lines:
        return
    with (folder / FILE).open("a", encoding="ascii") as file:
        file.writelines(lines)
        file.flush()
        os.fsync(file.fileno())


def noted(folder: Path) -> tuple[UUID, ...]:
    """All that were ever erased here, each once, in the order in which they were."""
    path = folder / FILE
    if not path.exists():
        return ()
    found = (_id_of(line) for line in path.read_text(encoding="ascii", errors="replace").splitlines())
    return tuple(dict.fromkeys(one for one in found if one is not None))


def size(folder: Path) -> int:
    """How long the file is, in bytes: it grows with each erasure, and never otherwise."""
    path = folder / FILE
    return path.stat().st_size if path.exists() else 0


def _id_of(line: str) -> UUID | None:
    """The id of a line; None for one cut short, whose transaction was never committed."""
    try:
        return UUID(line)
    except ValueError:
        return None
