"""What the program exports for spreadsheets, it takes in again: exported once more, the list is the same."""

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from app import demonstration
from app.database import Database
from app.services import activities, tags
from app.services.commands import ActivityFilter, AnonymousGroup, RecordActivity
from app.services.exports.exporting import export
from app.services.exports.requests import ExportKind, ExportRequest, FileFormat
from app.services.imports import planning, reading, taking
from app.services.imports.opening import opened
from app.services.progress import Progress
from protocol.vocabulary import ActivityKind, AgeBand, Equipment, Gender, PlaceKind, SocialStatus, Topic
from tests.notebook import new_database

NOW = datetime(2026, 11, 28, 10)
LISTS = ExportKind.BENEFICIARIES, ExportKind.ACCOMPANIMENTS


@pytest.fixture(scope="module")
def notebook(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """Two days of work, and odd texts."""
    database = new_database(tmp_path_factory.mktemp("notebook"))
    demonstration.fill(database, date(2026, 11, 20), weeks=2, people=60)
    odd = RecordActivity(
        kind=ActivityKind.WORKSHOP,
        day=date(2026, 2, 28),
        minutes=95,
        place_kind=PlaceKind.HOME,
        municipality="01053",
        postal_code="01000",
        topics=frozenset(Topic),
        procedures=frozenset({"passeport"}),
        procedure_note="+33 ; à  revoir",
        equipment=frozenset({Equipment.TABLET}),
        tags=frozenset({tags.create(database, "Été; café | thé, 2/3"), tags.create(database, "=un  =deux")}),
        title="=SOMME(A1)  et",
        notes="-\n@ligne\n\n'fin'",
        anonymous=AnonymousGroup(
            7, 2, {Gender.FEMALE: 3}, {AgeBand.UNDER_12: 1, AgeBand.OVER_70: 4}, {SocialStatus.AT_SCHOOL: 7}
        ),
    )
    activities.record(database, odd, date(2026, 11, 20))
    yield database
    database.close()


def written(database: Database, what: ExportKind, format_: FileFormat, folder: Path) -> Path:
    path = folder / f"{what.value}.{format_.value}"
    export(database, ExportRequest(what, format_, ActivityFilter(), path, NOW), Progress())
    return path


def rows(path: Path) -> list[list[Any]]:
    found = opened(path)
    assert not isinstance(found, list)
    return [list(cells) for table in found for cells in table.rows]


@pytest.mark.parametrize("format_", [FileFormat.XLSX, FileFormat.CSV, FileFormat.ODS])
def test_lists_taken_in_by_an_empty_notebook_are_the_same_again(
    notebook: Database, tmp_path: Path, format_: FileFormat
) -> None:
    (tmp_path / "again").mkdir()
    empty = new_database(tmp_path)
    paths = [written(notebook, what, format_, tmp_path) for what in LISTS]
    for path in paths:
        plan = planning.plan(empty, reading.read(path, Progress()), Progress())
        taking.take_in(empty, plan, Progress())
    again = [written(empty, what, format_, tmp_path / "again") for what in LISTS]
    assert [rows(path) for path in again] == [rows(path) for path in paths]
    assert all(planning.plan(empty, reading.read(path, Progress()), Progress()).is_empty for path in paths)
    empty.close()
