"""The icons of the program: Lucide drawings in the colours of the theme, never alone without a word or a name."""

from functools import lru_cache

from PySide6.QtCore import QByteArray, QObject, QRectF, QSize, Qt
from PySide6.QtGui import QAction, QColor, QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QAbstractButton, QLabel

from app.resources import resource
from app.ui import theme

SIZE = 18


Iconed = QAbstractButton | QAction | QLabel
"""What shows an icon."""


def icon(name: str, role: str = "text", size: int = SIZE, checked_role: str | None = None) -> QIcon:
    """A Lucide icon in a colour of the theme; `checked_role` is its colour once its button is checked.

    The picture is that of the theme on screen now: use `set_icon` for one that must follow the theme.
    """
    length, ratio = theme.px(size), _pixel_ratio()
    made = QIcon()
    made.addPixmap(pixmap(name, role, size), QIcon.Mode.Normal, QIcon.State.Off)
    made.addPixmap(pixmap(name, "disabled", size), QIcon.Mode.Disabled, QIcon.State.Off)
    if checked_role is not None:
        drawn = _draw(name, theme.current().colours[checked_role], length, ratio)
        made.addPixmap(drawn, QIcon.Mode.Normal, QIcon.State.On)
    return made


def pixmap(name: str, role: str = "text", size: int = SIZE) -> QPixmap:
    """The same icon as a picture, for a label or a painter; sharp on dense screens."""
    return _draw(name, theme.current().colours[role], theme.px(size), _pixel_ratio())


def set_icon(target: Iconed, name: str, role: str = "text", size: int = SIZE, checked_role: str | None = None) -> None:
    """Show an icon on a button, an action or a label, and draw it again each time the theme changes."""
    found = target.findChild(_Binding, options=Qt.FindChildOption.FindDirectChildrenOnly)
    binding = found or _Binding(target)
    binding.choose(name, role, size, checked_role)


class _Binding(QObject):
    """What ties one icon to its owner; it dies with the owner."""

    def __init__(self, target: Iconed) -> None:
        super().__init__(target)
        self._target = target
        theme.changed.connect(self.show)

    def choose(self, name: str, role: str, size: int, checked_role: str | None) -> None:
        """Show this icon from now on."""
        self._name, self._role, self._size, self._checked_role = name, role, size, checked_role
        self.show()

    def show(self) -> None:
        """Draw the icon in the colours of now."""
        if isinstance(self._target, QLabel):
            self._target.setPixmap(pixmap(self._name, self._role, self._size))
            return
        self._target.setIcon(icon(self._name, self._role, self._size, self._checked_role))
        if isinstance(self._target, QAbstractButton):
            self._target.setIconSize(QSize(theme.px(self._size), theme.px(self._size)))


def _pixel_ratio() -> float:
    app = QGuiApplication.instance()
    return app.devicePixelRatio() if isinstance(app, QGuiApplication) else 1.0


@lru_cache(maxsize=512)
def _draw(name: str, colour: str, length: int, ratio: float) -> QPixmap:
    drawing = resource("icons", f"{name}.svg").read_text(encoding="utf-8").replace("currentColor", colour)
    picture = QPixmap(round(length * ratio), round(length * ratio))
    picture.setDevicePixelRatio(ratio)
    picture.fill(QColor(Qt.GlobalColor.transparent))
    painter = QPainter(picture)
    QSvgRenderer(QByteArray(drawing.encode())).render(painter, QRectF(0, 0, length, length))
    painter.end()
    return picture
