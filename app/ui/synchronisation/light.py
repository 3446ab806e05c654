"""The light of the top bar: an icon and a few words; a click leads to the screen, and it never opens a dialog."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from app.sync import light as lights
from app.sync.light import Light
from app.sync.standing import standing
from app.ui import icons, theme
from app.ui.desk import Desk
from app.ui.painting import Shape, paint_shape, painter_of
from app.ui.synchronisation import words

_HEIGHT, _PADDING, _GAP = 36, 10, 8


def light_of(desk: Desk) -> Light:
    """Where the notebook of a desk stands."""
    return desk.sync.light if desk.sync is not None else lights.light(standing(desk.database))


class SyncLight(QAbstractButton):
    """Shows where the synchronisation stands, always."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.clicked.connect(lambda: desk.screen_asked.emit("synchronisation"))
        if desk.sync is not None:
            desk.sync.state_changed.connect(self.show_light)
        else:
            desk.bus.committed.connect(self._read)
        theme.changed.connect(self.updateGeometry)
        self._read()

    def show_light(self, light: Light) -> None:
        """Show this state."""
        self._light = light
        self.setText(light.text)
        self.setAccessibleName(f"Synchronisation\u00a0: {light.text}")
        self.setToolTip(light.text)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        width = QFontMetrics(self._font()).horizontalAdvance(self.text()) + 1
        return QSize(self._words_left() + width + theme.px(_PADDING), theme.px(_HEIGHT))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._words_left() + theme.px(_PADDING), theme.px(_HEIGHT))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_of(self)
        rect = QRectF(self.rect())
        paint_shape(painter, rect, Shape("hover" if self.underMouse() else None, None, 0.0), self.hasFocus())
        name, colour = words.ICONS[self._light.state]
        side = theme.px(icons.SIZE)
        painter.drawPixmap(QPointF(theme.px(_PADDING), (rect.height() - side) / 2), icons.pixmap(name, colour))
        painter.setFont(self._font())
        painter.setPen(theme.colour(colour))
        room = rect.adjusted(self._words_left(), 0, -theme.px(_PADDING), 0)
        shown = painter.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, int(room.width()) + 1)
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, shown)
        painter.end()

    def _read(self) -> None:
        self.show_light(light_of(self._desk))

    def _words_left(self) -> int:
        return theme.px(_PADDING) + theme.px(icons.SIZE) + theme.px(_GAP)

    @staticmethod
    def _font() -> QFont:
        return theme.font(weight=QFont.Weight.DemiBold)
