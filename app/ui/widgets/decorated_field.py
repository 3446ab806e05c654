"""Fields of one line with a quiet icon before the text or a small button after it: search, password."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QLineEdit, QToolButton, QWidget

from app.ui import icons, theme

_ICON, _SIDE, _BUTTON, _GAP = 16, 11, 28, 8


class DecoratedField(QLineEdit):
    """A line of text that leaves room for an icon at its left and a button at its right."""

    def __init__(self, placeholder: str = "", leading_icon: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(placeholder)
        self._icon = QLabel(self)
        self._icon.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._icon.setVisible(bool(leading_icon))
        if leading_icon:
            icons.set_icon(self._icon, leading_icon, "muted", _ICON)
        self.button = QToolButton(self)
        self.button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.button.setCursor(Qt.CursorShape.ArrowCursor)
        theme.changed.connect(self.place_decorations)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.place_decorations()

    def place_decorations(self) -> None:
        """Put the icon and the button in the middle of the height, and the text between them."""
        side, button = theme.px(_ICON), theme.px(_BUTTON)
        self._icon.setGeometry(theme.px(_SIDE), (self.height() - side) // 2, side, side)
        inset = (self.height() - button) // 2
        self.button.setGeometry(self.width() - button - inset, inset, button, button)
        before = 0 if self._icon.isHidden() else side + theme.px(_GAP)
        after = 0 if self.button.isHidden() else button - theme.px(_GAP)
        self.setTextMargins(before, 0, after, 0)


class SearchField(DecoratedField):
    """A line with a lens, and a cross that empties it once something is typed."""

    clear_asked = Signal()
    """The cross was pressed; the field is already empty."""

    def __init__(self, placeholder: str = "", leading_icon: str = "search", parent: QWidget | None = None) -> None:
        super().__init__(placeholder, leading_icon, parent)
        icons.set_icon(self.button, "x", "muted", _ICON)
        self.button.setAccessibleName("Effacer")
        self.button.setToolTip("Effacer")
        self.button.clicked.connect(self._clear)
        self.button.hide()
        self.textChanged.connect(self._text_changed)

    def _clear(self) -> None:
        self.clear()
        self.clear_asked.emit()

    def _text_changed(self, text: str) -> None:
        self.button.setVisible(bool(text))
        self.place_decorations()


class PasswordField(DecoratedField):
    """A secret that an eye shows or hides."""

    def __init__(self, placeholder: str = "", parent: QWidget | None = None) -> None:
        super().__init__(placeholder, "key-round", parent)
        self.button.setCheckable(True)
        self.button.toggled.connect(self._show_secret)
        self._show_secret(False)

    def _show_secret(self, is_shown: bool) -> None:
        mode = QLineEdit.EchoMode.Normal if is_shown else QLineEdit.EchoMode.Password
        self.setEchoMode(mode)
        words = "Masquer le mot de passe" if is_shown else "Afficher le mot de passe"
        icons.set_icon(self.button, "eye-off" if is_shown else "eye", "muted", _ICON)
        self.button.setAccessibleName(words)
        self.button.setToolTip(words)
