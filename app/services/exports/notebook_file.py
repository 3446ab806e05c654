"""The whole notebook in one file of JSON Lines, which another notebook can take in without loss.

What each line says is in docs/carnet-jsonl.md. The keys, what waits to be sent and what this computer is to the server
stay: a notebook taken in elsewhere is another computer.
"""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, func, literal_column, select, union_all

from app.database import Database
from app.models import RECORDS, Record
from app.models.base import to_wire
from app.models.local import change, draft, import_batch, imported, lost_value
from app.models.patches import NEW, same
from app.services.files import replacing
from app.services.imports.lines import FileKind
from app.services.progress import Progress
from app.work import find_all, get_state
from protocol.vocabulary import RecordKind

FORMAT, VERSION = "passerelle-carnet", 1
STATES = ("advisor.name",)
"""What is remembered of the advisor, and may go to another computer."""
ORDER = (
    RecordKind.COMPUTER,
    RecordKind.ORGANISATION,
    RecordKind.PLACE,
    RecordKind.TAG,
    RecordKind.BENEFICIARY,
    RecordKind.ACTIVITY,
    RecordKind.ATTENDANCE,
    RecordKind.PROCEDURE,
    RecordKind.CASE,
    RecordKind.MANDATE,
    RecordKind.MANDATE_ENTRY,
    RecordKind.ASSESSMENT,
    RecordKind.SHEET,
    RecordKind.APPOINTMENT,
)
"""What others speak of comes first."""
_PART = 1_000
Line = Mapping[str, Any]


def write(database: Database, path: Path, progress: Progress) -> int:
    """Write everything that the notebook holds; answers how many lines.

    Raises CancelledError, and KnownError where the file cannot be written; there is no half of a file then.
    """
    with replacing(path) as temporary, database.read() as connection, temporary.open("wb") as file:
        total = _count(connection)
        written = 0
        for line in _lines(connection, database.now_ms()):
            if written % _PART == 0:
                progress.step(min(written, total), total)
            written += 1
            file.write(_bytes(line))
        file.write(_bytes({"line": "end", "lines": written + 1}))
    return written + 1


def said(record: Record) -> dict[str, Any]:
    """The fields of a record that say something, as they travel."""
    return {name: value for name, value in record.wire().items() if not same(NEW.get(name), value)}


def _bytes(line: Line) -> bytes:
    said = json.dumps(line, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return said.encode() + b"\n"


def _lines(connection: Connection, now: int) -> Iterator[Line]:
    yield {"line": "notebook", "format": FORMAT, "version": VERSION, "at": now}
    for key in STATES:
        value = get_state(connection, key)
        if value is not None:
            yield {"line": "state", "key": key, "value": value}
    for kind in ORDER:
        yield from _records(connection, RECORDS[kind])
    for name, wanted in _REST.items():
        for row in connection.execute(wanted.execution_options(yield_per=_PART)).mappings():
            yield {"line": name, **{key: to_wire(value) for key, value in row.items() if value is not None}}


def _records(connection: Connection, cls: type[Record]) -> Iterator[Line]:
    """The records of a kind, deleted ones too, in the order in which this computer met them."""
    table, after = cls.table.c, 0
    while True:
        wanted = select(table.number, table.id).where(table.number > after).order_by(table.number).limit(_PART)
        rows = connection.execute(wanted).all()
        if not rows:
            return
        after = rows[-1].number
        found = find_all(connection, cls, [row.id for row in rows])
        for row in rows:
            yield {"line": cls.record_kind.value, "id": str(row.id), **said(found[row.id])}


def _count(connection: Connection) -> int:
    tables = (*(RECORDS[kind].table for kind in ORDER), change)
    return sum(connection.execute(select(func.count()).select_from(table)).scalar_one() for table in tables)


_KNOWN = union_all(*(select(cls.table.c.id) for cls in RECORDS.values()))
_ROW: ColumnElement[int] = literal_column("rowid")
_WHOLE = select(import_batch.c.id).where(import_batch.c.kind == FileKind.NOTEBOOK.value)
"""The return of a whole notebook is no part of what it holds: written again, it would never be the same."""
_REST: dict[str, Select[Any]] = {
    "change": (
        select(*(one for one in change.c if one.name != "number"))
        .where(change.c.record_id.in_(_KNOWN))
        .order_by(change.c.number)
    ),
    "lost": (
        select(lost_value)
        .where(lost_value.c.record_id.in_(_KNOWN))
        .order_by(lost_value.c.record_id, lost_value.c.field, lost_value.c.op_id)
    ),
    "draft": select(draft).order_by(draft.c.id),
    "import": select(import_batch).where(import_batch.c.id.not_in(_WHOLE)).order_by(_ROW),
    "imported": (
        select(imported)
        .where(imported.c.batch.not_in(_WHOLE))
        .order_by(imported.c.batch, imported.c.kind, imported.c.record_id)
    ),
}
"""What is not a record, by the name of its lines."""
