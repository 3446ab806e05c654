"""The appointments of the demonstration."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from uuid import UUID

from app.database import Database
from app.services import case_lists, hints
from app.services.appointments import making, rules
from app.services.appointments.rows import SaveAppointment
from protocol.vocabulary import ActivityKind, AppointmentStatus

_TODAY = (
    (0, time(9, 30), 45, "", "Terminer le dossier et l’envoyer", AppointmentStatus.HONOURED),
    (7, time(11), 60, "apporter le téléphone", "", AppointmentStatus.MISSED),
    (12, time(14, 30), 60, "bureau du fond", "Installer la messagerie", AppointmentStatus.EXPECTED),
)
"""Whom (place in the list of the people), hour, minutes, what is added to the place, what about, how it ended."""
_NEXT = ((3, time(9), 90, "chez la personne", "Brancher la box", AppointmentStatus.EXPECTED),)
_LATER = 14
"""Days until the second appointment of whoever comes first today."""


def give_appointments(database: Database, followed: Sequence[UUID], today: date) -> None:
    """A morning that is over, an afternoon to come, and the next working day; some are about a case."""
    usual = hints.for_form(database, ActivityKind.INDIVIDUAL, today).form.place
    next_day = rules.next_working_day(today)
    given = [(today, one) for one in _TODAY] + [(next_day, one) for one in _NEXT]
    again = (0, time(9, 30), 45, "", "Voir la réponse", AppointmentStatus.EXPECTED)
    for day, (place, hour, minutes, note, subject, status) in (*given, (today + timedelta(_LATER), again)):
        person = followed[place % len(followed)]
        case = next((row.id for row in case_lists.of_person(database, person, today) if row.is_open), None)
        at_home = note.startswith("chez")
        command = SaveAppointment(
            beneficiary=person,
            starts=datetime.combine(day, hour),
            minutes=minutes,
            place=None if at_home else usual,
            place_note=note,
            subject=subject,
            case=case,
        )
        id_ = making.give(database, command, today)
        if status is not AppointmentStatus.EXPECTED:
            making.mark(database, id_, status, today)
