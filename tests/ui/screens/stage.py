"""The window of the program, on which one screen at a time is put."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from PySide6.QtWidgets import QApplication, QDialog, QMainWindow, QWidget
from pytestqt.qtbot import QtBot

from app.recovery import new_code
from app.services import tags
from app.ui.desk import Desk
from app.ui.reports.paper_presenter import PaperPresenter
from app.ui.reports.presenter import ReportPresenter
from app.ui.widgets.collapsible import Collapsible
from app.ui.workspace import Workspace
from app.vault import Vault, recovery_key
from protocol.vocabulary import ActivityKind
from tests.notebook import a_beneficiary, a_place, recorded

WIDTH, HEIGHT = 1366, 768
SENTENCE = "Le disque est plein\u00a0: libérez de la place puis recommencez, rien n’est perdu."
Papers = ReportPresenter | PaperPresenter


class Stage:
    """The window of the program, on which one screen at a time is put."""

    def __init__(self, desk: Desk, qtbot: QtBot) -> None:
        self.desk, self._qtbot = desk, qtbot
        self._behind: QWidget | None = None

    def show(self, page: QWidget) -> QWidget:
        """Show a page in the window, as it is at 1366 × 768."""
        window = QMainWindow()
        self._qtbot.addWidget(window)
        window.setCentralWidget(page)
        window.resize(WIDTH, HEIGHT)
        return self.show_window(window)

    def wait(self, window: QWidget, is_ready: Callable[[], bool]) -> QWidget:
        """A window, once what it waits for is there."""
        self._qtbot.waitUntil(is_ready)
        return self.show_window(window)

    def show_window(self, window: QWidget) -> QWidget:
        """Show something that is a window of its own."""
        window.show()
        for _ in range(3):
            QApplication.processEvents()
        return window

    def show_dialog(self, make: Callable[[QWidget], QDialog]) -> QWidget:
        """Show a dialog over the window."""
        self._behind = self.show(QWidget())
        dialog = make(self._behind)
        dialog.resize(min(dialog.width(), WIDTH), min(dialog.height(), HEIGHT))
        return self.show_window(dialog)

    def show_paper(self, make: Callable[[QWidget], Papers]) -> QWidget:
        """Show a document before it leaves, once its pages are drawn, with all that may be said of it."""
        made: list[Papers] = []

        def dialog(behind: QWidget) -> QDialog:
            made.append(make(behind))
            made[0].dialog.show_warning(SENTENCE)
            return made[0].dialog

        window = self.show_dialog(dialog)
        self._qtbot.waitUntil(lambda: made[0].paper.is_at_rest and made[0].dialog.preview.count > 0)
        made[0].dialog.show_saved(Path("Rapport d’activité – Novembre 2026.pdf"))
        return self.show_window(window)

    def workspace(self, screen: str = "day") -> Workspace:
        """The open notebook with something of everything, on one of its screens."""
        people = [a_beneficiary(self.desk.database, "de La Tour-Vernhet", f"Marie-Thérèse {n}") for n in range(8)]
        a_place(self.desk.database, "Maison France Services de Meyrueis")
        tags.create(self.desk.database, "Parents d’élèves")
        recorded(self.desk.database, day=date.today(), participants=(people[0],))
        recorded(self.desk.database, kind=ActivityKind.WORKSHOP, participants=tuple(people), title="Ma tablette")
        Vault(self.desk.paths.slots).create(recovery_key(new_code()).public, "quatre mots sans rapport")
        made = Workspace(self.desk)
        made.go_to(screen)
        return made


def unfold(page: QWidget) -> None:
    """Show all that is folded."""
    for fold in page.findChildren(Collapsible):
        fold.set_open(True)
