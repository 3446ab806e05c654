"""What is said of a copy: when it was made and why, what it holds, and what restoring it would change."""

from datetime import date

from app import labels
from app.services.backup_contents import Contents
from app.services.backup_files import Backup, BackupKind

KINDS = {
    BackupKind.DAILY: "Copie du jour",
    BackupKind.BEFORE_UPDATE: "Faite avant une mise à jour",
    BackupKind.BEFORE_RESTORE: "Faite avant une restauration",
}
KEPT_TOO = "Votre carnet actuel sera gardé parmi les copies\u00a0: vous pourrez revenir en arrière."


def title(copy: Backup) -> str:
    """« Copie du mardi 24 novembre à 9 h 12 »."""
    return f"Copie du {labels.day_at(copy.moment)}"


def latest(copy: Backup, today: date) -> str:
    """« Mardi 24 novembre à 9 h 12, vérifiée · 4,2 Mo »."""
    when = f"Aujourd’hui à {labels.hour(copy.moment)}" if copy.moment.date() == today else labels.day_at(copy.moment)
    return f"{when[0].upper()}{when[1:]}, vérifiée · {labels.size(copy.size)}"


def holds(contents: Contents) -> str:
    """« 214 activités et 48 personnes. La dernière activité est du lundi 23 novembre. »."""
    figures = f"{labels.count(contents.activities, 'activité')} et {labels.count(contents.people, 'personne')}."
    if contents.last_activity is None:
        return figures
    return f"{figures} La dernière activité est du {labels.day(contents.last_activity, date.today())}."


def comparison(contents: Contents) -> str:
    """How the copy differs from the notebook here."""
    if not contents.newer and not contents.older:
        return "Ses activités sont les mêmes que celles de votre carnet."
    said = []
    if contents.older:
        verb = "manque ou est plus ancienne" if contents.older == 1 else "manquent ou sont plus anciennes"
        said.append(f"{labels.count(contents.older, 'activité')} de votre carnet y {verb}.")
    if contents.newer:
        verb = "manque ou est plus ancienne" if contents.newer == 1 else "manquent ou sont plus anciennes"
        said.append(f"{labels.count(contents.newer, 'activité')} de la copie {verb} dans votre carnet.")
    return " ".join(said)


def afterwards(contents: Contents) -> str:
    """What becomes of what the copy lacks."""
    if contents.is_enrolled:
        return "Ce qui a été envoyé au serveur reviendra à la prochaine synchronisation."
    return "Ce qui n’est pas dans la copie ne sera plus dans votre carnet."
