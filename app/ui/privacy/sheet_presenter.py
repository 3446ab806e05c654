"""The dialog of the information sheet: for one person, or for anybody."""

from collections.abc import Callable
from datetime import date
from uuid import UUID

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.errors import AppError
from app.services.privacy import information
from app.ui import theme
from app.ui.desk import Desk
from app.ui.privacy import information_sheet
from app.ui.reports.paper_dialog import PaperDialog
from app.ui.reports.paperwork import Compose, Composed, Paperwork
from app.ui.widgets.banner import Banner
from app.ui.widgets.surfaces import label

_SENTENCES = (
    "Une page en français facile, que la personne emporte\u00a0: qui garde ses informations, pourquoi, combien de "
    "temps, et ses droits.",
    "Remettez-la à la première rencontre, et lisez-la ensemble si besoin.",
)
_ALSO_BLANK = "Sans nom, elle peut attendre sur votre comptoir ou être affichée."


class InformationSheetPresenter(QObject):
    """Shows the sheet before it is saved or printed."""

    def __init__(self, desk: Desk, id_: UUID | None, window: QWidget, today: Callable[[], date] = date.today) -> None:
        super().__init__(window)
        self.dialog = PaperDialog("Feuille d’information", _notice(id_ is None), window)
        self._desk, self._id, self._today = desk, id_, today
        self.paper = Paperwork(self.dialog, self._compose)
        self.paper.composed.connect(self._name_file)
        self.paper.refused.connect(self._refuse)
        self.dialog.lock_asked.connect(desk.lock_asked)
        self.dialog.finished.connect(self._close)

    def open(self) -> None:
        """Show the dialog over the window."""
        self.dialog.open()
        self.dialog.close_button.setFocus()

    def _compose(self) -> Compose:
        database, id_, today = self._desk.database, self._id, self._today()
        return lambda: Composed(information_sheet.document(information.gather(database, id_, today)))

    def _name_file(self, composed: Composed) -> None:
        self.dialog.file_name = composed.document.title

    def _refuse(self, error: AppError) -> None:
        self._desk.say(error)
        self.dialog.reject()

    def _close(self) -> None:
        self.dialog.deleteLater()
        self.deleteLater()


def _notice(is_blank: bool) -> QWidget:
    made = QWidget()
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 0, theme.px(12), 0)
    column.setSpacing(theme.px(12))
    for sentence in _SENTENCES:
        column.addWidget(label(sentence, wraps=True))
    if is_blank:
        column.addWidget(Banner("info", _ALSO_BLANK))
    column.addStretch(1)
    return made
