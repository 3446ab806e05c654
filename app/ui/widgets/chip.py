"""A choice shaped like a pill: pressed or not, wide enough for its text in bold."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from app.ui import theme
from app.ui.painting import Shape, paint_shape, painter_of

HEIGHT, PADDING = 34, 14


class Chip(QAbstractButton):
    """A checkable pill; `hint` is a quiet word after the label (a count, a shortcut)."""

    def __init__(self, text: str, hint: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._hint = hint
        self.setText(text)
        self.setAccessibleName(f"{text}, {hint}" if hint else text)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        """The width of the bold text, so that checking a chip never cuts it or moves its neighbours."""
        width = 2 * theme.px(PADDING) + self._label_width() + self._hint_width()
        return QSize(width, theme.px(HEIGHT))

    def minimumSizeHint(self) -> QSize:
        return QSize(min(self.sizeHint().width(), theme.px(96)), theme.px(HEIGHT))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space and Enter press; everything else, arrows included, is for the group."""
        is_plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if is_plain and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        elif is_plain and event.key() == Qt.Key.Key_Space:
            super().keyPressEvent(event)
        else:
            event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_of(self)
        rect = QRectF(self.rect())
        paint_shape(painter, rect, self._shape(rect.height() / 2), self.hasFocus())
        self._paint_words(painter, rect)
        painter.end()

    def _shape(self, radius: float) -> Shape:
        if self.isChecked():
            return Shape("tint", "primary", 2.0, radius)
        is_under = self.underMouse() and self.isEnabled()
        border = "control" if self.isEnabled() else "line"
        return Shape("pressed" if self.isDown() else "hover" if is_under else "surface", border, 1.0, radius)

    def _paint_words(self, painter: QPainter, rect: QRectF) -> None:
        inner = rect.adjusted(theme.px(PADDING), 0, -theme.px(PADDING), 0)
        bold, plain = _fonts()
        painter.setFont(bold if self.isChecked() else plain)
        painter.setPen(theme.colour(self._ink()))
        label_rect = inner.adjusted(0, 0, -self._hint_width(), 0)
        label = painter.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, int(label_rect.width()) + 1)
        centre = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(label_rect, centre | Qt.AlignmentFlag.AlignHCenter, label)
        if self._hint:
            painter.setFont(plain)
            painter.setPen(theme.colour("muted"))
            painter.drawText(inner, centre | Qt.AlignmentFlag.AlignRight, self._hint)

    def _ink(self) -> str:
        if not self.isEnabled():
            return "disabled"
        return "primary" if self.isChecked() else "text"

    def _label_width(self) -> int:
        return max(QFontMetrics(font).horizontalAdvance(self.text()) for font in _fonts())

    def _hint_width(self) -> int:
        return QFontMetrics(theme.font()).horizontalAdvance(self._hint) + theme.px(8) if self._hint else 0


def _fonts() -> tuple[QFont, QFont]:
    return theme.font(weight=QFont.Weight.DemiBold), theme.font()
