"""The keys of a list in pages: Space, Enter, Delete, F, and the way from one page to the next."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView

_FORWARD, _BACK = (Qt.Key.Key_Down, Qt.Key.Key_PageDown), (Qt.Key.Key_Up, Qt.Key.Key_PageUp)


class ListKeys(QObject):
    """Watches a view's keyboard; Down on the last line and Up on the first one turn the page."""

    first_asked = Signal()
    """An arrow while nothing is selected: the first line is wanted."""

    detail_asked = Signal()
    """Space: the detail of the line selected is wanted again."""
    edit_asked = Signal()
    delete_asked = Signal()
    search_asked = Signal()
    page_turned = Signal(int)

    def __init__(self, view: QAbstractItemView) -> None:
        super().__init__(view)
        self._view = view
        view.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the keys that are ours, leave the others to the view."""
        if not isinstance(event, QKeyEvent) or event.type() is not QEvent.Type.KeyPress or _is_command(event):
            return False
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.edit_asked.emit()
        elif event.key() == Qt.Key.Key_Space:
            self.detail_asked.emit()
        elif event.key() == Qt.Key.Key_Delete:
            if not event.isAutoRepeat():  # a key held by mistake does not empty the list
                self.delete_asked.emit()
        elif event.key() == Qt.Key.Key_F:
            self.search_asked.emit()
        else:
            return self._move(event.key())
        return True

    def _move(self, key: int) -> bool:
        if key in _FORWARD + _BACK and not self._view.selectionModel().hasSelection():
            self.first_asked.emit()
            return True
        row, last = self._view.currentIndex().row(), self._view.model().rowCount() - 1
        step = 1 if key in _FORWARD and row == last else -1 if key in _BACK and row == 0 else 0
        if step:
            self.page_turned.emit(step)
        return bool(step)


def _is_command(event: QKeyEvent) -> bool:
    return bool(event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier)
