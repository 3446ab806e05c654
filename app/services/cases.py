"""What an advisor does with the procedures (démarches) of people: open, follow step by step, close, link."""

import secrets
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from app.database import Database
from app.errors import UserError
from app.models import Activity, Case
from app.models.base import known_or_none
from app.services import case_rules, guides, merged
from app.services.commands import SaveCase
from app.services.rows import StepRow
from app.work import Work, find
from protocol.vocabulary import CaseStatus, ProcedureFamily

Steps = list[dict[str, Any]]


def save(database: Database, command: SaveCase, today: date | None = None) -> UUID:
    """Open a case, with the steps of its procedure, or change one; raises UserError for each field at fault."""
    command = case_rules.tidy(command)
    case_rules.check(command)
    guide = guides.find(database, command.procedure) if command.procedure else None
    if guide is not None and command.id is None:
        command = replace(command, name=command.name or guide.name, family=command.family or guide.family)
    with database.work() as work:
        found = work.find(Case, command.id) if command.id else None
        if command.id and (found is None or found.deleted):
            raise UserError(_GONE)
        fields = answers(command)
        if found and command.opened:
            before = answers(case_rules.tidy(command.opened))
            fields = {name: getattr(found, name) if before[name] == now else now for name, now in fields.items()}
        fields["beneficiary"] = merged.owner(work, fields["beneficiary"]).id
        new = Case(steps=new_steps(guide.steps if guide else ()), opened_on=today or date.today())
        kept = _closed_or_not(found or new, replace(found or new, **fields), today)
        work.save(kept)
    return kept.id


def set_status(database: Database, id_: UUID, status: CaseStatus, today: date | None = None) -> None:
    """Say how far a case has come; closing it keeps the day, opening it again forgets that day."""
    _change(database, id_, lambda kept: _closed_or_not(kept, replace(kept, status=status), today))


def tick(database: Database, id_: UUID, step: str, is_done: bool) -> None:
    """Say that a step is done, or is not after all."""
    _change(database, id_, lambda kept: replace(kept, done=kept.done | {step} if is_done else kept.done - {step}))


def add_step(database: Database, id_: UUID, said: str) -> str:
    """One more step, the last one; answers its id, raises UserError if the words do not do."""
    added = new_steps((case_rules.step(said),)) or []

    def longer(kept: Case) -> Case:
        if len(kept.steps or ()) >= case_rules.MOST_STEPS:
            raise UserError(f"Une démarche a {case_rules.MOST_STEPS} étapes au plus.")
        return replace(kept, steps=[*(kept.steps or ()), *added])

    _change(database, id_, longer)
    return str(added[0]["id"])


def reword_step(database: Database, id_: UUID, step: str, said: str) -> None:
    """Say a step otherwise; raises UserError if the words do not do."""
    said = case_rules.step(said)

    def reworded(kept: Case) -> Case:
        return replace(kept, steps=[{**one, "said": said} if one["id"] == step else one for one in kept.steps or ()])

    _change(database, id_, reworded)


def remove_step(database: Database, id_: UUID, step: str) -> Callable[[], None]:
    """Take a step away; the answer puts it back in its place, ticked as it was."""
    taken: list[tuple[int, dict[str, Any]]] = []

    def shorter(kept: Case) -> Case:
        steps = kept.steps or []
        taken.extend((place, one) for place, one in enumerate(steps) if one["id"] == step)
        return replace(kept, steps=[one for one in steps if one["id"] != step] or None)

    def back(kept: Case) -> Case:
        steps = [one for one in kept.steps or () if one["id"] != step]
        for place, one in taken:
            steps.insert(place, one)
        return replace(kept, steps=steps or None)

    _change(database, id_, shorter)
    return lambda: _change(database, id_, back)


def move_step(database: Database, id_: UUID, step: str, by: int) -> None:
    """Put a step earlier (-1) or later (1); at the ends it stays."""

    def reordered(kept: Case) -> Case:
        steps = list(kept.steps or ())
        here = next((place for place, one in enumerate(steps) if one["id"] == step), None)
        if here is None:
            return kept
        one = steps.pop(here)
        steps.insert(max(0, min(len(steps), here + by)), one)
        return replace(kept, steps=steps)

    _change(database, id_, reordered)


def link(database: Database, id_: UUID, activity: UUID, is_linked: bool) -> None:
    """Say that an activity moved a case on, or did not; raises UserError if it is gone."""
    with database.work() as work:
        kept = work.find(Activity, activity)
        if kept is None:
            raise UserError("Cette activité n’est plus dans le carnet.")
        cases = kept.cases | {str(id_)} if is_linked else kept.cases - {str(id_)}
        work.save(replace(kept, cases=cases))


def delete(database: Database, id_: UUID) -> None:
    """Take a case out of the lists; `restore` brings it back."""
    _change(database, id_, lambda kept: replace(kept, deleted=True))


def restore(database: Database, id_: UUID) -> None:
    """Bring a deleted case back."""
    _change(database, id_, lambda kept: replace(kept, deleted=False))


def form_of(database: Database, id_: UUID) -> SaveCase:
    """A case as its form shows it; raises UserError if it is gone."""
    with database.read() as connection:
        kept = find(connection, Case, id_)
    if kept is None or kept.deleted:
        raise UserError(_GONE)
    return form_for(kept)


def form_for(kept: Case) -> SaveCase:
    """The same of a case already read."""
    form = SaveCase(
        id=kept.id,
        beneficiary=kept.beneficiary,
        procedure=kept.procedure or "",
        name=kept.name or "",
        family=known_or_none(ProcedureFamily, kept.family),
        status=kept.status,
        reference=kept.reference or "",
        deadline=kept.deadline,
        notes=kept.notes or "",
    )
    return replace(form, opened=form)


def steps_of(kept: Case) -> tuple[StepRow, ...]:
    """The steps of a case, in order."""
    return tuple(StepRow(one["id"], one["said"], one["id"] in kept.done) for one in kept.steps or ())


def answers(form: SaveCase) -> dict[str, Any]:
    """The fields of a case that a form answers."""
    return {
        "beneficiary": form.beneficiary,
        "procedure": form.procedure or None,
        "name": form.name or None,
        "family": form.family,
        "status": form.status,
        "reference": form.reference or None,
        "deadline": form.deadline,
        "notes": form.notes or None,
    }


def new_steps(said: Iterable[str]) -> Steps | None:
    """Steps to do, each with an id of its own; None for none."""
    return [{"id": secrets.token_hex(4), "said": one} for one in said] or None


def _closed_or_not(found: Case, kept: Case, today: date | None) -> Case:
    """The case with the day it was closed; a status of a newer program says nothing of it."""
    if known_or_none(CaseStatus, kept.status) is None:
        return kept
    before = None if case_rules.is_open(found.status) else found.closed_on
    return replace(kept, closed_on=case_rules.closed_on(before, kept.status, today or date.today()))


def _change(database: Database, id_: UUID, change: Callable[[Case], Case]) -> None:
    with database.work() as work:
        work.save(change(_found(work, id_)))


def _found(work: Work, id_: UUID) -> Case:
    kept = work.find(Case, id_)
    if kept is None:
        raise UserError(_GONE)
    return kept


_GONE = "Cette démarche n’est plus dans le carnet."
