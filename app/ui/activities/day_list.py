"""The page of activities by day: a line says the day and its figures, then each activity has its own line."""

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from app import labels
from app.services.rows import ActivityRow
from app.ui import activity_words, icons, theme
from app.ui.activities.table import DAY_ROLE, ROW_ROLE, ActivityTable
from app.ui.widgets.column_table import AnyIndex

_DAY, _LINE, _TWO_LINES = 40, 40, 58
_SIDE, _GAP, _ICON, _DURATION = 16, 12, 18, 76
_WIDE, _NARROW = 900, 640
"""From `_WIDE` on the place has its column; under `_NARROW` an activity takes two lines (pixels of the design)."""


class DayList(QListView):
    """Up and down go from one activity to the next, over the days."""

    def __init__(self, table: ActivityTable, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setModel(table)
        self.setItemDelegate(_LinePainter(self))
        self.setAccessibleName("Activités, par jour")
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setMouseTracking(True)
        theme.changed.connect(self.scheduleDelayedItemsLayout)

    def is_narrow(self) -> bool:
        """Whether an activity needs two lines."""
        return self.viewport().width() < theme.px(_NARROW)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()


class _LinePainter(QStyledItemDelegate):
    """Draws an activity, and above the first one of a day the line of that day."""

    def __init__(self, view: DayList) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        line = theme.px(_TWO_LINES if self._view.is_narrow() else _LINE)
        day = theme.px(_DAY) if index.data(DAY_ROLE) is not None else 0
        return QSize(0, line + day)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        row: ActivityRow = index.data(ROW_ROLE)
        figures: str | None = index.data(DAY_ROLE)
        rect: QRect = option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if figures is not None:
            day = QRect(rect.left(), rect.top(), rect.width(), theme.px(_DAY))
            _paint_day(painter, QRectF(day), row, figures)
            rect = rect.adjusted(0, day.height(), 0, 0)
        self._paint_ground(painter, rect, option)
        inner = QRectF(rect).adjusted(theme.px(_SIDE), 0, -theme.px(_SIDE), 0)
        if self._view.is_narrow():
            _paint_two_lines(painter, inner, row)
        else:
            _paint_line(painter, inner, row)
        painter.restore()

    def _paint_ground(self, painter: QPainter, rect: QRect, option: QStyleOptionViewItem) -> None:
        is_selected = bool(option.state & QStyle.StateFlag.State_Selected)
        if is_selected:
            painter.fillRect(rect, theme.colour("tint"))
            painter.fillRect(rect.adjusted(0, 0, theme.px(3) - rect.width(), 0), theme.colour("primary"))
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, theme.colour("hover"))
        painter.fillRect(rect.adjusted(0, rect.height() - 1, 0, 0), theme.colour("line"))


def _paint_day(painter: QPainter, rect: QRectF, row: ActivityRow, figures: str) -> None:
    painter.fillRect(rect, theme.colour("window"))
    painter.fillRect(rect.adjusted(0, rect.height() - 1, 0, 0), theme.colour("line"))
    inner = rect.adjusted(theme.px(_SIDE), theme.px(6), -theme.px(_SIDE), 0)
    day = labels.day(row.day)
    painter.setFont(theme.font(weight=QFont.Weight.DemiBold))
    _words(painter, inner, day[0].upper() + day[1:], "text")
    inner.adjust(painter.fontMetrics().horizontalAdvance(day) + theme.px(_GAP), 0, 0, 0)
    painter.setFont(theme.font(13))
    _words(painter, inner, figures, "muted", Qt.AlignmentFlag.AlignRight)


def _paint_line(painter: QPainter, inner: QRectF, row: ActivityRow) -> None:
    """Kind, who, topics, place where there is room, duration."""
    _paint_icon(painter, inner, row)
    _paint_duration(painter, inner, row)
    room = inner.adjusted(theme.px(_ICON + _GAP), 0, -theme.px(_DURATION), 0)
    is_wide = inner.width() >= theme.px(_WIDE)
    shares = (0.22, 0.21, 0.35, 0.22) if is_wide else (0.27, 0.28, 0.45, 0.0)
    strong, plain = theme.font(weight=QFont.Weight.DemiBold), theme.font()
    texts = (
        (activity_words.kind(row), plain, "text"),
        (activity_words.who(row), strong, "text"),
        (activity_words.about(row), plain, "muted"),
        (activity_words.place(row), plain, "muted"),
    )
    left = room.left()
    for share, (text, font, ink) in zip(shares, texts, strict=True):
        width = room.width() * share
        painter.setFont(font)
        _words(painter, QRectF(left, room.top(), max(0.0, width - theme.px(_GAP)), room.height()), text, ink)
        left += width


def _paint_two_lines(painter: QPainter, inner: QRectF, row: ActivityRow) -> None:
    """Who and duration, then the kind and the topics."""
    half = inner.height() / 2
    above = inner.adjusted(0, theme.px(4), 0, -half)
    below = inner.adjusted(theme.px(_ICON + _GAP), half, 0, -theme.px(6))
    _paint_icon(painter, above, row)
    _paint_duration(painter, above, row)
    painter.setFont(theme.font(weight=QFont.Weight.DemiBold))
    _words(painter, above.adjusted(theme.px(_ICON + _GAP), 0, -theme.px(_DURATION), 0), activity_words.who(row), "text")
    painter.setFont(theme.font(13))
    _words(painter, below, f"{activity_words.kind(row)} · {activity_words.about(row)}", "muted")


def _paint_icon(painter: QPainter, rect: QRectF, row: ActivityRow) -> None:
    picture = icons.pixmap(activity_words.ICONS.get(row.kind, "user"), "muted", _ICON)
    painter.drawPixmap(int(rect.left()), round(rect.center().y() - theme.px(_ICON) / 2), picture)


def _paint_duration(painter: QPainter, rect: QRectF, row: ActivityRow) -> None:
    painter.setFont(theme.font())
    _words(painter, rect, labels.duration(row.minutes), "text", Qt.AlignmentFlag.AlignRight)


def _words(
    painter: QPainter, rect: QRectF, text: str, ink: str, side: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft
) -> None:
    painter.setPen(QColor(theme.colour(ink)))
    shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, int(rect.width()))
    painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter | side, shown)
