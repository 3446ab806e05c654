"""The rules an activity must follow before it is kept.

Source: « La Coop de la médiation numérique », fact sheet §1.2 to 1.5 (2026-06-30); better where that tool is lax:
dates far ahead are confirmed, counters are never negative, « Pas de matériel » stands alone.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

from app.errors import UserError
from app.services.commands import AnonymousGroup, AnonymousPerson, RecordActivity
from protocol.vocabulary import ActivityKind, Equipment, PlaceKind, Topic

DAYS_AHEAD = 7
"""A date further ahead is probably a slip of the finger, and is confirmed."""
FIRST_YEAR = 2000
LONGEST_MINUTES = 23 * 60 + 59
MOST_ANONYMOUS = 10_000
LONGEST_NOTES = 10_000
"""Characters."""
LONGEST_LINE = 200
"""Characters of a title or of a procedure's precision."""


def tidy(command: RecordActivity) -> RecordActivity:
    """The command without the answers to questions that its other answers make meaningless."""
    individual = command.kind is ActivityKind.INDIVIDUAL
    helped = Topic.ADMINISTRATIVE_HELP in command.topics
    elsewhere = command.place_kind in (PlaceKind.HOME, PlaceKind.OTHER)
    return replace(
        command,
        place=command.place if command.place_kind is PlaceKind.PLACE else None,
        municipality=command.municipality if elsewhere else None,
        postal_code=command.postal_code if elsewhere else None,
        families=command.families if helped else frozenset(),
        procedures=command.procedures if helped else frozenset(),
        procedure_note=command.procedure_note.strip() if helped else "",
        cases=command.cases if command.participants else frozenset(),
        person=command.person if individual and not command.participants else AnonymousPerson(),
        anonymous=AnonymousGroup() if individual else command.anonymous,
        autonomy=command.autonomy if individual else None,
        referred=command.referred if individual else None,
        referral=command.referral if individual and command.referred else None,
        level=None if individual else command.level,
        title="" if individual else command.title.strip(),
        notes=command.notes.strip(),
        participants=tuple(dict.fromkeys(command.participants)),
    )


def check(command: RecordActivity, today: date) -> None:
    """Raise UserError with a sentence for each field at fault."""
    found = faults(command, today)
    if found:
        raise UserError("Il manque encore quelque chose\u00a0: " + " ".join(found.values()), found)


def faults(command: RecordActivity, today: date) -> dict[str, str]:
    """A sentence for each field at fault."""
    return {
        **_day_faults(command, today),
        **_duration_faults(command),
        **_place_faults(command),
        **_content_faults(command),
        **_people_faults(command),
    }


def _day_faults(command: RecordActivity, today: date) -> Mapping[str, str]:
    if command.day is None:
        return {"day": "Indiquez la date."}
    if command.day.year < FIRST_YEAR:
        return {"day": "Vérifiez l’année de la date."}
    if command.day > today + timedelta(days=DAYS_AHEAD) and not command.far_date_confirmed:
        return {"far_date": "Cette date est dans plus d’une semaine\u00a0: confirmez-la ou corrigez-la."}
    return {}


def _duration_faults(command: RecordActivity) -> Mapping[str, str]:
    if command.minutes is None:
        return {"minutes": "Indiquez la durée."}
    if not 0 < command.minutes <= LONGEST_MINUTES:
        return {"minutes": "La durée va de 1 minute à 23 h 59."}
    return {}


def _place_faults(command: RecordActivity) -> Mapping[str, str]:
    if command.place_kind is None:
        return {"place": "Indiquez le lieu."}
    if command.place_kind is PlaceKind.PLACE and command.place is None:
        return {"place": "Choisissez le lieu d’activité."}
    if command.place_kind in (PlaceKind.HOME, PlaceKind.OTHER) and not command.municipality:
        return {"municipality": "Indiquez la commune."}
    return {}


def _content_faults(command: RecordActivity) -> Mapping[str, str]:
    found = {}
    if not command.topics:
        found["topics"] = "Choisissez au moins une thématique."
    if Equipment.NONE in command.equipment and len(command.equipment) > 1:
        found["equipment"] = "« Pas de matériel » ne va pas avec un autre choix."
    if len(command.notes) > LONGEST_NOTES:
        found["notes"] = f"Les notes sont trop longues\u00a0: {LONGEST_NOTES} caractères au plus."
    if len(command.title) > LONGEST_LINE:
        found["title"] = f"Le titre est trop long\u00a0: {LONGEST_LINE} caractères au plus."
    if len(command.procedure_note) > LONGEST_LINE:
        found["procedures"] = f"La précision est trop longue\u00a0: {LONGEST_LINE} caractères au plus."
    return found


def _people_faults(command: RecordActivity) -> Mapping[str, str]:
    if command.kind is ActivityKind.INDIVIDUAL:
        too_many = len(command.participants) > 1
        return {"participants": "Un accompagnement individuel concerne une seule personne."} if too_many else {}
    group = command.anonymous
    counts = [group.already, *group.gender.values(), *group.age_band.values(), *group.status.values()]
    if group.total < 0 or any(number < 0 for number in counts):
        return {"anonymous": "Un nombre de participants ne peut pas être négatif."}
    if group.total > MOST_ANONYMOUS:
        return {"anonymous": f"Un atelier compte {MOST_ANONYMOUS} participants anonymes au plus."}
    if group.already > group.total or any(
        sum(part.values()) > group.total for part in (group.gender, group.age_band, group.status)
    ):
        return {"anonymous": "Le détail dépasse le nombre de participants anonymes."}
    if not command.participants and not group.total:
        return {"participants": "Ajoutez au moins un participant, nommé ou anonyme."}
    return {}
