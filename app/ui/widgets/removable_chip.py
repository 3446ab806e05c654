"""A pill for something chosen or filtered, which a click or Delete takes away."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from app.ui import icons, theme
from app.ui.painting import Shape, paint_shape, painter_of

_HEIGHT, _PADDING, _GAP, _CROSS = 32, 12, 6, 14
_REMOVING_KEYS = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


class RemovableChip(QAbstractButton):
    """A pill with a cross; the whole of it removes."""

    removed = Signal()

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setText(text)
        self.setAccessibleName(f"Retirer {text}")
        self.setToolTip(f"Retirer «\u00a0{text}\u00a0»")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.clicked.connect(self.removed)
        theme.changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        text = QFontMetrics(theme.font()).horizontalAdvance(self.text())
        return QSize(text + theme.px(2 * _PADDING + _GAP + _CROSS), theme.px(_HEIGHT))

    def minimumSizeHint(self) -> QSize:
        return QSize(min(self.sizeHint().width(), theme.px(96)), theme.px(_HEIGHT))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if is_plain and event.key() in _REMOVING_KEYS:
            self.removed.emit()
        else:
            event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_of(self)
        rect = QRectF(self.rect())
        fill = "pressed" if self.isDown() else "hover" if self.underMouse() else "tint"
        paint_shape(painter, rect, Shape(fill, "control", 1.0, rect.height() / 2), self.hasFocus())
        inner = rect.adjusted(theme.px(_PADDING), 0, -theme.px(_PADDING + _CROSS + _GAP), 0)
        painter.setPen(theme.colour("text"))
        painter.setFont(theme.font())
        label = painter.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, int(inner.width()) + 1)
        painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, label)
        cross = theme.px(_CROSS)
        corner = QPointF(rect.right() - theme.px(_PADDING) - cross, (rect.height() - cross) / 2)
        painter.drawPixmap(corner, icons.pixmap("x", "muted", _CROSS))
        painter.end()
