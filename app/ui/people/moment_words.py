"""How a moment of a person's timeline is said: an icon, a title, and quieter lines."""

from dataclasses import dataclass
from uuid import UUID

from app import labels
from app.labels import NBSP
from app.services.appointments.rows import AppointmentRow
from app.services.timeline import (
    Agreed,
    Assessed,
    Came,
    CaseMoved,
    Given,
    Informed,
    MandateEnded,
    MandateSigned,
    Moment,
)
from app.ui import activity_words
from app.ui.appointments import words as appointment_words
from protocol.vocabulary import Autonomy, CaseStatus

STARS = {level: stars for stars, level in enumerate(Autonomy, start=1)}


@dataclass(frozen=True, slots=True)
class Said:
    """One line of the timeline in words."""

    icon: str
    title: str
    lines: tuple[str, ...] = ()
    notes: str = ""
    stars: int = 0
    activity: UUID | None = None
    """What it opens."""
    case: UUID | None = None
    appointment: AppointmentRow | None = None
    """What can be ended, moved, printed."""
    tab: str = ""
    """The tab of the file that says more."""
    sheets: tuple[tuple[str, str], ...] = ()


def said(moment: Moment) -> Said:
    """The words of a moment."""
    match moment:
        case Came():
            return _came(moment)
        case Assessed():
            return _assessed(moment)
        case CaseMoved():
            return _case(moment)
        case MandateSigned():
            return _signed(moment)
        case MandateEnded():
            return _ended(moment)
        case Given():
            return _given(moment.row)
        case Informed():
            return Said("info", "Information remise sur ses données")
        case Agreed():
            return Said("check", labels.label(moment.consent), ("Pour garder ses informations",))


def _came(moment: Came) -> Said:
    row = moment.row
    where = " · ".join(filter(None, (labels.duration(row.minutes), activity_words.place(row))))
    return Said(
        icon=activity_words.ICONS.get(row.kind, "user"),
        title=activity_words.kind(row),
        lines=_lines(activity_words.about(row), where),
        notes=moment.notes,
        stars=STARS[moment.autonomy] if moment.autonomy else 0,
        activity=row.id,
        sheets=moment.sheets,
    )


def _assessed(moment: Assessed) -> Said:
    told = ((labels.label(domain), labels.SKILL_LEVELS[score].lower()) for domain, score in moment.scores)
    scores = " · ".join(f"{name}{NBSP}: {level}" for name, level in told)
    aims = f"Objectifs{NBSP}: {', '.join(moment.objectives)}" if moment.objectives else ""
    return Said("list-checks", "Diagnostic numérique", _lines(scores, aims), tab="assessments")


def _case(moment: CaseMoved) -> Said:
    name = moment.name or (labels.label(moment.family) if moment.family else "")
    status = labels.label(moment.status) if moment.status else ""
    if moment.is_end:
        is_given_up = moment.status is CaseStatus.ABANDONED
        title = "Démarche abandonnée" if is_given_up else "Démarche terminée"
        return Said("file-check", title, _lines(name), case=moment.id)
    now = f"Aujourd’hui{NBSP}: {status.lower()}" if status else ""
    return Said("file-text", "Démarche commencée", _lines(name, now), case=moment.id)


def _signed(moment: MandateSigned) -> Said:
    until = f"Jusqu’au {labels.short_day(moment.until)}"
    families = ", ".join(map(labels.label, moment.families))
    return Said("pencil", "Mandat signé", _lines(families, until), tab="documents")


def _ended(moment: MandateEnded) -> Said:
    taken_back = "Mandat retiré" if moment.is_over else "Mandat retiré en partie"
    title = taken_back if moment.revoked else "Fin du mandat"
    return Said("file-check", title, _lines(", ".join(map(labels.label, moment.revoked))), tab="documents")


def _given(row: AppointmentRow) -> Said:
    title = f"Rendez-vous à {labels.hour(row.starts)}"
    details = appointment_words.details(row)
    return Said(
        appointment_words.ICONS[row.status],
        title,
        _lines(details),
        activity=row.activity,
        case=row.case,
        appointment=row,
    )


def _lines(*lines: str) -> tuple[str, ...]:
    return tuple(filter(None, lines))
