"""A frame in which a signature is drawn with the mouse, a finger or a stylus (Qt makes mouse events of the others)."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from app.services import signatures
from app.services.signatures import Drawing
from app.ui import icons, theme
from app.ui.mandates.signatures_block import draw_strokes
from app.ui.painting import Shape, paint_shape, painter_of
from app.ui.widgets.surfaces import label

_HEIGHT, _THICK = 110, 2.2
"""Pixels at 100 %."""
_HINT = "Signez ici"


class SignaturePad(QWidget):
    """A title, the frame, and a button that rubs out; Delete rubs out too, Backspace takes the last stroke back."""

    changed = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.frame = _Frame(name, self)
        self.erase = QPushButton("Effacer")
        self.erase.setAccessibleName(f"Effacer\u00a0: {name.lower()}")
        self.erase.setProperty("role", "link")
        self.erase.setProperty("fold", True)
        self.erase.setAutoDefault(False)
        icons.set_icon(self.erase, "undo-2", "primary", 16)
        self.erase.clicked.connect(self.frame.clear)
        self.frame.drawn.connect(self._drawn)
        head = QHBoxLayout()
        head.addWidget(label(name, "small"), 1)
        head.addWidget(self.erase)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(4))
        column.addLayout(head)
        column.addWidget(self.frame)
        self.setFocusProxy(self.frame)
        self.erase.setEnabled(False)

    def value(self) -> str:
        """The signature as text; empty while there is none."""
        return signatures.as_text(self.frame.width(), self.frame.height(), self.frame.strokes)

    def _drawn(self) -> None:
        self.erase.setEnabled(bool(self.frame.strokes))
        self.changed.emit()


class _Frame(QWidget):
    """Where the hand draws."""

    drawn = Signal()
    """A stroke is finished, or taken back."""

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.strokes: list[list[tuple[float, float]]] = []
        self._is_drawing = False
        self.setAccessibleName(name)
        self.setAccessibleDescription(
            "Se dessine à la souris, au doigt ou au stylet. Au clavier seul, choisissez la signature sur papier."
        )
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def clear(self) -> None:
        """Rub everything out."""
        self.strokes.clear()
        self._tell()

    def sizeHint(self) -> QSize:
        return QSize(theme.px(300), theme.px(_HEIGHT))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self._is_drawing = True
            self.strokes.append([_point(event.position())])
            self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._is_drawing:
            self.strokes[-1].append(_point(event.position()))
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._is_drawing and event.button() is Qt.MouseButton.LeftButton:
            self._is_drawing = False
            self._tell()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete:
            self.clear()
        elif event.key() == Qt.Key.Key_Backspace and self.strokes:
            self.strokes.pop()
            self._tell()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        with painter_of(self) as painter:
            paint_shape(painter, QRectF(self.rect()), Shape("surface", "control"), self.hasFocus())
            if not self.strokes:
                painter.setPen(theme.colour("muted"))
                painter.setFont(theme.font(13))
                painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, _HINT)
                return
            strokes = tuple(tuple((round(x), round(y)) for x, y in stroke) for stroke in self.strokes)
            drawing = Drawing(self.width(), self.height(), strokes)
            draw_strokes(painter, drawing, QRectF(self.rect()), _THICK, theme.colour("text").name())

    def _tell(self) -> None:
        self.update()
        self.drawn.emit()


def _point(position: QPointF) -> tuple[float, float]:
    return position.x(), position.y()
