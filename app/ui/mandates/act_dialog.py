"""The two small dialogs of a mandate: note what was done with it, take families back."""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QPushButton, QVBoxLayout, QWidget

from app import labels
from app.database import Database
from app.services.mandates import making
from app.services.mandates.rows import MandateRow, NoteUse, TakeBack
from app.services.typed import Typed
from app.ui import theme
from app.ui.form_dialog import FormDialog
from app.ui.widgets.chip_group import ChipGroup
from app.ui.widgets.day_picker import DayPicker
from app.ui.widgets.field_row import FieldRow
from app.ui.widgets.notes_edit import NotesEdit
from app.ui.widgets.surfaces import label
from protocol.vocabulary import MandateFamily

SIZE = 620, 320
"""Pixels at 100 %."""
_RECORDED = "Cette ligne ne pourra plus être changée."


class ActDialog(FormDialog):
    """What it writes in the journal stays there: Enter alone does nothing."""

    done_ = Signal()
    """The journal has one more line."""

    def __init__(self, title: str, database: Database, parent: QWidget) -> None:
        super().__init__(title, SIZE, parent)
        self.database = database

    def act(self, call: Callable[[], object]) -> None:
        """Write in the journal, or say what is wrong; nothing typed is lost."""
        if self.attempt(call):
            self.accept()
            self.done_.emit()

    def lay_out_rows(
        self, rows: Mapping[str, FieldRow], said: str, main: QPushButton, others: Sequence[QPushButton] = ()
    ) -> None:
        """Put the rows one under the other, then what is to be known."""
        self.rows = rows
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(12))
        column.addWidget(label(self.windowTitle(), "title", wraps=True))
        for widget in (*rows.values(), label(said, "small", wraps=True)):
            column.addWidget(widget)
        column.addStretch(1)
        self.lay_out(content, main, others, is_for_good=True)


class UseDialog(ActDialog):
    """« Noter une démarche faite »: which family, what, which day."""

    def __init__(
        self, database: Database, row: MandateRow, use: NoteUse, parent: QWidget, today: Callable[[], date]
    ) -> None:
        super().__init__("Noter une démarche faite", database, parent)
        self._mandate, self._today = row.id, today
        self.families = _families(row, (use.family,), multiple=False)
        self.said = NotesEdit(reminder="Ni mot de passe, ni code, ni numéro de carte.", lines=2)
        self.said.set_value(use.said)
        self.day = DayPicker(today)
        self.day.set_value(use.day or today())
        rows = {
            "family": FieldRow("Famille", self.families),
            "said": FieldRow("Fait", self.said),
            "day": FieldRow("Jour", self.day),
        }
        self.lay_out_rows(rows, _RECORDED, QPushButton("Noter dans le journal"))
        if len(row.left) > 1:
            self.families.focus_first()
        else:
            self.said.setFocus()

    def save(self) -> None:
        """Write the use in the journal."""
        self.act(lambda: making.note_use(self.database, self.content().form, self._today()))

    def content(self) -> Typed[NoteUse]:
        """The use as it stands."""
        return Typed(NoteUse(self._mandate, self.families.value(), self.said.value(), self.day.value()))


class RevokeDialog(ActDialog):
    """« Retirer une famille », or end the whole mandate."""

    def __init__(
        self, database: Database, row: MandateRow, wish: TakeBack, parent: QWidget, today: Callable[[], date]
    ) -> None:
        super().__init__("Retirer une famille, ou mettre fin au mandat", database, parent)
        self._mandate, self._today = row.id, today
        self.families = _families(row, wish.families, multiple=True)
        self.why = QLineEdit(wish.why)
        self.why.setPlaceholderText("Si la personne veut le dire")
        self.end, self.take_back = QPushButton("Mettre fin à tout le mandat"), QPushButton("Retirer")
        self.end.clicked.connect(lambda: self.act(lambda: making.end(database, row.id, self.why.text(), today())))
        rows = {"families": FieldRow("Familles", self.families), "why": FieldRow("Raison", self.why)}
        self.lay_out_rows(rows, f"Ce qui est retiré ne peut plus servir. {_RECORDED}", self.take_back, (self.end,))
        self.families.focus_first()

    def save(self) -> None:
        """Take the families chosen back."""
        wish = self.content().form
        self.act(lambda: making.revoke(self.database, self._mandate, wish.families, wish.why, self._today()))

    def content(self) -> Typed[TakeBack]:
        """What is to be taken back, as it stands."""
        return Typed(TakeBack(self._mandate, frozenset(self.families.values()), self.why.text()))


def _families(row: MandateRow, chosen: Collection[MandateFamily | None], multiple: bool) -> ChipGroup[MandateFamily]:
    """The families that may still be used; the only one is chosen already."""
    made: ChipGroup[MandateFamily] = ChipGroup(multiple=multiple)
    first = row.left if len(row.left) == 1 else [one for one in row.left if one in chosen]
    made.set_choices([(code, labels.label(code), "") for code in row.left], first)
    return made
