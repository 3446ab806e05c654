"""What a copy of the notebook is on disk: one file, named after its moment, that another computer can open.

`passerelle-2026-11-24-091200.sauvegarde` is a ZIP of `carnet.db`, encrypted as it is here, and of `cles.json`, the
slots that open it anywhere: passphrase and recovery code. A plain `….db` is a notebook that an update or a restoration
put aside: it opens on this computer only. docs/decisions/0011-what-a-copy-is.md.
"""

import errno
import os
import shutil
import sys
import threading
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from pathlib import Path
from typing import IO, BinaryIO
from zipfile import BadZipFile, ZipFile, ZipInfo

from app.errors import DamagedError, KnownError

EXTENSION = ".sauvegarde"
DATABASE, SLOTS = "carnet.db", "cles.json"
"""What is inside."""
BAD_COPY = "Cette copie est abîmée, ou n’est pas une copie de ce carnet\u00a0: choisissez-en une autre."
JOURNAL, INDEX = "-wal", "-shm"
"""What SQLite leaves beside a notebook that was not closed: its latest pages, and where they are."""
NOT_RESTORED = "Rien n’a été remplacé."
_PIECE = 1_000_000
"""Bytes written between two looks."""
_FULL = (errno.ENOSPC, errno.EFBIG)
_MOMENT = "%Y-%m-%d-%H%M%S"
_alone = threading.Lock()
Look = Callable[[int, int], None]
"""Told what remains, out of how much; may raise to stop."""


class BackupKind(Enum):
    """Why a copy was made; the value begins the name of its file."""

    DAILY = "passerelle"
    BEFORE_UPDATE = "avant-mise-a-jour"
    BEFORE_RESTORE = "avant-restauration"


@dataclass(frozen=True, slots=True)
class Backup:
    """One copy of the notebook."""

    path: Path
    kind: BackupKind
    moment: datetime
    size: int
    """Bytes."""


def list_in(folder: Path) -> tuple[Backup, ...]:
    """The copies of a folder, the latest first; a file whose name says something else is not ours."""
    found = (read_name(path) for path in folder.iterdir()) if folder.is_dir() else ()
    return tuple(sorted(filter(None, found), key=lambda one: one.moment, reverse=True))


def read_name(path: Path) -> Backup | None:
    """The copy that a file is by its name, None if it is none."""
    for kind in BackupKind:
        said = path.stem.removeprefix(f"{kind.value}-")
        if said != path.stem and path.suffix == _extension(kind):
            with suppress(ValueError, OSError):
                return Backup(path, kind, datetime.strptime(said, _MOMENT), path.stat().st_size)
    return None


def at(path: Path) -> Backup:
    """The copy that somebody chose, whatever they named it; raises DamagedError if it is not there any more."""
    with _readable_copy():
        found = path.stat()
        moment = datetime.fromtimestamp(round(found.st_mtime))
        return read_name(path) or Backup(path, BackupKind.DAILY, moment, found.st_size)


def stem(prefix: str, moment: datetime) -> str:
    """« passerelle-2026-11-24-091200 »."""
    return f"{prefix}-{moment:{_MOMENT}}"


def pack(database: Path, slots: bytes, folder: Path, moment: datetime, look: Look = lambda *_: None) -> Backup:
    """Write a copy whole into a folder, read it again, and only then give it its name; raises KnownError."""
    final = folder / f"{stem(BackupKind.DAILY.value, moment)}{EXTENSION}"
    partial = final.with_suffix(".partiel")
    try:
        with written_to(folder):
            folder.mkdir(parents=True, exist_ok=True)
            _write(partial, database, slots, look)
            os.replace(partial, final)
            settle(folder)
            return Backup(final, BackupKind.DAILY, moment, final.stat().st_size)
    finally:
        with suppress(OSError):
            partial.unlink(missing_ok=True)


def unpack(copy: Path, into: Path) -> None:
    """Take the notebook out of a copy; raises DamagedError if it is not whole, KnownError if it cannot be written."""
    with written_to(into.parent, NOT_RESTORED), _readable_copy():
        if copy.suffix == EXTENSION:
            with ZipFile(copy) as archive, archive.open(DATABASE) as notebook:
                _pour(notebook, into)
            return
        for path in (copy, *filter(Path.exists, (copy.with_name(copy.name + JOURNAL),))):
            with path.open("rb") as notebook:
                _pour(notebook, into.with_name(path.name.replace(copy.name, into.name)))


def slots_in(copy: Path) -> bytes:
    """The slots that a copy carries; raises DamagedError if it has none."""
    with _readable_copy(), ZipFile(copy) as archive:
        return archive.read(SLOTS)


@contextmanager
def scratch(folder: Path) -> Generator[Path]:
    """An empty folder beside the copies, for one work at a time: a cut leaves nothing there that looks like a copy."""
    place = folder / "en-cours"
    with _alone:
        with written_to(folder):
            shutil.rmtree(place, ignore_errors=True)
            place.mkdir(parents=True)
        try:
            yield place
        finally:
            shutil.rmtree(place, ignore_errors=True)


@contextmanager
def written_to(folder: Path, outcome: str = "La copie n’a pas été faite.") -> Iterator[None]:
    """Turn what a disk or a USB stick refuses into a sentence, after what comes of it."""
    try:
        yield
    except (OSError, BadZipFile) as error:
        if getattr(error, "errno", 0) in _FULL:
            said = "n’a plus assez de place\u00a0: libérez-en, ou choisissez un autre dossier."
        else:
            said = "ne peut pas être écrit\u00a0: vérifiez qu’il est toujours là et qu’il n’est pas protégé."
        raise KnownError(f"{outcome} Le dossier «\u00a0{folder}\u00a0» {said}") from error


def settle(folder: Path) -> None:
    """Have the names of a folder survive a power cut, where the system can be asked."""
    if sys.platform == "win32":
        return
    with suppress(OSError):  # some sticks refuse it; the file itself is already on the disk
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _extension(kind: BackupKind) -> str:
    return EXTENSION if kind is BackupKind.DAILY else ".db"


def _write(path: Path, database: Path, slots: bytes, look: Look) -> None:
    inside = ZipInfo.from_file(database, DATABASE, strict_timestamps=False)
    with path.open("w+b") as file:
        with ZipFile(file, "w") as archive:
            archive.writestr(SLOTS, slots)
            with database.open("rb") as source, archive.open(inside, "w") as target:
                while piece := source.read(_PIECE):
                    target.write(piece)
                    look(inside.file_size - source.tell(), inside.file_size)
        _flush(file)
        with ZipFile(file) as archive:
            if archive.testzip() is not None:
                raise BadZipFile


def _pour(source: IO[bytes], path: Path) -> None:
    with path.open("wb") as target:
        shutil.copyfileobj(source, target)
        _flush(target)


def _flush(file: BinaryIO) -> None:
    file.flush()
    os.fsync(file.fileno())


@contextmanager
def _readable_copy() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno in _FULL:
            raise
        raise DamagedError(BAD_COPY) from error
    except (BadZipFile, KeyError, EOFError, NotImplementedError, RuntimeError) as error:
        raise DamagedError(BAD_COPY) from error
