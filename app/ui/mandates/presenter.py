"""Opens a new mandate, to be signed."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from app.errors import AppError, UserError
from app.services import typed
from app.services.mandates import making, papers
from app.services.mandates.rows import SignMandate
from app.services.typed import Name, Typed
from app.ui.desk import Desk
from app.ui.keeper import FormKeeper
from app.ui.mandates import mandate_paper
from app.ui.mandates.mandate_form import MandateForm
from app.ui.reports.paper_dialog import PaperDialog
from app.ui.reports.paperwork import Compose, Composed, Paperwork

_PAUSE_MS = 400
"""What is typed is drawn after this pause."""
SIGNED = "Le mandat est signé\u00a0: l’enregistrer"


class NewMandatePresenter(QObject):
    """The dialog « Nouveau mandat »: it is kept once it is signed."""

    signed = Signal(object)
    """UUID of the mandate."""

    def __init__(
        self, desk: Desk, form: SignMandate, name: Name, parent: QWidget, today: Callable[[], date] = date.today
    ) -> None:
        """On `form`, or on what was typed under `name` and not signed."""
        begun = typed.kept(desk.database, name, SignMandate)
        self.form = MandateForm(begun.form if begun else form, today)
        self.dialog = PaperDialog("Nouveau mandat", self.form, parent)
        super().__init__(self.dialog)
        self._keeper = FormKeeper(desk, self._typed, self.dialog, name)
        self.keep = self.dialog.add_main_button(SIGNED)
        self.keep.setToolTip("Ctrl+Entrée")
        self._desk, self._today = desk, today
        self.paper = Paperwork(self.dialog, self._compose)
        self._typing = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._typing.timeout.connect(self.paper.refresh)
        self._listen()

    def open(self) -> None:
        """Show the dialog over the window."""
        self.dialog.open()
        self.form.focus_first()

    def save(self) -> None:
        """Keep the mandate, or say beside each field what is wrong; nothing typed is lost."""
        try:
            made = making.sign(self._desk.database, self.form.value(), self._today())
        except AppError as error:
            faults = error.fields if isinstance(error, UserError) else {}
            self.form.show_faults(faults)
            self.dialog.show_fault(str(error))
            return
        self._keeper.end()
        self.dialog.accept()
        self.signed.emit(made)

    def _typed(self) -> Typed[SignMandate]:
        """What is typed; a signature is drawn again, under the paper as it is then read."""
        return Typed(replace(self.form.value(), person_signature="", advisor_signature=""))

    def _compose(self) -> Compose:
        database, form, today = self._desk.database, self.form.value(), self._today()
        return lambda: Composed(mandate_paper.document(papers.to_sign(database, form, today)))

    def _listen(self) -> None:
        self.form.typed.connect(self._typing.start)
        self.form.typed.connect(self._keeper.note_change)
        self.form.typed.connect(lambda: self.dialog.show_fault(""))
        self.keep.clicked.connect(self.save)
        self.paper.composed.connect(self._name_file)
        self.paper.refused.connect(lambda error: self.dialog.show_fault(str(error)))
        self.dialog.rejected.connect(self._keeper.keep_now)
        self.dialog.finished.connect(self.dialog.deleteLater)
        self.dialog.lock_asked.connect(self._desk.lock_asked)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self.dialog, self.save)

    def _name_file(self, composed: Composed) -> None:
        self.dialog.file_name = composed.document.title
