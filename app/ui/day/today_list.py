"""The activities of the day, one line each: as high as what it holds, walked with the arrows, opened with Enter."""

from collections.abc import Sequence
from uuid import UUID

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPointF,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import QFrame, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from app import labels
from app.services.rows import ActivityRow
from app.ui import activity_words, icons, theme

AnyIndex = QModelIndex | QPersistentModelIndex
_ROW, _PADDING, _GAP, _HOUR = 40, 16, 16, 58
_KIND_SHARE, _WHO_SHARE = 0.19, 0.24
"""Parts of the room left between the hour and the duration; the rest is for the topics."""


class TodayList(QListView):
    """Rows of the day; `opened` gives the activity that was clicked or entered."""

    opened = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = _Rows(self)
        self.setModel(self._rows)
        self.setItemDelegate(_Painter(self))
        self.setAccessibleName("Activités d’aujourd’hui")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.clicked.connect(self._open)
        theme.changed.connect(self._fit)

    def show_rows(self, rows: Sequence[ActivityRow]) -> None:
        """Show these activities; the one that was current stays so."""
        current = self.current()
        self._rows.replace(rows)
        place = next((place for place, row in enumerate(rows) if row.id == current), 0)
        self.setCurrentIndex(self._rows.index(place))
        self._fit()

    def current(self) -> UUID | None:
        """The activity that Enter would open."""
        row: ActivityRow | None = self.currentIndex().data(Qt.ItemDataRole.UserRole)
        return row.id if row else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self._open(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def _open(self, index: QModelIndex) -> None:
        row: ActivityRow | None = index.data(Qt.ItemDataRole.UserRole)
        if row is not None:
            self.opened.emit(row.id)

    def _fit(self) -> None:
        self.setFixedHeight(theme.px(_ROW) * self._rows.rowCount() + 4)
        self.doItemsLayout()


class _Rows(QAbstractListModel):
    """The activities shown."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._activities: Sequence[ActivityRow] = ()

    def replace(self, activities: Sequence[ActivityRow]) -> None:
        """Show these instead."""
        self.beginResetModel()
        self._activities = activities
        self.endResetModel()

    def rowCount(self, parent: AnyIndex | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._activities)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        row = self._activities[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return _spoken(row)
        if role == Qt.ItemDataRole.ToolTipRole:
            return "\n".join(
                filter(None, (activity_words.who(row), activity_words.about(row), activity_words.place(row)))
            )
        return row if role == Qt.ItemDataRole.UserRole else None


class _Painter(QStyledItemDelegate):
    """Draws a line: hour, icon, kind, who, what, how long."""

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        return QSize(0, theme.px(_ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        row: ActivityRow = index.data(Qt.ItemDataRole.UserRole)
        rect = QRectF(option.rect)
        painter.save()
        self._paint_ground(painter, option, rect, index.row() > 0)
        inner = rect.adjusted(theme.px(_PADDING), 0, -theme.px(_PADDING), 0)
        self._paint_columns(painter, inner, row)
        painter.restore()

    def _paint_ground(self, painter: QPainter, option: QStyleOptionViewItem, rect: QRectF, has_line: bool) -> None:
        list_, state = self.parent(), option.state
        has_focus = isinstance(list_, QWidget) and list_.hasFocus()
        if has_focus and state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, theme.colour("tint"))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, theme.colour("hover"))
        if has_line:
            painter.fillRect(QRectF(rect.left(), rect.top(), rect.width(), 1), theme.colour("line"))

    def _paint_columns(self, painter: QPainter, rect: QRectF, row: ActivityRow) -> None:
        bold = theme.font(weight=QFont.Weight.DemiBold)
        hour_end = rect.left() + theme.px(_HOUR)
        _write(painter, QRectF(rect.left(), rect.top(), theme.px(_HOUR), rect.height()), _hour(row), bold)
        side = theme.px(icons.SIZE)
        picture = icons.pixmap(activity_words.ICONS[row.kind], "muted")
        painter.drawPixmap(QPointF(hour_end + theme.px(_GAP / 2), rect.center().y() - side / 2), picture)
        left = hour_end + theme.px(_GAP) + side
        minutes = labels.duration(row.minutes)
        minutes_width = QFontMetrics(theme.font()).horizontalAdvance(minutes) + theme.px(_GAP)
        room = rect.right() - left - theme.px(80)
        shortest = QFontMetrics(theme.font()).horizontalAdvance("Accompagnement")
        kind = QRectF(left, rect.top(), max(shortest, room * _KIND_SHARE), rect.height())
        who = QRectF(kind.right() + theme.px(_GAP), rect.top(), room * _WHO_SHARE, rect.height())
        about = QRectF(who.right() + theme.px(_GAP), rect.top(), 0, rect.height())
        about.setRight(rect.right() - minutes_width)
        _write(painter, kind, activity_words.kind(row))
        _write(painter, who, activity_words.who(row), bold)
        _write(painter, about, activity_words.about(row), colour="muted")
        _write(painter, rect, minutes, side=Qt.AlignmentFlag.AlignRight)


def _hour(row: ActivityRow) -> str:
    """When it was recorded; nothing if that was on another day."""
    return labels.hour(row.recorded_at) if row.recorded_at.date() == row.day else ""


def _spoken(row: ActivityRow) -> str:
    """The whole line, for those who hear it."""
    said = (_hour(row), activity_words.kind(row), activity_words.who(row), activity_words.about(row))
    return ", ".join(word for word in (*said, labels.duration(row.minutes)) if word)


def _write(
    painter: QPainter,
    rect: QRectF,
    words: str,
    font: QFont | None = None,
    colour: str = "text",
    side: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
) -> None:
    painter.setFont(font or theme.font())
    painter.setPen(theme.colour(colour))
    shown = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, int(rect.width()) + 1)
    painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter | side, shown)
