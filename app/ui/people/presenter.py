"""Answers what the screen « Bénéficiaires » asks: the list, the file of a person, and what is done with people."""

from collections.abc import Callable
from datetime import date
from uuid import UUID

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QStackedWidget

from app.services import beneficiaries, merging, people_lists
from app.services.commands import ActivityFilter, PeopleFilter
from app.services.rows import PeoplePage
from app.ui.desk import Desk
from app.ui.duplicates.presenter import DuplicatesPresenter
from app.ui.people.file_presenter import PersonFilePanels
from app.ui.people.list_view import PeopleListView
from app.ui.people.listing import PAGE, PeopleListing
from app.ui.people.person_dialog import create_person
from protocol.vocabulary import RecordKind

_PAUSE_MS = 30
"""Commits that follow one another closely are shown once."""
_SHOWN = frozenset(kind.value for kind in (RecordKind.BENEFICIARY, RecordKind.ATTENDANCE, RecordKind.ACTIVITY))


class PeoplePresenter(QObject):
    """Keeps what is listed, and whose file is open."""

    def __init__(self, desk: Desk, today: Callable[[], date] = date.today) -> None:
        view = QStackedWidget()
        super().__init__(view)
        self._desk = desk
        self._listing = PeopleListing()
        self._page: PeoplePage | None = None
        self._asked_of: UUID | None = None
        self._is_stale = True
        self.list = PeopleListView(today)
        self.file = PersonFilePanels(desk, today)
        self.view = view
        self.view.addWidget(self.list)
        self.view.addWidget(self.file.view)
        self._duplicates: DuplicatesPresenter | None = None
        self._refresh = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._refresh.timeout.connect(self._refresh_if_visible)
        desk.bus.committed.connect(self._committed)
        self._connect()

    def shown(self) -> None:
        """The screen came to the front: show what changed meanwhile."""
        if self.view.currentWidget() is self.list:
            if self._is_stale:
                self._list(self._listing)
            self.list.focus_list()
        elif self.view.currentWidget() is self.file.view:
            self.file.shown()

    def chosen_again(self) -> None:
        """The screen is asked for while it is in front: from the file of a person, back to the list."""
        if self.view.currentWidget() is not self.list:
            self.show_list()

    def show_person(self, id_: UUID) -> None:
        """Open the file of a person; of somebody merged, that of the person they are now."""
        id_ = merging.resolve(self._desk.database, id_)
        if self._desk.attempt(lambda: self.file.show_person(id_)):
            self.view.setCurrentWidget(self.file.view)
            self.file.shown()

    def show_duplicates(self, person: UUID | None = None) -> None:
        """Look for the people who may be the same, or may be this one."""
        if not self.file.leave():
            return
        if self._duplicates is None:
            self._duplicates = DuplicatesPresenter(self._desk)
            self._duplicates.closed.connect(self._leave_duplicates)
            self.view.addWidget(self._duplicates.view)
        self._asked_of = person
        self.view.setCurrentWidget(self._duplicates.view)
        self._duplicates.open(person)

    def _leave_duplicates(self) -> None:
        """Go back to where the pairs were asked for; the file of somebody merged is that of the person kept."""
        self.view.setCurrentWidget(self.list)
        if self._asked_of is not None:
            self.show_person(self._asked_of)
        else:
            self.show_list()

    def show_list(self) -> None:
        """Go back to the list, on the person whose file was open."""
        if not self.file.leave():
            return
        person = self.file.person
        self.view.setCurrentWidget(self.list)
        if self._is_stale:
            self._list(self._listing)
        if person is not None:
            self._go_to(person)
        self.list.focus_list()

    def keep_typed(self) -> None:
        """Keep what was typed in the file and not saved yet: the screen is about to close."""
        self.file.leave()

    def _connect(self) -> None:
        it, desk = self.list, self._desk
        it.filter_changed.connect(self._filter)
        it.sort_changed.connect(lambda key, down: self._list_from_top(self._listing.sorted_by(key, down)))
        it.page_turned.connect(self._turn)
        it.opened.connect(self.show_person)
        it.create_asked.connect(self._create)
        it.delete_asked.connect(self._delete)
        it.duplicates_asked.connect(desk.duplicates_asked)
        it.import_asked.connect(desk.import_asked)
        it.export_asked.connect(self._export)
        self.file.closed.connect(self.show_list)

    def _committed(self, kinds: frozenset[str]) -> None:
        if kinds & _SHOWN:
            self._is_stale = True
            self._refresh.start()

    def _refresh_if_visible(self) -> None:
        if self._is_stale and self.list.isVisible():
            self._list(self._listing)

    def _filter(self, filter_: PeopleFilter) -> None:
        self._list_from_top(self._listing.filtered(filter_))

    def _list_from_top(self, listing: PeopleListing) -> None:
        self._list(listing)
        self.list.list.scrollToTop()

    def _list(self, listing: PeopleListing) -> None:
        """Read a page and show it; a page emptied by a deletion gives way to the one before."""
        order = (listing.filter, listing.sort, listing.descending)
        page = people_lists.page(self._desk.database, *order, listing.offset, PAGE)
        if not page.rows and page.total:
            self._list(listing.around(page.total - 1))
            return
        self._listing, self._page, self._is_stale = listing, page, False
        self.list.show_page(page, listing)

    def _turn(self, step: int) -> None:
        turned = self._listing.turned(step, self._page.total if self._page else 0)
        if turned != self._listing:
            self._list_from_top(turned)
            self.list.select_row(0 if step > 0 else PAGE)

    def _go_to(self, id_: UUID) -> None:
        """Select a person on whatever page they are, if the list has them."""
        order = (self._listing.filter, self._listing.sort, self._listing.descending)
        position = people_lists.position(self._desk.database, id_, *order)
        if position is not None:
            if self._listing.around(position) != self._listing:
                self._list(self._listing.around(position))
            self.list.select(id_)

    def _create(self, typed: str) -> None:
        create_person(self._desk, typed, self.view, self.show_person)

    def _export(self) -> None:
        """The people selected if they are several, else those whom the list shows, else everybody."""
        chosen = frozenset(self.list.selected())
        if len(chosen) < 2 and self._listing.filter == PeopleFilter():
            chosen = frozenset()
        elif len(chosen) < 2:
            chosen = people_lists.everybody_in(self._desk.database, self._listing.filter)
        self._desk.export_asked.emit(ActivityFilter(people=chosen))

    def _delete(self, ids: tuple[UUID, ...]) -> None:
        """Delete at once, offer to undo, and select the neighbour."""
        place, database = self.list.selected_row(), self._desk.database
        if not self._desk.attempt(lambda: beneficiaries.delete(database, ids)):
            return
        self._list(self._listing)
        self.list.select_row(max(place, 0))
        said = "Personne supprimée" if len(ids) == 1 else f"{len(ids)} personnes supprimées"
        self._desk.said.emit(said, lambda: self._restore(ids))

    def _restore(self, ids: tuple[UUID, ...]) -> None:
        if self._desk.attempt(lambda: beneficiaries.restore(self._desk.database, ids)):
            self._list(self._listing)
            self._go_to(ids[0])
