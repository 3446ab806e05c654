"""« Besoin d’aide ? »: a diagnostic that can be copied and given to the person who helps."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from app.ui import icons, theme
from app.ui.widgets.surfaces import Card, label

_WHAT = (
    "Le diagnostic dit où en est la synchronisation de cet ordinateur, sans aucun nom, aucune note ni aucun lieu. "
    "Collez-le dans un message à la personne qui vous aide."
)


class HelpCard(Card):
    """One button."""

    copy_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(padding=20, gap=12, parent=parent)
        self._copy = QPushButton("Copier le diagnostic")
        icons.set_icon(self._copy, "copy")
        self._copy.clicked.connect(self.copy_asked)
        self.body.addWidget(label(_WHAT, wraps=True))
        row = QHBoxLayout()
        row.setSpacing(theme.px(8))
        row.addWidget(self._copy)
        row.addStretch(1)
        self.body.addLayout(row)

    def set_busy(self, is_busy: bool) -> None:
        """The diagnostic is being made, or no longer."""
        self._copy.setEnabled(not is_busy)
