"""The only thing that is asked twice: erasing a person, which nothing undoes."""

from uuid import UUID

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from app.errors import AppError
from app.services.privacy import erasing
from app.services.privacy.erasing import Leaving
from app.ui import icons, theme
from app.ui.desk import Desk
from app.ui.dialog import Dialog
from app.ui.privacy import words
from app.ui.tasks import Task
from app.ui.widgets.banner import Banner
from app.ui.widgets.surfaces import label

WIDTH = 640
"""Pixels at 100 %."""


class EraseDialog(Dialog):
    """Says what goes and what stays; ticking a box opens the button. Escape thinks better of it."""

    paper_asked = Signal()
    """Her file first, to print or save."""
    confirmed = Signal()

    def __init__(self, leaving: Leaving, parent: QWidget) -> None:
        super().__init__("Effacer une personne", (WIDTH, WIDTH), parent)
        self.paper = QPushButton("Sa fiche d’abord…")
        self.understood = QCheckBox(words.FOR_EVER)
        self.erase, self.cancel = QPushButton("Effacer pour toujours"), QPushButton("Annuler")
        self.fault = Banner("danger", "")
        self._lay_out(leaving)
        self.understood.toggled.connect(self.erase.setEnabled)
        self.paper.clicked.connect(self.paper_asked)
        self.erase.clicked.connect(self.confirmed)
        self.cancel.clicked.connect(self.reject)

    def show_busy(self, is_busy: bool) -> None:
        """While it is done, nothing answers."""
        for widget in (self.paper, self.understood, self.erase, self.cancel):
            widget.setEnabled(not is_busy)
        self.erase.setText("Effacement…" if is_busy else "Effacer pour toujours")

    def show_fault(self, sentence: str) -> None:
        """Say why it could not be done; nothing was erased."""
        self.fault.set_text(sentence)
        self.fault.show()

    def _lay_out(self, leaving: Leaving) -> None:
        content, margin = self._content(leaving), theme.px(24)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(content)
        self.fault.hide()
        column = self.column()
        column.addWidget(scroll, 1)
        column.addWidget(self.understood)
        column.addWidget(self.fault)
        column.addLayout(self._buttons())
        room = self.screen().availableSize()
        width = min(theme.px(WIDTH), room.width())
        tall = content.heightForWidth(width - 2 * margin) + theme.px(150)
        self.resize(width, min(tall, room.height()))

    def _content(self, leaving: Leaving) -> QWidget:
        made = QWidget()
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        column.addWidget(label(f"Effacer {leaving.name}\u00a0?", "title", wraps=True))
        column.addWidget(label(words.FOREVER_GONE, wraps=True))
        for line in words.goes(leaving):
            column.addWidget(label(f"–\u00a0\u00a0{line}", wraps=True))
        column.addWidget(label(words.stays(leaving), wraps=True))
        column.addSpacing(theme.px(4))
        column.addWidget(Banner("warning", words.ELSEWHERE))
        column.addStretch(1)
        return made

    def _buttons(self) -> QHBoxLayout:
        icons.set_icon(self.paper, "printer")
        icons.set_icon(self.erase, "trash-2", "danger")
        self.paper.setToolTip("L’imprimer ou l’enregistrer pour la remettre à la personne")
        self.erase.setProperty("role", "danger")
        self.erase.setEnabled(False)
        row = QHBoxLayout()
        row.addWidget(self.paper)
        row.addStretch(1)
        for button in (self.cancel, self.erase):
            row.addWidget(button)
        for button in (self.paper, self.cancel, self.erase):
            button.setAutoDefault(False)
        return row


class ErasurePresenter(QObject):
    """Asks, erases away from the screens (a large notebook is read through), then has the copies made again."""

    def __init__(self, desk: Desk, id_: UUID, parent: QWidget) -> None:
        """Raises UserError if the person is gone already."""
        self.dialog = EraseDialog(erasing.leaving(desk.database, id_), parent)
        super().__init__(self.dialog)
        self._desk, self._id = desk, id_
        self.dialog.paper_asked.connect(lambda: desk.person_file_asked.emit(id_))
        self.dialog.lock_asked.connect(desk.lock_asked)
        self.dialog.confirmed.connect(self._erase)
        self.dialog.finished.connect(self.dialog.deleteLater)

    def open(self) -> None:
        """Show the dialog over the window."""
        self.dialog.open()
        self.dialog.cancel.setFocus()

    def _erase(self) -> None:
        database, id_ = self._desk.database, self._id
        self.dialog.show_busy(True)
        task = Task(lambda: erasing.erase(database, id_))
        task.done.connect(self._erased)
        task.failed.connect(self._failed)
        task.start()

    def _erased(self) -> None:
        self.dialog.accept()
        self._desk.said.emit("La personne est effacée\u00a0; ses accompagnements restent comptés", None)
        if self._desk.daily is not None:
            self._desk.daily.look()

    def _failed(self, error: AppError) -> None:
        self.dialog.show_busy(False)
        self.dialog.show_fault(str(error))
