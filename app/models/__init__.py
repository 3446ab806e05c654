"""The tables of the encrypted notebook, one file per noun; `RECORDS` finds the record class of a kind."""

from app.models.activity import Activity
from app.models.appointment import Appointment
from app.models.assessment import Assessment
from app.models.attendance import Attendance
from app.models.beneficiary import Beneficiary
from app.models.computer import Computer
from app.models.mandate import Mandate, MandateEntry
from app.models.organisation import Organisation
from app.models.place import Place
from app.models.procedure import Procedure
from app.models.procedure_case import Case
from app.models.record import Record
from app.models.sheet import Sheet
from app.models.tag import Tag
from protocol.vocabulary import RecordKind

__all__ = [
    "OF_ONE_PERSON",
    "RECORDS",
    "Activity",
    "Appointment",
    "Assessment",
    "Attendance",
    "Beneficiary",
    "Case",
    "Computer",
    "Mandate",
    "MandateEntry",
    "Organisation",
    "Place",
    "Procedure",
    "Record",
    "Sheet",
    "Tag",
]

RECORDS: dict[RecordKind, type[Record]] = {
    cls.record_kind: cls
    for cls in (
        Activity,
        Attendance,
        Beneficiary,
        Place,
        Tag,
        Computer,
        Organisation,
        Case,
        Procedure,
        Mandate,
        MandateEntry,
        Assessment,
        Sheet,
        Appointment,
    )
}

OF_ONE_PERSON: tuple[type[Case] | type[Mandate] | type[Assessment] | type[Appointment], ...] = (
    Case,
    Mandate,
    Assessment,
    Appointment,
)
"""What is of one person alone, whom `beneficiary` names: it follows them in a merge and leaves with them.

Presences are of an activity too, and stay as figures; the journal of a mandate goes with the mandate.
"""
