"""The code for one more computer, and what to do on it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from app.sync.members import Invitation
from app.ui import theme
from app.ui.widgets.code_label import CodeLabel
from app.ui.widgets.flow_layout import FlowLayout
from app.ui.widgets.surfaces import label


class InvitationPanel(QFrame):
    """Shown until it is closed; the code stays good without it."""

    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("notice", "info")
        self._code = CodeLabel("Code d’inscription pour un autre ordinateur")
        self._steps = label("", wraps=True)
        self._close = QPushButton("Fermer")
        self._close.setAccessibleName("Fermer le code d’inscription")
        self._close.clicked.connect(self.closed)
        self.setFocusProxy(self._code)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(16), theme.px(12), theme.px(16), theme.px(12))
        column.setSpacing(theme.px(8))
        column.addWidget(label("Code pour un autre ordinateur", "strong"))
        column.addWidget(self._code, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._steps)
        buttons = FlowLayout()
        buttons.addWidget(self._close)
        column.addLayout(buttons)

    def show_invitation(self, invitation: Invitation) -> None:
        """Show this code and the steps."""
        self._code.show_code(invitation.code)
        self._steps.setText("\n".join(_steps(invitation)))

    def code(self) -> str:
        """The code shown."""
        return self._code.code()


def _steps(invitation: Invitation) -> tuple[str, ...]:
    return (
        "1. Sur l’autre ordinateur, ouvrez Passerelle, puis Synchronisation.",
        f"2. Tapez l’adresse {invitation.server} et ce code. "
        f"Il sert une fois, dans les {invitation.valid_hours}\u00a0heures.",
        "3. Un code court s’affiche alors là-bas et ici. S’il est le même, pressez «\u00a0Autoriser\u00a0» ici.",
    )
