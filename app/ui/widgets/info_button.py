"""A small « i » beside a figure: what it counts, at a hover or a key."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QToolButton, QWidget

from app.ui import icons
from app.ui.announce import announce


class InfoButton(QToolButton):
    """Opens and closes its definition, a label that stands where its owner puts it; a hover shows it too."""

    def __init__(self, what: str, definition: QLabel, parent: QWidget | None = None) -> None:
        """`what` names the figure."""
        super().__init__(parent)
        self._label = definition
        definition.hide()
        icons.set_icon(self, "info", "muted", 16)
        self.setAccessibleName(f"Définition\u00a0: {what}")
        self.setCheckable(True)
        self.toggled.connect(self._show)
        self.set_definition("")

    def set_definition(self, definition: str) -> None:
        """Change what is explained; hidden where there is nothing to explain."""
        self._label.setText(definition)
        self.setAccessibleDescription(definition)
        self.setToolTip(definition)
        self.setVisible(bool(definition))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.click()
        else:
            super().keyPressEvent(event)

    def _show(self, is_open: bool) -> None:
        self._label.setVisible(is_open)
        announce(self, self._label.text() if is_open else "")
