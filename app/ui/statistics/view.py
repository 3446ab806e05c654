"""The screen « Statistiques »: title and actions, filters, and the figures of what they keep."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.services import periods
from app.services.commands import ActivityFilter
from app.services.statistics.figures import Statistics
from app.ui import icons, theme
from app.ui.filters.facets import Facet
from app.ui.filters.filter_bar import ActiveFilters, FilterBar
from app.ui.reading_order import move_focus
from app.ui.statistics import words
from app.ui.statistics.page import FiguresPage
from app.ui.widgets.banner import Banner
from app.ui.widgets.empty_state import EmptyState
from app.ui.widgets.flow_layout import FlowLayout
from app.ui.widgets.surfaces import label

_LARGE = 1.3
"""From this scale of text on, the filters scroll with the figures: above them, they would leave no room."""
_PATIENCE_MS = 400
"""Figures that come sooner are not announced."""


class StatisticsView(QWidget):
    """Shows the figures, and says what the person asks for."""

    filter_changed = Signal(object)
    record_asked = Signal()
    export_asked = Signal()
    report_asked = Signal()
    copied = Signal(str)
    """A sentence: what is now on the clipboard."""
    file_asked = Signal(object, str)
    """The plot to save, and « png » or « svg »."""

    def __init__(self, today: Callable[[], date], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._today, self._is_large = today, theme.current().scale > _LARGE
        self._menus: tuple[Facet, ...] = ()
        self._shown: tuple[Statistics, str] | None = None
        self._is_focus_owed = False
        self.filters, self.active = FilterBar(today, periods.so_far, has_search=False), ActiveFilters()
        self.export, self.report = QPushButton("Exporter…"), QPushButton("Rapport d’activité…")
        self.copy = QPushButton("Copier les chiffres")
        self.waiting = label("Calcul…", "muted")
        self._patience = QTimer(self, singleShot=True, interval=_PATIENCE_MS)
        self._stack = QStackedWidget(self)
        self.area, self._content = QScrollArea(self._stack), QWidget()
        self.area.setWidget(self._content)
        self.page = FiguresPage(self._content)  # in its place from the start: moving it dresses every chart again
        self.nothing = Banner("info", "Aucune activité ne correspond à ces filtres.")
        self.clear = self.nothing.add_action("Effacer les filtres", lambda: self.filter_changed.emit(ActivityFilter()))
        self.empty = EmptyState(
            "chart-column",
            "Vos chiffres apparaîtront ici",
            detail="Ils se comptent tout seuls, sur cet ordinateur, à partir des activités que vous enregistrez.",
            action="Enregistrer une activité",
        )
        self._lay_out()
        self._show_controls(False)
        self._connect()

    def set_facets(self, menus: tuple[Facet, ...]) -> None:
        """Offer these filters."""
        self._menus = menus
        self.filters.set_facets(menus)

    def show_filter(self, filter_: ActivityFilter) -> None:
        """Show what is counted from now on; the figures follow."""
        self.filters.show_filter(filter_)
        self.active.show_filter(filter_, self._menus, self._today())

    def wait(self, is_waiting: bool) -> None:
        """Say that figures are being counted, if that lasts; the former ones stay on screen."""
        if is_waiting and not self._patience.isActive():
            self._patience.start()
        elif not is_waiting:
            self._patience.stop()
            self.waiting.hide()

    def show_figures(self, statistics: Statistics, filter_words: str, is_empty: bool) -> None:
        """Show a page; `is_empty` where the notebook has no activity at all."""
        self._shown = statistics, filter_words
        # the keyboard does not stay on a page that goes: there, Qt would give it to whatever comes next
        self._is_focus_owed |= not is_empty and self.empty.isAncestorOf(QApplication.focusWidget() or self)
        self._stack.setCurrentWidget(self.empty if is_empty else self.area)
        self._show_controls(not is_empty)
        self.nothing.setVisible(not statistics.totals.activities)
        if not is_empty:
            self.page.show_figures(statistics, filter_words)
        if self._is_focus_owed:
            self.focus_first()

    def copy_figures(self) -> None:
        """Put the key figures and what they are figures of on the clipboard, as a text."""
        if self._shown is not None:
            QGuiApplication.clipboard().setText(words.as_text(*self._shown))
            self.copied.emit("Chiffres copiés")

    def focus_first(self) -> None:
        """Give the keyboard to what is read first, once it is there."""
        self._is_focus_owed = self._shown is None
        target = self.empty if self._stack.currentWidget() is self.empty else self.filters.period_button
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab follows the eye, although the charts are placed again at each width."""
        return move_focus(self, forward)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Give the figures the width of the view, so that long words wrap instead of hiding."""
        if event.type() is QEvent.Type.Resize:
            self._content.setMaximumWidth(self.area.viewport().width())
        return False

    def _show_controls(self, is_shown: bool) -> None:
        for part in (self.filters, self.export, self.report, self.copy):
            part.setVisible(is_shown)
        self.active.setVisible(is_shown and bool(self.active.chips()))

    def _connect(self) -> None:
        self.filters.changed.connect(self.filter_changed)
        self.active.changed.connect(self.filter_changed)
        self.empty.acted.connect(self.record_asked)
        self.export.clicked.connect(self.export_asked)
        self.report.clicked.connect(self.report_asked)
        self.copy.clicked.connect(self.copy_figures)
        self.page.file_asked.connect(self.file_asked)
        self.page.copied.connect(self.copied)
        self._patience.timeout.connect(self.waiting.show)

    def _lay_out(self) -> None:
        for button, icon in ((self.export, "download"), (self.report, "file-text"), (self.copy, "copy")):
            icons.set_icon(button, icon, "muted", 16)
        self.waiting.hide()
        self.nothing.hide()
        self._lay_out_page()
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(24), theme.px(16), theme.px(12), 0)
        column.setSpacing(theme.px(12))
        column.addLayout(self._head())
        if not self._is_large:
            self._add_filters(column)
        column.addWidget(self._stack, 1)
        for page in (QWidget(), self.area, self.empty):  # nothing, until the first figures are there
            self._stack.addWidget(page)

    def _add_filters(self, column: QVBoxLayout) -> None:
        for part in (self.filters, self.active):
            column.addWidget(part)

    def _head(self) -> QHBoxLayout:
        actions = QWidget()
        flow = FlowLayout(actions)
        for button in (self.report, self.export, self.copy):
            flow.addWidget(button)
        head = QHBoxLayout()
        head.addWidget(label("Statistiques", "title"))
        head.addSpacing(theme.px(12))
        head.addWidget(self.waiting, 1)
        head.addStretch(1)
        head.addWidget(actions)
        head.addSpacing(theme.px(24))
        return head

    def _lay_out_page(self) -> None:
        column = QVBoxLayout(self._content)
        column.setContentsMargins(0, theme.px(4), theme.px(12), theme.px(24))
        column.setSpacing(theme.px(16))
        if self._is_large:
            self._add_filters(column)
        column.addWidget(self.nothing)
        column.addWidget(self.page, 1)
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.viewport().installEventFilter(self)
