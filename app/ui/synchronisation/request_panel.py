"""A computer that asks to join: the short code to compare, and the answer."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app.sync.members import JoinRequest
from app.ui import theme
from app.ui.widgets.code_label import CodeLabel
from app.ui.widgets.surfaces import label

_COMPARE = (
    "Regardez l’écran de l’autre ordinateur\u00a0: il doit montrer ce même code. S’il en montre un autre, ou si "
    "personne autour de vous n’ajoute d’ordinateur, refusez."
)
_RECOVERY_ONLY = (
    "Ce carnet vient d’une version ancienne de Passerelle\u00a0: sur l’autre ordinateur, tapez le code de la feuille "
    "de secours."
)


class RequestPanel(QFrame):
    """Large enough to be read across a desk."""

    allowed = Signal()
    refused = Signal()

    def __init__(self, request: JoinRequest, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("notice", "warning")
        self._title = label("Un ordinateur demande à rejoindre ce carnet", "strong", wraps=True)
        self._code = CodeLabel("Code court de la demande")
        self._code.show_code(request.short_code)
        self._code.setVisible(bool(request.short_code))
        self._allow = _button("Autoriser", "primary", request, self.allowed.emit)
        self._allow.setVisible(bool(request.short_code))
        self._refuse = _button("Refuser", "", request, self.refused.emit)
        self._what = label(_COMPARE if request.short_code else _RECOVERY_ONLY, wraps=True)
        self._lay_out()

    def said(self) -> str:
        """The words and the code."""
        return f"{self._title.text()}\u00a0: {self._code.code()}"

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(16), theme.px(12), theme.px(16), theme.px(12))
        column.setSpacing(theme.px(8))
        column.addWidget(self._title)
        column.addWidget(self._code, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._what)
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.px(8))
        buttons.addWidget(self._allow)
        buttons.addWidget(self._refuse)
        buttons.addStretch(1)
        column.addLayout(buttons)


def _button(text: str, role: str, request: JoinRequest, call: Callable[[], object]) -> QPushButton:
    made = QPushButton(text)
    made.setProperty("role", role)
    made.setAccessibleName(f"{text} l’ordinateur de code {request.short_code}")
    made.clicked.connect(lambda: call())
    return made
