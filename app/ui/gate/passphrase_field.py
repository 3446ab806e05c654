"""A field for a passphrase, which can be shown and says when the capitals are locked."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from app.ui import icons, theme
from app.ui.widgets.surfaces import label

_HIDDEN, _SHOWN = QLineEdit.EchoMode.Password, QLineEdit.EchoMode.Normal


class PassphraseField(QWidget):
    """Hidden letters, a button that shows them, and a line when the capitals look locked."""

    entered = Signal()
    """Enter was pressed."""
    edited = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = _HiddenEdit(self)
        self.field.returnPressed.connect(self.entered)
        self.field.textEdited.connect(lambda: self.edited.emit())
        self._reveal = QPushButton(self)
        self._reveal.setProperty("role", "square")
        self._reveal.setCheckable(True)
        self._reveal.toggled.connect(self._show_letters)
        self._capitals = label("Les majuscules sont verrouillées.", "small-warning")
        self._capitals.hide()
        self.field.capitals_seen.connect(self._capitals.setVisible)
        self.setFocusProxy(self.field)
        self.setAccessibleName(name)
        self._lay_out()
        self._show_letters(False)

    def text(self) -> str:
        """What is typed."""
        return self.field.text()

    def clear(self) -> None:
        """Forget what is typed, and hide the next letters."""
        self.field.clear()
        self._reveal.setChecked(False)
        self._capitals.hide()

    def has_capitals_locked(self) -> bool:
        """Whether the last letter typed says so."""
        return not self._capitals.isHidden()

    def setAccessibleName(self, name: str) -> None:
        super().setAccessibleName(name)
        self.field.setAccessibleName(name)

    def _show_letters(self, is_shown: bool) -> None:
        self.field.setEchoMode(_SHOWN if is_shown else _HIDDEN)
        icons.set_icon(self._reveal, "eye-off" if is_shown else "eye", "muted")
        words = "Cacher ce que je tape" if is_shown else "Montrer ce que je tape"
        self._reveal.setToolTip(words)
        self._reveal.setAccessibleName(words)

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(theme.px(8))
        row.addWidget(self.field, 1)
        row.addWidget(self._reveal)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(4))
        column.addLayout(row)
        column.addWidget(self._capitals)


class _HiddenEdit(QLineEdit):
    """Sees from the letters themselves whether the capitals are locked: no system tells it the same way."""

    capitals_seen = Signal(bool)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        letter = event.text()
        if len(letter) == 1 and letter.lower() != letter.upper():
            has_shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self.capitals_seen.emit(letter.isupper() != has_shift)
        super().keyPressEvent(event)
