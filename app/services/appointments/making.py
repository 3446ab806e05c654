"""What an advisor does with appointments: give, move, say how one ended, take away."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from app.database import Database
from app.errors import UserError
from app.models import Appointment, Case
from app.services import merged
from app.services.appointments import rules
from app.services.appointments.rows import SaveAppointment
from app.work import Work, find
from protocol.vocabulary import AppointmentStatus

GONE = "Ce rendez-vous n’est plus dans le carnet."


def give(database: Database, command: SaveAppointment, today: date | None = None) -> UUID:
    """Give an appointment to a person; raises UserError for each field at fault."""
    command = rules.tidy(command)
    rules.check(command, None, today or date.today())
    assert command.beneficiary is not None
    with database.work() as work:
        owner = merged.owner(work, command.beneficiary).id
        kept = Appointment(**{**_answers(command), "beneficiary": owner, "case": _case(work, command.case, owner)})
        work.save(kept)
    return kept.id


def move(database: Database, command: SaveAppointment, today: date | None = None) -> Callable[[], None]:
    """Say otherwise when, where or what about; the answer undoes it. Raises UserError for each field at fault.

    One that was over and is now to come is expected again.
    """
    today, command = today or date.today(), rules.tidy(command)
    with database.work() as work:
        found = _found(work, command.id)
        rules.check(command, found.starts, today)
        fields = _answers(command)
        if command.opened:
            before = _answers(rules.tidy(command.opened))
            fields = {name: getattr(found, name) if before[name] == now else now for name, now in fields.items()}
        fields["case"] = _case(work, fields["case"], found.beneficiary)
        kept = replace(found, **fields, beneficiary=found.beneficiary)
        if kept.starts != found.starts and kept.starts and kept.starts.date() > today:
            kept = replace(kept, status=AppointmentStatus.EXPECTED, activity=None)
        work.save(kept)
    changed = [name for name in (*fields, "status", "activity") if getattr(kept, name) != getattr(found, name)]
    return lambda: _change(database, kept.id, {name: getattr(found, name) for name in changed})


def mark(database: Database, id_: UUID, status: AppointmentStatus, today: date | None = None) -> Callable[[], None]:
    """Say how an appointment ended, or that it is expected after all; the answer undoes it.

    Raises UserError where the end is impossible.
    """
    with database.work() as work:
        found = _found(work, id_)
        rules.check_end(status, found.starts, today or date.today())
        is_honoured = status is AppointmentStatus.HONOURED
        work.save(replace(found, status=status, activity=found.activity if is_honoured else None))
    return lambda: _change(database, id_, {"status": found.status, "activity": found.activity})


def delete(database: Database, id_: UUID) -> None:
    """Take an appointment out of the lists; `restore` brings it back."""
    _change(database, id_, {"deleted": True})


def restore(database: Database, id_: UUID) -> None:
    """Bring a deleted appointment back."""
    _change(database, id_, {"deleted": False})


def form_of(database: Database, id_: UUID) -> SaveAppointment:
    """An appointment as its form shows it; raises UserError if it is gone."""
    with database.read() as connection:
        kept = find(connection, Appointment, id_)
    if kept is None or kept.deleted:
        raise UserError(GONE)
    form = SaveAppointment(
        id=kept.id,
        beneficiary=kept.beneficiary,
        starts=kept.starts,
        minutes=kept.minutes,
        place=kept.place,
        place_note=kept.place_note or "",
        subject=kept.subject or "",
        case=kept.case,
    )
    return replace(form, opened=form)


def _answers(form: SaveAppointment) -> dict[str, Any]:
    """The fields that a form answers."""
    return {
        "starts": form.starts,
        "minutes": form.minutes,
        "place": form.place,
        "place_note": form.place_note or None,
        "subject": form.subject or None,
        "case": form.case,
    }


def _case(work: Work, id_: UUID | None, owner: UUID | None) -> UUID | None:
    """The case, if it is one of the person's."""
    kept = work.find(Case, id_) if id_ else None
    return kept.id if kept and kept.beneficiary == owner else None


def _change(database: Database, id_: UUID, fields: dict[str, Any]) -> None:
    with database.work() as work:
        work.save(replace(_found(work, id_), **fields))


def _found(work: Work, id_: UUID | None) -> Appointment:
    kept = work.find(Appointment, id_) if id_ else None
    if kept is None:
        raise UserError(GONE)
    return kept
