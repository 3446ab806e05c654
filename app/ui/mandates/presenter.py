"""Opens what is made of paper for a mandate: a new one to sign, one that was signed, its journal."""

from collections.abc import Callable
from datetime import date
from uuid import UUID

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.errors import AppError, UserError
from app.services.mandates import making, papers
from app.services.mandates.rows import SignMandate
from app.ui import theme
from app.ui.desk import Desk
from app.ui.mandates import journal_paper, mandate_paper
from app.ui.mandates.mandate_form import MandateForm
from app.ui.paper.document import Document
from app.ui.reports.paper_dialog import PaperDialog
from app.ui.reports.paperwork import Compose, Composed, Paperwork
from app.ui.widgets.banner import Banner
from app.ui.widgets.surfaces import label

_PAUSE_MS = 400
"""What is typed is drawn after this pause."""
SIGNED = "Le mandat est signé\u00a0: l’enregistrer"
_CLEAR = "Le PDF n’est pas chiffré\u00a0: ne le laissez pas sur un ordinateur partagé."
_MANDATE = (
    "Le mandat, tel qu’il a été signé. Il ne change plus\u00a0: une famille peut en être retirée, et un autre mandat "
    "peut le suivre.",
)
_JOURNAL = (
    "Tout ce qui a été fait à la place de la personne, ligne après ligne. Elle peut le demander à tout moment.",
    "Les dernières empreintes imprimées permettent de vérifier plus tard que rien n’a été changé.",
)


class NewMandatePresenter(QObject):
    """The dialog « Nouveau mandat »: it is kept once it is signed."""

    signed = Signal(object)
    """UUID of the mandate."""
    left = Signal(object)
    """The SignMandate as it was when the dialog was closed without being signed."""

    def __init__(self, desk: Desk, form: SignMandate, window: QWidget, today: Callable[[], date] = date.today) -> None:
        super().__init__(window)
        self.form = MandateForm(form, today)
        self.dialog = PaperDialog("Nouveau mandat", self.form, window)
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
        self.dialog.accept()
        self.signed.emit(made)

    def _compose(self) -> Compose:
        database, form, today = self._desk.database, self.form.value(), self._today()
        return lambda: Composed(mandate_paper.document(papers.to_sign(database, form, today)))

    def _listen(self) -> None:
        self.form.typed.connect(self._typing.start)
        self.form.typed.connect(lambda: self.dialog.show_fault(""))
        self.keep.clicked.connect(self.save)
        self.paper.composed.connect(self._name_file)
        self.paper.refused.connect(lambda error: self.dialog.show_fault(str(error)))
        self.dialog.rejected.connect(lambda: self.left.emit(self.form.value()))
        self.dialog.finished.connect(self._close)
        self.dialog.lock_asked.connect(self._desk.lock_asked)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self.dialog, self.save)

    def _name_file(self, composed: Composed) -> None:
        self.dialog.file_name = composed.document.title

    def _close(self) -> None:
        self.dialog.deleteLater()
        self.deleteLater()


class KeptPaperPresenter(QObject):
    """Shows a paper of a mandate before it is saved or printed."""

    def __init__(
        self, desk: Desk, title: str, said: tuple[str, ...], compose: Callable[[], Document], window: QWidget
    ) -> None:
        super().__init__(window)
        self.dialog = PaperDialog(title, _notice(said), window)
        self._desk = desk
        self.paper = Paperwork(self.dialog, lambda: lambda: Composed(compose()))
        self.paper.composed.connect(self._name_file)
        self.paper.refused.connect(self._refuse)
        self.dialog.lock_asked.connect(desk.lock_asked)
        self.dialog.finished.connect(self._close)

    def open(self) -> None:
        """Show the dialog over the window."""
        self.dialog.open()
        self.dialog.print_button.setFocus()

    def _name_file(self, composed: Composed) -> None:
        self.dialog.file_name = composed.document.title

    def _refuse(self, error: AppError) -> None:
        self._desk.say(error)
        self.dialog.reject()

    def _close(self) -> None:
        self.dialog.deleteLater()
        self.deleteLater()


def mandate_of(desk: Desk, id_: UUID, window: QWidget, today: date) -> KeptPaperPresenter:
    """The paper of a mandate that was signed."""

    def compose() -> Document:
        return mandate_paper.document(papers.kept(desk.database, id_, today))

    return KeptPaperPresenter(desk, "Mandat", _MANDATE, compose, window)


def journal_of(desk: Desk, id_: UUID, window: QWidget, today: date) -> KeptPaperPresenter:
    """The paper of its journal."""

    def compose() -> Document:
        return journal_paper.document(papers.journal(desk.database, id_, today))

    return KeptPaperPresenter(desk, "Journal du mandat", _JOURNAL, compose, window)


def _notice(said: tuple[str, ...]) -> QWidget:
    """Plain sentences, nothing to fill."""
    made = QWidget()
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 0, theme.px(12), 0)
    column.setSpacing(theme.px(12))
    for sentence in said:
        column.addWidget(label(sentence, wraps=True))
    column.addWidget(Banner("warning", _CLEAR))
    column.addStretch(1)
    return made
