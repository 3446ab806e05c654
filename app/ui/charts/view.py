"""A chart on the screen: pointed at, or walked through with the arrows, it says each of its values."""

from math import ceil

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.ui import theme
from app.ui.announce import announce
from app.ui.charts import ink
from app.ui.charts.drawing import draw, height_for, spots
from app.ui.charts.ink import Ink
from app.ui.charts.lettering import line_height, widest, wrapped, write_lines
from app.ui.charts.plots import Heat, Plot
from app.ui.charts.readings import spoken
from app.ui.charts.shapes import Spot
from app.ui.painting import RING, Shape, paint_shape, painter_of

AIR = 6
"""Around the chart, for its focus ring."""
_NARROWEST = 220
_LABEL_SIZE, _LABEL_AIR, _LABEL_LINES = 14, 8, 4
_HOW = "Les flèches lisent chaque valeur."


class ChartView(QWidget):
    """Draws a plot in the colours of the theme, as high as its width asks for."""

    def __init__(self, plot: Plot, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._plot = plot
        self._read: int | None = None
        self._heights: dict[int, int] = {}
        self._spots: tuple[Spot, ...] = ()
        self._spots_width = -1
        self._picture: QPixmap | None = None
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setAccessibleDescription(_HOW)
        theme.changed.connect(self._measure_again)
        self.set_plot(plot)

    @property
    def plot(self) -> Plot:
        """What is drawn."""
        return self._plot

    def set_plot(self, plot: Plot) -> None:
        """Draw other figures."""
        self._plot = plot
        self.setAccessibleName(spoken(plot))
        self._measure_again()

    @property
    def reading(self) -> str:
        """What the place that is pointed at says; empty when there is none."""
        return "" if self._read is None else self._places()[self._read].words

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        if width not in self._heights:
            air = 2 * theme.px(AIR)
            self._heights[width] = ceil(height_for(self._plot, max(1, width - air), ink.screen())) + air
        return self._heights[width]

    def sizeHint(self) -> QSize:
        width = theme.px(2 * _NARROWEST)
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(_NARROWEST), theme.px(2 * AIR))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_of(self)
        painter.drawPixmap(0, 0, self._drawn())
        if self.hasFocus():
            paint_shape(painter, QRectF(self.rect()), Shape(None, "primary", RING), is_focused=False)
        if self._read is not None:
            self._paint_reading(painter, self._places()[self._read], ink.screen())
        painter.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._walk(Qt.Key(event.key())):
            super().keyPressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._read_at(event.position())

    def leaveEvent(self, event: QEvent) -> None:
        self._read_place(None)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._read_place(None)
        super().focusOutEvent(event)

    def _walk(self, key: Qt.Key) -> bool:
        """Go to the place that a key leads to; whether it led anywhere."""
        last = len(self._places()) - 1
        if key == Qt.Key.Key_Escape and self._read is not None:
            self._read_place(None)
            return True
        steps = self._steps()
        if last < 0 or key not in (*steps, Qt.Key.Key_Home, Qt.Key.Key_End):
            return False
        here = {Qt.Key.Key_Home: 0, Qt.Key.Key_End: last}.get(key)
        if here is None:
            here = 0 if self._read is None else self._read + steps[key]
        if 0 <= here <= last:
            self._read_place(here)
            announce(self, self.reading)
        return True

    def _steps(self) -> dict[Qt.Key, int]:
        row = len(self._plot.columns) if isinstance(self._plot, Heat) else 1
        return {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -row, Qt.Key.Key_Down: row}

    def _drawn(self) -> QPixmap:
        """The chart without what is read of it: drawn once, since many crossing lines take a tenth of a second."""
        size = self.size() * self.devicePixelRatioF()
        if self._picture is None or self._picture.size() != size:
            self._picture = QPixmap(size)
            self._picture.setDevicePixelRatio(self.devicePixelRatioF())
            self._picture.fill(theme.colour("surface"))
            painter = QPainter(self._picture)
            draw(self._plot, painter, self._room(), ink.screen())
            painter.end()
        return self._picture

    def _read_at(self, point: QPointF) -> None:
        found = (place for place, spot in enumerate(self._places()) if spot.contains(point))
        self._read_place(next(found, None))

    def _read_place(self, place: int | None) -> None:
        if place != self._read:
            self._read = place
            self.update()

    def _places(self) -> tuple[Spot, ...]:
        if self._spots_width != self.width():
            self._spots, self._spots_width = spots(self._plot, self._room(), ink.screen()), self.width()
        return self._spots

    def _room(self) -> QRectF:
        air = theme.px(AIR)
        return QRectF(self.rect()).adjusted(air, air, -air, -air)

    def _measure_again(self) -> None:
        self._heights.clear()
        self._spots_width, self._read, self._picture = -1, None, None
        self.updateGeometry()
        self.update()

    def _paint_reading(self, painter: QPainter, spot: Spot, colours: Ink) -> None:
        painter.setPen(QPen(QColor(colours.text), colours.px(1.5)))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(spot.area, colours.px(3), colours.px(3))
        if spot.shape is not None:
            painter.drawPath(spot.shape)
        font, air = colours.font(_LABEL_SIZE), colours.px(_LABEL_AIR)
        lines = wrapped(spot.words, self.width() - 2 * air, font, _LABEL_LINES)
        label = QRectF(0, 0, widest(lines, font) + 2 * air, len(lines) * line_height(font) + air)
        label.moveCenter(QPointF(spot.area.center().x(), 0))
        label.moveTop(self._label_top(spot.area, label.height()))
        label.moveLeft(max(0.0, min(label.left(), self.width() - label.width())))
        paint_shape(painter, label, Shape("raised", "control"), is_focused=False)
        write_lines(painter, label.adjusted(air, 0, -air, 0), lines, font, colours.text)

    def _label_top(self, area: QRectF, height: float) -> float:
        """Above the place, else below it, else over its top."""
        gap = theme.px(2)
        if area.top() - height - gap >= 0:
            return area.top() - height - gap
        if area.bottom() + gap + height <= self.height():
            return area.bottom() + gap
        return max(0.0, min(area.top() + gap, self.height() - height))
