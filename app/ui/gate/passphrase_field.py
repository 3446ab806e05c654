"""A field for a passphrase, which can be shown and says when the capitals look locked."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.ui import theme
from app.ui.widgets.decorated_field import PasswordField
from app.ui.widgets.surfaces import label


class PassphraseField(QWidget):
    """Hidden letters, an eye that shows them, and a line when the capitals look locked."""

    entered = Signal()
    """Enter was pressed."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = _HiddenField(self)
        self.field.returnPressed.connect(self.entered)
        self._capitals = label("Les majuscules sont verrouillées.", "small-warning")
        self._capitals.hide()
        self.field.capitals_seen.connect(self._capitals.setVisible)
        self.setFocusProxy(self.field)
        self.setAccessibleName(name)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(4))
        column.addWidget(self.field)
        column.addWidget(self._capitals)

    def text(self) -> str:
        """What is typed."""
        return self.field.text()

    def clear(self) -> None:
        """Forget what is typed, and hide the next letters."""
        self.field.clear()
        self.field.button.setChecked(False)
        self._capitals.hide()

    def has_capitals_locked(self) -> bool:
        """Whether the last letter typed says so."""
        return not self._capitals.isHidden()

    def setAccessibleName(self, name: str) -> None:
        super().setAccessibleName(name)
        self.field.setAccessibleName(name)


class _HiddenField(PasswordField):
    """Sees from the letters themselves whether the capitals are locked: no system tells it the same way."""

    capitals_seen = Signal(bool)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent=parent)
        self.button.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        letter = event.text()
        if len(letter) == 1 and letter.lower() != letter.upper():
            has_shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self.capitals_seen.emit(letter.isupper() != has_shift)
        super().keyPressEvent(event)
