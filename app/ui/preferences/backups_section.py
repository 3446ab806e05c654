"""The copies of the notebook: the latest, one to carry away, and those that can be put back."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from app import labels
from app.services.backup_files import Backup, BackupKind
from app.ui import icons
from app.ui.backups import words as said
from app.ui.preferences.section import Line, Section, beside, buttons, empty, words
from app.ui.widgets.collapsible import Collapsible
from app.ui.widgets.field_row import FieldRow
from app.ui.widgets.surfaces import separator

_ABOUT = (
    "Chaque jour, une copie chiffrée et vérifiée de votre carnet est gardée sur cet ordinateur\u00a0: "
    "celles de sept jours, puis de quatre semaines."
)
_STICK = (
    "Une copie à garder ailleurs. Elle s’ouvre sur un autre ordinateur avec votre phrase de passe ou votre feuille de "
    "secours."
)
_NONE_YET = "Pas encore\u00a0: elle se fera toute seule, un moment après l’ouverture."
_COPY, _STOP = "Copier sur une clé USB…", "Arrêter"


class BackupsSection(Section):
    """Emits what is wanted of the copies; a copy under way says how far it is."""

    stick_asked = Signal()
    stop_asked = Signal()
    file_asked = Signal()
    restore_asked = Signal(object)
    """A Backup, to see before it is put back."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Sauvegardes", _ABOUT, parent)
        self._latest, self._about_stick = words(""), words(_STICK)
        self.copy = QPushButton(_COPY, self)
        self.from_file = QPushButton("Restaurer depuis un fichier…", self)
        icons.set_icon(self.from_file, "import")
        self._is_copying = False
        self._latest_row = FieldRow("Dernière copie", self._latest)
        self._stick_row = FieldRow("Clé USB", beside(self._about_stick, self.copy))
        self._list = QVBoxLayout()
        self._list.setContentsMargins(0, 0, 0, 0)
        self._list.setSpacing(4)
        holder = QWidget()
        holder.setLayout(self._list)
        self.fold = Collapsible("", holder)
        for each in (self._latest_row, self._stick_row, self.fold):
            self.body.addWidget(each)
        self.body.addLayout(buttons(self.from_file))
        self.copy.clicked.connect(lambda: (self.stop_asked if self._is_copying else self.stick_asked).emit())
        self.from_file.clicked.connect(self.file_asked)

    def show_copies(self, copies: Sequence[Backup], trouble: str, today: date) -> None:
        """Show these copies, the latest first, and why that of today could not be made."""
        daily = next((one for one in copies if one.kind is BackupKind.DAILY), None)
        self._latest.setText(said.latest(daily, today) if daily else _NONE_YET)
        self._latest_row.set_error(trouble)
        empty(self._list)
        for one in copies:
            self._list.addWidget(separator())
            self._list.addWidget(self._line(one))
        self.fold.set_title(labels.count(len(copies), "copie sur cet ordinateur", "copies sur cet ordinateur"))
        self.fold.setVisible(bool(copies))

    def show_copying(self, percent: int | None) -> None:
        """Say how far the copy on the stick is, None when there is none under way."""
        self._is_copying = percent is not None
        self._about_stick.setText(_STICK if percent is None else f"Copie… {percent}\u00a0%")
        self.copy.setText(_COPY if percent is None else _STOP)

    def show_trouble(self, sentence: str) -> None:
        """Say why a copy could not be made on the stick, or read."""
        self._stick_row.set_error(sentence)

    def trouble(self) -> str:
        """What is said to be wrong with the copy on the stick, or with the one read."""
        return self._stick_row.error()

    def set_reading(self, is_reading: bool) -> None:
        """Show that a copy is being read, to be seen."""
        self.fold.setEnabled(not is_reading)
        self.from_file.setEnabled(not is_reading)
        self.from_file.setText("Lecture de la copie…" if is_reading else "Restaurer depuis un fichier…")

    def _line(self, copy: Backup) -> Line:
        made = Line(labels.day_at(copy.moment), said.KINDS[copy.kind], labels.size(copy.size), self)
        made.add_button("Restaurer…", lambda: self.restore_asked.emit(copy))
        return made
