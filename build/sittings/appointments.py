"""The pictures of the appointments: the dialog, the menu of one, the card."""

from datetime import date

from PySide6.QtWidgets import QApplication

from app.services.appointments import lists
from app.ui.appointments.dialog import AppointmentDialog
from app.ui.day.presenter import DayPresenter
from app.ui.reports.paper_presenter import PaperPresenter
from build.sittings.hand import Sitting
from build.sittings.papers import picture_of_paper


def appointments(hand: Sitting) -> None:
    """« Ma journée » with its appointments, one given to a person at a time already taken, and its card."""
    hand.workspace.go_to("day")
    presenter = hand.workspace.presenter("day")
    assert isinstance(presenter, DayPresenter)
    shown = presenter.view.appointments.list
    shown.setFocus()
    hand.press("Down")
    hand.picture("rendez-vous")
    id_ = shown.current()
    row = next(one for one in lists.coming(hand.desk.database, date.today()) if one.id == id_)
    hand.desk.person_asked.emit(row.beneficiary)
    hand.press("Ctrl+Shift+R")
    hand.wait(lambda: isinstance(QApplication.activeWindow(), AppointmentDialog))
    hand.type("demain")
    hand.press("Tab")
    hand.type("14h30")
    hand.picture("donner-un-rendez-vous")
    hand.press("Ctrl+P")
    hand.wait(lambda: hand.program.window.findChildren(PaperPresenter))
    picture_of_paper(hand, hand.program.window.findChildren(PaperPresenter)[0], "mon-rendez-vous")
