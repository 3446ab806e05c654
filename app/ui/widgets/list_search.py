"""The search field above a list: Escape empties it, then leaves it for the list."""

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.ui import theme
from app.ui.widgets.decorated_field import SearchField


class ListSearch(SearchField):
    """`name` says what is searched, `tip` by what; `width` is in pixels of the design."""

    left = Signal()
    """Escape or Down: the keyboard goes to the list."""

    def __init__(self, placeholder: str, name: str, tip: str, width: int = 200, parent: QWidget | None = None) -> None:
        super().__init__(placeholder, parent=parent)
        self._width = width
        self.setAccessibleName(name)
        self.setToolTip(tip)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(theme.px(self._width), super().sizeHint().height())

    def event(self, event: QEvent) -> bool:
        """Keep Escape from the shortcut of the screen."""
        is_early = event.type() is QEvent.Type.ShortcutOverride
        if is_early and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.button.click()
        elif event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_Down):
            self.left.emit()
        else:
            super().keyPressEvent(event)
