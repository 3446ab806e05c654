"""What the light means and what there is to do, in one or two sentences."""

from collections.abc import Collection
from datetime import date, datetime, timedelta

from app import labels
from app.sync.exchanges import COURIER, RECEIPT, Exchange
from app.sync.light import Light, LightState
from app.sync.outcome import Ending, Notice, Parting, Progress

ICONS = {
    LightState.LOCAL: ("monitor", "muted"),
    LightState.UP_TO_DATE: ("cloud-check", "success"),
    LightState.WAITING: ("cloud-upload", "muted"),
    LightState.SENDING: ("refresh-cw", "primary"),
    LightState.RECEIVING: ("refresh-cw", "primary"),
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
    LightState.SENDING: "L’envoi est en cours\u00a0: vous pouvez continuer à travailler.",
    LightState.RECEIVING: "L’échange avec le serveur est en cours\u00a0: vous pouvez continuer à travailler.",
    LightState.OFFLINE: f"Le serveur est injoignable pour l’instant. {_KEPT}",
    LightState.PORTAL: "Le réseau du lieu attend votre accord\u00a0: donnez-le dans le navigateur, le reste suivra.",
    LightState.TO_CHECK: "Le serveur n’a pas accepté certains envois\u00a0: voyez ci-dessous ce qu’il faut corriger.",
}
_ENDINGS = {
    Ending.NOT_ALLOWED: "Cet ordinateur n’est plus autorisé à envoyer\u00a0: parlez-en à votre coordinateur. "
    "Rien n’est perdu, vos saisies restent ici.",
    Ending.UPDATE_NEEDED: "Le serveur doit d’abord être mis à jour\u00a0: vos saisies restent ici puis partiront.",
    Ending.UNAVAILABLE: f"Le serveur n’a pas pu répondre correctement. {_KEPT}",
}
_NOTICES = {
    Notice.UNPROVED_KEY: "Le serveur a montré une clé que personne de ce carnet n’a faite\u00a0: elle n’est pas "
    "utilisée. N’autorisez personne et prévenez votre coordinateur.",
    Notice.UNKNOWN_COMPUTER: "Le serveur compte dans ce carnet un ordinateur que personne n’y a autorisé\u00a0: "
    "retirez-le ci-dessous. La clé du carnet sera changée ensuite.",
    Notice.JOIN_ASKED: "Un ordinateur demande à rejoindre ce carnet\u00a0: comparez son code, ci-dessous.",
}
"""The most pressing first."""
_PARTINGS = {
    Parting.LEFT: "Cet ordinateur a quitté le carnet partagé. Tout ce qu’il contient reste ici. "
    "Pour en rejoindre un, tapez un nouveau code.",
    Parting.TAKEN_OUT: "Cet ordinateur a été retiré du carnet partagé\u00a0: il n’envoie et ne reçoit plus rien. "
    "Tout ce qu’il contient reste ici. Pour le relier à nouveau, demandez un autre code.",
}
_CARRIED = {
    COURIER: ("confié à un courrier", "confiés à un courrier"),
    RECEIPT: ("arrivé par courrier", "arrivés par courrier"),
}
_EXCHANGES: dict[str, str] = {
    Ending.OFFLINE: "serveur injoignable",
    Ending.PORTAL: "le réseau demandait une connexion dans le navigateur",
    Ending.UNAVAILABLE: "le serveur n’a pas pu répondre",
    Ending.UPDATE_NEEDED: "le serveur doit être mis à jour",
    Ending.NOT_ALLOWED: "cet ordinateur n’est pas autorisé",
    Ending.DONE: "rien de nouveau",
}
_PAUSED = "Vous avez choisi de travailler sans le réseau. Vos saisies restent ici jusqu’à ce que vous le rétablissiez."


def sentence(
    light: Light,
    last: Ending | None,
    is_paused: bool,
    notices: Collection[Notice] = (),
    parting: Parting | None = None,
) -> str:
    """What the light means, and what to do about it if anything."""
    if parting is not None:
        return _PARTINGS[parting]
    if light.state is LightState.OFFLINE and is_paused:
        return _PAUSED
    if light.state is LightState.TO_CHECK and notices:
        return next(said for notice, said in _NOTICES.items() if notice in notices)
    says_why = light.state in (LightState.OFFLINE, LightState.TO_CHECK, LightState.WAITING)
    return _ENDINGS.get(last, _SENTENCES[light.state]) if last and says_why else _SENTENCES[light.state]


def progress(now: Progress) -> str:
    """« 3 200 reçus sur 10 000 », empty while nothing is known."""
    what = ("envoyé", "envoyés") if now.is_sending else ("reçu", "reçus")
    return f"{labels.count(now.done, *what)} sur {labels.figure(now.total)}" if now.total else ""


def exchange(one: Exchange, today: date) -> str:
    """« aujourd’hui à 14 h 05\u00a0: 12 envoyés, 3 reçus »."""
    said = [labels.count(one.sent, *_CARRIED.get(one.how, ("envoyé", "envoyés")))] if one.sent else []
    said += [labels.count(one.received, "reçu", "reçus")] if one.received else []
    if not said or one.how not in (Ending.DONE, COURIER, RECEIPT):
        said.append(_EXCHANGES.get(one.how, one.how))
    return f"{when(datetime.fromtimestamp(one.at_ms / 1000), today).capitalize()}\u00a0: {', '.join(said)}"


def when(moment: datetime, today: date) -> str:
    """« aujourd’hui à 14 h 05 », « hier à 17 h 30 », « vendredi 20 novembre à 9 h 00 »."""
    days = {today: "aujourd’hui", today - timedelta(days=1): "hier"}
    return f"{days.get(moment.date()) or labels.day(moment.date(), today)} à {labels.hour(moment)}"
