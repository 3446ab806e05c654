"""The notebook cannot be opened now: what happened, what to do, and nothing lost."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from app.ui.gate.page import GatePage
from app.ui.widgets.banner import Banner
from app.ui.widgets.surfaces import label


class TroublePage(GatePage):
    """A sentence, « Réessayer », and the folder where the notebook is."""

    retry_asked = Signal()
    folder_asked = Signal()

    def __init__(self, folder: str, parent: QWidget | None = None) -> None:
        super().__init__(width=620, parent=parent)
        self._banner = Banner("danger", "", parent=self)
        self.retry = QPushButton("Réessayer", self)
        self.retry.setProperty("role", "primary")
        self.retry.clicked.connect(self.retry_asked)
        show_folder = QPushButton("Ouvrir le dossier de données", self)
        show_folder.clicked.connect(self.folder_asked)
        self.body.addWidget(label("Le carnet ne s’ouvre pas", "subtitle"))
        self.body.addWidget(self._banner)
        self.body.addWidget(label(f"Dossier de données\u00a0: {folder}", "small", wraps=True))
        buttons = QHBoxLayout()
        buttons.addWidget(show_folder)
        buttons.addStretch(1)
        buttons.addWidget(self.retry)
        self.body.addLayout(buttons)

    def say(self, sentence: str) -> None:
        """Say what happened."""
        self._banner.set_text(sentence)

    def sentence(self) -> str:
        """What is said."""
        return self._banner.text()

    def focus_first(self) -> None:
        """Put the keyboard on the first thing to do."""
        self.retry.setFocus()
