"""What a copy holds and what putting it back would change, before anything is written."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app.services.backup_contents import Contents
from app.services.backup_files import Backup
from app.ui import theme
from app.ui.backups import words
from app.ui.widgets.surfaces import Card, label

_WIDEST = 820


class RestorePage(QWidget):
    """The figures, the consequences, yes or no."""

    accepted = Signal()
    cancelled = Signal()

    def __init__(self, copy: Backup, contents: Contents, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "page")
        self.accept = QPushButton("Remettre cette copie", self)
        self.accept.setProperty("role", "primary")
        self.cancel = QPushButton("Annuler", self)
        self.accept.clicked.connect(self.accepted)
        self.cancel.clicked.connect(self.cancelled)
        self._lay_out(copy, contents)

    def focus_first(self) -> None:
        """Put the keyboard on what changes nothing."""
        self.cancel.setFocus()

    def _lay_out(self, copy: Backup, contents: Contents) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(24), theme.px(20), theme.px(24), theme.px(16))
        column.setSpacing(theme.px(12))
        column.addWidget(label(words.title(copy), "title", wraps=True))
        column.addWidget(label(words.KINDS[copy.kind], "muted"))
        column.addWidget(_card(contents))
        row = QHBoxLayout()
        row.addWidget(self.cancel)
        row.addWidget(self.accept)
        row.addStretch(1)
        column.addLayout(row)
        column.addStretch(1)


def _card(contents: Contents) -> Card:
    card = Card(gap=12)
    card.setMaximumWidth(theme.px(_WIDEST))
    card.body.addWidget(label(words.holds(contents), "strong", wraps=True))
    for sentence in (words.comparison(contents), words.afterwards(contents), words.KEPT_TOO):
        card.body.addWidget(label(sentence, wraps=True))
    return card
