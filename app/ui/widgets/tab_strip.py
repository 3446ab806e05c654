"""The tabs of a page: exactly one is chosen; they go on to a second line where room is short."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from app.ui import theme
from app.ui.painting import Shape, paint_shape, painter_of
from app.ui.widgets.flow_layout import FlowLayout
from app.ui.widgets.roving import move, set_tab_stop

_HEIGHT, _PADDING, _MARK = 38, 12, 3


class TabStrip(QWidget):
    """One tab stop; the arrows choose at once."""

    chosen = Signal(str)
    """The key of the tab now in front."""

    def __init__(self, tabs: Sequence[tuple[str, str]], parent: QWidget | None = None) -> None:
        """`tabs` are keys and words."""
        super().__init__(parent)
        self._tabs: dict[str, _Tab] = {}
        flow = FlowLayout(self, gap=4)
        for place, (key, word) in enumerate(tabs, start=1):
            tab = _Tab(word, f"Alt+{place}", self)
            tab.clicked.connect(lambda _checked, it=key: self.choose(it))
            self._tabs[key] = tab
            flow.addWidget(tab)
        self._key = tabs[0][0] if tabs else ""
        self._mark()

    def key(self) -> str:
        """The tab chosen."""
        return self._key

    def choose(self, key: str) -> None:
        """Bring a tab to the front."""
        if key != self._key:
            had_focus = self._tabs[self._key].hasFocus()
            self._key = key
            self._mark()
            if had_focus:
                self.focus_chosen()
            self.chosen.emit(key)

    def choose_at(self, place: int) -> None:
        """The tab at a place from 0, if there is one."""
        keys = list(self._tabs)
        if place < len(keys):
            self.choose(keys[place])

    def turn(self, step: int) -> None:
        """The tab after (1) or before (-1), round and round."""
        keys = list(self._tabs)
        self.choose(keys[(keys.index(self._key) + step) % len(keys)])

    def focus_chosen(self) -> None:
        """Give the keyboard to the tab chosen."""
        self._tabs[self._key].setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows, Home, End and letters choose another tab."""
        move(list(self._tabs.values()), event)

    def _mark(self) -> None:
        for key, tab in self._tabs.items():
            tab.setChecked(key == self._key)
        set_tab_stop(list(self._tabs.values()), self._tabs.get(self._key))


class _Tab(QAbstractButton):
    """A word over a line when it is chosen."""

    def __init__(self, word: str, keys: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setText(word)
        self.setAccessibleName(word)
        self.setToolTip(f"{word} ({keys})")
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        width = QFontMetrics(theme.font(weight=QFont.Weight.DemiBold)).horizontalAdvance(self.text())
        return QSize(width + 2 * theme.px(_PADDING), theme.px(_HEIGHT))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space:
            super().keyPressEvent(event)
        else:
            event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_of(self)
        rect, is_chosen = QRectF(self.rect()), self.isChecked()
        shape = Shape("hover" if self.underMouse() else None, None, 1.0, theme.px(4))
        paint_shape(painter, rect, shape, self.hasFocus())
        if is_chosen:
            line = rect.adjusted(theme.px(_PADDING), rect.height() - theme.px(_MARK), -theme.px(_PADDING), 0)
            painter.fillRect(line, theme.colour("primary"))
        painter.setFont(theme.font(weight=QFont.Weight.DemiBold if is_chosen else QFont.Weight.Normal))
        painter.setPen(theme.colour("primary" if is_chosen else "text"))
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, self.text())
        painter.end()
