"""How a case is told in a line: its deadline, its status, its steps, what comes next."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from enum import StrEnum
from itertools import groupby

from app import labels
from app.folding import fold
from app.labels import NBSP
from app.services.rows import CaseRow, GuideRow, Urgency
from app.ui.widgets.line_list import Line
from protocol.vocabulary import CaseStatus, ProcedureFamily


class Grouping(StrEnum):
    """How the list is parted."""

    URGENCY = "urgency"
    PERSON = "person"
    FAMILY = "family"


GROUPINGS = ((Grouping.URGENCY, "Par urgence"), (Grouping.PERSON, "Par personne"), (Grouping.FAMILY, "Par famille"))
URGENCIES = {
    Urgency.LATE: "En retard",
    Urgency.SOON: "Dans les sept jours",
    Urgency.LATER: "Plus tard",
    Urgency.UNDATED: "Sans échéance",
}
CLOSED = "Closes"
NO_FAMILY = "Sans famille"
OWN, ARCHIVED = "Mes modèles", "Modèles archivés"
ICONS = {
    CaseStatus.TO_PREPARE: "pencil",
    CaseStatus.SUBMITTED: "upload",
    CaseStatus.WAITING: "clock",
    CaseStatus.TO_COMPLETE: "circle-alert",
    CaseStatus.DONE: "circle-check",
    CaseStatus.ABANDONED: "x",
}


def lines(rows: Iterable[CaseRow], grouping: Grouping, today: date) -> tuple[Line, ...]:
    """The lines of a list, parted by groups."""
    group_of = _GROUPS[grouping]
    order = {name: place for place, name in enumerate(_ORDERS[grouping])}
    by_group: list[tuple[str, CaseRow]] = [(group_of(row), row) for row in rows]
    by_group.sort(key=lambda one: (order.get(one[0], 0), "" if order else fold(one[0])))
    made: list[Line] = []
    for group, members in groupby(by_group, key=lambda one: one[0]):
        found = [row for _, row in members]
        head = group, labels.count(len(found), "démarche")
        made += [
            line(row, today, with_person=grouping is not Grouping.PERSON, head=head if place == 0 else None)
            for place, row in enumerate(found)
        ]
    return tuple(made)


def line(row: CaseRow, today: date, *, with_person: bool, head: tuple[str, str] | None = None) -> Line:
    """One case in a line."""
    aside, ink = deadline(row, today)
    parts = (row.person if with_person else "", labels.label(row.status), progress(row), following(row))
    return Line(row.id, row.name, " · ".join(filter(None, parts)), aside, ink, ICONS[row.status], head)


def deadline(row: CaseRow, today: date) -> tuple[str, str]:
    """What is said of the deadline, and the colour it is said in; of a closed case, when it was closed."""
    if not row.is_open:
        return (f"Close le {labels.short_day(row.closed_on)}" if row.closed_on else "Close"), "muted"
    if row.deadline is None:
        return "", "muted"
    days = (row.deadline - today).days
    if days < 0:
        return f"En retard de {labels.count(-days, 'jour')}", "danger"
    if row.urgency is Urgency.SOON:
        return {0: "Aujourd’hui", 1: "Demain"}.get(days, f"Dans {labels.count(days, 'jour')}"), "warning"
    return f"Avant le {labels.short_day(row.deadline)}", "muted"


def progress(row: CaseRow) -> str:
    """« 2 étapes sur 5 »; nothing where there are no steps."""
    return f"{labels.count(row.done, 'étape')} sur {row.steps}" if row.steps else ""


def following(row: CaseRow) -> str:
    """« Ensuite : réunir les pièces »; nothing once all is done."""
    if not row.is_open or not row.next_step:
        return ""
    return f"Ensuite{NBSP}: {row.next_step[0].lower()}{row.next_step[1:]}"


def guide_lines(rows: Sequence[GuideRow], with_groups: bool) -> tuple[Line, ...]:
    """The lines of the catalogue, family after family where nothing is searched for."""
    made, before = [], None
    for row in rows:
        group = ARCHIVED if row.archived else OWN if row.is_own else family(row.family)
        head = (group, "") if with_groups and group != before else None
        made.append(_guide_line(row, head, with_family=not with_groups))
        before = group
    return tuple(made)


def family(code: ProcedureFamily | None) -> str:
    """The name of a family."""
    return labels.FAMILIES[code] if code else NO_FAMILY


def _guide_line(row: GuideRow, head: tuple[str, str] | None, with_family: bool) -> Line:
    parts = (family(row.family) if with_family or row.is_own else "", row.site, row.delay)
    said = " · ".join(filter(None, parts)) or "Rien de noté pour l’instant"
    aside, ink = ("Archivé", "muted") if row.archived else ("À vérifier", "warning") if row.to_verify else ("", "muted")
    icon = "star" if row.is_own else "file-text"
    return Line(row.key, row.name, said, aside, ink, icon, head)


def _urgency(row: CaseRow) -> str:
    return URGENCIES[row.urgency] if row.is_open else CLOSED


_GROUPS: dict[Grouping, Callable[[CaseRow], str]] = {
    Grouping.URGENCY: _urgency,
    Grouping.PERSON: lambda row: row.person,
    Grouping.FAMILY: lambda row: family(row.family),
}
_ORDERS: dict[Grouping, tuple[str, ...]] = {
    Grouping.URGENCY: (*URGENCIES.values(), CLOSED),
    Grouping.PERSON: (),
    Grouping.FAMILY: (*labels.FAMILIES.values(), NO_FAMILY),
}
