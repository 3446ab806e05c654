"""The settings; files that come and go; copies."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

from PySide6.QtWidgets import QDialog, QWidget

from app.models.ids import new_id
from app.services import news
from app.services.backup_contents import Contents
from app.services.backup_files import Backup, BackupKind
from app.services.commands import (
    ActivityFilter,
)
from app.services.exports.requests import ExportKind
from app.services.imports.lines import FileKind
from app.services.imports.plans import Batch, Outcome, PlanRow, Preview
from app.services.place_files import read
from app.ui.exchange.export_dialog import ExportDialog
from app.ui.exchange.preview_page import PreviewPage
from app.ui.gate.contents_page import ContentsPage
from app.ui.preferences.import_page import ImportPage
from app.ui.preferences.presenter import PreferencesPresenter
from app.ui.preferences.restore_page import RestorePage
from tests.ui.screens.stage import SENTENCE, Stage, unfold

NATIONAL_FILE = Path(__file__).parent.parent.parent / "data" / "lieux-charente-20230711.json"
CONTENTS = Contents(1214, 480, date(2026, 11, 24), is_enrolled=True, newer=12, older=1)
BATCH = Batch(new_id(), datetime(2026, 11, 24, 9, 12), "coop-numerique_accompagnements_2026-11-24.xlsx", 1214, False)
PREVIEW = Preview(
    BATCH.file,
    FileKind.ACTIVITIES,
    tuple(PlanRow("Lignes 18 à 29", "12/03/2024 · Jeanne Delmas · E-mail", outcome, "Pourquoi") for outcome in Outcome),
    ("Maison France Services du Collet-de-Dèze", "Médiathèque de Florac"),
    ("Parents d’élèves",),
    128,
)


def _copy(stage: Stage) -> Backup:
    return Backup(stage.desk.paths.backups / "x.sauvegarde", BackupKind.DAILY, datetime(2026, 11, 24, 9, 12), 4_200_000)


def settings(stage: Stage) -> QWidget:
    workspace = stage.workspace("preferences")
    presenter = workspace.presenter("preferences")
    assert isinstance(presenter, PreferencesPresenter)
    presenter.places.section.add.click()
    presenter.employers.section.add.click()
    presenter.employers.section.form.since.set_value(date(2026, 9, 1))
    presenter.employers.section.form.show_faults({"siret": SENTENCE, "since": SENTENCE})
    presenter.data.section.show_batches([BATCH, replace(BATCH, undone=True)])
    presenter.data.section.show_trouble(SENTENCE)
    presenter.security.open_choice(has_store=True).choose(store=False)
    presenter.backups.section.show_copies([_copy(stage)] * 3, SENTENCE, date.today())
    presenter.backups.section.show_trouble(SENTENCE)
    unfold(presenter.view)
    return stage.show(workspace)


def file_being_read(stage: Stage) -> QWidget:
    workspace = stage.workspace("preferences")
    presenter = workspace.presenter("preferences")
    assert isinstance(presenter, PreferencesPresenter)
    presenter.data.section.show_working(f"Lecture de «\u00a0{BATCH.file}\u00a0»")
    return stage.show(workspace)


def file_to_import(stage: Stage) -> QWidget:
    page = PreviewPage(PREVIEW)
    page.show_not_done(SENTENCE, can_read_again=True)
    return stage.show(page)


def file_being_imported(stage: Stage) -> QWidget:
    page = PreviewPage(PREVIEW)
    page.show_working()
    return stage.show(page)


def export(stage: Stage) -> QWidget:
    everything = ActivityFilter()
    return stage.show_dialog(lambda behind: ExportDialog(ExportKind.ACCOMPANIMENTS, everything, date.today(), behind))


def export_done(stage: Stage) -> QWidget:
    def made(behind: QWidget) -> QDialog:
        dialog = ExportDialog(ExportKind.STATISTICS, ActivityFilter(), date.today(), behind)
        dialog.show_done(SENTENCE)
        return dialog

    return stage.show_dialog(made)


def copy_to_restore(stage: Stage) -> QWidget:
    workspace = stage.workspace("preferences")
    presenter = workspace.presenter("preferences")
    assert isinstance(presenter, PreferencesPresenter)
    presenter.view.open_page(RestorePage(_copy(stage), CONTENTS))
    return stage.show(workspace)


def notebook_to_mend(stage: Stage) -> QWidget:
    with stage.desk.database.receive() as work:
        news.tell(work, SENTENCE)
    window = stage.show(stage.workspace())
    stage.desk.damaged.emit()
    return stage.show_window(window)


def contents_of_a_copy(stage: Stage) -> QWidget:
    page = ContentsPage(_copy(stage), CONTENTS)
    page.show_error(SENTENCE)
    return stage.show(page)


def places_to_import(stage: Stage) -> QWidget:
    return stage.show(ImportPage(NATIONAL_FILE.name, read(NATIONAL_FILE), frozenset()))


SCREENS: tuple[Callable[[Stage], QWidget], ...] = (
    settings,
    places_to_import,
    file_being_read,
    file_to_import,
    file_being_imported,
    export,
    export_done,
    copy_to_restore,
    notebook_to_mend,
    contents_of_a_copy,
)
