"""What holds for every case: which are open, how pressing they are, what may be typed."""

import re
from dataclasses import replace
from datetime import date, timedelta

from app.errors import UserError
from app.services.activity_rules import FIRST_YEAR, LONGEST_LINE, LONGEST_NOTES
from app.services.commands import SaveCase
from app.services.rows import Urgency
from protocol.vocabulary import CaseStatus

CLOSED = frozenset({CaseStatus.DONE, CaseStatus.ABANDONED})
SOON = timedelta(days=7)
"""A deadline this near is recalled on « Ma journée »."""
MOST_STEPS = 60
_SPACES = re.compile(r"[ \t\r\n]+")


def is_open(status: CaseStatus) -> bool:
    """Whether there is still something to do, or to wait for."""
    return status not in CLOSED


def urgency(status: CaseStatus, deadline: date | None, today: date) -> Urgency:
    """How pressing a case is on a day: only what is open has a deadline to meet."""
    if deadline is None or not is_open(status):
        return Urgency.UNDATED
    if deadline < today:
        return Urgency.LATE
    return Urgency.SOON if deadline - today <= SOON else Urgency.LATER


def closed_on(before: date | None, status: CaseStatus, today: date) -> date | None:
    """When a case was closed: the day it first was, nothing once it is open again."""
    return None if is_open(status) else before or today


def one_line(text: str) -> str:
    """A text on one line, with single spaces; those that French writes before its signs stay as they are."""
    return _SPACES.sub(" ", text).strip()


def tidy(command: SaveCase) -> SaveCase:
    """The command without spaces that say nothing."""
    return replace(
        command,
        name=one_line(command.name),
        reference=one_line(command.reference),
        notes=command.notes.strip(),
    )


def check(command: SaveCase) -> None:
    """Raise UserError with a sentence for each field at fault."""
    faults = {}
    if command.beneficiary is None:
        faults["beneficiary"] = "Choisissez la personne\u00a0: une démarche est suivie pour quelqu’un."
    if not command.name and not command.procedure:
        faults["name"] = "Choisissez une démarche, ou donnez-lui un nom."
    elif len(command.name) > LONGEST_LINE:
        faults["name"] = f"Ce nom est trop long\u00a0: {LONGEST_LINE} caractères au plus."
    if len(command.reference) > LONGEST_LINE:
        faults["reference"] = f"Ce numéro de dossier est trop long\u00a0: {LONGEST_LINE} caractères au plus."
    if command.deadline is not None and command.deadline.year < FIRST_YEAR:
        faults["deadline"] = "Vérifiez l’année de l’échéance."
    if len(command.notes) > LONGEST_NOTES:
        faults["notes"] = f"Les notes sont trop longues\u00a0: {LONGEST_NOTES} caractères au plus."
    if faults:
        raise UserError(" ".join(faults.values()), faults)


def step(said: str) -> str:
    """The words of a step; raises UserError if there are none, or too many."""
    said = one_line(said)
    if not said:
        raise UserError("Dites ce qu’il y a à faire.", {"steps": "Dites ce qu’il y a à faire."})
    if len(said) > LONGEST_LINE:
        sentence = f"Cette étape est trop longue\u00a0: {LONGEST_LINE} caractères au plus."
        raise UserError(sentence, {"steps": sentence})
    return said
