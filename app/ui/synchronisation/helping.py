"""Makes the diagnostic away from the window, and puts it in the clipboard."""

from PySide6.QtCore import QObject, qVersion
from PySide6.QtWidgets import QApplication

from app.errors import AppError
from app.sync.diagnostic import diagnose
from app.ui.desk import Desk
from app.ui.synchronisation.help_card import HelpCard
from app.ui.tasks import Task


class Helping(QObject):
    """Answers the help's card."""

    def __init__(self, desk: Desk, card: HelpCard) -> None:
        super().__init__(card)
        self._desk, self._card = desk, card
        card.copy_asked.connect(self._start)

    def _start(self) -> None:
        self._card.set_busy(True)
        seen = self._seen()
        task = Task(lambda: diagnose(self._desk.database, seen))
        task.done.connect(self._copy)
        task.failed.connect(self._fail)
        task.start()

    def _seen(self) -> dict[str, str]:
        """What is known here of the world around."""
        lane = self._desk.sync
        if lane is None:
            return {"Qt": qVersion()}
        ending = "en pause" if lane.is_paused else lane.last_ending or "aucun"
        return {"Qt": qVersion(), "Réseau": lane.network, "Dernier essai": ending}

    def _copy(self, text: str) -> None:
        self._card.set_busy(False)
        QApplication.clipboard().setText(text)
        self._desk.said.emit("Diagnostic copié\u00a0: collez-le dans votre message", None)

    def _fail(self, error: AppError) -> None:
        self._card.set_busy(False)
        self._desk.said.emit(str(error), None)
