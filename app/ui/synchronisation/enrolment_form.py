"""Relating this computer to the server: an address and one code."""

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QProgressBar, QPushButton, QWidget

from app.ui import theme
from app.ui.widgets.field_row import FieldRow
from app.ui.widgets.surfaces import Card, label

_EXPLANATION = (
    "Votre coordinateur, ou un collègue depuis son écran Synchronisation, vous a donné une adresse et un code. "
    "Le code ne sert qu’une fois, pour cet ordinateur. Tout ce qui est enregistré ici rejoindra le carnet partagé."
)


@dataclass(frozen=True, slots=True)
class Enrol:
    """What was typed."""

    server: str
    code: str


class EnrolmentForm(Card):
    """Two fields and one button."""

    submitted = Signal(object)
    """An Enrol command."""
    cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(padding=20, gap=12, parent=parent)
        self._server, self._code = QLineEdit(), QLineEdit()
        self._server.setPlaceholderText("https://passerelle.exemple.fr")
        self._code.setPlaceholderText("ABCD-EFGH-JKMN")
        self._rows = {"server": FieldRow("Serveur", self._server), "code": FieldRow("Code", self._code)}
        self._fault = label("", "danger", wraps=True)
        self._submit = QPushButton("Relier cet ordinateur")
        self._submit.setProperty("role", "primary")
        self._submit.clicked.connect(self._send)
        self._cancel = QPushButton("Annuler")
        self._cancel.clicked.connect(self.cancelled)
        self._waiting = QProgressBar()
        self._waiting.setRange(0, 0)
        self._waiting.setTextVisible(False)
        self._waiting.setAccessibleName("Connexion au serveur")
        for line in (self._server, self._code):
            line.returnPressed.connect(self._send)
        self._lay_out()
        self.set_busy(False)

    def set_busy(self, is_busy: bool) -> None:
        """The server is being asked, or no longer."""
        for row in self._rows.values():
            row.content.setEnabled(not is_busy)
        self._submit.setEnabled(not is_busy)
        self._submit.setText("Connexion au serveur…" if is_busy else "Relier cet ordinateur")
        self._cancel.setVisible(is_busy)
        self._waiting.setVisible(is_busy)

    def show_faults(self, sentence: str, fields: Mapping[str, str]) -> None:
        """Say what is wrong, beside the fields at fault."""
        for name, row in self._rows.items():
            row.set_error(fields.get(name))
        self._fault.setText("" if fields.keys() & self._rows.keys() else sentence)
        self._fault.setVisible(bool(self._fault.text()))
        for name in self._rows:
            if name in fields:
                self._rows[name].content.setFocus(Qt.FocusReason.OtherFocusReason)

    def fill(self, server: str, code: str) -> None:
        """Show what was typed before."""
        self._server.setText(server)
        self._code.setText(code)

    def clear(self) -> None:
        """Forget what was typed."""
        for line in (self._server, self._code):
            line.clear()
        self.show_faults("", {})

    def faults(self) -> str:
        """What is said to be wrong, line by line."""
        return "\n".join(filter(None, (*(row.error() for row in self._rows.values()), self._fault.text())))

    def _send(self) -> None:
        self.show_faults("", {})
        self.submitted.emit(Enrol(self._server.text(), self._code.text()))

    def _lay_out(self) -> None:
        self.body.addWidget(label(_EXPLANATION, wraps=True))
        for row in self._rows.values():
            self.body.addWidget(row)
        self._fault.hide()
        self.body.addWidget(self._fault)
        self.body.addWidget(self._waiting)
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.px(8))
        buttons.addWidget(self._submit)
        buttons.addWidget(self._cancel)
        buttons.addStretch(1)
        self.body.addLayout(buttons)
