"""The procedures that are followed, and those that are known."""

from collections.abc import Callable
from datetime import date
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QWidget

from app.services import beneficiaries, cases
from app.services.commands import (
    SaveCase,
    SaveProcedure,
)
from app.ui.cases.case_dialog import CaseDialog
from app.ui.cases.paper_presenter import paper_of_case
from app.ui.cases.person_panel import CasesPanel
from app.ui.cases.presenter import CasesPresenter
from app.ui.cases.procedure_dialog import ProcedureDialog
from app.ui.cases.view import Page
from app.ui.workspace import Workspace
from tests.notebook import a_beneficiary
from tests.ui.screens.people import history_of_a_person
from tests.ui.screens.stage import Stage


def no_case(stage: Stage) -> QWidget:
    workspace = Workspace(stage.desk)
    workspace.go_to("cases")
    return stage.show(workspace)


def case_of_a_person(stage: Stage) -> QWidget:
    workspace = stage.workspace("cases")
    window = stage.show(workspace)
    stage.desk.case_asked.emit(a_case(stage))
    return stage.show_window(window)


def cases_of_a_person(stage: Stage) -> QWidget:
    window = history_of_a_person(stage)
    workspace = window.findChild(Workspace)
    assert workspace is not None
    a_case(stage)
    workspace.people.file.show_tab("cases")
    panel = window.findChild(CasesPanel)
    assert panel is not None
    panel.list.setFocus()
    QTest.keyClick(panel.list, Qt.Key.Key_Down)
    return stage.show_window(window)


def catalogue(stage: Stage) -> QWidget:
    workspace = stage.workspace("cases")
    presenter = workspace.presenter("cases")
    assert isinstance(presenter, CasesPresenter)
    window = stage.show(workspace)
    presenter.view.show_page(Page.CATALOGUE)
    presenter.view.catalogue.chosen.emit("carte_grise")
    return stage.show_window(window)


def new_case(stage: Stage) -> QWidget:
    def made(behind: QWidget) -> QDialog:
        dialog = CaseDialog(stage.desk.database, SaveCase(name="Retrouver ses photos"), behind)
        dialog.procedure.field.setText("Retrouver ses photos")
        dialog.save()
        return dialog

    return stage.show_dialog(made)


def own_procedure(stage: Stage) -> QWidget:
    return stage.show_dialog(lambda behind: ProcedureDialog(stage.desk.database, SaveProcedure(), behind))


def paper_of_a_case(stage: Stage) -> QWidget:
    a_beneficiary(stage.desk.database)
    id_ = a_case(stage)
    return stage.show_paper(lambda behind: paper_of_case(stage.desk, id_, behind))


def a_case(stage: Stage) -> UUID:
    """A case of the first person there is."""
    person = beneficiaries.search(stage.desk.database, "", limit=1)[0].id
    command = SaveCase(beneficiary=person, procedure="carte_grise", deadline=date.today())
    return cases.save(stage.desk.database, command)


SCREENS: tuple[Callable[[Stage], QWidget], ...] = (
    no_case,
    case_of_a_person,
    cases_of_a_person,
    catalogue,
    new_case,
    own_procedure,
    paper_of_a_case,
)
