"""How the notebook opens, when it locks itself, and where its files are."""

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QPushButton, QVBoxLayout, QWidget

from app.settings import Settings
from app.ui import icons, theme
from app.ui.gate.opening_choice import OpeningChoice
from app.ui.preferences.section import Section, beside, buttons, empty, words
from app.ui.widgets.choice_box import ChoiceBox
from app.ui.widgets.field_row import FieldRow

_BY_STORE = "Le carnet s’ouvre sans rien taper dans votre session\u00a0: cet ordinateur garde la clé."
_BY_PASSPHRASE = "Le carnet s’ouvre avec votre phrase de passe."
_MINUTES = (2, 5, 10, 15, 30, 60)


class SecuritySection(Section):
    """Emits a new way to open, and the wish to lock now."""

    choice_asked = Signal()
    """« Changer… »: the presenter finds out what this computer can do, then opens the choice."""
    chosen = Signal(object)
    """A new passphrase, or None to let the computer keep the key."""
    changed = Signal()
    renamed = Signal(str)
    """The advisor's name was corrected."""
    lock_asked = Signal()
    folder_asked = Signal()

    def __init__(self, folder: str, parent: QWidget | None = None) -> None:
        super().__init__("Sécurité", "Vos notes et les noms sont chiffrés sur cet ordinateur.", parent)
        self.name = QLineEdit(self)
        self.name.editingFinished.connect(lambda: self.renamed.emit(self.name.text()))
        self._state = words("")
        self.change = QPushButton("Changer…", self)
        self.minutes = ChoiceBox([(number, f"{number}\u00a0minutes") for number in _MINUTES], self)
        lock = QPushButton("Verrouiller maintenant", self)
        icons.set_icon(lock, "lock")
        path = words(folder)
        path.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        show_folder = QPushButton("Ouvrir le dossier", self)
        lock.setToolTip("Ctrl+L")
        self.minutes.setAccessibleName("Verrouillage après")
        self._choice: OpeningChoice | None = None
        self._place = QVBoxLayout()
        self._place.setSpacing(theme.px(8))
        self.body.addWidget(FieldRow("Votre nom", self.name, hint="Il reste dans ce carnet, chiffré comme le reste."))
        self.body.addWidget(FieldRow("Ouverture", beside(self._state, self.change)))
        self.body.addLayout(self._place)
        hint = "Le carnet se verrouille après ce temps sans geste au clavier ni à la souris."
        self.body.addWidget(FieldRow("Verrouillage", beside(self.minutes, lock), hint=hint))
        self.body.addWidget(FieldRow("Données", beside(path, show_folder)))
        self.change.clicked.connect(self.choice_asked)
        self.minutes.changed.connect(self.changed)
        lock.clicked.connect(self.lock_asked)
        show_folder.clicked.connect(self.folder_asked)

    def set_value(self, settings: Settings, is_by_store: bool, name: str) -> None:
        """Show what is chosen; minutes set by hand in the file stay a choice."""
        self.name.setText(name)
        minutes = sorted({*_MINUTES, settings.lock_minutes})
        self.minutes.set_choices([(number, f"{number}\u00a0minutes") for number in minutes])
        self.minutes.set_value(settings.lock_minutes)
        self._state.setText(_BY_STORE if is_by_store else _BY_PASSPHRASE)

    def applied_to(self, settings: Settings) -> Settings:
        """The same settings with these choices."""
        return replace(settings, lock_minutes=self.minutes.value())

    def open_choice(self, has_store: bool) -> OpeningChoice:
        """Unfold the two ways to open."""
        self.close_choice()
        choice = OpeningChoice(has_store, self)
        keep, leave = QPushButton("Enregistrer", self), QPushButton("Annuler", self)
        keep.setProperty("role", "primary")
        self._choice = choice
        self._place.addWidget(choice)
        holder = QWidget(self)
        holder.setLayout(buttons(keep, leave))
        self._place.addWidget(holder)
        keep.clicked.connect(self._choose)
        leave.clicked.connect(self.close_choice)
        choice.again.entered.connect(self._choose)
        self.change.hide()
        choice.setFocus()
        return choice

    def close_choice(self) -> None:
        """Fold it, forgetting what was typed."""
        if self._choice is not None:
            self._choice.clear()
        self._choice = None
        empty(self._place)
        self.change.show()

    def show_error(self, sentence: str) -> None:
        """Say why the choice is refused."""
        if self._choice is not None:
            self._choice.show_error(sentence)

    def _choose(self) -> None:
        if self._choice is not None and self._choice.is_right():
            self.chosen.emit(self._choice.given())
