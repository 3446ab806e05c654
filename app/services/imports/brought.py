"""What each import brought, remembered so that it can be undone."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from sqlalchemy import insert

from app.models import RECORDS
from app.models.bulk import insert_all
from app.models.ids import new_id
from app.models.local import import_batch, imported
from app.services.imports.earlier import PART
from app.services.imports.plans import Batch, Preview
from app.work import Work, find_all
from protocol.vocabulary import RecordKind

T = TypeVar("T")


def begin(work: Work, preview: Preview, now: int) -> Batch:
    """Remember a file about to be taken in."""
    batch = Batch(new_id(), datetime.fromtimestamp(now / 1000), preview.file, 0, False)
    values = {"id": batch.id, "at": now, "file": preview.file, "kind": preview.kind.value, "undone": False}
    work.connection.execute(insert(import_batch), values)
    return batch


def remember(work: Work, batch: UUID, kind: RecordKind, ids: Iterable[UUID]) -> None:
    """Remember what an import created or brought back."""
    rows = [{"batch": batch, "kind": kind, "record_id": id_} for id_ in ids]
    insert_all(work.connection, imported, rows)


def set_deleted(work: Work, kind: RecordKind, ids: Sequence[UUID], deleted: bool) -> Sequence[UUID]:
    """Take records out of the notebook, or bring them back; answers those that were not so already."""
    done: list[UUID] = []
    for part in parts(ids):
        found = find_all(work.connection, RECORDS[kind], part).values()
        changed = [replace(one, deleted=deleted) for one in found if one.deleted is not deleted]
        work.save_all(changed)
        done += (one.id for one in changed)
    return done


def parts(all_: Sequence[T]) -> Iterator[Sequence[T]]:
    """The same, a part at a time."""
    for start in range(0, len(all_), PART):
        yield all_[start : start + PART]
