"""What the advisor writes of a report, kept for each period as it is typed, on this computer only."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from app.database import Database
from app.services import organisations
from app.work import get_state

TITLE = "Rapport d’activité"
HIGHLIGHTS = 3
LONGEST_HIGHLIGHT = 400
"""Characters that a highlight should not pass: three of them and a chart must stay readable on a page."""
_USUAL = "report.usual"


@dataclass(frozen=True, slots=True)
class ReportDraft:
    """The words of a report; the figures are counted."""

    title: str = TITLE
    structure: str = ""
    """For whom: the employer, unless the advisor wrote something else."""
    place: str = ""
    """Where it is signed."""
    highlights: tuple[str, ...] = field(default=("",) * HIGHLIGHTS)
    """« Faits marquants », anonymous."""


def keep(database: Database, since: date, until: date, draft: ReportDraft) -> None:
    """Keep what is written of the report of a period; the place of the signature serves for the next ones too."""
    written = {"title": draft.title, "structure": draft.structure, "highlights": list(draft.highlights)}
    with database.work() as work:
        work.set_state(_key(since, until), written)
        work.set_state(_USUAL, {"place": draft.place})


def kept(database: Database, since: date, until: date) -> ReportDraft:
    """What was written of the report of a period; a new one begins with the employer and the usual place."""
    with database.read() as connection:
        written: dict[str, Any] | None = get_state(connection, _key(since, until))
        usual: dict[str, str] = get_state(connection, _USUAL) or {}
    employer = organisations.on(database, until)
    place = usual.get("place") or (employer.municipality_name if employer else "")
    if written is None:
        return ReportDraft(structure=employer.name if employer else "", place=place)
    return ReportDraft(written["title"], written["structure"], place, tuple(written["highlights"]))


def _key(since: date, until: date) -> str:
    return f"report.{since.isoformat()}.{until.isoformat()}"
