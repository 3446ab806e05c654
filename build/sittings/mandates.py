"""The pictures of the mandates: one with its journal, and one to be signed."""

from datetime import date

from PySide6.QtWidgets import QApplication

from app.services import beneficiaries
from app.services.mandates import lists
from app.ui.mandates.panel import DocumentsPanel
from app.ui.mandates.presenter import NewMandatePresenter
from build.sittings.hand import Sitting
from build.sittings.papers import picture_of_paper


def mandates(hand: Sitting) -> None:
    """The documents of somebody who has several mandates, one of them still good; then its renewal."""
    database, today = hand.desk.database, date.today()
    people = [one.id for one in beneficiaries.search(database, "", limit=60)]
    several = next(one for one in people if len(lists.of_person(database, one, today)) > 1)
    hand.desk.person_asked.emit(several)
    hand.workspace.people.file.show_tab("documents")
    hand.workspace.people.file.view.tabs.focus_chosen()
    panel = hand.workspace.people.file.view.panel("documents")
    assert isinstance(panel, DocumentsPanel)
    panel.show_mandate(next(one.id for one in lists.of_person(database, several, today) if one.is_active))
    hand.rest(200)
    hand.picture("mandat")
    panel.panel.renew.click()
    hand.wait(lambda: QApplication.activeWindow() is not hand.program.window)
    picture_of_paper(hand, hand.workspace.window().findChildren(NewMandatePresenter)[-1], "mandat-nouveau")
