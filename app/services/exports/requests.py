"""What may be asked of an export: standard library only, so that the screens import it at once."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from pathlib import Path

from app.services.commands import ActivityFilter


class ExportKind(Enum):
    """What is exported, by the word of its file's name."""

    ACCOMPANIMENTS = "accompagnements"
    STATISTICS = "statistiques"
    BENEFICIARIES = "beneficiaires"
    NOTEBOOK = "carnet"
    """All of it, as JSON Lines."""


class FileFormat(Enum):
    """How it is written, by the end of its file's name."""

    XLSX = "xlsx"
    CSV = "csv"
    ODS = "ods"
    JSONL = "jsonl"


@dataclass(frozen=True, slots=True)
class ExportRequest:
    """A file that the advisor wants."""

    what: ExportKind
    format: FileFormat
    filter: ActivityFilter
    path: Path
    now: datetime
    """Written in the file; its day is also that of the ages and of the periods without end."""


def default_name(what: ExportKind, format_: FileFormat, today: date) -> str:
    """« passerelle_accompagnements_2026-11-24.xlsx »."""
    return f"passerelle_{what.value}_{today.isoformat()}.{format_.value}"
