"""Writes a sheet: checked as it is typed, kept at each pause, saved when the advisor says so."""

from uuid import UUID

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from app.errors import AppError
from app.services import typed
from app.services.sheets import library, own
from app.services.sheets.checking import check
from app.services.typed import Name, Typed
from app.ui.desk import Desk
from app.ui.keeper import FormKeeper
from app.ui.sheets.editor import SheetEditor

_PAUSE_MS = 400


class EditorPresenter(QObject):
    """The dialog of one sheet, from its opening to its closing."""

    saved = Signal(object)
    """The id (UUID) of the sheet kept."""

    def __init__(self, desk: Desk, name: Name, id_: UUID | None, text: str, window: QWidget) -> None:
        """`id_` is that of the own sheet to change; under `name` is kept what is being typed."""
        super().__init__(window)
        self._desk, self._name, self._id, self._first, self._window = desk, name, id_, text, window
        self.dialog = SheetEditor("Modifier la fiche" if id_ else "Nouvelle fiche", _drawings(), window)
        self._keeper = FormKeeper(desk, lambda: Typed(self._text()), self.dialog, name)
        self._keeper.failed.connect(self.dialog.show_fault)
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self._look)
        self._listen()
        found = self._keeper.found(str)
        self._begin(found.form if found else None)

    def open(self) -> None:
        """Show the dialog over the window."""
        self.dialog.open()
        self.dialog.text.setFocus()

    def _text(self) -> str:
        return self.dialog.text.toPlainText()

    def _begin(self, typed: str | None) -> None:
        is_resumed = typed is not None and typed != self._first
        self.dialog.show_text(typed if typed is not None else self._first)
        self.dialog.resumed.setVisible(is_resumed)
        self.dialog.show_faults(check(self._text()))

    def _look(self) -> None:
        """Check what is typed."""
        self.dialog.show_faults(check(self._text()))
        self.dialog.show_fault("")

    def _restart(self) -> None:
        typed = self._text()
        self._begin(None)
        self._keeper.note_change()
        self._desk.said.emit("Texte remis au début", lambda: self._reopen(typed))

    def _save(self) -> None:
        """Keep the sheet, or say what is to be corrected; whatever happens, the text stays."""
        self._pause.stop()
        try:
            saved = own.save(self._desk.database, self._text(), self._id, typed_as=self._name)
        except AppError as error:
            faults = check(self._text())
            self.dialog.show_faults(faults)
            self.dialog.show_fault(str(error))
            if wrong := [one.line for one in faults if one.is_of_form]:
                self.dialog.go_to_line(min(wrong))
            return
        self._keeper.settle()
        self._desk.said.emit("Fiche enregistrée", None)
        self.dialog.accept()
        self.saved.emit(saved)

    def _given_up(self) -> None:
        """Closed without saving: what was typed is no more, unless the advisor takes that back."""
        self._pause.stop()
        text = self._text()
        self._keeper.end()
        if text != self._first:
            self._desk.said.emit("Saisie annulée", lambda: self._reopen(text))

    def _reopen(self, text: str) -> None:
        if self._desk.attempt(lambda: typed.keep(self._desk.database, self._name, Typed(text))):
            again = EditorPresenter(self._desk, self._name, self._id, self._first, self._window)
            again.saved.connect(self.saved)
            again.open()

    def _listen(self) -> None:
        self.dialog.typed.connect(self._pause.start)
        self.dialog.typed.connect(self._keeper.note_change)
        self.dialog.save_asked.connect(self._save)
        self.dialog.restart_asked.connect(self._restart)
        self.dialog.rejected.connect(self._given_up)
        self.dialog.lock_asked.connect(self._desk.lock_asked)
        self.dialog.finished.connect(self.dialog.deleteLater)


def _drawings() -> list[tuple[str, str]]:
    """The drawings of the library and what they show, by these words."""
    shown = {step.drawing.file: step.drawing.said for one in library.bundled() for step in one.steps if step.drawing}
    return sorted(shown.items(), key=lambda pair: pair[1])
