"""What is left to set up or to look at, and the screen where it is done."""

from collections.abc import Iterator
from dataclasses import dataclass

from app import labels
from app.sync.light import Standing
from app.ui.widgets.banner import Kind


@dataclass(frozen=True, slots=True)
class Notice:
    """A sentence, and the button that leads to a screen."""

    kind: Kind | None
    """None for a quiet line that asks for nothing."""
    icon: str
    sentence: str
    action: str
    screen: str


PRIVACY = "privacy"
"""Not a screen of its own: a part of the settings."""


def notices(has_place: bool, standing: Standing, leaving: str = "") -> Iterator[Notice]:
    """The most pressing first; `leaving` says who is about to become anonymous."""
    if standing.refused:
        yield Notice("warning", "cloud-off", _refused(standing.refused), "Voir", "synchronisation")
    if not has_place:
        yield ADD_A_PLACE
    if leaving:
        yield Notice(None, "user-x", leaving, "Voir", PRIVACY)
    if not standing.is_enrolled:
        yield ENROL


ADD_A_PLACE = Notice(
    "info",
    "map-pin",
    "Ajoutez votre premier lieu d’activité\u00a0: il sera proposé à chaque saisie.",
    "Ajouter un lieu",
    "preferences",
)
ENROL = Notice(
    None,
    "monitor",
    "Sur cet ordinateur seulement\u00a0: reliez votre carnet au serveur pour ne rien perdre.",
    "Relier cet ordinateur",
    "synchronisation",
)


def _refused(number: int) -> str:
    verb = "n’a pas été accepté" if number == 1 else "n’ont pas été acceptés"
    return f"{labels.count(number, 'envoi')} {verb} par le serveur\u00a0: vérifiez ce qui ne va pas."
