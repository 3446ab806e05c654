"""The pictures of the people: the list, the file of one, its tabs."""

from PySide6.QtWidgets import QApplication

from app.demonstration import PEOPLE
from app.services import beneficiaries, people_lists
from app.services.assessments import history
from app.ui.assessments.interview_dialog import InterviewDialog
from app.ui.assessments.person_panel import AssessmentsPanel
from app.ui.duplicates.view import DuplicatesView
from build.sittings.hand import Sitting


def people(hand: Sitting) -> None:
    """The list, a name with a slip, the file of the person who came most, two who may be one."""
    hand.show("people", "beneficiaires")
    hand.press("Ctrl+F")
    hand.type("dlemas")
    hand.rest(200)
    hand.picture("beneficiaires-faute-de-frappe")
    hand.press("Esc")
    (often,) = people_lists.page(hand.desk.database, sort="accompaniments", descending=True, limit=1).rows
    hand.desk.person_asked.emit(often.id)
    hand.picture("parcours")
    hand.press("Ctrl+E")
    hand.picture("coordonnees")
    hand.press("Esc")
    hand.press("Ctrl+Shift+D")
    hand.wait(lambda: hand.workspace.findChildren(DuplicatesView))
    view = hand.workspace.findChildren(DuplicatesView)[0]
    hand.wait(lambda: view.comparison is not None)
    hand.picture("doublons")
    hand.press("Esc")


def assessments(hand: Sitting) -> None:
    """The digital assessment of somebody who had two: the result, a question."""
    database = hand.desk.database
    known = (one.id for one in beneficiaries.search(database, "", limit=PEOPLE))
    hand.desk.person_asked.emit(next(one for one in known if len(history.of_person(database, one)) > 1))
    hand.workspace.people.file.show_tab("assessments")
    hand.workspace.people.file.view.tabs.focus_chosen()
    panel = hand.workspace.people.file.view.panel("assessments")
    assert isinstance(panel, AssessmentsPanel)
    hand.picture("diagnostic")
    panel.begin()
    hand.wait(lambda: isinstance(QApplication.activeWindow(), InterviewDialog))
    hand.type("o1")
    hand.picture("diagnostic-question")
    hand.press("Esc")
    hand.program.window.activateWindow()
