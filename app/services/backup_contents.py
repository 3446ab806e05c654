"""What a copy holds, before anything is written: figures, and how they compare with the notebook here."""

from collections.abc import Generator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from uuid import UUID

from sqlalchemy import func, select

from app.database import Database
from app.models.activity import activity
from app.models.beneficiary import beneficiary
from app.models.local import change
from app.paths import Paths
from app.services import backup_files
from app.services.backups import verified
from app.work import get_state
from protocol.vocabulary import RecordKind

States = dict[UUID, tuple[bool, int]]
"""Of each activity, whether it is deleted, and the moment of its last change."""


@dataclass(frozen=True, slots=True)
class Contents:
    """What a copy holds."""

    activities: int
    people: int
    last_activity: date | None
    is_enrolled: bool
    """Whether its computer shared it with a server, from which what was sent comes back."""
    newer: int = 0
    """Activities that it holds in a later state than the notebook here, or alone."""
    older: int = 0
    """Activities that the notebook here holds in a later state, or alone."""


def compared(database: Database, paths: Paths, copy: Path) -> Contents:
    """What a copy holds beside the open notebook; raises DamagedError if it is damaged or another notebook's."""
    found: list[Contents] = []

    def look(key: bytearray) -> None:
        with opened(paths, copy, key) as other:
            here, there = _states(database), _states(other)
            found.append(replace(of(other), newer=_ahead(there, here), older=_ahead(here, there)))

    database.lend_key(look)
    return found[0]


def seen(paths: Paths, copy: Path, key: bytearray) -> Contents:
    """What a copy holds, where there is no notebook to compare it with."""
    with opened(paths, copy, key) as other:
        return of(other)


@contextmanager
def opened(paths: Paths, copy: Path, key: bytearray) -> Generator[Database]:
    """The notebook of a copy, brought up to date in a place of its own: the copy itself never changes."""
    with unpacked(paths, copy, key) as path, closing(Database(path, bytearray(key), path.parent)) as database:
        yield database


@contextmanager
def unpacked(paths: Paths, copy: Path, key: bytearray) -> Generator[Path]:
    """The file of a copy's notebook, verified, in a place that lasts as long as the block; raises DamagedError."""
    with backup_files.scratch(paths.backups) as place:
        path = place / backup_files.DATABASE
        backup_files.unpack(copy, path)
        verified(path, key)
        yield path


def of(database: Database) -> Contents:
    """What a notebook holds."""
    is_kept = activity.c.deleted.is_(False)
    with database.read() as connection:
        activities, last = connection.execute(select(func.count(), func.max(activity.c.day)).where(is_kept)).one()
        counted = select(func.count()).select_from(beneficiary).where(beneficiary.c.deleted.is_(False))
        people = connection.execute(counted).scalar_one()
        return Contents(activities, people, last, get_state(connection, "sync.notebook_key") is not None)


def _states(database: Database) -> States:
    last = func.coalesce(func.max(change.c.at), 0)
    of_activity = (change.c.record_id == activity.c.id) & (change.c.kind == RecordKind.ACTIVITY)
    states = select(activity.c.id, activity.c.deleted, last).outerjoin(change, of_activity).group_by(activity.c.id)
    with database.read() as connection:
        return {id_: (deleted, at) for id_, deleted, at in connection.execute(states)}


def _ahead(one: States, other: States) -> int:
    """How many activities the one holds alone, deleted ones apart, or in a later state than the other."""
    return sum(other[id_][1] < at if id_ in other else not deleted for id_, (deleted, at) in one.items())
