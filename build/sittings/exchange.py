"""The pictures of what leaves the notebook in files and what enters it, and of the advisor's employer."""

import csv
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

from app.services import organisations
from app.services.commands import ActivityFilter, SaveOrganisation
from app.services.exports import exporting
from app.services.exports.requests import ExportKind, ExportRequest, FileFormat
from app.services.imports import taking
from app.services.progress import Progress
from app.ui.exchange.export_dialog import ExportDialog
from app.ui.preferences.presenter import PreferencesPresenter
from app.ui.widgets.rail_button import RailButton

if TYPE_CHECKING:
    from build.sittings.hand import Sitting

_FILE = "coop-numerique_accompagnements_2026-11-24.csv"
_NEW = 14
"""Lines of the file that the notebook does not have."""


def exchange(hand: "Sitting") -> None:
    """Export from the list, import a file, take it out again; give an employer."""
    hand.workspace.go_to("activities")
    hand.press("Ctrl+Shift+E")
    hand.wait(lambda: hand.workspace.findChildren(ExportDialog))
    hand.picture("exporter")
    hand.press("Esc")
    hand.wait(lambda: not hand.workspace.findChildren(ExportDialog))
    hand.program.window.activateWindow()
    presenter = hand.workspace.presenter("preferences")
    assert isinstance(presenter, PreferencesPresenter)
    hand.workspace.go_to("preferences")
    index = {line.text(): line for line in presenter.view.findChildren(RailButton)}
    _employer(hand, presenter, index["Mon employeur"])
    _import(hand, presenter, index["Vos données"])


def _employer(hand: "Sitting", presenter: PreferencesPresenter, index: RailButton) -> None:
    before = SaveOrganisation(name="Association Lozère Numérique", municipality="48095", postal_code="48000")
    now = SaveOrganisation(
        name="Mairie de Florac Trois Rivières", municipality="48061", postal_code="48400", since=date(2025, 9, 1)
    )
    for one in (before, now):
        organisations.save(hand.desk.database, one)
    hand.rest()
    index.click()
    hand.picture("employeur")
    presenter.employers.section.form_asked.emit(None)
    index.click()
    hand.picture("employeur-nouveau")
    presenter.employers.section.close_form()


def _import(hand: "Sitting", presenter: PreferencesPresenter, index: RailButton) -> None:
    data = presenter.data
    data.read(_file(hand))
    hand.wait(lambda: data.page)
    hand.picture("importer")
    assert data.page is not None
    data.page.accept.click()
    hand.wait(lambda: data.page is None)
    data.section.fold.set_open(True)
    hand.rest()
    index.click()
    hand.picture("donnees")
    database = hand.desk.database
    data.section.undo_asked.emit(taking.batches(database)[0])
    hand.wait(lambda: data.section.import_file.isEnabled())
    data.section.fold.set_open(False)


def _file(hand: "Sitting") -> Path:
    """A list exported from the notebook itself, some lines of which say something else."""
    path = hand.desk.paths.root / _FILE
    request = ExportRequest(ExportKind.ACCOMPANIMENTS, FileFormat.CSV, ActivityFilter(), path, datetime.now())
    exporting.export(hand.desk.database, request, Progress())
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file, delimiter=";"))
    start = next(number for number, row in enumerate(rows, 1) if "ID CRA" in row)
    headings = rows[start - 1]
    id_, minutes, people = (headings.index(name) for name in ("ID CRA", "Durée (min)", "Participants"))
    alone = [row for row in rows[start:] if row[people] == "1"]
    for number, row in enumerate(alone[:_NEW]):
        row[id_] = str(uuid4())
        row[minutes] = "une heure et demie environ" if number % 6 == 4 else row[minutes]
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file, delimiter=";").writerows(rows)
    return path
