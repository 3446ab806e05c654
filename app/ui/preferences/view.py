"""The settings: sections in one page, an index at its left, and a page of its own for the import of places."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from app.ui import theme
from app.ui.reading_order import fields_of, move_focus
from app.ui.widgets.rail_button import RailButton
from app.ui.widgets.surfaces import label

_INDEX, _CONTENT, _NARROW = 200, 820, 700


class PreferencesView(QStackedWidget):
    """Sections are added by the presenter; a click in the index brings one to the top, and the keyboard into it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._index = QWidget(self)
        self._lines = QVBoxLayout(self._index)
        self._sections: dict[RailButton, QWidget] = {}
        self._content, inner = QWidget(), QWidget()
        self._column = QVBoxLayout(inner)
        self._scroll = QScrollArea(self)
        self._page = self._make_page(inner)
        self.addWidget(self._page)
        self._scroll.verticalScrollBar().valueChanged.connect(self._show_where)

    def add_section(self, title: str, icon: str, section: QWidget) -> None:
        """Put a section under the others."""
        line = RailButton(icon, title, self._index)
        line.clicked.connect(lambda: self.go_to(section))
        self._sections[line] = section
        self._lines.insertWidget(self._lines.count() - 1, line)
        self._column.insertWidget(self._column.count() - 1, section)
        next(iter(self._sections)).setChecked(True)

    def open_page(self, page: QWidget) -> None:
        """Show a page in the place of the sections."""
        self.addWidget(page)
        self.setCurrentWidget(page)

    def close_page(self, page: QWidget) -> None:
        """Come back to the sections."""
        self.setCurrentWidget(self._page)
        self.removeWidget(page)
        page.deleteLater()

    def go_to(self, section: QWidget) -> None:
        """Bring a section to the top, and the keyboard into it."""
        bar = self._scroll.verticalScrollBar()
        bar.setValue(section.y() - theme.px(16))
        next(line for line, each in self._sections.items() if each is section).setChecked(True)
        if fields := fields_of(section):  # the next Tab goes on from there, not through the sections before
            fields[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._index.setVisible(self.width() >= theme.px(_NARROW))

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab follows the eye, although the lists are made anew each time they change."""
        return move_focus(self, forward)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Give the content the width of the view, so that long words wrap instead of hiding."""
        if event.type() is QEvent.Type.Resize:
            self._content.setMaximumWidth(self._scroll.viewport().width())
        return False

    def _show_where(self, top: int) -> None:
        """Check the line of the section that is being read."""
        read = [line for line, section in self._sections.items() if section.y() <= top + theme.px(80)]
        if read:
            read[-1].setChecked(True)

    def _make_page(self, inner: QWidget) -> QWidget:
        page = QWidget()
        page.setProperty("role", "page")
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(2)
        self._lines.addStretch(1)
        self._index.setFixedWidth(theme.px(_INDEX))
        self._column.setContentsMargins(0, 0, theme.px(12), theme.px(24))
        self._column.setSpacing(theme.px(24))
        self._column.addStretch(1)
        inner.setMaximumWidth(theme.px(_CONTENT))
        across = QHBoxLayout(self._content)
        across.setContentsMargins(0, 0, 0, 0)
        across.addWidget(inner, 1000)
        across.addStretch(1)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setWidget(self._content)
        self._scroll.viewport().installEventFilter(self)
        row = QHBoxLayout()
        row.setSpacing(theme.px(24))
        row.addWidget(self._index)
        row.addWidget(self._scroll, 1)
        column = QVBoxLayout(page)
        column.setContentsMargins(theme.px(24), theme.px(20), theme.px(12), 0)
        column.setSpacing(theme.px(16))
        column.addWidget(label("Réglages", "title"))
        column.addLayout(row, 1)
        return page
