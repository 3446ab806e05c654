"""One screen in the navigation rail: its icon and its word, or its icon alone in a narrow window."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from app.ui import icons, theme
from app.ui.painting import Shape, paint_shape, painter_of

_HEIGHT, _LEAST, _PADDING, _GAP, _COMPACT = 40, 30, 14, 8, 40


class RailButton(QAbstractButton):
    """A checkable line of the rail; only one of its siblings is checked."""

    def __init__(self, icon: str, word: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon, self._is_compact = icon, False
        self.setText(word)
        self.setAccessibleName(word)
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        theme.changed.connect(self.updateGeometry)

    def set_compact(self, is_compact: bool) -> None:
        """Show the icon alone, the word becoming its tool tip."""
        self._is_compact = is_compact
        self.setToolTip(self.text() if is_compact else "")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme.px(_COMPACT if self._is_compact else 160), theme.px(_HEIGHT))

    def minimumSizeHint(self) -> QSize:
        """In a window that is low for its letters, the lines come closer to one another."""
        return QSize(theme.px(_COMPACT), theme.px(_LEAST))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_of(self)
        rect = QRectF(self.rect())
        fill = "tint" if self.isChecked() else "hover" if self.underMouse() else None
        paint_shape(painter, rect, Shape(fill, None, 0.0, theme.px(6)), self.hasFocus())
        side = theme.px(icons.SIZE)
        left = (rect.width() - side) / 2 if self._is_compact else theme.px(_PADDING)
        ink = "primary" if self.isChecked() else "muted"
        painter.drawPixmap(QPointF(left, (rect.height() - side) / 2), icons.pixmap(self._icon, ink))
        if not self._is_compact:
            self._paint_words(painter, rect.adjusted(left + side + theme.px(_GAP), 0, -theme.px(_PADDING), 0))
        painter.end()

    def _paint_words(self, painter: QPainter, rect: QRectF) -> None:
        is_checked = self.isChecked()
        painter.setFont(theme.font(weight=QFont.Weight.DemiBold if is_checked else QFont.Weight.Normal))
        painter.setPen(theme.colour("primary" if is_checked else "text"))
        word = painter.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, int(rect.width()) + 1)
        painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter, word)
