"""The light in the corner: where the synchronisation stands, in a few words that are always true."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from app.sync.outcome import Ending, Notice, Parting, Progress


class LightState(StrEnum):
    """What the light may show."""

    LOCAL = "local"
    UP_TO_DATE = "up_to_date"
    WAITING = "waiting"
    SENDING = "sending"
    RECEIVING = "receiving"
    OFFLINE = "offline"
    PORTAL = "portal"
    TO_CHECK = "to_check"


@dataclass(frozen=True, slots=True)
class Light:
    """A state, what waits, and the words for it."""

    state: LightState
    text: str
    waiting: int = 0


@dataclass(frozen=True, slots=True)
class Standing:
    """What the notebook itself says: whether it is shared, what waits, what was set aside, how it was left."""

    is_enrolled: bool
    waiting: int
    refused: int
    parting: Parting | None = None


def light(
    now: Standing,
    last: Ending | None = None,
    progress: Progress | None = None,
    notices: Collection[Notice] = (),
) -> Light:
    """The light for a standing, the ending of the last run, the progress of the one going on, and what was noticed."""
    waiting = now.waiting
    if now.parting is Parting.TAKEN_OUT:
        return Light(LightState.TO_CHECK, "À vérifier", waiting)
    if not now.is_enrolled:
        return Light(LightState.LOCAL, "Sur cet ordinateur seulement", waiting)
    if progress is not None and (progress.total or last is not Ending.DONE):
        return _under_way(progress, waiting)
    if last is Ending.PORTAL:
        return Light(LightState.PORTAL, "Ce réseau demande une connexion dans le navigateur", waiting)
    if now.refused or notices or last is Ending.NOT_ALLOWED:
        return Light(LightState.TO_CHECK, "À vérifier", waiting)
    if last in (Ending.OFFLINE, Ending.UNAVAILABLE):
        text = f"Hors connexion · {_to_send(waiting)}" if waiting else "Hors connexion"
        return Light(LightState.OFFLINE, text, waiting)
    if waiting or last is Ending.UPDATE_NEEDED:
        return Light(LightState.WAITING, _to_send(waiting) if waiting else "Serveur à mettre à jour", waiting)
    return Light(LightState.UP_TO_DATE, "À jour")


def _under_way(progress: Progress, waiting: int) -> Light:
    """What leaves first, then what comes; a quiet look for news is not told where all was well before."""
    if progress.is_sending:
        return Light(LightState.SENDING, f"Envoi… {progress.percent}\u00a0%", waiting)
    text = f"Réception… {progress.percent}\u00a0%" if progress.total else "Connexion…"
    return Light(LightState.RECEIVING, text, waiting)


def _to_send(count: int) -> str:
    return f"{count}\u00a0à envoyer"
