"""The figures of a chart in a table, for those who cannot see it, and to copy."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from app.services.exports.neutral import neutralised
from app.ui import theme
from app.ui.charts.plots import Plot, Table

_MOST_ROWS = 12
_ROW = 34
_SIDE_AIR, _ROW_AIR = 11, 12


class FiguresTable(QTableWidget):
    """A table that is only read: words at the left, figures at the right."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "lined")
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setItemDelegate(_Airy(self))
        self.verticalHeader().hide()
        self.horizontalHeader().setHighlightSections(False)
        queued = Qt.ConnectionType.QueuedConnection  # the header tells it before it has the new width
        self.horizontalHeader().sectionResized.connect(self._wrap_again, queued)
        theme.changed.connect(self._size)

    def show_plot(self, plot: Plot) -> None:
        """Show the table of a plot."""
        self.setAccessibleName(f"Tableau\u00a0: {plot.title}")
        table = plot.table
        self.setColumnCount(len(table.headings))
        self.setRowCount(len(table.rows))
        for column, heading in enumerate(table.headings):
            self.setHorizontalHeaderItem(column, _item(heading, column))
        for row, cells in enumerate(table.rows):
            for column, cell in enumerate(cells):
                self.setItem(row, column, _item(cell, column))
        self._size()

    def sizeHint(self) -> QSize:
        rows = sum(self.rowHeight(row) for row in range(min(_MOST_ROWS, self.rowCount())))
        bar = self.horizontalScrollBar()
        below = bar.sizeHint().height() if bar.maximum() else 0
        height = self.horizontalHeader().sizeHint().height() + rows + below + 2 * self.frameWidth() + theme.px(4)
        return QSize(super().sizeHint().width(), height)

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(220), self.sizeHint().height())

    def _wrap_again(self) -> None:
        self.resizeRowsToContents()
        self.updateGeometry()

    def _size(self) -> None:
        head = self.horizontalHeader()
        self.verticalHeader().setMinimumSectionSize(theme.px(_ROW))
        for column in range(self.columnCount()):
            mode = QHeaderView.ResizeMode.Stretch if column == 0 else QHeaderView.ResizeMode.ResizeToContents
            head.setSectionResizeMode(column, mode)
        self._wrap_again()


class _Airy(QStyledItemDelegate):
    """Gives each row the height of its wrapped words and some air, which the style sheet’s own measure forgets."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        plain = super().sizeHint(option, index)
        room = option.rect.width() - 2 * theme.px(_SIDE_AIR)
        if room <= 0:  # it is the width that is asked for
            return plain
        metrics: QFontMetrics = option.fontMetrics
        words = metrics.boundingRect(QRect(0, 0, room, 0), Qt.TextFlag.TextWordWrap, index.data())
        return QSize(plain.width(), words.height() + theme.px(_ROW_AIR))


def as_text(table: Table) -> str:
    """The table as lines of cells parted by tabs, as spreadsheets paste them: no cell is taken for a formula."""
    lines = (table.headings, *table.rows)
    return "\n".join("\t".join(neutralised(_on_one_line(cell)) for cell in line) for line in lines)


def _on_one_line(cell: str) -> str:
    return " ".join(cell.splitlines()).replace("\t", " ")


def _item(text: str, column: int) -> QTableWidgetItem:
    made = QTableWidgetItem(text)
    side = Qt.AlignmentFlag.AlignLeft if column == 0 else Qt.AlignmentFlag.AlignRight
    made.setTextAlignment(side | Qt.AlignmentFlag.AlignVCenter)
    made.setToolTip(text if column == 0 else "")
    return made
