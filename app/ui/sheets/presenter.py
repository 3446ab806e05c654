"""Answers what the screen « Fiches » asks: lists, pages, files, and the sheets that the advisor writes."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import QObject
from shiboken6 import isValid

from app.services import access, organisations
from app.services.sheets import library, own, sharing
from app.services.sheets.checking import check
from app.services.sheets.writing import blank, write
from app.services.typed import Name
from app.ui.desk import Desk
from app.ui.file_choice import choose_source, choose_target
from app.ui.paper.document import Document
from app.ui.reports.paperwork import Compose, Composed, Paperwork
from app.ui.sheets import sheet_paper, words
from app.ui.sheets.editor_presenter import EditorPresenter
from app.ui.sheets.view import SheetsView
from protocol.vocabulary import RecordKind

_NOTHING = Document("", (), "")
_SHARED = "Fiches (*.md *.zip)"


class SheetsPresenter(QObject):
    """Keeps what is listed and shown."""

    def __init__(self, desk: Desk, today: Callable[[], date] = date.today) -> None:
        view = SheetsView()
        super().__init__(view)
        self._desk, self._today = desk, today
        self._is_stale = True
        self._giver = ""
        self.view = view
        self.paper = Paperwork(self.view.panel, self._compose)
        self.editor: EditorPresenter | None = None
        desk.bus.committed.connect(self._committed)
        self._listen()

    def shown(self) -> None:
        """The screen came to the front: show what changed meanwhile."""
        if self._is_stale:
            self._renew()
        self.view.search.setFocus()

    def select(self, code: str) -> None:
        """Show and select a sheet; filters that hide it are cleared."""
        self._renew()
        found = library.find(self._desk.database, code)
        if found is None:
            self._desk.said.emit(own.GONE, None)
            return
        if not self.view.list.select(code):
            self.view.clear_filter()
            self.view.owned.set_value(words.ARCHIVED if found.archived else None)
            self._list()
            self.view.list.select(code)
        self._show(code)

    def _listen(self) -> None:
        view, panel = self.view, self.view.panel
        view.filter_changed.connect(self._list)
        view.chosen.connect(self._show)
        view.new_asked.connect(lambda: self._open_editor("nouvelle", None, write(blank(self._today()))))
        view.import_asked.connect(self._choose_import)
        panel.handed.connect(self._desk.sheet_handed)
        panel.file_asked.connect(self._choose_pdf)
        panel.share_asked.connect(self._share)
        panel.edit_asked.connect(self._edit)
        panel.archive_asked.connect(self._archive)
        panel.delete_asked.connect(self._delete)

    def _committed(self, kinds: frozenset[str]) -> None:
        if RecordKind.SHEET in kinds:
            self._is_stale = True
            if self.view.isVisible():
                self._renew()

    def _renew(self) -> None:
        self._is_stale = False
        self.view.show_themes(library.library(self._desk.database))
        self._list()
        if code := self.view.panel.code():
            self._show(code)

    def _list(self) -> None:
        self.view.show_sheets(library.listed(self._desk.database, self.view.filter()))

    def _show(self, code: str) -> None:
        sheet = library.find(self._desk.database, code)
        if sheet is None:
            self.view.panel.close_panel()
            return
        self._giver = self._advisor()
        self.view.panel.show_sheet(sheet)
        self.paper.refresh()

    def _compose(self) -> Compose:
        sheet, giver = self.view.panel.sheet, self._giver
        return lambda: Composed(sheet_paper.document(sheet, giver) if sheet else _NOTHING)

    def _advisor(self) -> str:
        """Who the person can come back to: the advisor, and their structure of today."""
        employer = organisations.on(self._desk.database, self._today())
        names = access.advisor_name(self._desk.database), employer.name if employer else ""
        return ", ".join(filter(None, names))

    def _choose_pdf(self, code: str) -> None:
        panel = self.view.panel
        name = f"{panel.sheet.title if panel.sheet else code}.pdf".replace("/", "-")
        path = choose_target(self.view, "Enregistrer en PDF", name, "PDF (*.pdf)")
        if path is not None and isValid(self):
            panel.save_asked.emit(path)

    def _share(self, _code: str) -> None:
        sheet = self.view.panel.sheet
        if sheet is None:
            return
        name = sharing.file_name(sheet)
        kind = "Fiche et ses dessins (*.zip)" if name.endswith(".zip") else "Fiche (*.md)"
        path = choose_target(self.view, "Partager la fiche", name, kind)
        if (
            path is not None
            and isValid(self)
            and self._desk.attempt(lambda: sharing.write(self._desk.database, sheet, path))
        ):
            self.view.panel.show_saved(path)

    def _choose_import(self) -> None:
        path = choose_source(self.view, "Importer une fiche", _SHARED)
        if path is not None and isValid(self):
            self._desk.attempt(lambda: self.take_in(path))

    def take_in(self, path: Path) -> None:
        """Keep a shared sheet; one with a fault of form is opened to be mended, one that is there already is shown."""
        text = sharing.read_file(path)
        same = library.same(self._desk.database, text)
        if same is not None:
            self.select(same)
            self._desk.said.emit("Cette fiche est déjà là", None)
        elif any(fault.is_of_form for fault in check(text)):
            self._open_editor("importée", None, text)
        else:
            self._added(own.save(self._desk.database, text))

    def _added(self, id_: UUID) -> None:
        self.select(str(id_))
        self._desk.said.emit("Fiche ajoutée", lambda: self._desk.attempt(lambda: own.delete(self._desk.database, id_)))

    def _edit(self, code: str) -> None:
        sheet = self.view.panel.sheet
        id_ = UUID(code) if sheet is not None and sheet.own else None
        self._desk.attempt(lambda: self._open_editor(code, id_, library.text_of(self._desk.database, code)))

    def _open_editor(self, name: str, id_: UUID | None, text: str) -> None:
        """Write over a text; what was being typed under this name is taken up again."""
        self.editor = EditorPresenter(self._desk, Name(f"sheet.{name}"), id_, text, self.view, self._today)
        self.editor.saved.connect(lambda saved: self.select(str(saved)))
        self.editor.open()

    def _archive(self, code: str, is_archived: bool) -> None:
        database = self._desk.database
        if self._desk.attempt(lambda: own.set_archived(database, UUID(code), is_archived)):
            said = "Fiche archivée" if is_archived else "Fiche proposée à nouveau"
            self._desk.said.emit(said, lambda: own.set_archived(database, UUID(code), not is_archived))

    def _delete(self, code: str) -> None:
        database = self._desk.database
        if self._desk.attempt(lambda: own.delete(database, UUID(code))):
            self._desk.said.emit("Fiche supprimée", lambda: self._restore(code))

    def _restore(self, code: str) -> None:
        if self._desk.attempt(lambda: own.restore(self._desk.database, UUID(code))):
            self.select(code)
