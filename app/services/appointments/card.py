"""What is printed of an appointment for the person: « Mon rendez-vous »."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from app.database import Database
from app.models import Appointment
from app.services import access, beneficiaries, cases, guides, organisations, places
from app.services.appointments import lists
from app.services.appointments.rows import AppointmentRow
from app.work import find


@dataclass(frozen=True, slots=True)
class AppointmentCard:
    """One appointment, who expects the person, and what to bring."""

    row: AppointmentRow
    person: str
    """First name then name, as the person is called."""
    address: str
    """Of the place: number and street, post code and commune."""
    bring: tuple[str, ...]
    """What the procedure asks for; empty where there is none."""
    drawn_up_on: date
    advisor: str
    structure: str


def gather(database: Database, id_: UUID, today: date) -> AppointmentCard:
    """What to print of an appointment; raises UserError if it is gone."""
    row = lists.one(database, id_)
    (known,) = beneficiaries.named(database, (row.beneficiary,))
    employer = organisations.on(database, today)
    procedure = cases.form_of(database, row.case).procedure if row.case else ""
    guide = guides.find(database, procedure) if procedure else None
    return AppointmentCard(
        row=row,
        person=f"{known.first_name} {known.last_name}".strip(),
        address=_address(database, id_),
        bring=guide.bring if guide else (),
        drawn_up_on=today,
        advisor=row.by or access.advisor_name(database),
        structure=employer.name if employer else "",
    )


def _address(database: Database, id_: UUID) -> str:
    with database.read() as connection:
        kept = find(connection, Appointment, id_)
    where = next((one for one in places.mine(database, with_archived=True) if kept and one.id == kept.place), None)
    if where is None:
        return ""
    return ", ".join(filter(None, (where.address, f"{where.postal_code} {where.municipality_name}".strip())))
