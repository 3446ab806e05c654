"""What the advisor wrote here and that lost to a colleague's version: shown with the record, taken back or let go."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, Row, bindparam, select, update

from app import labels
from app.database import Database
from app.errors import UserError
from app.models import RECORDS, Beneficiary, Record
from app.models.local import change, lost_value
from app.services import attendances, colleagues, field_words
from app.services.field_words import said
from app.services.rows import LostRow
from app.work import Work, find, get_state
from protocol.vocabulary import RecordKind

Values = Mapping[str, Any]


class _Words(NamedTuple):
    """The names of places and tags, and of the advisors by their computer."""

    names: Mapping[str, str]
    authors: Mapping[UUID, str]


@dataclass(frozen=True, slots=True)
class TakenBack:
    """A version of this computer that is there again, and the values that it replaced."""

    kind: RecordKind
    row: LostRow
    replaced: Values


def of(database: Database, kind: RecordKind, record: UUID) -> tuple[LostRow, ...]:
    """The saves made on this computer of which a value lost to the one that is there now, the newest first."""
    with database.read() as connection:
        kept, device = find(connection, RECORDS[kind], record), get_state(connection, "sync.device")
        lost = connection.execute(_LOST, {"record": record, "author": device and UUID(device)}).all()
        if kept is None or not lost:
            return ()
        changes = connection.execute(_CHANGES, {"record": record}).all()
        words = _Words(field_words.names_in(connection), colleagues.names_in(connection))
    return tuple(_rows(kept, changes, lost, words))


def take_back(database: Database, kind: RecordKind, row: LostRow) -> TakenBack:
    """Put the values that lost back in their place, as a new change; raises UserError if the record is gone."""
    with database.work() as work:
        kept = _found(work, kind, row.record)
        winners = _winners(work.connection.execute(_CHANGES, {"record": row.record}).all())
        lost = work.connection.execute(select(lost_value).where(_same(row))).all()
        values = {one.field: one.value for one in lost if _has_lost(one, kept.wire(), winners)}
        _change(work, kept, values)
        _settle(work, row, True)
    return TakenBack(kind, row, {name: kept.wire()[name] for name in values})


def undo(database: Database, taken: TakenBack) -> None:
    """Put back what was replaced; the choice is to be made again."""
    with database.work() as work:
        _change(work, _found(work, taken.kind, taken.row.record), taken.replaced)
        _settle(work, taken.row, False)


def let_go(database: Database, row: LostRow, is_settled: bool = True) -> None:
    """Keep the colleague's version and say no more of it, or be asked again."""
    with database.work() as work:
        _settle(work, row, is_settled)


def _rows(kept: Record, changes: Sequence[Row[Any]], lost: Sequence[Row[Any]], words: _Words) -> Iterator[LostRow]:
    """One row for each save, with the fields that a newer one does not already tell."""
    now, winners, named = kept.wire(), _winners(changes), _LABELS.get(kept.record_kind, _USUAL)
    told: set[str] = set()
    for op_id, group in groupby(lost, key=lambda one: one.op_id):
        values = {one.field: one for one in group}
        fields = [name for name in named if name in values.keys() - told and _has_lost(values[name], now, winners)]
        told |= values.keys()
        if fields:
            yield LostRow(
                record=kept.id,
                op_id=op_id,
                at=datetime.fromtimestamp(values[fields[0]].at / 1000),
                author=words.authors.get(winners[fields[0]].author, ""),
                fields=tuple(
                    (named[name], said(name, values[name].value, words.names), said(name, now[name], words.names))
                    for name in fields
                ),
            )


def _winners(changes: Sequence[Row[Any]]) -> dict[str, Row[Any]]:
    """The last change of each field that another computer made."""
    return {name: row for row in changes if not row.here for name in row.after}


def _has_lost(one: Row[Any], now: Values, winners: Mapping[str, Row[Any]]) -> bool:
    """Whether what is there is a colleague's, and not what was written here."""
    winner = winners.get(one.field)
    return winner is not None and winner.after[one.field] == now[one.field] != one.value


def _found(work: Work, kind: RecordKind, record: UUID) -> Record:
    kept = work.find(RECORDS[kind], record)
    if kept is None:
        raise UserError("Cette fiche n’est plus dans le carnet.")
    return kept


def _change(work: Work, kept: Record, values: Values) -> None:
    """Save a record with other values."""
    changed = type(kept).of_wire(kept.id, {**kept.wire(), **values})
    work.save(changed)
    if isinstance(changed, Beneficiary) and changed.birth_year and "birth_year" in values:
        attendances.tell_age(work, changed)


def _settle(work: Work, row: LostRow, is_settled: bool) -> None:
    work.connection.execute(update(lost_value).where(_same(row)).values(settled=is_settled))


def _same(row: LostRow) -> ColumnElement[bool]:
    return (lost_value.c.record_id == row.record) & (lost_value.c.op_id == row.op_id)


_USUAL = {**labels.FIELDS, **labels.PERSON_FIELDS}
_LABELS = {RecordKind.CASE: labels.CASE_FIELDS, RecordKind.APPOINTMENT: labels.APPOINTMENT_FIELDS}
_LOST = (
    select(lost_value)
    .where(
        lost_value.c.record_id == bindparam("record"),
        lost_value.c.author == bindparam("author"),
        lost_value.c.settled.is_(False),
    )
    .order_by(lost_value.c.at.desc(), lost_value.c.op_id)
)
_CHANGES = select(change).where(change.c.record_id == bindparam("record")).order_by(change.c.number)
