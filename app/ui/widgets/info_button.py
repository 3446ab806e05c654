"""Small buttons without a word beside a figure: one of them tells what it counts."""

from html import escape

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QToolButton, QWidget

from app.ui import icons
from app.ui.announce import announce


class IconButton(QToolButton):
    """An icon that Enter presses as Space does; its owner gives it an accessible name."""

    def __init__(self, icon: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        icons.set_icon(self, icon, "muted")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.click()
        else:
            super().keyPressEvent(event)


class InfoButton(IconButton):
    """Opens and closes a definition, a label that stands where its owner puts it; a hover shows it too."""

    def __init__(self, definition: QLabel, parent: QWidget | None = None) -> None:
        super().__init__("info", parent)
        self._label = definition
        definition.hide()
        self.setCheckable(True)
        self.toggled.connect(self._show)
        self.set_definition("")

    def set_definition(self, definition: str) -> None:
        """Change what is explained; hidden where there is nothing to explain."""
        self._label.setText(definition)
        self.setAccessibleDescription(definition)
        self.setToolTip(f"<p>{escape(definition)}</p>" if definition else "")  # only rich text is wrapped
        self.setVisible(bool(definition))
        if not definition:
            self.setChecked(False)

    def set_figure(self, figure: str) -> None:
        """Name what is explained: for those who do not see it, the whole figure."""
        self.setAccessibleName(f"Définition\u00a0: {figure}")

    def _show(self, is_open: bool) -> None:
        self._label.setVisible(is_open)
        announce(self, self._label.text() if is_open else "")
