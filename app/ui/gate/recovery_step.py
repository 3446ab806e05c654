"""The second step of the set-up: a new recovery sheet, put away, or the code of one that already exists."""

from collections.abc import Callable
from datetime import date
from itertools import pairwise
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from app.errors import KnownError
from app.ui import icons, theme
from app.ui.file_choice import choose_target
from app.ui.gate.recovery_sheet import RecoverySheet, document
from app.ui.widgets.field_row import ErrorLine
from app.ui.widgets.segmented_control import SegmentedControl
from app.ui.widgets.surfaces import Card, label

_WHY = (
    "Si la phrase de passe est oubliée ou l’ordinateur perdu, ce code est le seul moyen de retrouver les noms de votre "
    "carnet. Passerelle ne le garde pas\u00a0: imprimez-le et rangez-le sous clé, loin de l’ordinateur."
)
_PROOF = "Tapez les quatre derniers signes, lus sur la feuille"
_WITHOUT_PRINTER = "recopiez le code à la main, ou enregistrez le PDF"
_HAVE = "Le code de la feuille que vous avez déjà (sept groupes de quatre signes)"


class RecoveryStep(QWidget):
    """`is_ready` once the last group of a new code, or the whole of an existing one, is typed."""

    changed = Signal()

    def __init__(self, code: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._code = code
        self.owner = ""
        self.which = SegmentedControl([(False, "Nouvelle feuille"), (True, "J’ai déjà une feuille")], self)
        self.proof, self.existing = QLineEdit(self), QLineEdit(self)
        self.print_button = _button("Imprimer la feuille", "printer", self._print)
        self.save_button = _button("Enregistrer en PDF…", "download", self._save)
        self._error = ErrorLine(self)
        self._new, self._old = self._new_page(), self._existing_page()
        self._lay_out()
        self._turn()
        for before, after in pairwise((self.which, self.print_button, self.save_button, self.proof, self.existing)):
            self.setTabOrder(before, after)
        self.which.changed.connect(self._turn)
        self.proof.textChanged.connect(self.changed)
        self.existing.textChanged.connect(self.changed)

    def code(self) -> str:
        """The code that will open the notebook."""
        return self.existing.text() if self.which.value() else self._code

    def expect_existing(self) -> None:
        """Ask for the sheet that exists, in the place of a new one."""
        self.which.set_value(True)
        self._turn()

    def is_ready(self) -> bool:
        """Whether the sheet is in the advisor's hands."""
        if self.which.value():
            return bool(self.existing.text().strip())
        return self.proof.text().strip().upper() == self._code[-4:]

    def show_error(self, sentence: str) -> None:
        """Say what is wrong with the code, or nothing any more."""
        self._error.say(sentence)

    def sentence(self) -> str:
        """What is said to be wrong."""
        return self._error.sentence()

    def save_to(self, path: Path) -> None:
        """Write the sheet as a PDF, or say why it cannot be."""
        from app.ui.paper.pdf import save_pdf

        self._attempt(lambda: save_pdf(document(self._sheet()), path))

    def _turn(self) -> None:
        self._new.setVisible(not self.which.value())
        self._old.setVisible(self.which.value())
        self.show_error("")
        self.changed.emit()

    def _print(self) -> None:
        from app.ui.paper.printing import print_document

        self._attempt(lambda: print_document(document(self._sheet()), self.window(), _WITHOUT_PRINTER))

    def _save(self) -> None:
        title = "Enregistrer la feuille de secours"
        chosen = choose_target(self, title, "Feuille de secours Passerelle.pdf", "PDF (*.pdf)")
        if chosen:
            self.save_to(chosen)

    def _attempt(self, call: Callable[[], object]) -> None:
        self.show_error("")
        try:
            call()
        except KnownError as error:
            self.show_error(str(error))
            return
        self.proof.setFocus()

    def _sheet(self) -> RecoverySheet:
        return RecoverySheet(self._code, self.owner, date.today())

    def _new_page(self) -> QWidget:
        page, column = _column()
        column.addWidget(label(_WHY, "muted", wraps=True))
        column.addWidget(_framed(self._code))
        buttons = QHBoxLayout()
        buttons.addWidget(self.print_button)
        buttons.addWidget(self.save_button)
        buttons.addStretch(1)
        column.addLayout(buttons)
        self.proof.setMaxLength(4)
        self.proof.setFixedWidth(theme.px(96))
        _named(column, _PROOF, self.proof)
        return page

    def _existing_page(self) -> QWidget:
        page, column = _column()
        _named(column, _HAVE, self.existing)
        column.addWidget(
            label("Le carnet de l’autre ordinateur arrivera à la première synchronisation.", "small", wraps=True)
        )
        return page

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(12))
        column.addWidget(self.which)
        column.addWidget(self._new)
        column.addWidget(self._old)
        column.addWidget(self._error)


def _column() -> tuple[QWidget, QVBoxLayout]:
    page = QWidget()
    column = QVBoxLayout(page)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(theme.px(8))
    return page, column


def _named(column: QVBoxLayout, name: str, field: QLineEdit) -> None:
    words = label(name, "field", wraps=True)
    words.setBuddy(field)
    field.setAccessibleName(name)
    column.addWidget(words)
    column.addWidget(field)


def _framed(code: str) -> Card:
    """The code in large type, four groups then three."""
    made = Card(padding=12, gap=4)
    groups = code.split("-")
    for line in (groups[:4], groups[4:]):
        words = label("   ".join(line), "figure")
        words.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        words.setAccessibleName("Code de secours\u00a0: " + " ".join(line))
        made.body.addWidget(words)
    return made


def _button(text: str, icon: str, call: Callable[[], None]) -> QPushButton:
    made = QPushButton(text)
    icons.set_icon(made, icon)
    made.clicked.connect(lambda: call())
    return made
