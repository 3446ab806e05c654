"""Answers what the screen « Démarches » asks: the cases, the catalogue, and what is done with them."""

from collections.abc import Callable, Sequence
from datetime import date
from uuid import UUID

from PySide6.QtCore import QObject, QTimer

from app.services import case_lists, guides, own_procedures
from app.services.commands import CaseFilter, SaveCase, SaveProcedure
from app.services.rows import CaseRow, GuideRow, Urgency
from app.services.typed import Name
from app.ui.appointments.follower import GIVE_KEYS
from app.ui.cases.catalogue_page import MINE
from app.ui.cases.follower import CaseFollower
from app.ui.cases.view import NEW_KEYS, CasesView, Page
from app.ui.desk import Desk
from app.ui.form_dialog import open_form
from app.ui.widgets.side_by_side import focus
from protocol.vocabulary import RecordKind

_PAUSE_MS = 30
"""Commits that follow one another closely are shown once."""
_LONGEST = 500
SHOWS = {RecordKind.CASE, RecordKind.PROCEDURE, RecordKind.BENEFICIARY, RecordKind.ACTIVITY}


class CasesPresenter(QObject):
    """Keeps what is listed; the view never asks the notebook anything."""

    def __init__(self, desk: Desk, today: Callable[[], date] = date.today) -> None:
        view = CasesView(today)
        super().__init__(view)
        self._desk, self._today = desk, today
        self._is_stale = True
        self.view = view
        self.follower = CaseFollower(desk, self.view.followed.panel, today)
        self._refresh = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._refresh.timeout.connect(self._refresh_if_visible)
        desk.bus.committed.connect(self._committed)
        self._listen()

    def shown(self) -> None:
        """The screen came to the front: a new day may have begun."""
        self._renew()
        self._focus_page()

    def select(self, id_: UUID) -> None:
        """Show and select a case; filters that hide it are cleared."""
        page = self.view.followed
        self.view.show_page(Page.FOLLOWED)
        self._renew()
        if not page.list.select(id_):
            page.clear_filter()
        if not page.list.select(id_):  # closed: shown beside the list, which keeps to the open ones
            page.list.clear_selection()
        self.follower.show(id_)

    def new_case(self, procedure: str = "") -> None:
        """Open the dialog of a new case."""
        from app.ui.cases.opening import open_case

        open_case(self._desk, SaveCase(procedure=procedure), self.view, self._opened, self._today)

    def _opened(self, id_: UUID) -> None:
        self.select(id_)
        self.view.followed.panel.focus_first()
        from app.ui.cases.opening import OPENED

        self._desk.said.emit(OPENED, None)

    def _listen(self) -> None:
        view, page, shelf = self.view, self.view.followed, self.view.catalogue
        view.new.clicked.connect(lambda: self.new_case())
        view.pages.changed.connect(self._focus_page)
        page.new_asked.connect(self.new_case)
        page.filter_changed.connect(self._list)
        page.chosen.connect(self.follower.show)
        page.list.deleted.connect(self.follower.delete)
        page.list.advanced.connect(self.follower.do_next_step)
        shelf.search_changed.connect(self._list_guides)
        shelf.chosen.connect(self._show_guide)
        shelf.follow_asked.connect(self.new_case)
        shelf.own_asked.connect(self._own)
        shelf.archive_asked.connect(self._archive)
        view.on(NEW_KEYS, self._new)
        view.on("Ctrl+P", lambda: self._with_case(self.follower.print))
        view.on("Ctrl+E", self._edit)
        view.on(GIVE_KEYS, self.view.followed.panel.appoint.click)
        view.on("Ctrl+F", lambda: focus(page.search if self._is_on(Page.FOLLOWED) else shelf.search))
        view.on("Esc", self._close)

    def _new(self) -> None:
        self.new_case(self.view.catalogue.panel.shown() if self._is_on(Page.CATALOGUE) else "")

    def _edit(self) -> None:
        if self._is_on(Page.CATALOGUE):
            self.view.catalogue.panel.change.click()
        else:
            self._with_case(self.follower.edit)

    def _close(self) -> None:
        (self.view.followed if self._is_on(Page.FOLLOWED) else self.view.catalogue).panel.close_panel()

    def _is_on(self, page: Page) -> bool:
        return self.view.pages.value() is page

    def _with_case(self, call: Callable[[UUID], None]) -> None:
        id_ = self.view.followed.panel.shown_id() or self.view.followed.list.current()
        if isinstance(id_, UUID) and self._is_on(Page.FOLLOWED):
            call(id_)

    def _focus_page(self) -> None:
        if self._is_on(Page.FOLLOWED):
            self.view.followed.focus_list()
        else:
            focus(self.view.catalogue.search)

    def _committed(self, changes: frozenset[str]) -> None:
        if changes & SHOWS:
            self._is_stale = True
            self._refresh.start()

    def _refresh_if_visible(self) -> None:
        if self.view.isVisible() and self._is_stale:
            self._renew()

    def _renew(self) -> None:
        self._is_stale = False
        self._list()
        self._list_guides()
        self.follower.refresh()
        shown = self.view.catalogue.panel.shown()
        if shown:
            self._show_guide(shown)

    def _list(self) -> None:
        page, database, today = self.view.followed, self._desk.database, self._today()
        filter_ = page.filter()
        rows = case_lists.listed(database, today, filter_)
        everything = rows if filter_ == CaseFilter() else case_lists.listed(database, today)
        page.show_rows(rows)
        self.view.totals.setText(_totals(everything))

    def _list_guides(self) -> None:
        page, database = self.view.catalogue, self._desk.database
        text, wanted = page.search.text().strip(), page.family.value()
        rows = guides.search(database, text, _LONGEST)
        if not text:
            rows += tuple(row for row in guides.mine(database, with_archived=True) if row.archived)
        if wanted is not None:
            rows = tuple(row for row in rows if (row.is_own if wanted == MINE else row.family == wanted))
        page.show_guides(rows, with_groups=not text)

    def _show_guide(self, key: str) -> None:
        found = guides.find(self._desk.database, key)
        if found is None:
            self.view.catalogue.panel.hide()
        else:
            self.view.catalogue.panel.show_guide(found)

    def _own(self, guide: GuideRow | None) -> None:
        from app.ui.cases.procedure_dialog import ProcedureDialog

        def make(content: SaveProcedure) -> ProcedureDialog:
            dialog = ProcedureDialog(self._desk.database, content, self.view, self._today)
            dialog.saved.connect(self._own_saved)
            return dialog

        form = self._form_of(guide)
        open_form(self._desk, Name(f"procedure.{guide.key if guide else 'new'}"), form, make)

    def _form_of(self, guide: GuideRow | None) -> SaveProcedure:
        """An empty form, that of one's own, or a copy of one of the catalogue."""
        if guide is None:
            return SaveProcedure(name=self.view.catalogue.search.text().strip())
        if guide.is_own:
            return own_procedures.form_of(self._desk.database, UUID(guide.key))
        return SaveProcedure(
            name=guide.name,
            family=guide.family,
            bring=guide.bring,
            steps=guide.steps,
            site=guide.site,
            address=guide.address,
            delay=guide.delay,
            phone=" ".join(filter(None, (guide.phone, guide.phone_note and f"({guide.phone_note})"))),
            source=guide.sources[0].title[:200] if guide.sources and not guide.to_verify else "",
            checked_on=guide.checked_on if not guide.to_verify else None,
        )

    def _own_saved(self, id_: UUID) -> None:
        page = self.view.catalogue
        page.search.clear()
        page.family.set_value(None)
        self._list_guides()
        page.list.select(str(id_))
        self._show_guide(str(id_))
        self._desk.said.emit("Modèle enregistré", None)

    def _archive(self, key: str, is_archived: bool) -> None:
        database, id_ = self._desk.database, UUID(key)
        do, undo = own_procedures.archive, own_procedures.restore
        if not is_archived:
            do, undo = undo, do
        if self._desk.attempt(lambda: do(database, id_)):
            said = "Modèle archivé" if is_archived else "Modèle proposé à nouveau"
            self._desk.said.emit(said, lambda: self._desk.attempt(lambda: undo(database, id_)))


def _totals(rows: Sequence[CaseRow]) -> str:
    """« 12 en cours · 2 en retard »."""
    if not rows:
        return ""
    late = sum(row.urgency is Urgency.LATE for row in rows)
    return f"{len(rows)} en cours" + (f" · {late} en retard" if late else "")
