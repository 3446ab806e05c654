"""Taking into the notebook what a file says, all at once or not at all; and taking it out again."""

import json
from collections.abc import Iterator, Sequence, Set
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import CompoundSelect, Select, Table, func, select, union, update

from app.database import Database
from app.errors import UserError
from app.models import OF_ONE_PERSON, Activity, Record
from app.models.activity import activity, activity_choice
from app.models.appointment import appointment
from app.models.attendance import attendance
from app.models.ids import listed, those_listed
from app.models.local import draft, import_batch, imported
from app.services import activities, attendances
from app.services.imports import collector, notebook_file, planning, reading
from app.services.imports.brought import begin, parts, remember, set_deleted
from app.services.imports.earlier import PART, moment_of
from app.services.imports.notebook_file import NotebookPlan
from app.services.imports.planned import PlannedActivity
from app.services.imports.planning import Plan
from app.services.imports.plans import Batch, Undone
from app.services.progress import Progress
from app.work import Work
from protocol.vocabulary import ActivityKind, RecordKind

_CHANGED = "Le carnet a changé depuis cet aperçu\u00a0: vérifiez-le de nouveau avant d’importer."
_NOTHING = "Tout ce que dit ce fichier est déjà dans le carnet."


def plan_file(database: Database, path: Path, progress: Progress) -> Plan | NotebookPlan:
    """Read a file, whatever it is, and say what each of its lines would do; nothing is written.

    Raises UserError or KnownError with a sentence for a file that cannot be taken in, CancelledError.
    """
    if notebook_file.is_notebook(path):
        return notebook_file.plan(database, path, progress)
    return planning.plan(database, reading.read(path, progress), progress)


def take_in(database: Database, plan: Plan | NotebookPlan, progress: Progress) -> Batch:
    """Do what was accepted, in one transaction.

    Raises UserError where the notebook has changed so that something else would happen, or where there is nothing to
    do; CancelledError. Either way nothing is written.
    """
    with collector.spared(), database.long_work() as work:
        plan = _still(work, plan)
        if plan.is_empty:
            raise UserError(_NOTHING)
        batch = begin(work, plan.preview, database.now_ms())
        if isinstance(plan, NotebookPlan):
            records = notebook_file.carry_out(work, plan, batch.id, progress)
        else:
            records = _carry_out(work, plan, batch.id, progress)
    return replace(batch, records=records)


def undo(database: Database, batch: UUID, progress: Progress) -> Undone:
    """Take out everything that an import created or brought back, even changed since; importing again brings it back.

    A person, a place or a tag that the rest of the notebook or a draft uses stays. Raises UserError if it is undone
    already, CancelledError; nothing is written then.
    """
    with database.long_work() as work:
        _mark(work, batch, undone=True)
        ids = {kind: _brought(work, batch, kind) for kind in RecordKind}
        total = sum(map(len, ids.values()))
        taken: list[tuple[RecordKind, UUID]] = []
        stayed = dict.fromkeys(RecordKind, 0)
        for kind in _ORDER:
            kept = _used(work, kind, ids[kind])
            gone = [id_ for id_ in ids[kind] if id_ not in kept]
            stayed[kind] = len(kept)
            for part in parts(gone):
                progress.step(len(taken), total)
                taken += ((kind, id_) for id_ in set_deleted(work, kind, part, True))
    return Undone(batch, tuple(taken), stayed[RecordKind.BENEFICIARY], stayed[RecordKind.PLACE], stayed[RecordKind.TAG])


def bring_back(database: Database, undone: Undone, progress: Progress) -> None:
    """Undo `undo`: what it took out is there again, as it was; raises UserError if it is already."""
    with database.long_work() as work:
        _mark(work, undone.batch, undone=False)
        for kind in reversed(_ORDER):
            for number, part in enumerate(parts([id_ for one, id_ in undone.taken if one is kind])):
                progress.step(number * PART, len(undone.taken))
                set_deleted(work, kind, part, False)


def batches(database: Database) -> tuple[Batch, ...]:
    """The files that were taken in, the newest first."""
    counted = select(imported.c.batch, func.count().label("records")).group_by(imported.c.batch).subquery()
    wanted = (
        select(import_batch, func.coalesce(counted.c.records, 0).label("records"))
        .outerjoin(counted, counted.c.batch == import_batch.c.id)
        .order_by(import_batch.c.at.desc(), import_batch.c.id.desc())
    )
    with database.read() as connection:
        return tuple(
            Batch(row.id, datetime.fromtimestamp(row.at / 1000), row.file, row.records, row.undone)
            for row in connection.execute(wanted)
        )


def _still(work: Work, plan: Plan | NotebookPlan) -> Plan | NotebookPlan:
    """The plan as it is now; what changed meanwhile may not concern it."""
    if moment_of(work.connection) == plan.moment:
        return plan
    again: Plan | NotebookPlan
    if isinstance(plan, NotebookPlan):
        again = notebook_file.plan_in(work.connection, plan.path, plan.noted, Progress())
    else:
        again = planning.plan_in(work.connection, plan.file, Progress())
    if again.preview != plan.preview:
        raise UserError(_CHANGED)
    return again


def _carry_out(work: Work, plan: Plan, batch: UUID, progress: Progress) -> int:
    for kind in RecordKind:
        ids = [id_ for one, id_ in plan.restored if one is kind]
        set_deleted(work, kind, ids, False)
        remember(work, batch, kind, ids)
    for part in parts(plan.created):
        _keep(work, batch, part)
    _take_activities(work, batch, plan.activities, progress)
    return len(plan.restored) + len(plan.created) + len(plan.activities)


def _keep(work: Work, batch: UUID, records: Sequence[Record]) -> None:
    work.save_all(records)
    for kind in {one.record_kind for one in records}:
        remember(work, batch, kind, (one.id for one in records if one.record_kind is kind))


def _take_activities(work: Work, batch: UUID, planned: Sequence[PlannedActivity], progress: Progress) -> None:
    """Keep the activities with who came; a presence goes and comes back with its activity."""
    for number, part in enumerate(parts(planned)):
        progress.step(number * PART, len(planned))
        work.save_all([record for one in part for record in _records(one)])
        work.remember([line for one in part for line in _changed_once(one)])
        remember(work, batch, RecordKind.ACTIVITY, (one.line.id for one in part))


def _records(planned: PlannedActivity) -> Iterator[Record]:
    line, form = planned.line, planned.line.form
    said: dict[str, Any] = {
        **activities.answers(form),
        "place": planned.place,
        "tags": frozenset(str(tag) for tag in planned.tags),
    }
    yield Activity(id=line.id, created_at=line.recorded_at, **said)
    for person, band in planned.people:
        yield attendances.named(line.id, person, band, line.recorded_at)
    if form.kind is ActivityKind.INDIVIDUAL and not planned.people:
        yield attendances.anonymous(line.id, form.person, line.recorded_at)


def _changed_once(planned: PlannedActivity) -> Iterator[dict[str, Any]]:
    """A line of history that says when the activity was last changed, and no more: the file tells nothing else."""
    line = planned.line
    if line.changed_at and line.changed_at > (line.recorded_at or 0):
        yield {
            "kind": RecordKind.ACTIVITY,
            "record_id": line.id,
            "at": line.changed_at,
            "here": True,
            "before": {},
            "after": {},
            "author": None,
        }


def _mark(work: Work, batch: UUID, *, undone: bool) -> None:
    marked = update(import_batch).where(import_batch.c.id == batch, import_batch.c.undone.is_(not undone))
    if not work.connection.execute(marked.values(undone=undone)).rowcount:
        raise UserError(f"Cet import a déjà été {'retiré du' if undone else 'remis dans le'} carnet.")


def _brought(work: Work, batch: UUID, kind: RecordKind) -> Sequence[UUID]:
    wanted = select(imported.c.record_id).where(imported.c.batch == batch, imported.c.kind == kind)
    return work.connection.execute(wanted).scalars().all()


def _used(work: Work, kind: RecordKind, ids: Sequence[UUID]) -> Set[UUID]:
    """Those that an activity, what follows a person, or a draft still speaks of."""
    if kind not in _USES or not ids:
        return frozenset()
    rows = work.connection.execute(_USES[kind], {"ids": listed(ids)}).scalars()
    used = {UUID(one) if isinstance(one, str) else one for one in rows}
    drafts = json.dumps(work.connection.execute(select(draft.c.form)).scalars().all())
    return used.intersection(ids) | {id_ for id_ in ids if str(id_) in drafts}


_ORDER = (
    RecordKind.APPOINTMENT,
    RecordKind.MANDATE_ENTRY,
    RecordKind.MANDATE,
    RecordKind.ASSESSMENT,
    RecordKind.CASE,
    RecordKind.PROCEDURE,
    RecordKind.SHEET,
    RecordKind.ATTENDANCE,
    RecordKind.ACTIVITY,
    RecordKind.BENEFICIARY,
    RecordKind.PLACE,
    RecordKind.TAG,
    RecordKind.ORGANISATION,
)
"""The activities first: what they alone used is free then."""


def _of_people(table: Table) -> Select[Any]:
    return select(table.c.beneficiary).where(~table.c.deleted, table.c.beneficiary.in_(those_listed()))


_USES: dict[RecordKind, Select[Any] | CompoundSelect[Any]] = {
    RecordKind.BENEFICIARY: union(
        _of_people(attendance)
        .join_from(attendance, activity, activity.c.id == attendance.c.activity)
        .where(~activity.c.deleted),
        *(_of_people(one.table) for one in OF_ONE_PERSON),
    ),
    RecordKind.PLACE: union(
        *(
            select(one.c.place).where(~one.c.deleted, one.c.place.in_(those_listed())).distinct()
            for one in (activity, appointment)
        )
    ),
    RecordKind.TAG: (
        select(activity_choice.c.code)
        .join(activity, activity.c.id == activity_choice.c.activity)
        .where(~activity.c.deleted, activity_choice.c.field == "tags")
        .distinct()
    ),
}
