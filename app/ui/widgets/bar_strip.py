"""The seven days of a week as small bars, today in colour, each day said in words."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.ui import theme
from app.ui.painting import painter_of

DAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")

_BAR, _GAP, _HEIGHT, _LABEL = 22, 14, 56, 20


class BarStrip(QWidget):
    """Bars for figures of Monday to Sunday; `today` is the place of today (0 for Monday) or None."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._figures: tuple[float, ...] = (0,) * len(DAYS)
        self._today: int | None = None
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("Activité de la semaine")
        theme.changed.connect(self.updateGeometry)

    def set_week(self, figures: Sequence[float], today: int | None, spoken: Sequence[str]) -> None:
        """Show the figures of the days; `spoken` says each one, for instance « 3 accompagnements »."""
        self._figures, self._today = tuple(figures), today
        words = [f"{day}\u00a0: {said}" for day, said in zip(DAYS, spoken, strict=False)]
        self.setAccessibleDescription(", ".join(words))
        self.setToolTip("\n".join(words))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        width = len(self._figures) * theme.px(_BAR + _GAP) - theme.px(_GAP)
        return QSize(width, theme.px(_HEIGHT + _LABEL))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_of(self)
        most = max(self._figures, default=0) or 1
        for place, figure in enumerate(self._figures):
            self._paint_day(painter, place, figure / most)
        painter.end()

    def _paint_day(self, painter: QPainter, place: int, share: float) -> None:
        is_today = place == self._today
        left, full = place * theme.px(_BAR + _GAP), theme.px(_HEIGHT)
        height = max(theme.px(3), full * share)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("primary" if is_today else "bar"))
        corner = min(theme.px(3), height / 2)
        painter.drawRoundedRect(QRectF(left, full - height, theme.px(_BAR), height), corner, corner)
        painter.setFont(theme.font(12, QFont.Weight.Bold if is_today else QFont.Weight.Normal))
        painter.setPen(theme.colour("text" if is_today else "muted"))
        label = QRectF(left - theme.px(_GAP) / 2, full + 2, theme.px(_BAR + _GAP), theme.px(_LABEL) - 2)
        painter.drawText(label, Qt.AlignmentFlag.AlignCenter, DAYS[place][0].upper())
