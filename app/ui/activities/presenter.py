"""Answers what the screen « Activités » asks: pages, details, and what is done with an activity."""

from collections.abc import Callable
from datetime import date
from uuid import UUID

from PySide6.QtCore import QObject, QTimer

from app.services import activities, activity_detail, activity_lists, lost_values
from app.services.commands import ActivityFilter
from app.services.rows import ActivityPage, LostRow
from app.ui import activity_words
from app.ui.activities.listing import BY_DAY, PAGE, Listing
from app.ui.activities.view import ActivitiesView
from app.ui.desk import Desk
from app.ui.filters import sources
from app.ui.filters.facets import facets
from protocol.vocabulary import ActivityKind, RecordKind

_PAUSE_MS = 30
"""Commits that follow one another closely are shown once."""


class ActivitiesPresenter(QObject):
    """Keeps what is listed; the view never asks the notebook anything."""

    def __init__(self, desk: Desk, today: Callable[[], date] = date.today) -> None:
        view = ActivitiesView(today)
        super().__init__(view)
        self._desk, self._today = desk, today
        self._listing = Listing()
        self._person_offered: UUID | None = None
        self._page: ActivityPage | None = None
        self._counted: ActivityFilter | None = None
        self._is_stale = self._has_stale_choices = True
        self.view = view
        self._refresh = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._refresh.timeout.connect(self._refresh_if_visible)
        desk.bus.committed.connect(self._committed)
        self._connect()

    @property
    def listing(self) -> Listing:
        """What is listed now."""
        return self._listing

    def shown(self) -> None:
        """The screen came to the front: show what changed meanwhile."""
        if self._is_stale:
            self._renew()
        self.view.focus_list()

    def select(self, id_: UUID) -> None:
        """Show and select an activity; filters that hide it are cleared."""
        self._renew_choices()
        position = self._position(id_)
        if position is None:
            self._listing = self._listing.filtered(ActivityFilter())
            position = self._position(id_)
        if position is None:
            self._renew()
            return
        self._list(self._listing.around(position))
        self.view.select(id_)
        self._show_detail(id_)

    def show_person(self, id_: UUID) -> None:
        """List the activities that a person came to."""
        self._listing = self._listing.filtered(ActivityFilter(beneficiary=id_))
        self._renew_choices()
        self._list_from_top(self._listing)

    def _connect(self) -> None:
        view, detail = self.view, self.view.detail
        view.filter_changed.connect(lambda it: self._list_from_top(self._listing.filtered(it)))
        view.sort_changed.connect(lambda key, down: self._list_from_top(self._listing.sorted_by(key, down)))
        view.style_changed.connect(lambda style: self._list_from_top(self._listing.styled(style)))
        view.page_turned.connect(self._turn)
        view.chosen.connect(self._show_detail)
        view.export_asked.connect(lambda: self._desk.export_asked.emit(self._listing.filter))
        view.record_asked.connect(lambda: self._desk.form_asked.emit(ActivityKind.INDIVIDUAL))
        view.person_file_asked.connect(self._desk.person_file_asked)
        detail.edit_asked.connect(self._edit)
        detail.duplicate_asked.connect(self._duplicate)
        detail.delete_asked.connect(self._delete)
        detail.history_asked.connect(self._show_history)
        detail.lost_taken_back.connect(self._take_back)
        detail.lost_let_go.connect(self._let_go)

    def _committed(self, kinds: frozenset[str]) -> None:
        """Forget what may have changed."""
        self._page = None
        self._is_stale = True
        self._has_stale_choices |= bool(kinds & sources.KINDS)
        self._refresh.start()

    def _refresh_if_visible(self) -> None:
        if self._is_stale and self.view.isVisible():
            self._renew()

    def _renew(self) -> None:
        """Read again what is on screen: choices, page and detail."""
        self._renew_choices()
        self._list(self._listing)
        shown = self.view.detail.shown_id()
        if shown is not None:
            self._show_detail(shown)

    def _renew_choices(self) -> None:
        """Offer the places, the tags and the person of now, if they are not those offered."""
        database, person = self._desk.database, self._listing.filter.beneficiary
        if not self._has_stale_choices and person == self._person_offered:
            return
        self._has_stale_choices, self._person_offered = False, person
        self.view.set_facets(facets(sources.known(database, person)))

    def _list_from_top(self, listing: Listing) -> None:
        self._list(listing)
        self.view.scroll_to_top()

    def _list(self, listing: Listing) -> None:
        """Read a page and show it; a page emptied by a deletion gives way to the one before."""
        database = self._desk.database
        order = (listing.filter, listing.sort, listing.descending)
        known = self._page if listing.filter == self._counted else None
        page = activity_lists.page(database, *order, listing.offset, PAGE, known)
        if not page.rows and page.total:
            self._list(listing.around(page.total - 1))
            return
        days = (page.rows[-1].day, page.rows[0].day) if page.rows and listing.style == BY_DAY else None
        by_day = activity_lists.by_day(database, listing.filter, *days) if days else {}
        figures = {day: activity_words.figures(it.people, it.minutes) for day, it in by_day.items()}
        self._listing, self._is_stale = listing, False
        self._page, self._counted = page, listing.filter
        self.view.show_page(page, listing, figures)

    def _turn(self, step: int) -> None:
        turned = self._listing.turned(step, self._page.total if self._page else 0)
        if turned != self._listing:
            self._list_from_top(turned)
            self.view.select_row(0 if step > 0 else PAGE)

    def _position(self, id_: UUID) -> int | None:
        listing = self._listing
        order = (listing.filter, listing.sort, listing.descending)
        return activity_lists.position(self._desk.database, id_, *order)

    def _show_detail(self, id_: UUID) -> None:
        panel = self.view.detail
        if not self._desk.attempt(lambda: panel.show_detail(activity_detail.detail(self._desk.database, id_))):
            panel.hide()

    def _show_history(self, id_: UUID) -> None:
        self.view.detail.show_history(id_, activity_detail.history(self._desk.database, id_))

    def _edit(self, id_: UUID) -> None:
        self._desk.attempt(lambda: self._desk.form_asked.emit(activities.form_of(self._desk.database, id_)))

    def _duplicate(self, id_: UUID) -> None:
        form = activities.duplicate_of
        self._desk.attempt(lambda: self._desk.form_asked.emit(form(self._desk.database, id_, self._today())))

    def _delete(self, id_: UUID) -> None:
        """Delete at once, offer to undo, and select the neighbour."""
        place = self.view.selected_row()
        if not self._desk.attempt(lambda: activities.delete(self._desk.database, id_)):
            return
        self.view.detail.hide()
        self._list(self._listing)
        self.view.select_row(max(place, 0))
        self._desk.said.emit("Activité supprimée", lambda: self._restore(id_))

    def _restore(self, id_: UUID) -> None:
        if self._desk.attempt(lambda: activities.restore(self._desk.database, id_)):
            self.select(id_)

    def _take_back(self, row: LostRow) -> None:
        """Put back what the advisor had written, and offer to undo it."""
        database, attempt = self._desk.database, self._desk.attempt

        def call() -> None:
            taken = lost_values.take_back(database, RecordKind.ACTIVITY, row)
            self._desk.said.emit(
                "Votre version est reprise", lambda: attempt(lambda: lost_values.undo(database, taken))
            )

        attempt(call)

    def _let_go(self, row: LostRow, is_settled: bool = True) -> None:
        """Keep the colleague's version, and offer to be asked again."""
        if self._desk.attempt(lambda: lost_values.let_go(self._desk.database, row, is_settled)):
            self._show_detail(row.record)
            if is_settled:
                self._desk.said.emit("Version gardée", lambda: self._let_go(row, is_settled=False))
