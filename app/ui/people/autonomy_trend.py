"""How autonomous a person was, accompaniment after accompaniment: a line over three steps, and its sentence."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from app import labels
from app.ui import theme
from app.ui.painting import painter_of
from app.ui.people.moment_words import STARS
from app.ui.widgets.surfaces import label
from protocol.vocabulary import Autonomy

Levels = Sequence[tuple[date, Autonomy]]
SHOWN = 12
"""The latest levels that are drawn."""
_HEIGHT, _WIDTH, _DOT, _SIDE = 72, 280, 4, 8


class AutonomyTrend(QWidget):
    """The drawing needs two levels; the sentence is enough for one."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._drawing = _Drawing(self)
        self._sentence = label("", "small", wraps=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(4))
        column.addWidget(self._drawing)
        column.addWidget(self._sentence)

    def show_levels(self, levels: Levels) -> None:
        """Show the levels noted, the oldest first."""
        self._drawing.show_levels(levels[-SHOWN:])
        self._drawing.setVisible(len(levels) > 1)
        self._sentence.setText(sentence(levels))
        self.setVisible(bool(levels))


def sentence(levels: Levels) -> str:
    """« Avec guidage le 03/10/2026, autonome le 24/11/2026 »."""
    if not levels:
        return ""
    ends = [levels[0]] if len(levels) == 1 else [levels[0], levels[-1]]
    told = [f"{labels.label(level).lower()} le {labels.short_day(day)}" for day, level in ends]
    return ", ".join(told).capitalize()


class _Drawing(QWidget):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._levels: Levels = ()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)

    def show_levels(self, levels: Levels) -> None:
        """Draw other levels."""
        self._levels = levels
        self.setAccessibleName(f"Autonomie\u00a0: {sentence(levels)}")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme.px(_WIDTH), theme.px(_HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_of(self)
        side = theme.px(_SIDE)
        room = QRectF(self.rect()).adjusted(side, side, -side, -side)
        _paint_steps(painter, room)
        points = [self._point(room, number) for number in range(len(self._levels))]
        painter.setPen(QPen(theme.colour("primary"), 2.0))
        painter.drawPolyline(points)
        painter.setBrush(theme.colour("primary"))
        for point in points:
            painter.drawEllipse(point, theme.px(_DOT), theme.px(_DOT))
        painter.end()

    def _point(self, room: QRectF, number: int) -> QPointF:
        across = number / max(1, len(self._levels) - 1)
        up = (STARS[self._levels[number][1]] - 1) / (len(STARS) - 1)
        return QPointF(room.left() + across * room.width(), room.bottom() - up * room.height())


def _paint_steps(painter: QPainter, room: QRectF) -> None:
    painter.setPen(QPen(theme.colour("line"), 1.0, Qt.PenStyle.DashLine))
    for step in range(len(STARS)):
        y = room.bottom() - step * room.height() / (len(STARS) - 1)
        painter.drawLine(QPointF(room.left(), y), QPointF(room.right(), y))
