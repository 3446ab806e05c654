"""The list of the screen « Bénéficiaires »: search, filters, the table, and what is done with the people selected."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from uuid import UUID

from PySide6.QtCore import QItemSelectionModel, Qt, QTimer, Signal, SignalInstance
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QMenu, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from app import labels
from app.services.commands import PeopleFilter
from app.services.rows import PeoplePage
from app.ui import icons, theme
from app.ui.people.listing import PeopleListing
from app.ui.people.people_table import COLUMNS, PeopleTable
from app.ui.widgets.chip import Chip
from app.ui.widgets.column_view import ColumnView
from app.ui.widgets.elided_label import ElidedLabel
from app.ui.widgets.empty_state import EmptyState
from app.ui.widgets.flow_layout import FlowLayout
from app.ui.widgets.list_keys import ListKeys
from app.ui.widgets.list_search import ListSearch
from app.ui.widgets.pager import Pager
from app.ui.widgets.surfaces import label

_PAUSE_MS = 60
"""The list follows what is typed after this pause."""


class PeopleListView(QWidget):
    """Shows a page, and says what the advisor asks for."""

    filter_changed = Signal(object)
    """The PeopleFilter wanted now."""
    sort_changed = Signal(str, bool)
    page_turned = Signal(int)
    """One page forward (1) or back (-1)."""
    opened = Signal(object)
    """The file of this person (UUID) is wanted."""
    create_asked = Signal(str)
    """A new person, from the letters typed in the search that found nobody."""
    delete_asked = Signal(object)
    """The people (tuple of UUID) to take out."""
    duplicates_asked = Signal()
    import_asked = Signal()
    export_asked = Signal()

    def __init__(self, today: Callable[[], date], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._today = today
        self.totals = ElidedLabel()
        self.search = ListSearch(
            "Nom, téléphone, commune…",
            "Chercher une personne",
            "Nom, prénom, téléphone, e-mail, commune, adresse, notes (Ctrl+F)",
            width=260,
        )
        self.absent = Chip("Pas venues depuis 1 an")
        self.never = Chip("Jamais venues")
        self.table = PeopleTable(self)
        self.list = ColumnView(self.table, COLUMNS, "Bénéficiaires", QAbstractItemView.SelectionMode.ExtendedSelection)
        self.add = _button("Nouvelle personne", "user-plus", "Ctrl+Maj+B", self)
        self.delete = _button("Supprimer", "trash-2", "Suppr", self)
        self.more = _button("Plus", "ellipsis", "Alt+P", self)
        self._menu = QMenu(self)
        self.duplicates = self._action("Doublons…", "users", "Ctrl+Shift+D", self.duplicates_asked)
        self.importing = self._action("Importer…", "import", "", self.import_asked)
        self.export = self._action("Exporter…", "download", "Ctrl+Shift+E", self.export_asked)
        self.more.setMenu(self._menu)
        self.pager = Pager("Personnes")
        self.empty = EmptyState(
            "users",
            "Ajoutez la première personne que vous suivez",
            detail="Un nom et un prénom suffisent. Vous pouvez aussi importer votre liste. "
            "Les noms restent chiffrés dans votre carnet.",
            action="Nouvelle personne",
        )
        self.nothing = EmptyState("search", "Personne ne correspond", action="Effacer la recherche")
        self._stack = QStackedWidget()
        for page in (self.list, self.empty, self.nothing):
            self._stack.addWidget(page)
        self._typing = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._lay_out()
        self._connect()

    def show_page(self, page: PeoplePage, listing: PeopleListing) -> None:
        """Show a page as it was asked for; the people selected stay so if they are still there."""
        selected = self.selected()
        self.table.show_rows(page.rows)
        self.list.show_order(listing.sort, listing.descending)
        self._show_filter(listing.filter)
        is_bare = not page.total and listing.filter == PeopleFilter()
        self.totals.setText(labels.count(page.total, "personne") if page.total else "")
        for each in (self.search, self.absent, self.never):
            each.setHidden(is_bare)
        self.pager.show_range(listing.offset, len(page.rows), page.total)
        self.nothing.set_sentence("Personne ne correspond", _advice(listing.filter))
        self._stack.setCurrentWidget(self.list if page.total else self.empty if is_bare else self.nothing)
        self._select([number for id_ in selected if (number := self.table.row_of(id_)) is not None])
        self._selection_changed()

    def select(self, id_: UUID) -> None:
        """Select a person of the page, and bring them into sight."""
        number = self.table.row_of(id_)
        if number is not None:
            self.select_row(number)

    def select_row(self, number: int) -> None:
        """Select a line of the page; the last one if there are fewer."""
        row = min(number, self.table.rowCount() - 1)
        if row >= 0:
            self._select([row])
            self.list.scrollTo(self.table.index(row, 0))

    def selected(self) -> tuple[UUID, ...]:
        """The people selected, in the order of the list."""
        chosen = sorted(self.list.selectionModel().selectedRows(), key=lambda index: index.row())
        return tuple(self.table.line(index).id for index in chosen)

    def selected_row(self) -> int:
        """The first line selected, -1 if there is none."""
        return min((index.row() for index in self.list.selectionModel().selectedRows()), default=-1)

    def focus_list(self) -> None:
        """Give the keyboard to what is in front, with a line to start from."""
        if self._stack.currentWidget() is self.list and not self.selected():
            self.select_row(0)
        front = self._stack.currentWidget()
        if front is not None:
            front.setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_search(self) -> None:
        """Give the keyboard to the search."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def _select(self, rows: list[int]) -> None:
        model, flags = self.list.selectionModel(), QItemSelectionModel.SelectionFlag
        model.clearSelection()
        for row in rows:
            model.select(self.table.index(row, 0), flags.Select | flags.Rows)
        if rows:
            model.setCurrentIndex(self.table.index(rows[0], 0), flags.NoUpdate)

    def _show_filter(self, filter_: PeopleFilter) -> None:
        if not self._typing.isActive() and self.search.text().strip() != filter_.text:
            self.search.setText(filter_.text)
        self.absent.setChecked(filter_.absent_since is not None)
        self.never.setChecked(filter_.never_came)

    def _ask_filter(self) -> None:
        self._typing.stop()
        since = _year_before(self._today()) if self.absent.isChecked() else None
        text = self.search.text().strip()
        self.filter_changed.emit(PeopleFilter(text, absent_since=since, never_came=self.never.isChecked()))

    def _chip_pressed(self, other: Chip) -> None:
        """Never is also not for a year: one of the two is enough."""
        other.setChecked(False)
        self._ask_filter()

    def _selection_changed(self) -> None:
        number = len(self.selected())
        self.delete.setVisible(number > 0)
        self.delete.setText(f"Supprimer les {number}" if number > 1 else "Supprimer")

    def _open_current(self) -> None:
        chosen = self.selected()
        if chosen:
            self.opened.emit(chosen[0])

    def _delete_selected(self) -> None:
        if chosen := self.selected():
            self.delete_asked.emit(chosen)

    def _connect(self) -> None:
        self._typing.timeout.connect(self._ask_filter)
        self.search.textEdited.connect(lambda: self._typing.start())
        self.search.clear_asked.connect(self._ask_filter)
        self.search.left.connect(self.focus_list)
        self.search.returnPressed.connect(self._open_first)
        self.absent.clicked.connect(lambda: self._chip_pressed(self.never))
        self.never.clicked.connect(lambda: self._chip_pressed(self.absent))
        self.table.sort_asked.connect(self.sort_changed)
        self.pager.turned.connect(self.page_turned)
        self.list.selectionModel().selectionChanged.connect(self._selection_changed)
        self.list.doubleClicked.connect(lambda index: self.opened.emit(self.table.line(index).id))
        keys = ListKeys(self.list)
        keys.edit_asked.connect(self._open_current)
        keys.detail_asked.connect(self._open_current)
        keys.delete_asked.connect(self._delete_selected)
        keys.first_asked.connect(lambda: self.select_row(0))
        keys.search_asked.connect(self.focus_search)
        keys.page_turned.connect(self.page_turned)
        self.empty.acted.connect(lambda: self.create_asked.emit(""))
        self.nothing.acted.connect(lambda: self.filter_changed.emit(PeopleFilter()))
        self.add.clicked.connect(lambda: self.create_asked.emit(self._unknown()))
        self.delete.clicked.connect(self._delete_selected)
        self._listen_to_keys()

    def _listen_to_keys(self) -> None:
        for keys, call in {
            "Ctrl+F": self.focus_search,
            "Ctrl+Shift+B": self.add.click,
            "Alt+P": self.more.click,
            "Ctrl+PgDown": lambda: self.page_turned.emit(1),
            "Ctrl+PgUp": lambda: self.page_turned.emit(-1),
        }.items():
            QShortcut(QKeySequence(keys), self, call, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def _open_first(self) -> None:
        """Enter in the search opens whom it finds first."""
        if self._typing.isActive():
            self._ask_filter()
        if self.table.rowCount() and self.search.text().strip():
            self.opened.emit(self.table.line(self.table.index(0, 0)).id)

    def _unknown(self) -> str:
        """What is typed in the search and found nobody: the name of a new person, most likely."""
        return self.search.text().strip() if not self.table.rowCount() else ""

    def _action(self, text: str, icon: str, keys: str, signal: SignalInstance) -> QAction:
        made = self._menu.addAction(text)
        made.setShortcut(QKeySequence(keys))
        made.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        made.triggered.connect(lambda: signal.emit())
        icons.set_icon(made, icon)
        self.addAction(made)
        return made

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(label("Bénéficiaires", "title"))
        head.addSpacing(theme.px(12))
        head.addWidget(self.totals, 1, Qt.AlignmentFlag.AlignVCenter)
        head.addWidget(self.add)
        head.addWidget(self.more)
        bar = FlowLayout()
        for part in (self.search, self.absent, self.never, self.delete):
            bar.addWidget(part)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(24), theme.px(16), theme.px(24), theme.px(12))
        column.setSpacing(theme.px(12))
        column.addLayout(head)
        column.addLayout(bar)
        column.addWidget(self._stack, 1)
        column.addWidget(self.pager)


def _button(text: str, icon: str, keys: str, parent: QWidget) -> QPushButton:
    made = QPushButton(text, parent)
    if keys:
        made.setToolTip(f"{text} ({keys})")
    icons.set_icon(made, icon)
    return made


def _advice(filter_: PeopleFilter) -> str:
    if filter_ == replace(PeopleFilter(), text=filter_.text):
        return "Vérifiez l’orthographe, ou ajoutez cette personne\u00a0: Ctrl+Maj+B."
    return "Retirez un filtre ou cherchez un autre mot."


def _year_before(day: date) -> date:
    """The same day one year earlier; 28 February for the 29th."""
    return day.replace(year=day.year - 1, day=min(day.day, 28) if day.month == 2 else day.day)
