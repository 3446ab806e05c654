"""After the recovery code: choose how the notebook opens from now on."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from app.ui.gate.opening_choice import OpeningChoice
from app.ui.gate.page import GatePage
from app.ui.widgets.surfaces import label


class RenewPage(GatePage):
    """The notebook is open; it only needs a new lock."""

    chosen = Signal(object)
    """A new passphrase, or None to let the computer keep the key."""

    def __init__(self, has_store: bool, parent: QWidget | None = None) -> None:
        super().__init__(width=560, parent=parent)
        self.choice = OpeningChoice(has_store, self)
        self.go_on = QPushButton("Ouvrir le carnet", self)
        self.go_on.setProperty("role", "primary")
        self.body.addWidget(label("Le code est bon", "subtitle"))
        self.body.addWidget(label("Choisissez comment le carnet s’ouvrira désormais.", "muted", wraps=True))
        self.body.addWidget(self.choice)
        self.body.addWidget(self.go_on)
        for asked in (self.go_on.clicked, self.choice.passphrase.entered, self.choice.again.entered):
            asked.connect(self._choose)

    def focus_first(self) -> None:
        """Put the keyboard on the first choice."""
        self.choice.setFocus()

    def _choose(self) -> None:
        if self.choice.is_right():
            given = self.choice.given()
            self.choice.clear()
            self.chosen.emit(given)
