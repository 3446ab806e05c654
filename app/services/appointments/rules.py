"""What holds for every appointment: what may be typed, how far ahead one is given, what is found in its past."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from app.errors import UserError
from app.services.activity_rules import LONGEST_LINE, LONGEST_MINUTES
from app.services.appointments.rows import SaveAppointment
from app.services.case_rules import one_line
from protocol.vocabulary import AppointmentStatus

FURTHEST = timedelta(days=366)
"""A person without contact for a year becomes anonymous: no appointment is given for later."""
USUAL_MINUTES = 60
SATURDAY = 5


def tidy(command: SaveAppointment) -> SaveAppointment:
    """The command without spaces that say nothing."""
    return replace(command, place_note=one_line(command.place_note), subject=one_line(command.subject))


def check(command: SaveAppointment, before: datetime | None, today: date) -> None:
    """Raise UserError with a sentence for each field at fault; a time that stays as it was may be past."""
    faults = {}
    if command.beneficiary is None:
        faults["beneficiary"] = "Choisissez la personne\u00a0: un rendez-vous est donné à quelqu’un."
    if command.starts is None:
        faults["day"] = "Donnez le jour et l’heure."
    elif command.starts != before and (sentence := wrong_day(command.starts.date(), today)):
        faults["day"] = sentence
    if command.minutes is None or not 1 <= command.minutes <= LONGEST_MINUTES:
        faults["minutes"] = "Choisissez une durée."
    if len(command.place_note) > LONGEST_LINE:
        faults["place"] = f"Cette précision est trop longue\u00a0: {LONGEST_LINE} caractères au plus."
    if len(command.subject) > LONGEST_LINE:
        faults["subject"] = f"Cet objet est trop long\u00a0: {LONGEST_LINE} caractères au plus."
    if faults:
        raise UserError(" ".join(faults.values()), faults)


def wrong_day(day: date, today: date) -> str:
    """Why no appointment is given for a day; empty if one can be."""
    if day < today:
        return "Ce jour est passé\u00a0: un rendez-vous se donne pour aujourd’hui ou pour plus tard."
    if day - today > FURTHEST:
        return "C’est dans plus d’un an\u00a0: vérifiez l’année."
    return ""


def check_end(status: AppointmentStatus, starts: datetime | None, today: date) -> None:
    """Raise UserError where the end told is impossible: nobody came to, or missed, what is for another day."""
    is_held = status in (AppointmentStatus.HONOURED, AppointmentStatus.MISSED)
    if is_held and starts is not None and starts.date() > today:
        raise UserError("Ce rendez-vous n’a pas encore eu lieu\u00a0: déplacez-le, ou annulez-le.")


def next_working_day(day: date) -> date:
    """The first day after this one that is neither a Saturday nor a Sunday."""
    later = day + timedelta(days=1)
    while later.weekday() >= SATURDAY:
        later += timedelta(days=1)
    return later
