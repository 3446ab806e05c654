"""How a sheet is said in a list and above its preview."""

from collections.abc import Sequence

from app import labels
from app.labels import NBSP
from app.services.sheets.sheet import Sheet, Theme
from app.ui.widgets.line_list import Line
from protocol.vocabulary import ProcedureFamily, Topic, WorkshopLevel

ALL_THEMES = "Tous les thèmes"
MINE, ARCHIVED, TO_VERIFY, TO_IMPROVE = "Mes fiches", "Archivées", "À vérifier", "À améliorer"
LEVELS = {level: labels.LEVELS[level] for level in WorkshopLevel}


def lines(sheets: Sequence[Sheet]) -> tuple[Line, ...]:
    """The lines of a list of sheets."""
    return tuple(map(_line, sheets))


def count(number: int) -> str:
    """« 38 fiches »."""
    return labels.count(number, "fiche")


def about(sheet: Sheet) -> str:
    """« Débutant · 20 min · E-mail · vérifiée le 28/11/2026 »."""
    day = f"vérifiée le {labels.short_day(sheet.checked_on)}" if sheet.checked_on else ""
    parts = (_level(sheet), *map(labels.label, sheet.themes), day, "dans mes fiches" if sheet.own else "")
    return " · ".join(filter(None, parts))


def themes(sheets: Sequence[Sheet]) -> tuple[tuple[Theme | None, str], ...]:
    """The themes that have a sheet, in their order: the topics, then the families of procedures."""
    used = {theme for one in sheets for theme in one.themes}
    known: tuple[Theme, ...] = (*Topic, *ProcedureFamily)
    return (None, ALL_THEMES), *((one, labels.label(one)) for one in known if one in used)


def sources(sheet: Sheet) -> str:
    """Each source on its line, with its address."""
    return "\n".join(f"{one.title}{_aside(one.address, one.read)}" for one in sheet.sources)


def _line(sheet: Sheet) -> Line:
    marks = [word for word, is_so in ((TO_VERIFY, sheet.to_verify), (TO_IMPROVE, sheet.to_improve)) if is_so]
    owner = ["Ma fiche"] if sheet.own else []
    return Line(
        key=sheet.code,
        title=sheet.title,
        under=" · ".join(filter(None, (_level(sheet), sheet.summary))),
        aside=" · ".join((*owner, *marks)),
        ink="warning" if marks else "muted",
        icon="pencil" if sheet.own else "book-open",
    )


def _level(sheet: Sheet) -> str:
    level = labels.label(sheet.level) if sheet.level else ""
    return " · ".join(filter(None, (level, labels.duration(sheet.minutes) if sheet.minutes else "")))


def _aside(address: str, is_read: bool) -> str:
    said = ", ".join(filter(None, (address, "" if is_read else "pas encore lue")))
    return f"{NBSP}: {said}" if said else ""
