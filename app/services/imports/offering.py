"""From a file to what it would bring to the notebook, whatever the file is."""

from pathlib import Path

from app.database import Database
from app.services.imports import planning, reading, taking
from app.services.imports.planning import Plan
from app.services.imports.plans import Batch
from app.services.progress import Progress

__all__ = ["Plan", "look_into", "take_in"]


def look_into(database: Database, path: Path, progress: Progress) -> Plan:
    """Read a file and say what each line of it would do; nothing is written.

    Raises KnownError or UserError where it cannot be read, CancelledError.
    """
    return planning.plan(database, reading.read(path, progress), progress)


def take_in(database: Database, plan: Plan, progress: Progress) -> Batch:
    """Do what was accepted, all of it or nothing; raises UserError where the notebook has changed, CancelledError."""
    return taking.take_in(database, plan, progress)
