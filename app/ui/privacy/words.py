"""The sentences of « Confidentialité »."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

from app import labels
from app.services.privacy.consent import Confidentiality
from app.services.privacy.erasing import Leaving
from app.services.privacy.retention_of_people import Kept
from protocol.vocabulary import Consent

if TYPE_CHECKING:
    from app.services.privacy.upkeep import Upkeep

BASIS = (
    "Votre mission d’intérêt public suffit pour tenir ce carnet (RGPD, article 6-1 e). L’accord porte sur ce qui va "
    "au-delà\u00a0: garder de quoi rappeler la personne, par exemple."
)
RULE = (
    "Un an après le dernier contact, une personne n’est plus gardée que comme un nombre dans vos statistiques. Vous "
    "êtes prévenu 30\u00a0jours avant, sur Ma journée."
)
CONSENT_NOTED = {
    Consent.GIVEN: "Accord noté",
    Consent.REFUSED: "Refus noté",
    Consent.WITHDRAWN: "Retrait de l’accord noté",
}
TO_DO_WITHOUT_CONSENT = {
    Consent.REFUSED: "Cette personne a refusé. Gardez-la sans ses coordonnées, ou effacez-la.",
    Consent.WITHDRAWN: "Cette personne a retiré son accord. Retirez ses coordonnées, ou effacez-la.",
}
FOREVER_GONE = "Disparaissent pour toujours, ici, sur le serveur et chez vos collègues\u00a0:"
FOR_EVER = "J’ai compris\u00a0: cela ne pourra pas être annulé"
ELSEWHERE = (
    "Ce qui est sorti d’ici reste où il est\u00a0: une copie sur une clé USB, un PDF, un fichier exporté, une feuille "
    "imprimée. Pensez à les détruire. Un autre ordinateur du carnet l’efface dès qu’il se synchronise, et de ses "
    "sauvegardes dans la semaine."
)


def informed(on: date | None, today: date) -> str:
    """Whether the information sheet was handed over."""
    if on is None:
        return "Pas encore remise."
    return f"Remise le {labels.day(on, today)}."


def kept(shown: Confidentiality, today: date) -> tuple[str, str]:
    """« Dernier contact… », then until when the person is known by name."""
    last = f"Dernier contact le {labels.day(shown.last_contact, today)}."
    return last, f"Sera anonymisée le {labels.day(shown.due_on, today)}{_left(shown.due_on, today)}."


def due(one: Kept, today: date) -> str:
    """« Dernier contact le 12/11/2025 · anonymisée le 12/12/2026, dans 14 jours »."""
    last, then = labels.short_day(one.last_contact), labels.short_day(one.due_on)
    return f"Dernier contact le {last} · anonymisée le {then}{_left(one.due_on, today)}"


def notice(people: Sequence[Kept], today: date) -> str:
    """The line of « Ma journée »."""
    number = len(people)
    if number == 1:
        when = _left(people[0].due_on, today).lstrip(", ") or "bientôt"
        return f"Une personne sans contact depuis près d’un an sera anonymisée {when}."
    return f"{labels.count(number, 'personne')} sans contact depuis près d’un an seront bientôt anonymisées."


def goes(one: Leaving) -> Iterator[str]:
    """What disappears with a person, a line for each thing."""
    yield "son nom, ses coordonnées et vos notes sur elle"
    mandates = labels.count(one.mandates, "mandat") + (" et son journal" if one.mandates == 1 else " et leurs journaux")
    owned = (
        labels.count(one.cases, "démarche") if one.cases else "",
        mandates if one.mandates else "",
        labels.count(one.appointments, "rendez-vous", "rendez-vous") if one.appointments else "",
        "les réponses et les notes de ses diagnostics" if one.assessments else "",
    )
    if said := ", ".join(filter(None, owned)):
        yield said
    yield "les notes de ses accompagnements, et son nom dans les autres textes du carnet"
    yield "et tout cela dans les sauvegardes de cet ordinateur, qui gardent le reste"


def stays(one: Leaving) -> str:
    """What is left of a person."""
    activities = f"ses {labels.count(one.activities, 'accompagnement')}" if one.activities > 1 else "son accompagnement"
    levels = "les niveaux de ses diagnostics" if one.assessments > 1 else "les niveaux de son diagnostic"
    left = " et ".join(said for said, number in ((activities, one.activities), (levels, one.assessments)) if number)
    if not left:
        return "Rien d’elle ne restera dans vos statistiques\u00a0: elle n’y figure pas."
    verb = "Reste" if (one.activities, one.assessments) == (1, 0) else "Restent"
    return f"{verb} dans vos statistiques, sans rien qui dise de qui il s’agit\u00a0: {left}."


def looked_after(done: "Upkeep") -> str:
    """What the advisor ought to know of what was done unseen; empty if nothing."""
    said = []
    if done.anonymised:
        one = "personne sans contact depuis un an est maintenant anonyme"
        many = "personnes sans contact depuis un an sont maintenant anonymes"
        said.append(labels.count(done.anonymised, one, many))
    if done.is_clean:
        said.append("Les sauvegardes de cet ordinateur ont été refaites sans la personne effacée")
    return ". ".join(said)


def _left(day: date, today: date) -> str:
    """« , dans 14 jours », « , aujourd’hui »; nothing for what is far or past."""
    days = (day - today).days
    if days < 0:
        return ", depuis hier" if days == -1 else f", depuis {-days}\u00a0jours"
    return {0: ", aujourd’hui", 1: ", demain"}.get(days, f", dans {days}\u00a0jours" if days <= 60 else "")
