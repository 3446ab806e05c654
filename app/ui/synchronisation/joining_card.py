"""A computer that waits to be let in: its short code, and the recovery code as the other way in."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QWidget

from app.sync.joining import Asking
from app.ui import theme
from app.ui.widgets.code_label import CodeLabel
from app.ui.widgets.field_row import FieldRow
from app.ui.widgets.surfaces import Card, label, separator

_WHAT_TO_DO = (
    "Sur un ordinateur de ce carnet, ouvrez Synchronisation\u00a0: un code court y est affiché. S’il est le même "
    "qu’ici, pressez «\u00a0Autoriser\u00a0» là-bas. S’il est différent, pressez «\u00a0Refuser\u00a0» et prévenez "
    "votre coordinateur."
)
_RECOVERY_ONLY = (
    "Ce carnet existe déjà, et vient d’une version ancienne de Passerelle\u00a0: seul son code de secours l’ouvre ici."
)
_FOLLOWS = "Cette page suit toute seule\u00a0: vous pouvez travailler pendant ce temps."
_RECOVERY_HINT = "Vous avez la feuille de secours de ce carnet\u00a0? Son code l’ouvre tout de suite."


class JoiningCard(Card):
    """Shown in the place of the enrolment form until a member answers."""

    recovery_given = Signal(str)
    """The recovery code as typed."""
    withdrawn = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(padding=20, gap=12, parent=parent)
        self._what = label("", wraps=True)
        self._code = CodeLabel("Code court de cet ordinateur")
        self._state = label("", "muted", wraps=True)
        self._recovery = QLineEdit()
        self._recovery.setPlaceholderText("Sept groupes de quatre signes")
        self._row = FieldRow("Secours", self._recovery, hint=_RECOVERY_HINT)
        self._open = QPushButton("Ouvrir avec le code de secours")
        self._withdraw = QPushButton("Annuler la demande")
        self._withdraw.setProperty("role", "quiet")
        self._recovery.returnPressed.connect(self._give)
        self._open.clicked.connect(self._give)
        self._withdraw.clicked.connect(self.withdrawn)
        self.setFocusProxy(self._code)
        self._lay_out()

    def show_asking(self, asking: Asking) -> None:
        """Show what this computer asks with."""
        self._what.setText(_WHAT_TO_DO if asking.short_code else _RECOVERY_ONLY)
        self._code.show_code(asking.short_code)
        for widget in (self._code, self._state):
            widget.setVisible(bool(asking.short_code))
        self.say("")

    def say(self, sentence: str) -> None:
        """Say what keeps the answer from coming, or that it is waited for."""
        self._state.setText(sentence or _FOLLOWS)

    def set_busy(self, is_busy: bool) -> None:
        """The recovery code is being tried, or no longer."""
        for widget in (self._recovery, self._open, self._withdraw):
            widget.setEnabled(not is_busy)

    def show_fault(self, sentence: str) -> None:
        """Say what is wrong with the recovery code."""
        self._row.set_error(sentence)
        if sentence:
            self._recovery.setFocus()

    def fault(self) -> str:
        """What is said to be wrong."""
        return self._row.error()

    def state(self) -> str:
        """What is said of the wait."""
        return self._state.text()

    def short_code(self) -> str:
        """The code shown."""
        return self._code.code()

    def forget(self) -> None:
        """Forget what was typed."""
        self._recovery.clear()
        self.show_fault("")

    def _give(self) -> None:
        self.show_fault("")
        self.recovery_given.emit(self._recovery.text())

    def _lay_out(self) -> None:
        self.body.addWidget(label("En attente d’autorisation", "subtitle"))
        self.body.addWidget(self._what)
        self.body.addWidget(self._code, 0, Qt.AlignmentFlag.AlignLeft)
        for widget in (self._state, separator(), self._row):
            self.body.addWidget(widget)
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.px(8))
        buttons.addWidget(self._open)
        buttons.addWidget(self._withdraw)
        buttons.addStretch(1)
        self.body.addLayout(buttons)
