"""Shows a paper in which there is nothing to fill before it is saved or printed: what to know of it, its pages."""

from collections.abc import Callable
from dataclasses import dataclass

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

_CLEAR = "Le PDF n’est pas chiffré\u00a0: ne le laissez pas sur un ordinateur partagé."


@dataclass(frozen=True, slots=True)
class Notice:
    """What the advisor should know of a paper before it leaves."""

    sentences: tuple[str, ...]
    remark: str = ""
    """Put forward under the sentences."""
    is_private: bool = True
    """It says something of a person: its file is to be looked after."""


class PaperPresenter(QObject):
    """The dialog of one paper, from its opening to its closing.

    `compose` is called away from the screens' thread; an AppError that it raises closes the dialog and is told.
    """

    def __init__(
        self, desk: Desk, title: str, notice: Notice, compose: Callable[[], Document], parent: QWidget
    ) -> None:
        self.dialog = PaperDialog(title, _told(notice), parent)
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


def _told(notice: Notice) -> QWidget:
    """Plain sentences, nothing to fill."""
    made = QWidget()
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 0, theme.px(12), 0)
    column.setSpacing(theme.px(12))
    for sentence in notice.sentences:
        column.addWidget(label(sentence, wraps=True))
    if notice.remark:
        column.addWidget(Banner("info", notice.remark))
    if notice.is_private:
        column.addWidget(Banner("warning", _CLEAR))
    column.addStretch(1)
    return made
