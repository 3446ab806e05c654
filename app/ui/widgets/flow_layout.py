"""A layout that places widgets like words: side by side, then on the next line."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget

from app.ui import theme


class FlowLayout(QLayout):
    """Lays its widgets in lines as wide as the parent allows; its height follows its width."""

    def __init__(self, parent: QWidget | None = None, gap: int = 8, is_right: bool = False) -> None:
        """`is_right`: the lines end at the right edge."""
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._gap, self._is_right = gap, is_right
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)
        self.invalidate()  # what was shown just before is already placed

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._place(QRect(0, 0, width, 0), moving=False)

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._place(rect, moving=True)

    def sizeHint(self) -> QSize:
        """All on one line."""
        sizes = [item.sizeHint() for item in self._visible()]
        gaps = theme.px(self._gap) * max(0, len(sizes) - 1)
        width = sum(size.width() for size in sizes) + gaps
        return self._with_margins(QSize(width, max((size.height() for size in sizes), default=0)))

    def minimumSize(self) -> QSize:
        """As narrow as the widest widget."""
        smallest = QSize()
        for item in self._visible():
            smallest = smallest.expandedTo(_least(item))
        return self._with_margins(smallest)

    def _with_margins(self, size: QSize) -> QSize:
        margins = self.contentsMargins()
        return size + QSize(margins.left() + margins.right(), margins.top() + margins.bottom())

    def _visible(self) -> list[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty()]

    def _place(self, rect: QRect, moving: bool) -> int:
        """Walk the lines, placing the widgets if `moving`; the height they take, margins included."""
        margins, gap = self.contentsMargins(), theme.px(self._gap)
        area = rect.marginsRemoved(margins)
        y = area.y()
        for line in self._lines(area.width(), gap):
            width = sum(size.width() for _, size in line) + gap * (len(line) - 1)
            x = area.x() + (max(0, area.width() - width) if self._is_right else 0)
            for item, size in line:
                if moving:
                    item.setGeometry(QRect(QPoint(x, y), size))
                x += size.width() + gap
            y += max(size.height() for _, size in line) + gap
        return max(y - gap, area.y()) - rect.y() + margins.bottom()

    def _lines(self, room: int, gap: int) -> list[list[tuple[QLayoutItem, QSize]]]:
        """The widgets of each line, with their sizes."""
        lines: list[list[tuple[QLayoutItem, QSize]]] = []
        left = 0
        for item in self._visible():
            size = item.sizeHint().boundedTo(QSize(max(room, _least(item).width()), 1 << 20))
            if item.hasHeightForWidth():  # chips in a line of choices, themselves in lines
                size.setHeight(item.heightForWidth(size.width()))
            if not lines or size.width() > left:
                lines.append([])
                left = room
            lines[-1].append((item, size))
            left -= size.width() + gap
        return lines


def _least(item: QLayoutItem) -> QSize:
    """How small an item can be: for a chip, less than what it asks for, since it can shorten its words."""
    widget = item.widget()
    return item.minimumSize() if widget is None else widget.minimumSizeHint().expandedTo(widget.minimumSize())
