"""The screen « Activités »: title and totals, filters, the list or the table, and the detail at the right."""

from collections.abc import Callable, Mapping
from datetime import date
from uuid import UUID

from PySide6.QtCore import QItemSelectionModel, Qt, Signal, SignalInstance
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from app import labels
from app.services.commands import ActivityFilter
from app.services.rows import ActivityPage
from app.ui import activity_words, icons, theme
from app.ui.activities.day_list import DayList
from app.ui.activities.detail import WIDTH, DetailPanel
from app.ui.activities.listing import BY_DAY, TABLE, Listing
from app.ui.activities.table import COLUMNS, ActivityTable
from app.ui.filters.facets import Facet
from app.ui.filters.filter_bar import ActiveFilters, FilterBar
from app.ui.widgets.column_view import ColumnView
from app.ui.widgets.elided_label import ElidedLabel
from app.ui.widgets.empty_state import EmptyState
from app.ui.widgets.list_keys import ListKeys
from app.ui.widgets.pager import Pager
from app.ui.widgets.segmented_control import SegmentedControl
from app.ui.widgets.surfaces import label

_CRAMPED = 480
"""Under this width beside the detail, the list keeps only the search field above it (pixels of the design)."""


class ActivitiesView(QWidget):
    """Shows a page, and says what the person asks for."""

    filter_changed = Signal(object)
    sort_changed = Signal(str, bool)
    style_changed = Signal(str)
    """BY_DAY or TABLE."""
    page_turned = Signal(int)
    """One page forward (1) or back (-1)."""
    chosen = Signal(object)
    """This activity (UUID) was selected: its detail is wanted."""
    record_asked = Signal()
    person_file_asked = Signal(object)
    """The file of the person (UUID) whose activities are listed is wanted."""
    export_asked = Signal()
    """« Exporter… »: what the filter keeps."""

    def __init__(self, today: Callable[[], date], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._today = today
        self._menus: tuple[Facet, ...] = ()
        self.table = ActivityTable(self)
        self.day_list, self.table_view = DayList(self.table), ColumnView(self.table, COLUMNS, "Activités, en tableau")
        self.table_view.setSelectionModel(self.day_list.selectionModel())
        self.style_choice: SegmentedControl[str] = SegmentedControl([(BY_DAY, "Par jour"), (TABLE, "Tableau")])
        self.style_choice.setAccessibleName("Présentation")
        self.totals = ElidedLabel()
        self.person_file = QPushButton("Fiche de suivi…")
        self.person_file.setToolTip(
            "Tout ce que le carnet garde sur cette personne, à lui remettre si elle le demande (Ctrl+P)"
        )
        self._person: UUID | None = None
        self.export = QPushButton("Exporter…")
        self.export.setToolTip("Exporter ce que montre la liste (Ctrl+Maj+E)")
        icons.set_icon(self.export, "download")
        self.filters, self.active = FilterBar(today), ActiveFilters()
        self.pager, self.detail = Pager("Activités"), DetailPanel()
        self.empty = EmptyState(
            "list-checks",
            "Enregistrez votre première activité",
            detail="Elle apparaîtra ici, à son jour. Tout reste sur cet ordinateur jusqu’au prochain envoi.",
            action="Enregistrer une activité",
        )
        self.nothing = EmptyState(
            "search",
            "Aucune activité ne correspond",
            detail="Retirez un filtre ou cherchez un autre mot.",
            action="Effacer les filtres",
        )
        self._stack = QStackedWidget()
        for page in (self.day_list, self.table_view, self.empty, self.nothing):
            self._stack.addWidget(page)
        self._lay_out()
        self._connect()
        theme.changed.connect(self._fit)

    def set_facets(self, menus: tuple[Facet, ...]) -> None:
        """Offer these filters."""
        self._menus = menus
        self.filters.set_facets(menus)

    def show_page(self, page: ActivityPage, listing: Listing, figures: Mapping[date, str]) -> None:
        """Show a page as it was asked for; the activity selected stays selected if it is still there."""
        selected, places = self.selected(), [it.verticalScrollBar().value() for it in self._lists()]
        self.table.show_days(page.rows, figures)
        self.table_view.show_order(listing.sort, listing.descending)
        self.style_choice.set_value(listing.style)
        self.filters.show_filter(listing.filter)
        self._person = listing.filter.beneficiary
        self.person_file.setVisible(self._person is not None)
        self.filters.setVisible(bool(page.total) or listing.filter != ActivityFilter())
        self._fit()
        self.active.show_filter(listing.filter, self._menus, self._today())
        self.totals.setText(_totals(page))
        self.pager.show_range(listing.offset, len(page.rows), page.total)
        self._stack.setCurrentWidget(self._front(page, listing))
        if selected is not None and self.selected() != selected:
            self.select(selected)
        if self.selected() is None:
            self.detail.hide()
        for view, place in zip(self._lists(), places, strict=True):
            view.verticalScrollBar().setValue(place)

    def select(self, id_: UUID) -> None:
        """Select an activity of the page, and bring it into sight."""
        number = self.table.row_of(id_)
        if number is not None:
            self.select_row(number)

    def select_row(self, number: int) -> None:
        """Select a line of the page; the last one if there are fewer."""
        row = min(number, self.table.rowCount() - 1)
        if row >= 0:
            self._set_current(row)

    def selected(self) -> UUID | None:
        """The activity selected."""
        chosen = self.day_list.selectionModel().selectedRows()
        row = self.table.row(chosen[0]) if chosen else None
        return row.id if row else None

    def selected_row(self) -> int:
        """The line selected, -1 if there is none."""
        id_ = self.selected()
        number = self.table.row_of(id_) if id_ else None
        return -1 if number is None else number

    def scroll_to_top(self) -> None:
        """Show the beginning of the page."""
        for view in self._lists():
            view.scrollToTop()

    def focus_list(self) -> None:
        """Give the keyboard to the list in front."""
        front = self._stack.currentWidget()
        if front is not None:
            front.setFocus(Qt.FocusReason.OtherFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _lists(self) -> tuple[QAbstractItemView, QAbstractItemView]:
        return self.day_list, self.table_view

    def _front(self, page: ActivityPage, listing: Listing) -> QWidget:
        if page.total:
            return self.day_list if listing.style == BY_DAY else self.table_view
        return self.empty if listing.filter == ActivityFilter() else self.nothing

    def _set_current(self, row: int) -> None:
        index = self.table.index(row, 0)
        flags = QItemSelectionModel.SelectionFlag
        self.day_list.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)
        for view in self._lists():
            view.scrollTo(index)

    def _choose(self) -> None:
        id_ = self.selected()
        if id_ is not None:
            self.chosen.emit(id_)

    def _connect(self) -> None:
        self.filters.changed.connect(self.filter_changed)
        self.filters.left.connect(self.focus_list)
        self.active.changed.connect(self.filter_changed)
        self.nothing.acted.connect(lambda: self.filter_changed.emit(ActivityFilter()))
        self.empty.acted.connect(self.record_asked)
        self.person_file.clicked.connect(self._ask_person_file)
        self.style_choice.changed.connect(lambda: self.style_changed.emit(self.style_choice.value()))
        self.table.sort_asked.connect(self.sort_changed)
        self.pager.turned.connect(self.page_turned)
        self.detail.closed.connect(self.focus_list)
        self.detail.opened.connect(self._make_room)
        self.day_list.selectionModel().selectionChanged.connect(self._choose)
        for view in self._lists():
            view.clicked.connect(self._choose)
            keys = ListKeys(view)
            keys.detail_asked.connect(self._choose)
            keys.edit_asked.connect(lambda: self._with_selected(self.detail.edit_asked))
            keys.delete_asked.connect(lambda: self._with_selected(self.detail.delete_asked))
            keys.first_asked.connect(lambda: self.select_row(0))
            keys.search_asked.connect(self.filters.search.setFocus)
            keys.page_turned.connect(self.page_turned)
        self.export.clicked.connect(self.export_asked)
        self._shortcut("Ctrl+Shift+E", self.export.click)
        self._shortcut("Ctrl+P", self._ask_person_file)
        self._shortcut("Ctrl+E", lambda: self._with_selected(self.detail.edit_asked))
        self._shortcut("Ctrl+D", lambda: self._with_selected(self.detail.duplicate_asked))
        self._shortcut("Ctrl+F", self.filters.search.setFocus)
        self._shortcut("Ctrl+PgDown", lambda: self.page_turned.emit(1))
        self._shortcut("Ctrl+PgUp", lambda: self.page_turned.emit(-1))
        self._shortcut("Esc", self.detail.close_panel)

    def _ask_person_file(self) -> None:
        if self._person is not None:
            self.person_file_asked.emit(self._person)

    def _with_selected(self, signal: SignalInstance) -> None:
        id_ = self.detail.shown_id() or self.selected()
        if id_ is not None:
            signal.emit(id_)

    def _shortcut(self, keys: str, call: Callable[[], object]) -> None:
        QShortcut(QKeySequence(keys), self, call, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def _fit(self) -> None:
        self._make_room(not self.detail.isHidden())

    def _make_room(self, is_detail_open: bool) -> None:
        """Share the width; where little is left, the menus and the choice of style wait until the detail is closed."""
        width = min(theme.px(WIDTH), self.width() // 2)
        is_cramped = is_detail_open and self.width() - width < theme.px(_CRAMPED)
        self.detail.setFixedWidth(width)
        self.filters.set_cramped(is_cramped)
        for each in (self.export, self.style_choice):
            each.setHidden(is_cramped or self.filters.isHidden())

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(label("Activités", "title"))
        head.addSpacing(theme.px(12))
        head.addWidget(self.totals, 1, Qt.AlignmentFlag.AlignVCenter)
        head.addWidget(self.person_file)
        head.addWidget(self.export)
        head.addWidget(self.style_choice)
        left = QVBoxLayout()
        left.setContentsMargins(theme.px(24), theme.px(16), theme.px(24), theme.px(12))
        left.setSpacing(theme.px(12))
        left.addLayout(head)
        for part in (self.filters, self.active):
            left.addWidget(part)
        left.addWidget(self._stack, 1)
        left.addWidget(self.pager)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addLayout(left, 1)
        row.addWidget(self.detail)


def _totals(page: ActivityPage) -> str:
    if not page.total:
        return ""
    counts = labels.count(page.total, "activité"), labels.count(page.people, "accompagnement")
    return " · ".join((*counts, activity_words.total_time(page.minutes)))
