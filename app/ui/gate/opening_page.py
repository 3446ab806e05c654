"""The first thing painted: the product's mark, while the notebook opens or is replaced."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.ui.gate.page import GatePage
from app.ui.widgets.surfaces import label


class OpeningPage(GatePage):
    """Says that the notebook opens; nothing blinks."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(width=320, parent=parent)
        self._words = label("Ouverture du carnet…", "muted")
        self._words.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.body.addWidget(self._words)

    def say(self, words: str) -> None:
        """Say what is being done."""
        self._words.setText(words)
