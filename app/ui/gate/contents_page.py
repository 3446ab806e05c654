"""What a copy holds, before its notebook is taken over."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from app.services.backup_contents import Contents
from app.services.backup_files import Backup
from app.ui import theme
from app.ui.backups import words
from app.ui.gate.page import GatePage
from app.ui.widgets.field_row import ErrorLine
from app.ui.widgets.surfaces import label


class ContentsPage(GatePage):
    """Figures, and yes or no."""

    accepted = Signal()
    left = Signal()

    def __init__(self, copy: Backup, contents: Contents, parent: QWidget | None = None) -> None:
        super().__init__(width=560, parent=parent)
        self.accept = QPushButton("Reprendre ce carnet", self)
        self.accept.setProperty("role", "primary")
        self._back = QPushButton("Retour", self)
        self._error = ErrorLine(self)
        self.body.addWidget(label(words.title(copy), "subtitle", wraps=True))
        self.body.addWidget(label(words.holds(contents), wraps=True))
        if contents.is_enrolled:
            self.body.addWidget(label(words.afterwards(contents), "muted", wraps=True))
        self.body.addWidget(self._error)
        self.body.addSpacing(theme.px(4))
        buttons = QHBoxLayout()
        buttons.addWidget(self._back)
        buttons.addStretch(1)
        buttons.addWidget(self.accept)
        self.body.addLayout(buttons)
        self.accept.clicked.connect(self.accepted)
        self._back.clicked.connect(self.left)

    def set_busy(self, is_busy: bool) -> None:
        """Show that the copy is being put in place."""
        self.accept.setEnabled(not is_busy)
        self._back.setEnabled(not is_busy)

    def show_error(self, sentence: str) -> None:
        """Say why it cannot be."""
        self.set_busy(False)
        self._error.say(sentence)
