"""Everything about one activity: its people, its tags, and the history of its changes."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, func, select

from app import labels
from app.database import Database
from app.errors import UserError
from app.models.activity import activity
from app.models.attendance import attendance
from app.models.local import change, outbox
from app.services import beneficiaries, case_lists, colleagues, field_words, lost_values, tags
from app.services.activities import form_in
from app.services.activity_lists import rows_of
from app.services.field_words import said
from app.services.rows import ActivityDetail, ChangeRow
from app.services.sheets import library
from app.work import get_state
from protocol.vocabulary import RecordKind


def detail(database: Database, id_: UUID) -> ActivityDetail:
    """What the detail panel shows; raises UserError if the activity is gone."""
    with database.read() as connection:
        form = form_in(connection, id_)
        rows = rows_of(connection, select(activity.c.number).where(activity.c.id == id_, activity.c.deleted.is_(False)))
        changes = connection.execute(_CHANGES, {"record": id_}).all()
        is_linked = get_state(connection, "sync.notebook_key") is not None
        waiting = connection.execute(_WAITING, {"record": id_}).scalar_one()
        authors = colleagues.names_in(connection)
    if not rows:
        raise UserError("Cette activité n’est plus dans le carnet.")
    told = [_change_row(row, number == 0, {}, authors) for number, row in enumerate(changes)]
    return ActivityDetail(
        row=rows[0],
        form=form,
        people=beneficiaries.named(database, form.participants),
        tags=tuple(row for row in tags.mine(database) if row.id in form.tags),
        cases=tuple(row.name for row in case_lists.named(database, form.cases, date.today())),
        sheets=tuple(library.titles(database, form.sheets).values()),
        recorded_by=told[0].author if told else "",
        modified_at=told[-1].at if len(told) > 1 else None,
        modified_by=told[-1].author if len(told) > 1 else "",
        waiting=is_linked and waiting > 0,
        lost=lost_values.of(database, RecordKind.ACTIVITY, id_),
    )


def history(database: Database, id_: UUID) -> tuple[ChangeRow, ...]:
    """The changes of an activity, the newest first, as the advisor reads them."""
    with database.read() as connection:
        changes = connection.execute(_CHANGES, {"record": id_}).all()
        names, authors = field_words.names_in(connection), colleagues.names_in(connection)
    rows = [_change_row(row, number == 0, names, authors) for number, row in enumerate(changes)]
    return tuple(row for row in reversed(rows) if row.created or row.fields)


def _change_row(row: Any, created: bool, names: Mapping[str, str], authors: Mapping[UUID, str]) -> ChangeRow:
    shown = [name for name in labels.FIELDS if name in row.after] if not created else []
    fields = tuple(
        (labels.FIELDS[name], said(name, row.before.get(name), names), said(name, row.after[name], names))
        for name in shown
    )
    author = "" if row.here else authors.get(row.author, "")
    return ChangeRow(datetime.fromtimestamp(row.at / 1000), row.here, created, fields, author)


_CHANGES = select(change).where(change.c.record_id == bindparam("record")).order_by(change.c.number)
_OF_ACTIVITY = select(attendance.c.id).where(attendance.c.activity == bindparam("record"))
_WAITING = (
    select(func.count())
    .select_from(outbox)
    .where(
        outbox.c.acked_at.is_(None),
        (outbox.c.record_id == bindparam("record")) | outbox.c.record_id.in_(_OF_ACTIVITY),
    )
)
