"""Two or three views of the same thing, side by side like tabs; exactly one is chosen."""

from collections.abc import Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QWidget

from app.ui import theme
from app.ui.painting import Shape, paint_shape, painter_of
from app.ui.widgets.roving import move, set_tab_stop

T = TypeVar("T")

_HEIGHT, _PADDING, _INSET = 34, 16, 2


class SegmentedControl(QWidget, Generic[T]):
    """A row of segments for `choices` (value, label); arrows choose at once, as tabs do."""

    changed = Signal()

    def __init__(self, choices: Sequence[tuple[T, str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._segments: dict[T, _Segment] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(_INSET, _INSET, _INSET, _INSET)
        row.setSpacing(2)
        for value, label in choices:
            segment = _Segment(label, self)
            segment.clicked.connect(lambda _checked, it=value: self._choose(it))
            self._segments[value] = segment
            row.addWidget(segment)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_value(choices[0][0])
        theme.changed.connect(self.update)

    def value(self) -> T:
        """The value chosen."""
        return self._value

    def set_value(self, value: T) -> None:
        """Choose a value; emits nothing."""
        self._value = value
        for each, segment in self._segments.items():
            segment.setChecked(each == value)
        set_tab_stop(list(self._segments.values()), self._segments[value])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows, Home, End and letters choose another segment."""
        move(list(self._segments.values()), event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_of(self)
        paint_shape(painter, QRectF(self.rect()), Shape("surface", "control", 1.0, theme.px(6)), is_focused=False)
        painter.end()

    def _choose(self, value: T) -> None:
        before = self._value
        self.set_value(value)
        if before != value:
            self.changed.emit()


class _Segment(QAbstractButton):
    """One part of the row."""

    def __init__(self, label: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setText(label)
        self.setAccessibleName(label)
        self.setCheckable(True)
        theme.changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        width = QFontMetrics(theme.font(weight=QFont.Weight.DemiBold)).horizontalAdvance(self.text())
        return QSize(width + 2 * theme.px(_PADDING), theme.px(_HEIGHT) - 2 * _INSET)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space:
            super().keyPressEvent(event)
        else:
            event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_of(self)
        is_checked = self.isChecked()
        fill = "tint" if is_checked else "hover" if self.underMouse() else None
        shape = Shape(fill, "primary" if is_checked else None, 1.0, theme.px(4))
        paint_shape(painter, QRectF(self.rect()), shape, self.hasFocus())
        painter.setFont(theme.font(weight=QFont.Weight.DemiBold if is_checked else QFont.Weight.Normal))
        painter.setPen(theme.colour("disabled" if not self.isEnabled() else "primary" if is_checked else "text"))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.text())
        painter.end()
