"""The dialog « Mon rendez-vous » of one appointment."""

from collections.abc import Callable
from datetime import date
from uuid import UUID

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.errors import AppError
from app.services.appointments import card
from app.ui import theme
from app.ui.appointments import paper
from app.ui.desk import Desk
from app.ui.reports.paper_dialog import PaperDialog
from app.ui.reports.paperwork import Compose, Composed, Paperwork
from app.ui.widgets.banner import Banner
from app.ui.widgets.surfaces import label

_SENTENCES = (
    "Une page en grands caractères, que la personne emporte\u00a0: le jour et l’heure, le lieu, avec qui, pour "
    "quoi, et ce qu’elle apporte si une démarche est liée.",
    "L’objet du rendez-vous y est écrit\u00a0: pensez à qui peut le lire.",
)
_CLEAR = "Le PDF n’est pas chiffré\u00a0: ne le laissez pas sur un ordinateur partagé."


class AppointmentPaperPresenter(QObject):
    """Shows the card before it is saved or printed."""

    def __init__(self, desk: Desk, id_: UUID, window: QWidget, today: Callable[[], date] = date.today) -> None:
        super().__init__(window)
        self.dialog = PaperDialog("Mon rendez-vous", _notice(), window)
        self._desk, self._id, self._today = desk, id_, today
        self.paper = Paperwork(self.dialog, self._compose)
        self.paper.composed.connect(self._name_file)
        self.paper.refused.connect(self._refuse)
        self.dialog.lock_asked.connect(desk.lock_asked)
        self.dialog.finished.connect(self._close)

    def open(self) -> None:
        """Show the dialog over the window."""
        self.dialog.open()
        self.dialog.print_button.setFocus()

    def _compose(self) -> Compose:
        database, id_, today = self._desk.database, self._id, self._today()
        return lambda: Composed(paper.document(card.gather(database, id_, today)))

    def _name_file(self, composed: Composed) -> None:
        self.dialog.file_name = composed.document.title

    def _refuse(self, error: AppError) -> None:
        self._desk.say(error)
        self.dialog.reject()

    def _close(self) -> None:
        self.dialog.deleteLater()
        self.deleteLater()


def _notice() -> QWidget:
    """Plain sentences, nothing to fill."""
    made = QWidget()
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 0, theme.px(12), 0)
    column.setSpacing(theme.px(12))
    for sentence in _SENTENCES:
        column.addWidget(label(sentence, wraps=True))
    column.addWidget(Banner("warning", _CLEAR))
    column.addStretch(1)
    return made
