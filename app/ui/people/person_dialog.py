"""The dialog of one person: created in place, or changed; it warns kindly of somebody of the same name."""

from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app.database import Database
from app.services.commands import SaveBeneficiary
from app.ui import theme
from app.ui.people.names import split_name
from app.ui.people.person_editor import PersonEditor
from app.ui.reading_order import move_focus

WIDTH, HEIGHT = 740, 720
"""Pixels at 100 %."""


class PersonDialog(QDialog):
    """Enter saves, Escape closes; `saved` gives the person, new, changed, or chosen instead of a second one."""

    saved = Signal(object)
    """UUID of the person."""
    lock_asked = Signal()
    """Ctrl+L: the shortcut of the window does not reach through a dialog."""

    def __init__(self, database: Database, person: SaveBeneficiary, parent: QWidget) -> None:
        super().__init__(parent)
        self._editor = PersonEditor(database, person)
        self._editor.saved.connect(self._answer)
        self._editor.chosen.connect(self._answer)
        self.setWindowTitle("Modifier la fiche" if person.id else "Nouvelle personne")
        self._lay_out()
        QShortcut(QKeySequence("Ctrl+L"), self, self.lock_asked.emit)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self, self.save)
        self._editor.form.focus_first()

    @classmethod
    def to_create(
        cls, database: Database, typed: str, home: tuple[str, str | None] | None, parent: QWidget
    ) -> "PersonDialog":
        """The dialog of a new person, from the letters typed and where the activity takes place if it is at home."""
        last, first = split_name(typed)
        municipality, postal_code = home or (None, None)
        person = SaveBeneficiary(last_name=last, first_name=first, municipality=municipality, postal_code=postal_code)
        return cls(database, person, parent)

    def typed(self) -> SaveBeneficiary:
        """The person as typed so far."""
        return self._editor.typed()

    def save(self) -> None:
        """Keep the person, or say beside each field what is wrong; nothing typed is lost."""
        self._editor.save()

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab follows the eye."""
        return move_focus(self, forward)

    def _answer(self, person: UUID) -> None:
        self.accept()
        self.saved.emit(person)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        margin = theme.px(24)
        column.setContentsMargins(margin, margin, margin, theme.px(16))
        column.setSpacing(theme.px(12))
        column.addWidget(self._editor, 1)
        column.addLayout(self._buttons())
        room = self.screen().availableSize()
        self.resize(min(theme.px(WIDTH), room.width()), min(theme.px(HEIGHT), room.height()))

    def _buttons(self) -> QHBoxLayout:
        cancel, save = QPushButton("Annuler"), QPushButton("Enregistrer")
        save.setProperty("role", "primary")
        save.setDefault(True)
        save.setToolTip("Ctrl+Entrée")
        cancel.setAutoDefault(False)
        cancel.clicked.connect(self.reject)
        save.clicked.connect(self.save)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(cancel)
        row.addWidget(save)
        return row
