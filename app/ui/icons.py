"""The icons of the program: Lucide drawings in the colours of the theme, never alone without a word or a name."""

from functools import lru_cache

from PySide6.QtCore import QByteArray, QObject, QRectF, QSize, Qt
from PySide6.QtGui import QAction, QColor, QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QAbstractButton, QLabel, QPushButton

from app.resources import resource
from app.ui import theme

SIZE = 18
_AIR = 3
"""At each side of the icon of a button that has words (pixels at 100 %): the style leaves it hardly any."""

Iconed = QAbstractButton | QAction | QLabel
"""What shows an icon."""


def icon(name: str, role: str = "text", size: int = SIZE, checked_role: str | None = None, air: int = 0) -> QIcon:
    """A Lucide icon in a colour of the theme; `checked_role` is its colour once its button is checked.

    `air` is left empty at its right and at its left (pixels at 100 %).

    The picture is that of the theme on screen now: use `set_icon` for one that must follow the theme.
    """
    made = QIcon()
    made.addPixmap(pixmap(name, role, size, air), QIcon.Mode.Normal, QIcon.State.Off)
    made.addPixmap(pixmap(name, "disabled", size, air), QIcon.Mode.Disabled, QIcon.State.Off)
    if checked_role is not None:
        made.addPixmap(pixmap(name, checked_role, size, air), QIcon.Mode.Normal, QIcon.State.On)
    return made


def pixmap(name: str, role: str = "text", size: int = SIZE, air: int = 0) -> QPixmap:
    """The same icon as a picture, for a label or a painter; sharp on dense screens."""
    return _draw(name, theme.current().colours[role], (theme.px(size), theme.px(air)), _pixel_ratio())


def product_mark(size: int) -> QPixmap:
    """The picture of the program itself; the same in every theme."""
    ratio = _pixel_ratio()
    side = round(theme.px(size) * ratio)
    smooth = Qt.TransformationMode.SmoothTransformation
    whole = QPixmap(str(resource("passerelle-256.png")))
    picture = whole.scaled(side, side, Qt.AspectRatioMode.KeepAspectRatio, smooth)
    picture.setDevicePixelRatio(ratio)
    return picture


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
        air = _AIR if _has_words(self._target) else 0
        self._target.setIcon(icon(self._name, self._role, self._size, self._checked_role, air))
        if isinstance(self._target, QAbstractButton):
            self._target.setIconSize(QSize(theme.px(self._size + 2 * air), theme.px(self._size)))


def _has_words(button: QAbstractButton | QAction) -> bool:
    return isinstance(button, QPushButton) and button.property("role") != "square"


def _pixel_ratio() -> float:
    app = QGuiApplication.instance()
    return app.devicePixelRatio() if isinstance(app, QGuiApplication) else 1.0


@lru_cache(maxsize=512)
def _draw(name: str, colour: str, size: tuple[int, int], ratio: float) -> QPixmap:
    """`size` is the length of a side, and the air at the left and at the right."""
    length, air = size
    drawing = resource("icons", f"{name}.svg").read_text(encoding="utf-8").replace("currentColor", colour)
    picture = QPixmap(round((length + 2 * air) * ratio), round(length * ratio))
    picture.setDevicePixelRatio(ratio)
    picture.fill(QColor(Qt.GlobalColor.transparent))
    painter = QPainter(picture)
    QSvgRenderer(QByteArray(drawing.encode())).render(painter, QRectF(air, 0, length, length))
    painter.end()
    return picture
