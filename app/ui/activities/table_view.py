"""The page of activities as a table: every column that fits, the order asked by a click on a title."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from app.ui import theme
from app.ui.activities.table import COLUMNS, ActivityTable

_ROW = 40


class ActivityTableView(QTableView):
    """Whole rows are chosen; columns that do not fit step aside, so that nothing has to be scrolled sideways."""

    def __init__(self, table: ActivityTable, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sorted, self._descending = 0, True
        self.setProperty("role", "lined")
        self.setModel(table)
        self.setAccessibleName("Activités, en tableau")
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setHighlightSections(False)
        header.setSectionsClickable(True)
        header.setSortIndicatorShown(True)
        header.sectionClicked.connect(self._title_clicked)
        theme.changed.connect(self._fit)
        self._fit()

    def show_order(self, sort: str, descending: bool) -> None:
        """Mark the column that the page is sorted by."""
        self._sorted = next(number for number, column in enumerate(COLUMNS) if column.sort == sort)
        self._descending = descending
        self.horizontalHeader().setSortIndicator(self._sorted, _order(descending))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _title_clicked(self, number: int) -> None:
        """The same title again turns the order over; a new one starts with figures and dates the greatest first."""
        is_again = number == self._sorted
        descending = not self._descending if is_again else COLUMNS[number].starts_greatest
        self.model().sort(number, _order(descending))

    def _fit(self) -> None:
        """Give each column its width, and the rest of the room to those that have a weight."""
        self.verticalHeader().setDefaultSectionSize(theme.px(_ROW))
        room = self.viewport().width()
        shown = _columns_within(room)
        spare = room - sum(theme.px(COLUMNS[number].width) for number in shown)
        weights = sum(COLUMNS[number].weight for number in shown)
        for number, column in enumerate(COLUMNS):
            self.setColumnHidden(number, number not in shown)
            self.setColumnWidth(number, theme.px(column.width) + max(0, spare * column.weight // weights))


def _order(descending: bool) -> Qt.SortOrder:
    return Qt.SortOrder.DescendingOrder if descending else Qt.SortOrder.AscendingOrder


def _columns_within(room: int) -> list[int]:
    shown = list(range(len(COLUMNS)))
    sheddable = sorted((number for number in shown if COLUMNS[number].sheds), key=lambda it: -COLUMNS[it].sheds)
    for number in sheddable:
        if sum(theme.px(COLUMNS[it].width) for it in shown) <= room:
            break
        shown.remove(number)
    return shown
