"""The two small dialogs of a mandate: note what was done with it, take families back."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from app import labels
from app.database import Database
from app.errors import AppError, UserError
from app.services.mandates import making
from app.services.mandates.rows import MandateRow, NoteUse
from app.ui import theme
from app.ui.reading_order import move_focus
from app.ui.widgets.banner import Banner
from app.ui.widgets.chip_group import ChipGroup
from app.ui.widgets.day_picker import DayPicker
from app.ui.widgets.field_row import FieldRow
from app.ui.widgets.notes_edit import NotesEdit
from app.ui.widgets.surfaces import label
from protocol.vocabulary import MandateFamily

WIDTH = 620
"""Pixels at 100 %."""
_RECORDED = "Cette ligne ne pourra plus être changée."


class ActDialog(QDialog):
    """Fields in rows, what is wrong beside them, and buttons; Escape closes, Ctrl+Enter does the main thing."""

    done_ = Signal()
    """The journal has one more line."""
    lock_asked = Signal()
    """Ctrl+L: the shortcut of the window does not reach through a dialog."""

    def __init__(self, title: str, database: Database, row: MandateRow, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.database, self.mandate = database, row
        self.rows: Mapping[str, FieldRow] = {}
        self.fault = Banner("danger", "")
        QShortcut(QKeySequence("Ctrl+L"), self, self.lock_asked.emit)

    def attempt(self, call: Callable[[], object]) -> None:
        """Write in the journal, or say what is wrong; nothing typed is lost."""
        try:
            call()
        except AppError as error:
            self._show_faults(error.fields if isinstance(error, UserError) else {}, str(error))
            return
        self.accept()
        self.done_.emit()

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab follows the eye."""
        return move_focus(self, forward)

    def lay_out(self, rows: Mapping[str, FieldRow], buttons: Iterable[QPushButton], said: str) -> None:
        """Put the rows one under the other, then the buttons, the last of which is the main one."""
        self.rows = rows
        self.fault.hide()
        column = QVBoxLayout(self)
        margin = theme.px(24)
        column.setContentsMargins(margin, margin, margin, theme.px(16))
        column.setSpacing(theme.px(12))
        column.addWidget(label(self.windowTitle(), "title", wraps=True))
        for widget in (self.fault, *rows.values(), label(said, "small", wraps=True)):
            column.addWidget(widget)
        column.addStretch(1)
        line = QHBoxLayout()
        line.addStretch(1)
        cancel = QPushButton("Annuler")
        cancel.clicked.connect(self.reject)
        for button in (cancel, *buttons):
            button.setAutoDefault(False)
            line.addWidget(button)
        column.addLayout(line)
        room = self.screen().availableSize()
        self.resize(min(theme.px(WIDTH), room.width()), min(theme.px(320), room.height()))

    def _show_faults(self, faults: Mapping[str, str], sentence: str) -> None:
        for name, row in self.rows.items():
            row.set_error(faults.get(name))
        first = next((row for name, row in self.rows.items() if name in faults), None)
        self.fault.set_text(sentence)
        self.fault.setVisible(first is None)
        if first:
            first.content.setFocus(Qt.FocusReason.OtherFocusReason)


class UseDialog(ActDialog):
    """« Noter une démarche faite »: which family, what, which day."""

    def __init__(self, database: Database, row: MandateRow, parent: QWidget, today: Callable[[], date]) -> None:
        super().__init__("Noter une démarche faite", database, row, parent)
        self._today = today
        self.families = _families(row, multiple=False)
        self.said = NotesEdit(reminder="Ni mot de passe, ni code, ni numéro de carte.", lines=2)
        self.day = DayPicker(today)
        save = QPushButton("Noter dans le journal")
        save.setProperty("role", "primary")
        save.setToolTip("Ctrl+Entrée")
        save.clicked.connect(self.save)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self, self.save)
        rows = {
            "family": FieldRow("Famille", self.families),
            "said": FieldRow("Fait", self.said),
            "day": FieldRow("Jour", self.day),
        }
        self.lay_out(rows, (save,), _RECORDED)
        if len(row.left) > 1:
            self.families.focus_first()
        else:
            self.said.setFocus()

    def save(self) -> None:
        """Write the use in the journal."""
        use = NoteUse(self.mandate.id, self.families.value(), self.said.value(), self.day.value())
        self.attempt(lambda: making.note_use(self.database, use, self._today()))


class RevokeDialog(ActDialog):
    """« Retirer une famille », or end the whole mandate."""

    def __init__(self, database: Database, row: MandateRow, parent: QWidget, today: Callable[[], date]) -> None:
        super().__init__("Retirer une famille, ou mettre fin au mandat", database, row, parent)
        self._today = today
        self.families = _families(row, multiple=True)
        self.why = QLineEdit()
        self.why.setPlaceholderText("Si la personne veut le dire")
        self.end, self.take_back = QPushButton("Mettre fin à tout le mandat"), QPushButton("Retirer")
        self.take_back.setProperty("role", "primary")
        self.take_back.setToolTip("Ctrl+Entrée")
        self.end.clicked.connect(lambda: self.attempt(lambda: making.end(database, row.id, self.why.text(), today())))
        self.take_back.clicked.connect(self.save)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self, self.save)
        rows = {"families": FieldRow("Familles", self.families), "why": FieldRow("Raison", self.why)}
        self.lay_out(rows, (self.end, self.take_back), f"Ce qui est retiré ne peut plus servir. {_RECORDED}")
        self.families.focus_first()

    def save(self) -> None:
        """Take the families chosen back."""
        chosen, why = self.families.values(), self.why.text()
        self.attempt(lambda: making.revoke(self.database, self.mandate.id, chosen, why, self._today()))


def _families(row: MandateRow, multiple: bool) -> ChipGroup[MandateFamily]:
    """The families that may still be used; the only one is chosen already."""
    made: ChipGroup[MandateFamily] = ChipGroup(multiple=multiple)
    made.set_choices([(code, labels.label(code), "") for code in row.left], row.left if len(row.left) == 1 else ())
    return made
