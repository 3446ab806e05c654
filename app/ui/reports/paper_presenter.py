"""Any paper that is made of what the notebook holds, with nothing to fill in."""

from collections.abc import Callable, Iterable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.errors import AppError
from app.ui import theme
from app.ui.desk import Desk
from app.ui.paper.document import Document
from app.ui.reports.paper_dialog import PaperDialog
from app.ui.reports.paperwork import Composed, Paperwork
from app.ui.widgets.banner import Banner
from app.ui.widgets.surfaces import label

CLEAR = "Le PDF n’est pas chiffré\u00a0: ne le laissez pas sur un ordinateur partagé."


class PaperPresenter(QObject):
    """Shows a paper before it is saved or printed."""

    def __init__(
        self, desk: Desk, title: str, notice: QWidget, compose: Callable[[], Document], parent: QWidget
    ) -> None:
        """`notice` is what is said of it at its left."""
        self.dialog = PaperDialog(title, notice, parent)
        super().__init__(self.dialog)
        self._desk = desk
        self.paper = Paperwork(self.dialog, lambda: lambda: Composed(compose()))
        self.paper.composed.connect(self._name_file)
        self.paper.refused.connect(self._refuse)
        self.dialog.lock_asked.connect(desk.lock_asked)
        self.dialog.finished.connect(self.dialog.deleteLater)

    def open(self) -> None:
        """Show the dialog over the window."""
        self.dialog.open()
        self.dialog.print_button.setFocus()

    def _name_file(self, composed: Composed) -> None:
        self.dialog.file_name = composed.document.title

    def _refuse(self, error: AppError) -> None:
        self._desk.say(error)
        self.dialog.reject()


def notice(sentences: Iterable[str], *banners: Banner) -> QWidget:
    """Plain sentences, nothing to fill."""
    made = QWidget()
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 0, theme.px(12), 0)
    column.setSpacing(theme.px(12))
    for sentence in sentences:
        column.addWidget(label(sentence, wraps=True))
    for banner in banners:
        column.addWidget(banner)
    column.addStretch(1)
    return made
