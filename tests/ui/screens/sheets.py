"""The learner sheets."""

from collections.abc import Callable
from datetime import date

from PySide6.QtWidgets import QDialog, QWidget

from app.services.sheets import own
from app.services.sheets.writing import blank, write
from app.services.typed import Name
from app.ui.sheets.editor_presenter import EditorPresenter
from app.ui.sheets.presenter import SheetsPresenter
from tests.ui.screens.stage import SENTENCE, Stage
from tests.unit.test_sheets import EASY as SHEET


def sheets(stage: Stage) -> QWidget:
    own.save(stage.desk.database, SHEET)
    return stage.show(stage.workspace("sheets"))


def sheet(stage: Stage) -> QWidget:
    id_ = own.save(stage.desk.database, SHEET.replace("duree = 10", "duree = 10\na_verifier = true"))
    workspace = stage.workspace("sheets")
    window = stage.show(workspace)
    stage.desk.sheet_asked.emit(str(id_))
    presenter = workspace.presenter("sheets")
    assert isinstance(presenter, SheetsPresenter)
    presenter.view.panel.show_fault(SENTENCE)
    return stage.show_window(window)


def sheet_being_written(stage: Stage) -> QWidget:
    dialogs: list[EditorPresenter] = []

    def dialog(behind: QWidget) -> QDialog:
        dialogs.append(
            EditorPresenter(stage.desk, Name("sheet.nouvelle"), None, write(blank(date(2026, 11, 24))), behind)
        )
        dialogs[0].dialog.show_fault(SENTENCE)
        dialogs[0].dialog.resumed.show()
        return dialogs[0].dialog

    return stage.show_dialog(dialog)


SCREENS: tuple[Callable[[Stage], QWidget], ...] = (sheets, sheet, sheet_being_written)
