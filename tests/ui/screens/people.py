"""The people, and the file of one."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from app.services import beneficiaries
from app.services.commands import (
    SaveBeneficiary,
)
from app.ui.duplicates.comparison import Comparison
from app.ui.people.person_dialog import PersonDialog
from app.ui.reports.person_file_presenter import PersonFilePresenter
from app.ui.workspace import Workspace
from protocol.vocabulary import RecordKind
from tests.notebook import a_beneficiary, a_lost_note
from tests.ui.screens.stage import Stage


def person(stage: Stage) -> QWidget:
    named = SaveBeneficiary(last_name="Fabre", first_name="Lucette")
    return stage.show_dialog(lambda behind: PersonDialog(stage.desk.database, named, behind))


def nobody(stage: Stage) -> QWidget:
    workspace = Workspace(stage.desk)
    workspace.go_to("people")
    return stage.show(workspace)


def people(stage: Stage) -> QWidget:
    return stage.show(stage.workspace("people"))


def somebody_known_already(stage: Stage) -> QWidget:
    a_beneficiary(stage.desk.database, "Fabre", "Lucette", birth_year=1948)
    return person(stage)


def duplicates(stage: Stage) -> QWidget:
    for phone in ("06 12 34 56 78", "06 12 34 56 79"):
        a_beneficiary(stage.desk.database, "Fabre", "Lucette", phone=phone, notes=f"Appeler au {phone}.")
    workspace = stage.workspace("people")
    window = stage.show(workspace)
    stage.desk.duplicates_asked.emit()
    return stage.wait(window, lambda: bool(window.findChildren(Comparison)))


def history_of_a_person(stage: Stage) -> QWidget:
    workspace = stage.workspace("people")
    window = stage.show(workspace)
    stage.desk.person_asked.emit(beneficiaries.search(stage.desk.database, "", limit=1)[0].id)
    return stage.show_window(window)


def details_of_a_person(stage: Stage) -> QWidget:
    window = history_of_a_person(stage)
    show_tab(window, "details")
    return stage.show_window(window)


def file_of_a_person(stage: Stage) -> QWidget:
    id_ = a_beneficiary(stage.desk.database, "de La Tour-Vernhet", "Marie-Thérèse")
    return stage.show_paper(lambda behind: PersonFilePresenter(stage.desk, id_, behind))


def lost_version_of_a_person(stage: Stage) -> QWidget:
    id_ = a_beneficiary(stage.desk.database, "Fabre", "Lucette", notes="Du collègue")
    a_lost_note(stage.desk.database, RecordKind.BENEFICIARY, id_, mine="Les miennes")
    known = beneficiaries.form_of(stage.desk.database, id_)
    return stage.show_dialog(lambda behind: PersonDialog(stage.desk.database, known, behind))


def show_tab(window: QWidget, key: str) -> None:
    """Bring a tab of the file of a person to the front."""
    workspace = window.findChild(Workspace)
    assert workspace is not None
    workspace.people.file.show_tab(key)


SCREENS: tuple[Callable[[Stage], QWidget], ...] = (
    person,
    nobody,
    people,
    somebody_known_already,
    duplicates,
    history_of_a_person,
    details_of_a_person,
    file_of_a_person,
    lost_version_of_a_person,
)
