"""The settings of confidentiality: the rule, who is about to become anonymous, the sheet for anybody."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QPushButton, QVBoxLayout, QWidget

from app import labels
from app.services.privacy.retention_of_people import Kept
from app.ui import icons
from app.ui.preferences.section import Line, Section, buttons, empty
from app.ui.privacy import words
from app.ui.widgets.surfaces import label, separator

TITLE = "Vie privée"
SHOWN = 30
"""People shown at once; the others come as these go."""
_ABOUT = "Les personnes que vous accompagnez ne sont pas gardées pour toujours."
_NOBODY = "Personne n’est concerné dans les 30\u00a0jours."


class PrivacySection(Section):
    """Emits what is wanted of a person."""

    automatic_chosen = Signal(bool)
    sheet_asked = Signal()
    person_asked = Signal(object)
    keep_asked = Signal(object)
    erasure_asked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(TITLE, _ABOUT, parent)
        self.automatic = QCheckBox("Anonymiser automatiquement, sur cet ordinateur", self)
        self.sheet = QPushButton("Feuille d’information…", self)
        icons.set_icon(self.sheet, "printer")
        self._title = label("Personnes à anonymiser", "strong")
        self._list = QVBoxLayout()
        self._list.setSpacing(4)
        self.body.addWidget(label(words.RULE, wraps=True))
        self.body.addWidget(self.automatic)
        self.body.addWidget(self._title)
        self.body.addLayout(self._list)
        self.body.addLayout(buttons(self.sheet))
        self.automatic.clicked.connect(self.automatic_chosen)
        self.sheet.clicked.connect(self.sheet_asked)

    def show_people(self, people: Sequence[Kept], is_automatic: bool, today: date) -> None:
        """Show who is coming, the first due first."""
        self.automatic.setChecked(is_automatic)
        empty(self._list)
        for one in people[:SHOWN]:
            self._list.addWidget(separator())
            self._list.addWidget(self._line(one, today))
        if len(people) > SHOWN:
            self._list.addWidget(label(f"et {labels.count(len(people) - SHOWN, 'autre')}, plus tard", "muted"))
        if not people:
            self._list.addWidget(label(_NOBODY, "muted", wraps=True))

    def _line(self, one: Kept, today: date) -> Line:
        made = Line(one.name, words.due(one, today), parent=self)
        made.add_button("Voir", lambda: self.person_asked.emit(one.id))
        made.add_button("Garder un an", lambda: self.keep_asked.emit(one.id))
        made.add_button("Effacer…", lambda: self.erasure_asked.emit(one.id))
        return made
