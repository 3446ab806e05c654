"""Writes a sheet: checked as it is typed, kept at each pause, saved when the advisor says so."""

from collections.abc import Callable
from datetime import date
from uuid import UUID

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from app.errors import AppError
from app.services import typed
from app.services.sheets import library, own
from app.services.sheets.checking import check
from app.services.sheets.reading import read, sheet_of
from app.services.sheets.sheet import Drawing
from app.services.typed import Name, Typed
from app.ui.desk import Desk
from app.ui.keeper import FormKeeper
from app.ui.reports.paperwork import Compose, Composed, Pages
from app.ui.sheets import sheet_paper
from app.ui.sheets.editor import SheetEditor

_PAUSE_MS = 400


class EditorPresenter(QObject):
    """The dialog of one sheet, from its opening to its closing."""

    saved = Signal(object)
    """The id (UUID) of the sheet kept."""

    def __init__(
        self,
        desk: Desk,
        name: Name,
        id_: UUID | None,
        text: str,
        window: QWidget,
        today: Callable[[], date] = date.today,
    ) -> None:
        """`id_` is that of the own sheet to change; under `name` is kept what is being typed."""
        super().__init__(window)
        self._desk, self._name, self._id, self._given, self._window = desk, name, id_, text, window
        self._today = today
        title = "Modifier la fiche" if id_ else "Nouvelle fiche"
        self.dialog = SheetEditor(title, _drawings(), today, window)
        self.pages = Pages(self.dialog.preview, self._compose, self.dialog)
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self._look)
        self._listen()
        self.dialog.show_text(text)
        self._first = self.dialog.written()
        """The sheet as the dialog says it before anything is typed."""
        self._keeper = FormKeeper(desk, lambda: Typed(self.dialog.written()), self.dialog, name)
        self._keeper.failed.connect(self.dialog.show_fault)
        found = self._keeper.found(str)
        self._begin(found.form if found else None)
        self.dialog.typed.connect(self._keeper.note_change)

    def open(self) -> None:
        """Show the dialog over the window."""
        self.dialog.open()
        self.dialog.focus_first()

    def _begin(self, typed: str | None) -> None:
        self.dialog.show_text(self._given if typed is None else typed)
        self.dialog.resumed.setVisible(self.dialog.written() != self._first)
        self._check()

    def _check(self) -> None:
        self.dialog.show_faults(check(self.dialog.written()))
        self.pages.refresh()

    def _compose(self) -> Compose:
        sheet = sheet_of("", read(self.dialog.written()))
        return lambda: Composed(sheet_paper.document(sheet))

    def _look(self) -> None:
        """Check what is typed."""
        self._check()
        self.dialog.show_fault("")

    def _restart(self) -> None:
        typed = self.dialog.written()
        self._begin(None)
        self._keeper.note_change()
        self._desk.said.emit("Fiche remise au début", lambda: self._reopen(typed))

    def _save(self) -> None:
        """Keep the sheet, or say what is to be corrected; whatever happens, the text stays."""
        self._pause.stop()
        text = self.dialog.written()
        try:
            saved = own.save(self._desk.database, text, self._id, typed_as=self._name)
        except AppError as error:
            self._check()
            self.dialog.show_fault(str(error))
            if wrong := [one for one in check(text) if one.is_of_form]:
                self.dialog.go_to(wrong[0])
            return
        self._keeper.settle()
        self._desk.said.emit("Fiche enregistrée", None)
        self.dialog.accept()
        self.saved.emit(saved)

    def _given_up(self) -> None:
        """Closed without saving: what was typed is no more, unless the advisor takes that back."""
        self._pause.stop()
        text = self.dialog.written()
        self._keeper.end()
        if text != self._first:
            self._desk.said.emit("Saisie annulée", lambda: self._reopen(text))

    def _reopen(self, text: str) -> None:
        if self._desk.attempt(lambda: typed.keep(self._desk.database, self._name, Typed(text))):
            again = EditorPresenter(self._desk, self._name, self._id, self._given, self._window, self._today)
            again.saved.connect(self.saved)
            again.open()

    def _listen(self) -> None:
        self.dialog.typed.connect(self._pause.start)
        self.dialog.keep_asked.connect(self._save)
        self.dialog.restart_asked.connect(self._restart)
        self.dialog.rejected.connect(self._given_up)
        self.dialog.lock_asked.connect(self._desk.lock_asked)
        self.dialog.finished.connect(self.dialog.deleteLater)


def _drawings() -> list[Drawing]:
    """The drawings of the library, each with the first words that say it."""
    shown = [step.drawing for one in library.bundled() for step in one.steps if step.drawing]
    return list({one.file: one for one in reversed(shown)}.values())
