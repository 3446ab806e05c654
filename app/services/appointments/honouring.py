"""From an appointment to the accompaniment that is recorded from it."""

from dataclasses import replace
from datetime import date
from uuid import UUID

from app.database import Database
from app.errors import UserError
from app.models import Appointment
from app.services import hints
from app.services.appointments import making
from app.services.commands import RecordActivity
from app.work import Work, find
from protocol.vocabulary import ActivityKind, AppointmentStatus, PlaceKind


def form_for(database: Database, id_: UUID, today: date | None = None) -> RecordActivity:
    """A form with what the appointment says: the person, the day, how long, where, the case. Raises UserError.

    A person who comes before the day came today.
    """
    today = today or date.today()
    with database.read() as connection:
        kept = find(connection, Appointment, id_)
    if kept is None or kept.deleted or kept.beneficiary is None:
        raise UserError(making.GONE)
    usual = hints.for_form(database, ActivityKind.INDIVIDUAL, today).form
    is_elsewhere = kept.place is None and bool(kept.place_note)
    place = None if is_elsewhere else kept.place or usual.place
    return replace(
        usual,
        place_kind=PlaceKind.PLACE if place else None if is_elsewhere else usual.place_kind,
        place=place,
        day=min(today, kept.starts.date()) if kept.starts else today,
        minutes=kept.minutes or usual.minutes,
        participants=(kept.beneficiary,),
        cases=frozenset({kept.case}) if kept.case else frozenset(),
        appointment=id_,
    )


def settle(work: Work, command: RecordActivity, activity: UUID) -> None:
    """Say of the appointment that a new accompaniment comes from that its person came to it."""
    kept = work.find(Appointment, command.appointment) if command.appointment else None
    if kept is not None and not kept.deleted and kept.beneficiary in command.participants:
        work.save(replace(kept, status=AppointmentStatus.HONOURED, activity=activity))
