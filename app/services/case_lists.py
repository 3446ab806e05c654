"""The lists of cases: those that match a filter, those of one person, those whose deadline is near."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, select

from app.database import Database
from app.errors import UserError
from app.folding import fold
from app.models import Case
from app.models.activity import activity, activity_choice
from app.models.base import known_or_none
from app.models.beneficiary import beneficiary
from app.models.procedure_case import procedure_case
from app.services import activity_lists, case_rules, cases, guides, lost_values
from app.services.activity_lists import conditions_of, rows_of
from app.services.commands import ActivityFilter, CaseFilter
from app.services.rows import CaseDetail, CaseRow, LinkedActivity, Urgency
from app.work import find, find_all
from protocol.vocabulary import CaseStatus, ProcedureFamily, RecordKind

LAST_ACTIVITIES = 5
"""Activities of the person that are offered to be linked."""
_EVERYTHING = CaseFilter()
_ORDER = tuple(Urgency)
_MAY_BE_OPEN = procedure_case.c.status.is_(None) | procedure_case.c.status.not_in(sorted(case_rules.CLOSED))
"""Those that were closed, which are ever more, are not even read."""


def listed(database: Database, today: date, filter_: CaseFilter = _EVERYTHING) -> tuple[CaseRow, ...]:
    """The cases that a filter keeps, the most pressing first; only the open ones where it asks for no status."""
    with database.read() as connection:
        rows = _rows(connection, today, *(() if filter_.statuses else (_MAY_BE_OPEN,)))
    kept = (row for row in rows if row.status in filter_.statuses or (not filter_.statuses and row.is_open))
    families = filter_.families
    return _by_urgency(row for row in kept if (not families or row.family in families) and _holds(row, filter_.text))


def pressing(database: Database, today: date) -> tuple[CaseRow, ...]:
    """The open cases whose deadline is past or within seven days, the most urgent first."""
    with database.read() as connection:
        rows = _rows(connection, today, _MAY_BE_OPEN, procedure_case.c.deadline <= today + case_rules.SOON)
    return _by_urgency(row for row in rows if row.urgency in (Urgency.LATE, Urgency.SOON))


def of_person(database: Database, id_: UUID, today: date) -> tuple[CaseRow, ...]:
    """The cases of one person: the open ones, the most pressing first, then the closed ones, the last closed first."""
    with database.read() as connection:
        rows = _rows(connection, today, procedure_case.c.beneficiary == id_)
    closed = [row for row in rows if not row.is_open]
    closed.sort(key=lambda row: row.closed_on or date.min, reverse=True)
    return (*_by_urgency(row for row in rows if row.is_open), *closed)


def named(database: Database, ids: Iterable[UUID], today: date) -> tuple[CaseRow, ...]:
    """Some cases, in the order of the lists; those no longer in the notebook are left out."""
    with database.read() as connection:
        return _by_urgency(_rows(connection, today, procedure_case.c.id.in_(list(ids))))


def detail(database: Database, id_: UUID, today: date) -> CaseDetail:
    """Everything about one case; raises UserError if it is gone."""
    with database.read() as connection:
        rows = _rows(connection, today, procedure_case.c.id == id_)
        kept = find(connection, Case, id_)
    if not rows or kept is None:
        raise UserError("Cette démarche n’est plus dans le carnet.")
    return CaseDetail(
        row=rows[0],
        form=cases.form_for(kept),
        steps=cases.steps_of(kept),
        guide=guides.find(database, kept.procedure) if kept.procedure else None,
        activities=_activities(database, rows[0]),
        lost=lost_values.of(database, RecordKind.CASE, id_),
    )


def _activities(database: Database, row: CaseRow) -> tuple[LinkedActivity, ...]:
    linked_to = select(activity_choice.c.activity).where(
        activity_choice.c.field == "cases", activity_choice.c.code == str(row.id)
    )
    wanted = select(activity.c.number).where(*conditions_of(ActivityFilter()), activity.c.id.in_(linked_to))
    with database.read() as connection:
        linked = rows_of(connection, wanted)
    last = activity_lists.last_with(database, row.beneficiary, LAST_ACTIVITIES)
    chosen = {one.id for one in linked}
    found = {one.id: one for one in (*linked, *last)}.values()
    newest = sorted(found, key=lambda one: (one.day, one.recorded_at), reverse=True)
    return tuple(LinkedActivity(one, one.id in chosen) for one in newest)


def _rows(connection: Connection, today: date, *conditions: ColumnElement[bool]) -> list[CaseRow]:
    """The cases of the people who are in the notebook."""
    people = beneficiary.c.id == procedure_case.c.beneficiary
    there = procedure_case.c.deleted.is_(False), beneficiary.c.deleted.is_(False), beneficiary.c.merged_into.is_(None)
    wanted = select(procedure_case.c.id, beneficiary.c.last_name, beneficiary.c.first_name).join(beneficiary, people)
    names = {id_: _name(*name) for id_, *name in connection.execute(wanted.where(*there, *conditions))}
    return [_row(kept, names[id_], today) for id_, kept in find_all(connection, Case, names).items()]


def _row(kept: Case, person: str, today: date) -> CaseRow:
    status = known_or_none(CaseStatus, kept.status) or CaseStatus.WAITING  # of a newer program: open, for all one knows
    steps = cases.steps_of(kept)
    assert kept.beneficiary is not None
    return CaseRow(
        id=kept.id,
        beneficiary=kept.beneficiary,
        person=person,
        name=kept.name or "",
        procedure=kept.procedure or "",
        family=known_or_none(ProcedureFamily, kept.family),
        status=status,
        deadline=kept.deadline,
        opened_on=kept.opened_on,
        closed_on=None if case_rules.is_open(status) else kept.closed_on,
        done=sum(step.is_done for step in steps),
        steps=len(steps),
        next_step=next((step.said for step in steps if not step.is_done), ""),
        urgency=case_rules.urgency(status, kept.deadline, today),
        is_open=case_rules.is_open(status),
    )


def _by_urgency(rows: Iterable[CaseRow]) -> tuple[CaseRow, ...]:
    """The nearest deadline first, then by name of the person and of the case."""

    def order(row: CaseRow) -> tuple[Any, ...]:
        last = row.deadline if row.urgency is not Urgency.UNDATED and row.deadline else date.max
        return _ORDER.index(row.urgency), last, fold(row.person), fold(row.name), str(row.id)

    return tuple(sorted(rows, key=order))


def _holds(row: CaseRow, text: str) -> bool:
    """Whether every word typed begins a word of the person, of the case or of its next step."""
    said = f" {fold(f'{row.person} {row.name} {row.next_step}')}"
    return all(f" {word}" in said for word in fold(text).split())


def _name(last: str | None, first: str | None) -> str:
    return f"{last or ''} {first or ''}".strip()
