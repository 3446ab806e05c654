"""The forms that were started and not saved: kept in the encrypted notebook, on this computer only."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, delete, insert, select

from app.database import Database, now_ms
from app.models.ids import new_id
from app.models.local import draft
from app.services import beneficiaries
from app.services.commands import RecordActivity, SaveBeneficiary
from app.services.form_wire import of_json, plain
from app.services.rows import DraftRow


def keep(
    database: Database,
    form: RecordActivity,
    id_: UUID | None = None,
    typed_who: str = "",
    person: SaveBeneficiary | None = None,
) -> UUID:
    """Keep what is typed; answers the draft's id, to be given back the next time."""
    id_ = id_ or new_id()
    now = now_ms()
    values = {"id": id_, "form": _wire(form, typed_who, person), "kept_at": now}
    with database.work() as work:
        started = work.connection.execute(select(draft.c.started_at).where(draft.c.id == id_)).scalar_one_or_none()
        work.connection.execute(insert(draft).prefix_with("OR REPLACE"), {**values, "started_at": started or now})
    return id_


def discard(database: Database, id_: UUID) -> None:
    """Forget a draft: it was saved, or is not wanted any more."""
    with database.work() as work:
        forget(work.connection, id_)


def forget(connection: Connection, id_: UUID) -> None:
    """Forget a draft in a transaction under way: it is saved in the same moment."""
    connection.execute(delete(draft).where(draft.c.id == id_))


def bring_back(database: Database, row: DraftRow) -> None:
    """Undo `discard`: the draft is there again, as old as it was."""
    began, kept = (round(moment.timestamp() * 1000) for moment in (row.started_at, row.kept_at))
    form = _wire(row.form, row.typed_who, row.person)
    values = {"id": row.id, "form": form, "started_at": began, "kept_at": kept}
    with database.work() as work:
        work.connection.execute(insert(draft).prefix_with("OR REPLACE"), values)


def waiting(database: Database) -> tuple[DraftRow, ...]:
    """The drafts, the newest first."""
    with database.read() as connection:
        rows = connection.execute(select(draft).order_by(draft.c.kept_at.desc())).all()
    found = []
    for row in rows:
        form = of_json(RecordActivity, row.form)
        people = beneficiaries.named(database, form.participants)
        typed = row.form.get("typed_who", "")
        who = ", ".join(person.name for person in people) or form.title or typed
        started, kept = datetime.fromtimestamp(row.started_at / 1000), datetime.fromtimestamp(row.kept_at / 1000)
        person = of_json(SaveBeneficiary, row.form["person"]) if row.form.get("person") else None
        found.append(DraftRow(row.id, form, started, kept, who, typed, person))
    return tuple(found)


def _wire(form: RecordActivity, typed_who: str, person: SaveBeneficiary | None) -> dict[str, Any]:
    return {**plain(form), "typed_who": typed_who, "person": plain(person) if person else None}
