"""From one to three stars, said in words too."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.ui import icons, theme
from app.ui.painting import painter_of

_SIZE, _GAP = 16, 2


class StarRating(QWidget):
    """Shows `stars` filled stars among `of`; not a field: nothing can be changed with it."""

    def __init__(self, stars: int = 0, of: int = 3, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._of = of
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)
        self.set_stars(stars)

    def set_stars(self, stars: int) -> None:
        """Show another rating."""
        self._stars = stars
        words = f"{stars} étoile{'s' if stars > 1 else ''} sur {self._of}"
        self.setAccessibleName(words)
        self.setToolTip(words)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._of * theme.px(_SIZE + _GAP) - theme.px(_GAP), theme.px(_SIZE))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_of(self)
        for place in range(self._of):
            is_filled = place < self._stars
            picture = icons.pixmap("star-filled" if is_filled else "star", "warning" if is_filled else "control", _SIZE)
            painter.drawPixmap(place * theme.px(_SIZE + _GAP), 0, picture)
        painter.end()
