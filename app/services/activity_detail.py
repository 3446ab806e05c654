"""Everything about one activity: its people, its tags, and the history of its changes."""

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
from app.models.place import place
from app.services import beneficiaries, municipalities, procedures, tags
from app.services.activities import form_in
from app.services.activity_lists import rows_of
from app.services.rows import ActivityDetail, ChangeRow
from app.work import get_state


def detail(database: Database, id_: UUID) -> ActivityDetail:
    """What the detail panel shows; raises UserError if the activity is gone."""
    with database.read() as connection:
        form = form_in(connection, id_)
        rows = rows_of(connection, select(activity.c.number).where(activity.c.id == id_, activity.c.deleted.is_(False)))
        changes = connection.execute(_TIMES, {"record": id_}).one()
        is_linked = get_state(connection, "sync.notebook_key") is not None
        waiting = connection.execute(_WAITING, {"record": id_}).scalar_one()
    if not rows:
        raise UserError("Cette activité n’est plus dans le carnet.")
    modified = changes.last if changes.number > 1 else None
    return ActivityDetail(
        row=rows[0],
        form=form,
        people=beneficiaries.named(database, form.participants),
        tags=tuple(row for row in tags.mine(database) if row.id in form.tags),
        modified_at=datetime.fromtimestamp(modified / 1000) if modified else None,
        waiting=is_linked and waiting > 0,
    )


def history(database: Database, id_: UUID) -> tuple[ChangeRow, ...]:
    """The changes of an activity, the newest first, as the advisor reads them."""
    names = {str(row.id): row.name for row in tags.mine(database)}
    with database.read() as connection:
        changes = connection.execute(select(change).where(change.c.record_id == id_).order_by(change.c.number)).all()
        names |= {str(row.id): row.name or "" for row in connection.execute(select(place.c.id, place.c.name))}
    rows = [_change_row(row, number == 0, names) for number, row in enumerate(changes)]
    return tuple(row for row in reversed(rows) if row.created or row.fields)


def _change_row(row: Any, created: bool, names: dict[str, str]) -> ChangeRow:
    shown = [name for name in labels.FIELDS if name in row.after] if not created else []
    fields = tuple(
        (labels.FIELDS[name], _said(name, row.before.get(name), names), _said(name, row.after[name], names))
        for name in shown
    )
    return ChangeRow(datetime.fromtimestamp(row.at / 1000), row.here, created, fields)


def _said(name: str, value: Any, names: dict[str, str]) -> str:
    """The value of a field as people read it."""
    if value in (None, "", [], {}):
        return "—"
    if name == "anonymous":
        return labels.count(value.get("total", 0), "personne")
    if isinstance(value, list):
        return ", ".join(_word(name, one, names) for one in value)
    return _word(name, value, names)


def _word(name: str, value: Any, names: dict[str, str]) -> str:
    if isinstance(value, bool):
        return "Oui" if value else "Non"
    if name == "minutes":
        return labels.duration(value)
    if name == "day":
        return labels.short_day(date.fromisoformat(value))
    if name == "municipality" and (found := municipalities.get(value)):
        return str(found.name)
    if name == "procedures" and (known := procedures.get(value)):
        return str(known.label)
    return names.get(str(value)) or labels.field_word(name, str(value))


_TIMES = select(func.max(change.c.at).label("last"), func.count().label("number")).where(
    change.c.record_id == bindparam("record")
)
_OF_ACTIVITY = select(attendance.c.id).where(attendance.c.activity == bindparam("record"))
_WAITING = (
    select(func.count())
    .select_from(outbox)
    .where(
        outbox.c.acked_at.is_(None),
        (outbox.c.record_id == bindparam("record")) | outbox.c.record_id.in_(_OF_ACTIVITY),
    )
)
