"""What the light means and what there is to do, in one or two sentences."""

from datetime import date, datetime, timedelta

from app import labels
from app.sync.light import Light, LightState
from app.sync.outcome import Ending

ICONS = {
    LightState.LOCAL: ("monitor", "muted"),
    LightState.UP_TO_DATE: ("cloud-check", "success"),
    LightState.WAITING: ("cloud-upload", "muted"),
    LightState.SENDING: ("refresh-cw", "primary"),
    LightState.OFFLINE: ("cloud-off", "warning"),
    LightState.PORTAL: ("wifi-off", "warning"),
    LightState.TO_CHECK: ("triangle-alert", "warning"),
}
"""The icon of each state and the token of its colour; the words are always beside it."""

_KEPT = "Ce que vous enregistrez est gardé ici et partira tout seul."
_SENTENCES = {
    LightState.LOCAL: "Reliez cet ordinateur au serveur pour que vos saisies soient aussi gardées ailleurs.",
    LightState.UP_TO_DATE: "Tout ce que vous avez enregistré est arrivé au serveur.",
    LightState.WAITING: f"{_KEPT} Vous n’avez rien à faire.",
    LightState.SENDING: "L’échange avec le serveur est en cours\u00a0: vous pouvez continuer à travailler.",
    LightState.OFFLINE: f"Le serveur est injoignable pour l’instant. {_KEPT}",
    LightState.PORTAL: "Ouvrez votre navigateur, connectez-vous au réseau du lieu, puis revenez ici envoyer.",
    LightState.TO_CHECK: "Le serveur n’a pas accepté certains envois\u00a0: voyez ci-dessous ce qu’il faut corriger.",
}
_ENDINGS = {
    Ending.NOT_ALLOWED: "Cet ordinateur n’est plus autorisé à envoyer\u00a0: parlez-en à votre coordinateur. "
    "Rien n’est perdu, vos saisies restent ici.",
    Ending.UPDATE_NEEDED: "Le serveur doit d’abord être mis à jour\u00a0: vos saisies restent ici puis partiront.",
    Ending.UNAVAILABLE: f"Le serveur n’a pas pu répondre correctement. {_KEPT}",
}
_PAUSED = "Vous avez choisi de travailler sans le réseau. Vos saisies restent ici jusqu’à ce que vous le rétablissiez."


def sentence(light: Light, last: Ending | None, is_paused: bool) -> str:
    """What the light means, and what to do about it if anything."""
    if light.state is LightState.OFFLINE and is_paused:
        return _PAUSED
    says_why = light.state in (LightState.OFFLINE, LightState.TO_CHECK, LightState.WAITING)
    return _ENDINGS.get(last, _SENTENCES[light.state]) if last and says_why else _SENTENCES[light.state]


def when(moment: datetime, today: date) -> str:
    """« aujourd’hui à 14 h 05 », « hier à 17 h 30 », « vendredi 20 novembre à 9 h 00 »."""
    days = {today: "aujourd’hui", today - timedelta(days=1): "hier"}
    return f"{days.get(moment.date()) or labels.day(moment.date(), today)} à {labels.hour(moment)}"
