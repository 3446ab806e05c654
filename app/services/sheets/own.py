"""The sheets that the advisor adds to those of the library: written, kept, put away, taken out and brought back."""

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, select

from app.database import Database
from app.errors import UserError
from app.models.ids import new_id
from app.models.sheet import Sheet as Kept
from app.models.sheet import sheet as table
from app.services import typed
from app.services.sheets.carried import tidy
from app.services.sheets.checking import check
from app.services.sheets.reading import read, read_header, sheet_of
from app.services.sheets.sheet import Sheet
from app.work import find

GONE = "Cette fiche n’est plus là."


def save(database: Database, text: str, id_: UUID | None = None, typed_as: typed.Name | None = None) -> UUID:
    """Keep a sheet, new or changed, and forget what was `typed_as` this; raises UserError at a fault of form.

    Faults of ease do not refuse it: it is then shown « à améliorer ».
    """
    if refused := [fault.sentence for fault in check(text) if fault.is_of_form]:
        raise UserError(refused[0])
    with database.work() as work:
        kept = work.find(Kept, id_) if id_ else None
        kept = replace(kept or Kept(id=id_ or new_id()), text=tidy(text), deleted=False)
        work.save(kept)
        if typed_as:
            typed.forget(work, typed_as)
    return kept.id


def set_archived(database: Database, id_: UUID, is_archived: bool = True) -> None:
    """Put a sheet away, out of the lists, or back among them."""
    _change(database, id_, archived=is_archived)


def delete(database: Database, id_: UUID) -> None:
    """Take a sheet out of the notebook; `restore` brings it back."""
    _change(database, id_, deleted=True)


def restore(database: Database, id_: UUID) -> None:
    """Bring a deleted sheet back."""
    _change(database, id_, deleted=False)


def text_of(database: Database, id_: UUID) -> str:
    """The text of a sheet; raises UserError if it is gone."""
    with database.read() as connection:
        kept = find(connection, Kept, id_)
    if kept is None or kept.deleted or kept.text is None:
        raise UserError(GONE)
    return kept.text


def mine(database: Database) -> tuple[Sheet, ...]:
    """The advisor's own sheets, those put away too."""
    return tuple(replace(_sheet(str(row.id), row.text or ""), archived=bool(row.archived)) for row in _rows(database))


def headed(database: Database) -> tuple[Sheet, ...]:
    """Those that are not put away, as their headers say them: without their lists."""
    rows = (row for row in _rows(database) if not row.archived)
    return tuple(replace(sheet_of(str(row.id), read_header(row.text or "")), own=True) for row in rows)


def titles_in(connection: Connection) -> dict[str, str]:
    """The title of every own sheet under its id as text, of those deleted too: one was handed over all the same."""
    rows = connection.execute(select(table.c.id, table.c.text)).all()
    return {str(row.id): _sheet(str(row.id), row.text or "").title for row in rows}


def _rows(database: Database) -> Sequence[Row[Any]]:
    with database.read() as connection:
        return connection.execute(select(table).where(table.c.deleted.is_(False)).order_by(table.c.number)).all()


@lru_cache(maxsize=512)
def _sheet(code: str, text: str) -> Sheet:
    """An own sheet, however it is written: it may come from another version of the program."""
    return replace(sheet_of(code, read(text)), own=True, to_improve=bool(check(text)))


def _change(database: Database, id_: UUID, **changes: Any) -> None:
    with database.work() as work:
        kept = work.find(Kept, id_)
        if kept is None:
            raise UserError(GONE)
        work.save(replace(kept, **changes))
