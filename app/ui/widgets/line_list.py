"""A list of things to follow: each has two lines of words, the first of a group carries the title of the group."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from PySide6.QtCore import (
    QAbstractListModel,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFont, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from app.ui import icons, theme

AnyIndex = QModelIndex | QPersistentModelIndex
Key = UUID | str
_HEAD, _LINE, _SIDE, _GAP, _ICON = 40, 58, 16, 12, 18
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


@dataclass(frozen=True, slots=True)
class Line:
    """One thing of the list, in words."""

    key: Key
    title: str
    under: str
    aside: str = ""
    """Said at the right, in the colour `ink`."""
    ink: str = "muted"
    icon: str = "file-text"
    head: tuple[str, str] | None = None
    """Title of the group that it opens, and what is said at its right."""

    @property
    def spoken(self) -> str:
        """The whole line, for assistive technologies."""
        group = " · ".join(filter(None, self.head or ()))
        return ". ".join(filter(None, (group, self.title, self.aside, self.under)))


class LineList(QListView):
    """Walked with the arrows; Enter opens, Space goes on with the current one, Delete takes it away."""

    chosen = Signal(object)
    """The key of the line that is now selected, or was clicked."""
    opened = Signal(object)
    """Enter on this line."""
    advanced = Signal(object)
    """Space on this line."""
    deleted = Signal(object)
    search_asked = Signal()
    """F, or Up on the first line."""

    def __init__(self, name: str, is_whole: bool = False, parent: QWidget | None = None) -> None:
        """`is_whole`: as high as all its lines, without a bar to scroll."""
        super().__init__(parent)
        self._lines, self._is_whole = _Lines(self), is_whole
        self.setModel(self._lines)
        self.setItemDelegate(_Painter(self))
        self.setAccessibleName(name)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        if is_whole:
            self.setFrameShape(QFrame.Shape.NoFrame)
            self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.clicked.connect(lambda index: self.chosen.emit(_line(index).key))
        self.selectionModel().selectionChanged.connect(self._selected)
        theme.changed.connect(self._fit)

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Show these; the line selected stays so, or its neighbour takes its place. Emits nothing."""
        if tuple(lines) == self._lines.lines:
            return
        before, row = self.current(), max(0, self.currentIndex().row())
        place = self.verticalScrollBar().value()
        was_blocked = self.blockSignals(True)
        self._lines.replace(tuple(lines))
        if before is not None and not self.select(before):
            self.setCurrentIndex(self._lines.index(min(row, len(lines) - 1)))
        self.blockSignals(was_blocked)
        self.verticalScrollBar().setValue(place)
        self._fit()

    def select(self, key: Key) -> bool:
        """Select a line and bring it into sight; answers whether it is there."""
        row = next((row for row, line in enumerate(self._lines.lines) if line.key == key), None)
        if row is None:
            return False
        index = self._lines.index(row)
        self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self.scrollTo(index)
        return True

    def current(self) -> Key | None:
        """The key of the line selected."""
        found = self.selectedIndexes()  # the current index is not selected when the keyboard has just come
        return _line(found[0]).key if found else None

    def lines(self) -> tuple[Line, ...]:
        """What is shown."""
        return self._lines.lines

    def clear_selection(self) -> None:
        """Select nothing; emits nothing."""
        was_blocked = self.blockSignals(True)
        self.clearSelection()
        self.setCurrentIndex(QModelIndex())
        self.blockSignals(was_blocked)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, here = event.key(), self.current()
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            event.ignore()
        elif here is None and key in (Qt.Key.Key_Down, Qt.Key.Key_Up, *_ENTER) and self._lines.lines:
            self._begin()
        elif here is not None and key in _ENTER:
            self.opened.emit(here)
        elif here is not None and key == Qt.Key.Key_Space:
            self.advanced.emit(here)
        elif here is not None and key == Qt.Key.Key_Delete:
            if not event.isAutoRepeat():  # a key held by mistake does not empty the list
                self.deleted.emit(here)
        elif key == Qt.Key.Key_F or (key == Qt.Key.Key_Up and self.currentIndex().row() == 0):
            self.search_asked.emit()
        else:
            super().keyPressEvent(event)

    def _begin(self) -> None:
        """Select the first line."""
        self.selectionModel().setCurrentIndex(self._lines.index(0), QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()

    def _selected(self, now: QItemSelection) -> None:
        if now.indexes():
            self.chosen.emit(_line(now.indexes()[0]).key)

    def _fit(self) -> None:
        if self._is_whole:
            heads = sum(line.head is not None for line in self._lines.lines)
            self.setFixedHeight(theme.px(_LINE) * self._lines.rowCount() + theme.px(_HEAD) * heads + 4)
        self.scheduleDelayedItemsLayout()


class _Lines(QAbstractListModel):
    """The lines shown."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.lines: tuple[Line, ...] = ()

    def replace(self, lines: tuple[Line, ...]) -> None:
        """Show these instead."""
        self.beginResetModel()
        self.lines = lines
        self.endResetModel()

    def rowCount(self, parent: AnyIndex | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.lines)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        line = self.lines[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return line.spoken
        if role == Qt.ItemDataRole.ToolTipRole:
            return "\n".join(filter(None, (line.title, line.aside, line.under)))
        return line if role == Qt.ItemDataRole.UserRole else None


class _Painter(QStyledItemDelegate):
    """Draws a line, and above the first one of a group the title of that group."""

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        return QSize(0, theme.px(_LINE) + (theme.px(_HEAD) if _line(index).head else 0))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        line, rect = _line(index), QRect(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if line.head:
            head = QRect(rect.left(), rect.top(), rect.width(), theme.px(_HEAD))
            _paint_head(painter, QRectF(head), line.head)
            rect = rect.adjusted(0, head.height(), 0, 0)
        _paint_ground(painter, rect, option.state)
        if index.row() < index.model().rowCount() - 1:
            painter.fillRect(rect.adjusted(0, rect.height() - 1, 0, 0), theme.colour("line"))
        _paint_line(painter, QRectF(rect).adjusted(theme.px(_SIDE), 0, -theme.px(_SIDE), 0), line)
        painter.restore()


def _line(index: AnyIndex) -> Line:
    line = index.data(Qt.ItemDataRole.UserRole)
    assert isinstance(line, Line)
    return line


def _paint_ground(painter: QPainter, rect: QRect, state: QStyle.StateFlag) -> None:
    if state & QStyle.StateFlag.State_Selected:
        painter.fillRect(rect, theme.colour("tint"))
        painter.fillRect(rect.adjusted(0, 0, theme.px(3) - rect.width(), 0), theme.colour("primary"))
    elif state & QStyle.StateFlag.State_MouseOver:
        painter.fillRect(rect, theme.colour("hover"))


def _paint_head(painter: QPainter, rect: QRectF, head: tuple[str, str]) -> None:
    painter.fillRect(rect, theme.colour("window"))
    painter.fillRect(rect.adjusted(0, rect.height() - 1, 0, 0), theme.colour("line"))
    inner = rect.adjusted(theme.px(_SIDE), theme.px(6), -theme.px(_SIDE), 0)
    painter.setFont(theme.font(13))
    room = painter.fontMetrics().horizontalAdvance(head[1]) + theme.px(_GAP)
    _words(painter, inner, head[1], "muted", Qt.AlignmentFlag.AlignRight)
    painter.setFont(theme.font(weight=QFont.Weight.DemiBold))
    _words(painter, inner.adjusted(0, 0, -room, 0), head[0], "text")


def _paint_line(painter: QPainter, inner: QRectF, line: Line) -> None:
    """Icon and title, what is pressing at the right, then the rest under them."""
    half = inner.height() / 2
    above = inner.adjusted(0, theme.px(5), 0, -half)
    picture = icons.pixmap(line.icon, line.ink, _ICON)
    painter.drawPixmap(int(above.left()), round(above.center().y() - theme.px(_ICON) / 2), picture)
    left = theme.px(_ICON + _GAP)
    painter.setFont(theme.font(weight=QFont.Weight.DemiBold if line.ink != "muted" else QFont.Weight.Normal))
    aside = painter.fontMetrics().horizontalAdvance(line.aside)
    _words(painter, above, line.aside, line.ink, Qt.AlignmentFlag.AlignRight)
    painter.setFont(theme.font(weight=QFont.Weight.DemiBold))
    _words(painter, above.adjusted(left, 0, -(aside + theme.px(_GAP)) if aside else 0, 0), line.title, "text")
    painter.setFont(theme.font(13))
    _words(painter, inner.adjusted(left, half, 0, -theme.px(7)), line.under, "muted")


def _words(
    painter: QPainter, rect: QRectF, text: str, ink: str, side: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft
) -> None:
    painter.setPen(theme.colour(ink))
    shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, int(rect.width()) + 1)
    painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter | side, shown)
