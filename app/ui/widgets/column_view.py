"""A page of rows as a table: every column that fits, the order asked by a click on a title."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from app.ui import theme

R = TypeVar("R")
_ROW = 40


@dataclass(frozen=True, slots=True)
class Column(Generic[R]):
    """One column: its title, its words, what the service sorts it by, and how it takes its place.

    `width` is in pixels of the design; `weight` is its part of the width left over; of the columns that do not fit,
    those with the highest `sheds` go first (0: never).
    """

    title: str
    words: Callable[[R], str]
    sort: str | None = None
    width: int = 0
    weight: int = 0
    is_figure: bool = False
    sheds: int = 0
    is_date: bool = False

    @property
    def starts_greatest(self) -> bool:
        """Whether the first click on the title puts the greatest first: figures and dates, not words."""
        return self.is_figure or self.is_date


class ColumnView(QTableView):
    """Whole rows are chosen; columns that do not fit step aside, so that nothing has to be scrolled sideways."""

    def __init__(
        self,
        table: QAbstractTableModel,
        columns: Sequence[Column[Any]],
        name: str,
        selection: QAbstractItemView.SelectionMode = QAbstractItemView.SelectionMode.SingleSelection,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._columns = columns
        self._sorted, self._descending = 0, True
        self.setProperty("role", "lined")
        self.setModel(table)
        self.setAccessibleName(name)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(selection)
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
        self._sorted = next(number for number, column in enumerate(self._columns) if column.sort == sort)
        self._descending = descending
        self.horizontalHeader().setSortIndicator(self._sorted, _order(descending))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _title_clicked(self, number: int) -> None:
        """The same title again turns the order over; a new one starts with figures and dates the greatest first."""
        is_again = number == self._sorted
        descending = not self._descending if is_again else self._columns[number].starts_greatest
        self.model().sort(number, _order(descending))

    def _fit(self) -> None:
        """Give each column its width, and the rest of the room to those that have a weight."""
        self.verticalHeader().setDefaultSectionSize(theme.px(_ROW))
        room = self.viewport().width()
        shown = _within(self._columns, room)
        spare = room - sum(theme.px(one.width) for one in shown)
        weights = sum(one.weight for one in shown)
        for number, column in enumerate(self._columns):
            self.setColumnHidden(number, column not in shown)
            self.setColumnWidth(number, theme.px(column.width) + max(0, spare * column.weight // weights))


def _order(descending: bool) -> Qt.SortOrder:
    return Qt.SortOrder.DescendingOrder if descending else Qt.SortOrder.AscendingOrder


def _within(columns: Sequence[Column[Any]], room: int) -> list[Column[Any]]:
    shown = list(columns)
    for column in sorted((one for one in columns if one.sheds), key=lambda one: -one.sheds):
        if sum(theme.px(one.width) for one in shown) <= room:
            break
        shown.remove(column)
    return shown
