"""The first start, in two short steps: who you are and how the notebook opens, then the recovery sheet."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from app.services.access import SetUp
from app.ui import theme
from app.ui.gate.opening_choice import OpeningChoice
from app.ui.gate.page import GatePage
from app.ui.gate.recovery_step import RecoveryStep
from app.ui.widgets.field_row import ErrorLine
from app.ui.widgets.surfaces import label

_WELCOME = "Votre carnet reste sur cet ordinateur, chiffré. Deux questions, une feuille à imprimer, et c’est prêt."
_CODE_LATER = (
    "Vous avez reçu un code d’inscription de votre coordinateur\u00a0? "
    "Il se tape plus tard, dans l’écran Synchronisation."
)


class SetUpPage(GatePage):
    """Emits what the first start needs once both steps are right."""

    set_up_asked = Signal(object)
    """A SetUp."""
    copy_asked = Signal()
    """Take over the notebook of a copy instead."""

    def __init__(self, code: str, has_store: bool, parent: QWidget | None = None) -> None:
        super().__init__(width=560, parent=parent)
        self.name = QLineEdit(self)
        self.name.setPlaceholderText("Prénom et nom")
        self._name_error = ErrorLine(self)
        self.choice = OpeningChoice(has_store, self)
        self.recovery = RecoveryStep(code, self)
        self._title = label("", "subtitle")
        self._steps = (self._first_step(), self._second_step())
        self._step = 0
        self.back = QPushButton("Retour", self)
        self.go_on = QPushButton(self)
        self.go_on.setProperty("role", "primary")
        self._error = ErrorLine(self)
        self._lay_out()
        self._connect()
        self._show_step(0)

    def show_errors(self, fields: dict[str, str], sentence: str) -> None:
        """Say what was refused beside the field at fault, on its step, or under the whole."""
        said = {"name": self._say_name, "passphrase": self.choice.show_error, "recovery": self.recovery.show_error}
        self._show_step(1 if not fields or "recovery" in fields else 0)
        for field, say in said.items():
            say(fields.get(field, ""))
        self._error.say("" if fields else sentence)

    def set_busy(self, is_busy: bool) -> None:
        """Show that the notebook is being made."""
        for each in (*self._steps, self.back, self.go_on):
            each.setEnabled(not is_busy)
        self.go_on.setText("Un instant…" if is_busy else "Commencer")

    def forget(self) -> None:
        """Forget what was typed and is secret."""
        self.choice.clear()
        self.recovery.proof.clear()
        self.recovery.existing.clear()

    def focus_first(self) -> None:
        """Put the keyboard where one types."""
        self.name.setFocus()

    def _go_on(self) -> None:
        if self._step == 0:
            self._leave_first_step()
        elif self.recovery.is_ready():
            self._error.say("")
            self.set_up_asked.emit(SetUp(self.name.text(), self.recovery.code(), self.choice.given()))

    def _leave_first_step(self) -> None:
        name = self.name.text().strip()
        self._say_name("" if name else "Indiquez votre nom.")
        is_right = self.choice.is_right()
        if name and is_right:
            self.recovery.owner = name
            self._show_step(1)
            self.recovery.print_button.setFocus()
        elif not name:
            self.name.setFocus()

    def _show_step(self, step: int) -> None:
        self._step = step
        for number, page in enumerate(self._steps):
            page.setVisible(number == step)
        self._title.setText("Votre feuille de secours" if step else "Bienvenue dans Passerelle")
        self.back.setVisible(step == 1)
        self.go_on.setText("Commencer" if step else "Continuer")
        self._error.say("")
        self._show_readiness()

    def _show_readiness(self) -> None:
        self.go_on.setEnabled(self._step == 0 or self.recovery.is_ready())

    def _say_name(self, sentence: str) -> None:
        self._name_error.say(sentence)
        self.name.setAccessibleDescription(sentence)

    def _first_step(self) -> QWidget:
        page = QWidget(self)
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        column.addWidget(label(_WELCOME, "muted", wraps=True))
        name = label("Votre nom", "field")
        name.setBuddy(self.name)
        self.name.setAccessibleName("Votre nom")
        for each in (name, self.name, self._name_error, label("Pour ouvrir le carnet", "field"), self.choice):
            column.addWidget(each)
        from_copy = QPushButton("J’ai déjà un carnet, sur une clé USB", page)
        from_copy.setProperty("role", "link")
        from_copy.clicked.connect(self.copy_asked)
        column.addWidget(from_copy, 0, Qt.AlignmentFlag.AlignLeft)
        return page

    def _second_step(self) -> QWidget:
        page = QWidget(self)
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(12))
        column.addWidget(self.recovery)
        column.addWidget(label(_CODE_LATER, "small", wraps=True))
        return page

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.addWidget(self.back)
        buttons.addStretch(1)
        buttons.addWidget(self.go_on)
        self.body.addWidget(self._title)
        for page in self._steps:
            self.body.addWidget(page)
        self.body.addWidget(self._error)
        self.body.addLayout(buttons)

    def _connect(self) -> None:
        self.go_on.clicked.connect(self._go_on)
        self.back.clicked.connect(lambda: self._show_step(0))
        self.name.returnPressed.connect(self._go_on)
        self.choice.passphrase.entered.connect(self._go_on)
        self.choice.again.entered.connect(self._go_on)
        self.recovery.changed.connect(self._show_readiness)
        self.recovery.proof.returnPressed.connect(self._go_on)
        self.recovery.existing.returnPressed.connect(self._go_on)
