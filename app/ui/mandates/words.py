"""How mandates and their journal are told in a line."""

from collections.abc import Iterable
from datetime import date

from app import labels
from app.labels import NBSP
from app.services.draft_words import of_name
from app.services.mandates.rows import EntryRow, Fault, MandateRow, MandateState
from app.ui.widgets.line_list import Line
from protocol.vocabulary import MandateAct, MandateFamily

INTACT = "Journal intact\u00a0: rien n’a été changé depuis la signature."
_ICONS = {
    MandateState.ACTIVE: "file-check",
    MandateState.ENDING: "clock",
    MandateState.COMING: "calendar",
    MandateState.OVER: "history",
    MandateState.REVOKED: "x",
}


def line(row: MandateRow, today: date) -> Line:
    """One mandate of a person, in a line."""
    said, ink = state(row, today)
    uses = labels.count(row.uses, "démarche faite", "démarches faites") if row.uses else ""
    under = " · ".join(filter(None, (row.acts.splitlines()[0] if row.acts else "", uses)))
    return Line(row.id, families(row.left or row.families), under, said, ink, _ICONS[row.state])


def recall(row: MandateRow, today: date) -> Line:
    """« Mandat de Jeanne Delmas », « Finit dans 5 jours », for « Ma journée »."""
    return Line(row.id, f"Mandat {of_name(row.person)}", families(row.left), _ends(row, today), "warning", "file-check")


def state(row: MandateRow, today: date) -> tuple[str, str]:
    """Where it has come to, and the colour it is said in."""
    match row.state:
        case MandateState.ENDING:
            return _ends(row, today), "warning"
        case MandateState.ACTIVE:
            return f"Valable jusqu’au {labels.short_day(row.expires_on)}", "success"
        case MandateState.COMING:
            return f"À partir du {labels.short_day(row.starts_on)}", "muted"
        case MandateState.OVER:
            return f"Fini le {labels.short_day(row.expires_on)}", "muted"
        case MandateState.REVOKED:
            last = max((day for _, day in row.revoked), default=row.expires_on)
            return f"Retiré le {labels.short_day(last)}", "muted"


def families(codes: Iterable[MandateFamily]) -> str:
    """« Social - Santé, Justice »."""
    return ", ".join(labels.label(code) for code in codes)


def act(entry: EntryRow) -> str:
    """« Démarche faite : Social - Santé »."""
    name = labels.label(entry.act) if entry.act else "Autre"
    return f"{name}{NBSP}: {labels.label(entry.family)}" if entry.family else name


def entry_line(entry: EntryRow) -> Line:
    """One line of the journal."""
    if entry.faults:
        return Line(
            entry.id, act(entry), " ".join(entry.faults), labels.short_day(entry.at), "danger", "triangle-alert"
        )
    icon = {MandateAct.SIGNED: "pencil", MandateAct.USED: "check"}.get(entry.act or MandateAct.ENDED, "x")
    under = " · ".join(filter(None, (" ".join(entry.said.split()), entry.author)))
    return Line(entry.id, act(entry), under, labels.short_day(entry.at), "muted", icon)


def alarm(faults: Iterable[Fault]) -> tuple[str, bool]:
    """What to say above a journal that is not as it should be, and whether it was altered."""
    faults = tuple(faults)
    is_altered = any(not fault.is_warning for fault in faults)
    told = " ".join(dict.fromkeys(fault.sentence for fault in faults if fault.is_warning is not is_altered))
    opening = "Ce journal a été modifié" if is_altered else "À vérifier"
    return (f"{opening}{NBSP}: {told[0].lower()}{told[1:]}" if told else ""), is_altered


def _ends(row: MandateRow, today: date) -> str:
    days = (row.expires_on - today).days
    when = {0: "aujourd’hui", 1: "demain"}.get(days, f"dans {labels.count(days, 'jour')}")
    return f"Finit {when}"
