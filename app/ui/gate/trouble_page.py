"""The notebook cannot be opened now: what happened, what to do, and nothing lost."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app.ui import theme
from app.ui.gate.page import GatePage
from app.ui.widgets.banner import Banner
from app.ui.widgets.surfaces import label

_WAYS_BACK = (
    "Vous avez une copie sur une clé USB\u00a0? Elle remet votre carnet tel qu’il était ce jour-là.",
    "Vous n’en avez pas, mais ce carnet était relié au serveur\u00a0? Votre feuille de secours, avec un nouveau code "
    "d’inscription demandé à votre coordinateur, fait revenir tout ce qui avait été envoyé.",
)


class TroublePage(GatePage):
    """A sentence, « Réessayer », the folder where the notebook is; and the ways back where it is damaged."""

    retry_asked = Signal()
    folder_asked = Signal()
    copy_asked = Signal()
    """Take over the notebook of a copy."""
    sheet_asked = Signal()
    """Begin again with the recovery sheet."""

    def __init__(self, folder: str, parent: QWidget | None = None) -> None:
        super().__init__(width=620, parent=parent)
        self._banner = Banner("danger", "", parent=self)
        self.retry = QPushButton("Réessayer", self)
        self.retry.setProperty("role", "primary")
        self.retry.clicked.connect(self.retry_asked)
        show_folder = QPushButton("Ouvrir le dossier de données", self)
        show_folder.clicked.connect(self.folder_asked)
        self._ways_back = self._make_ways_back()
        self.body.addWidget(label("Le carnet ne s’ouvre pas", "subtitle"))
        self.body.addWidget(self._banner)
        self.body.addWidget(self._ways_back)
        self.body.addWidget(label(f"Dossier de données\u00a0: {folder}", "small", wraps=True))
        buttons = QHBoxLayout()
        buttons.addWidget(show_folder)
        buttons.addStretch(1)
        buttons.addWidget(self.retry)
        self.body.addLayout(buttons)

    def say(self, sentence: str, *, is_lost: bool = False) -> None:
        """Say what happened; offer the ways back where what is here opens no more."""
        self._banner.set_text(sentence)
        self._ways_back.setVisible(is_lost)

    def sentence(self) -> str:
        """What is said."""
        return self._banner.text()

    def focus_first(self) -> None:
        """Put the keyboard on the first thing to do."""
        self.retry.setFocus()

    def _make_ways_back(self) -> QWidget:
        made = QWidget(self)
        copy = QPushButton("J’ai une copie…", made)
        sheet = QPushButton("Repartir de la feuille de secours", made)
        copy.clicked.connect(self.copy_asked)
        sheet.clicked.connect(self.sheet_asked)
        buttons = QHBoxLayout()
        buttons.addWidget(copy)
        buttons.addWidget(sheet)
        buttons.addStretch(1)
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(12))
        for sentence in _WAYS_BACK:
            column.addWidget(label(sentence, wraps=True))
        column.addLayout(buttons)
        return made
