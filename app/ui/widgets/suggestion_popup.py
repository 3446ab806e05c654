"""The list under a type-ahead field: it never takes the keyboard, and lives inside the window."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFont, QHideEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from app.ui import icons, theme

T = TypeVar("T")
AnyIndex = QModelIndex | QPersistentModelIndex

_ROW, _LONGEST = 36, 8
LEAST_WIDTH = 280
"""Of a list, even under a narrower field (pixels at 100 %)."""
_PADDING, _GAP, _ICON = 10, 8, 16


@dataclass(frozen=True, slots=True)
class Suggestion(Generic[T]):
    """One row: the value it stands for, its words, a quiet detail at the right, a Lucide icon (or none)."""

    value: T
    label: str
    detail: str = ""
    icon: str = ""


class SuggestionPopup(QFrame):
    """Rows under an anchor widget; the anchor keeps the keyboard and asks for the current row."""

    chosen = Signal(int)

    def __init__(self, anchor: QWidget) -> None:
        super().__init__(anchor.window())
        self.least_width = LEAST_WIDTH
        self._anchor = anchor
        self._rows = _Rows(self)
        self._list = _list_view(self)
        self._list.setModel(self._rows)
        self._list.clicked.connect(lambda index: self.chosen.emit(index.row()))
        self.setProperty("role", "raised")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        column = QVBoxLayout(self)
        column.setContentsMargins(4, 4, 4, 4)
        column.addWidget(self._list)
        self.hide()

    def show_rows(self, rows: Sequence[Suggestion[object]], is_first_current: bool) -> None:
        """Show these rows, the first one ready to be picked or none; hide if there is nothing."""
        self._rows.replace(rows)
        if not rows:
            self.hide()
            return
        self._attach()
        first = self._rows.index(0) if is_first_current else QModelIndex()
        self._list.setCurrentIndex(first)
        self._place()
        self.show()
        self.raise_()

    def current_row(self) -> int | None:
        """The row that Enter would pick, if the list is shown and has one."""
        index = self._list.currentIndex()
        return index.row() if self.isVisible() and index.isValid() else None

    def walk(self, step: int) -> None:
        """Go down (1) or up (-1), round the ends."""
        count = self._rows.rowCount()
        index = self._list.currentIndex()
        start = index.row() if index.isValid() else (-1 if step > 0 else 0)
        self._list.setCurrentIndex(self._rows.index((start + step) % count))

    def current_label(self) -> str:
        """The words of the current row, for assistive technologies."""
        return str(self._list.currentIndex().data() or "")

    def hideEvent(self, event: QHideEvent) -> None:
        self._list.setCurrentIndex(QModelIndex())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the anchor when a scroll or a resize moves it; close when it disappears."""
        if self.isVisible():
            if event.type() is QEvent.Type.Hide:
                self.hide()
            elif event.type() in (QEvent.Type.Move, QEvent.Type.Resize):
                self._place()
        return False

    def _attach(self) -> None:
        """Live in the anchor's window, which may have changed since the anchor was made."""
        window = self._anchor.window()
        if self.parentWidget() is not window:
            self.setParent(window)
        moved: QWidget | None = self._anchor
        while moved is not None:
            moved.installEventFilter(self)
            moved = None if moved is window else moved.parentWidget()

    def _place(self) -> None:
        """Below the anchor, or above it where there is more room."""
        window = self._anchor.window()
        corner = self._anchor.mapTo(window, QPoint(0, 0))
        below = window.height() - corner.y() - self._anchor.height() - theme.px(8)
        above = corner.y() - theme.px(8)
        wanted = theme.px(_ROW) * min(self._rows.rowCount(), _LONGEST) + 10
        goes_up = below < wanted and above > below
        height = min(wanted, above if goes_up else below)
        top = corner.y() - height - 4 if goes_up else corner.y() + self._anchor.height() + 4
        width = min(max(self._anchor.width(), theme.px(self.least_width)), window.width() - theme.px(16))
        left = max(theme.px(8), min(corner.x(), window.width() - width - theme.px(8)))
        self.setGeometry(QRect(left, top, width, height))


class _Rows(QAbstractListModel):
    """The suggestions shown."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._suggestions: list[Suggestion[object]] = []

    def replace(self, suggestions: Sequence[Suggestion[object]]) -> None:
        """Show these instead."""
        self.beginResetModel()
        self._suggestions = list(suggestions)
        self.endResetModel()

    def rowCount(self, parent: AnyIndex | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._suggestions)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        suggestion = self._suggestions[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return suggestion.label
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{suggestion.label}, {suggestion.detail}" if suggestion.detail else suggestion.label
        return suggestion if role == Qt.ItemDataRole.UserRole else None


class _Painter(QStyledItemDelegate):
    """Draws a row: icon, words, and the detail at the right."""

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        return QSize(0, theme.px(_ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        suggestion: Suggestion[object] = index.data(Qt.ItemDataRole.UserRole)
        rect, state = QRectF(option.rect), option.state
        is_current = bool(state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if is_current or state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("tint" if is_current else "hover"))
            painter.drawRoundedRect(rect, theme.px(4), theme.px(4))
        self._paint_words(painter, rect, suggestion, is_current)
        painter.restore()

    def _paint_words(self, painter: QPainter, rect: QRectF, suggestion: Suggestion[object], is_current: bool) -> None:
        inner = rect.adjusted(theme.px(_PADDING), 0, -theme.px(_PADDING), 0)
        if suggestion.icon:
            picture = icons.pixmap(suggestion.icon, "primary" if is_current else "muted", _ICON)
            painter.drawPixmap(int(inner.left()), int(rect.center().y() - theme.px(_ICON) / 2), picture)
            inner.adjust(theme.px(_ICON + _GAP), 0, 0, 0)
        detail_font = theme.font(13)
        painter.setFont(detail_font)
        detail_width = min(painter.fontMetrics().horizontalAdvance(suggestion.detail), int(inner.width() * 0.5))
        _paint_line(painter, inner, suggestion.detail, "muted", detail_width, Qt.AlignmentFlag.AlignRight)
        room = int(inner.width()) - (detail_width + theme.px(_GAP) if detail_width else 0)
        painter.setFont(theme.font(weight=QFont.Weight.DemiBold if is_current else QFont.Weight.Normal))
        _paint_line(painter, inner, suggestion.label, "text", room, Qt.AlignmentFlag.AlignLeft)


def _paint_line(painter: QPainter, rect: QRectF, text: str, colour: str, room: int, side: Qt.AlignmentFlag) -> None:
    painter.setPen(theme.colour(colour))
    shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room + 1)
    painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter | side, shown)


def _list_view(parent: QWidget) -> QListView:
    made = QListView(parent)
    made.setItemDelegate(_Painter(made))
    made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    made.setFrameShape(QFrame.Shape.NoFrame)
    made.setStyleSheet("QListView { border: none; padding: 0; background: transparent; }")
    made.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    made.setMouseTracking(True)
    made.setAccessibleName("Suggestions")
    return made
