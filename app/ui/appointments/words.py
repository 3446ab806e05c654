"""How an appointment is told: when, where, what about, how it ended; and what can be done with it."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from enum import Enum

from app import labels
from app.labels import NBSP
from app.services.appointments.rows import AppointmentRow
from app.ui.widgets.line_list import Line
from protocol.vocabulary import AppointmentStatus

PAST = "Passé"
_MOST_SHOWN = 4
ICONS = {
    AppointmentStatus.EXPECTED: "calendar",
    AppointmentStatus.HONOURED: "circle-check",
    AppointmentStatus.MISSED: "user-x",
    AppointmentStatus.EXCUSED: "x",
    AppointmentStatus.CANCELLED: "x",
}


class Act(Enum):
    """What is done with an appointment: the key, and the words of the menu."""

    START = "R", "Commencer l’accompagnement"
    HONOURED = "H", "Honoré"
    MISSED = "A", "Absence"
    EXCUSED = "B", "Annulé par bénéficiaire"
    CANCELLED = "N", "Annulé"
    EXPECTED = "V", "À venir"
    MOVE = "M", "Déplacer, modifier…"
    PRINT = "I", "Imprimer «\u00a0Mon rendez-vous\u00a0»…"
    DELETE = "Suppr", "Supprimer"

    @property
    def key(self) -> str:
        """The key that does it."""
        return self.value[0]

    @property
    def label(self) -> str:
        """Its words."""
        return self.value[1]


STATUSES = {
    Act.HONOURED: AppointmentStatus.HONOURED,
    Act.MISSED: AppointmentStatus.MISSED,
    Act.EXCUSED: AppointmentStatus.EXCUSED,
    Act.CANCELLED: AppointmentStatus.CANCELLED,
    Act.EXPECTED: AppointmentStatus.EXPECTED,
}


def status(row: AppointmentRow, now: datetime) -> str:
    """« À venir », « Passé » while nobody said how it ended, « Honoré »…"""
    return PAST if row.is_expected and row.ends <= now else labels.label(row.status)


def line(row: AppointmentRow, now: datetime, head: tuple[str, str] | None = None) -> Line:
    """One appointment in a line: the hour and the name, then where and what about."""
    ink = "warning" if row.is_expected and row.ends <= now else "muted"
    title = f"{labels.hour(row.starts)}{NBSP}{NBSP}{row.person}"
    said = status(row, now) if not row.is_expected or row.ends <= now else ""
    return Line(row.id, title, details(row), said, ink, ICONS[row.status], head)


def details(row: AppointmentRow) -> str:
    """« 1 h · Médiathèque de Florac, bureau 2 · Carte grise »."""
    by = f"avec {row.by}" if row.by else ""
    return " · ".join(filter(None, (labels.duration(row.minutes), where(row), about(row), by)))


def where(row: AppointmentRow) -> str:
    """« Médiathèque de Florac, bureau 2 »."""
    return ", ".join(filter(None, (row.place, row.place_note)))


def about(row: AppointmentRow) -> str:
    """What it is about: the case, and the words of the advisor."""
    return " · ".join(dict.fromkeys(filter(None, (row.case_name, row.subject))))


def when(row: AppointmentRow, today: date) -> str:
    """« jeudi 3 décembre à 14 h 30 »."""
    return labels.day_at(row.starts, today)


def group(day: date, today: date) -> str:
    """« Aujourd’hui », « Demain », « Lundi 30 novembre »."""
    names = {today: "Aujourd’hui", today + timedelta(days=1): "Demain"}
    return names.get(day) or labels.day(day, today).capitalize()


def day_said(day: date, today: date) -> str:
    """« jeudi 3 décembre, dans 9 jours »."""
    days = (day - today).days
    far = {0: "aujourd’hui", 1: "demain"}.get(days) or (f"dans {labels.count(days, 'jour')}" if days > 0 else "passé")
    return f"{labels.day(day, today)}, {far}"


def that_day(rows: Sequence[AppointmentRow]) -> str:
    """« Déjà ce jour-là : 9 h 00 Delmas Jeanne, 10 h 30 Roux Marcel »; nothing on a free day."""
    given = [f"{labels.hour(row.starts)} {row.person}" for row in rows if row.is_expected]
    shown = given if len(given) <= _MOST_SHOWN + 1 else [*given[:_MOST_SHOWN], f"et {len(given) - _MOST_SHOWN} autres"]
    return f"Déjà ce jour-là{NBSP}: {', '.join(shown)}" if shown else ""


def runs_into(rows: tuple[AppointmentRow, ...]) -> str:
    """The sentence that warns of a time already taken; nothing is refused."""
    if not rows:
        return ""
    first = rows[0]
    others = f", et {labels.count(len(rows) - 1, 'autre')}" if len(rows) > 1 else ""
    said = f"{first.person}, de {labels.hour(first.starts)} à {labels.hour(first.ends)}{others}"
    return f"Vous avez déjà un rendez-vous à ce moment-là{NBSP}: {said}. Vous pouvez le donner quand même."
