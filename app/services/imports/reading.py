"""Reads a file to import, whatever it is: what it says, line by line, before the notebook is asked anything."""

from datetime import date
from pathlib import Path

from app.services.imports import coop, cra, people
from app.services.imports.headings import Sheet, recognised
from app.services.imports.limits import check_something
from app.services.imports.lines import FileKind, ReadFile
from app.services.imports.opening import Objects, opened
from app.services.progress import Progress


def read(path: Path, progress: Progress, today: date | None = None) -> ReadFile:
    """Everything that a file of rows says; a whole notebook is read by `imports.notebook_file`.

    Raises KnownError where it cannot be opened; UserError where it is no file of ours, too large, locked, damaged or
    empty; CancelledError.
    """
    source = _source(path)
    if isinstance(source, list):
        found = cra.read_objects(path.name, source, today or date.today(), progress)
    else:
        found = _read_sheet(path.name, source, today or date.today(), progress)
    check_something(len(found.activities) + len(found.people) + len(found.refused))
    return found


def _source(path: Path) -> Sheet | Objects:
    source = opened(path)
    return source if isinstance(source, list) else recognised(source)


def _read_sheet(name: str, sheet: Sheet, today: date, progress: Progress) -> ReadFile:
    if sheet.kind is FileKind.ACTIVITIES:
        activities, refused = coop.read(sheet, today, progress)
        return ReadFile(name, sheet.kind, activities=activities, refused=refused)
    if sheet.kind is FileKind.PEOPLE:
        found, refused = people.read(sheet, today, progress)
        return ReadFile(name, sheet.kind, people=found, refused=refused)
    return cra.read_sheet(name, sheet, today, progress)
