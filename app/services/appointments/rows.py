"""What is asked and shown of appointments: frozen rows, standard library only."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from protocol.vocabulary import AppointmentStatus


@dataclass(frozen=True, slots=True)
class SaveAppointment:
    """Give an appointment to a person (`id` is None), or say otherwise when, where or what about."""

    id: UUID | None = None
    beneficiary: UUID | None = None
    starts: datetime | None = None
    """Day and hour on the wall, without a zone."""
    minutes: int | None = None
    place: UUID | None = None
    place_note: str = ""
    """Where else, or where exactly."""
    subject: str = ""
    case: UUID | None = None
    opened: "SaveAppointment | None" = field(default=None, compare=False, repr=False)
    """What the form showed at first of one to change: what does not differ from it is left as it is."""


@dataclass(frozen=True, slots=True)
class AppointmentRow:
    """One appointment as the lists show it."""

    id: UUID
    beneficiary: UUID
    person: str
    """Name then first name."""
    starts: datetime
    minutes: int
    place: str
    """Name of the place; empty if it is none of the advisor's."""
    place_note: str
    subject: str
    case: UUID | None
    """None once the case is no longer in the notebook."""
    case_name: str
    status: AppointmentStatus
    activity: UUID | None
    """The accompaniment recorded from it, while it is in the notebook."""
    by: str = ""
    """The colleague who gave it; empty where it was this advisor."""

    @property
    def ends(self) -> datetime:
        """When it is over."""
        return self.starts + timedelta(minutes=self.minutes)

    @property
    def is_expected(self) -> bool:
        """Whether nothing is told yet of how it ended."""
        return self.status is AppointmentStatus.EXPECTED
