"""The dialog of a procedure of the advisor's own (« Mes modèles »)."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from app import labels
from app.database import Database
from app.errors import AppError, UserError
from app.services import own_procedures
from app.services.commands import SaveProcedure
from app.ui import theme
from app.ui.cases.optional_day import OptionalDay
from app.ui.cases.scrolled import scrolled
from app.ui.reading_order import move_focus
from app.ui.widgets.banner import Banner
from app.ui.widgets.chip_group import ChipGroup
from app.ui.widgets.field_row import FieldRow
from app.ui.widgets.notes_edit import NotesEdit
from protocol.vocabulary import ProcedureFamily

WIDTH, HEIGHT = 760, 680
"""Pixels at 100 %."""
_LINES = (
    ("name", "Nom"), ("site", "Site officiel"), ("address", "Adresse"), ("delay", "Délai"), ("phone", "Téléphone"),
    ("source", "Source"),
)  # fmt: skip
_PLACEHOLDERS = {
    "name": "Carte de la médiathèque, navette à la demande…",
    "address": "https://…",
    "delay": "Environ trois semaines",
    "source": "Où vous l’avez lu, ou qui vous l’a dit",
}


class ProcedureDialog(QDialog):
    """Ctrl+Enter saves, Escape closes."""

    saved = Signal(object)
    """UUID of the procedure."""
    lock_asked = Signal()
    """Ctrl+L: the shortcut of the window does not reach through a dialog."""

    def __init__(
        self, database: Database, form: SaveProcedure, parent: QWidget, today: Callable[[], date] = date.today
    ) -> None:
        super().__init__(parent)
        self._database, self._form = database, form
        self.lines = {field: QLineEdit(getattr(form, field)) for field, _ in _LINES}
        for field, said in _PLACEHOLDERS.items():
            self.lines[field].setPlaceholderText(said)
        self.family: ChipGroup[ProcedureFamily] = ChipGroup()
        self.family.set_choices([(code, name, labels.FAMILY_HINTS[code]) for code, name in labels.FAMILIES.items()])
        self.family.set_value(form.family)
        self.bring = NotesEdit(reminder="Une chose par ligne.", lines=4)
        self.steps = NotesEdit(reminder="Une étape par ligne, dans l’ordre.", lines=5)
        self.bring.set_value("\n".join(form.bring))
        self.steps.set_value("\n".join(form.steps))
        self.checked_on = OptionalDay("Vérifié le", "Ajouter la date de vérification", today)
        self.checked_on.set_value(form.checked_on)
        self._fault = Banner("danger", "")
        self.setWindowTitle("Modifier ce modèle" if form.id else "Nouveau modèle de démarche")
        self._rows = self._lay_out()
        QShortcut(QKeySequence("Ctrl+L"), self, self.lock_asked.emit)
        for key in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(key), self, self.save)
        self.lines["name"].setFocus(Qt.FocusReason.OtherFocusReason)

    def save(self) -> None:
        """Keep the procedure, or say beside each field what is wrong; nothing typed is lost."""
        try:
            saved = own_procedures.save(self._database, self._command())
        except AppError as error:
            self._show_faults(error.fields if isinstance(error, UserError) else {}, str(error))
            return
        self.accept()
        self.saved.emit(saved)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab follows the eye."""
        return move_focus(self, forward)

    def _command(self) -> SaveProcedure:
        self.checked_on.finish()
        typed: dict[str, Any] = {field: line.text() for field, line in self.lines.items()}
        return replace(
            self._form,
            **typed,
            family=self.family.value(),
            bring=tuple(self.bring.value().split("\n")) if self.bring.value() else (),
            steps=tuple(self.steps.value().split("\n")) if self.steps.value() else (),
            checked_on=self.checked_on.value(),
        )

    def _show_faults(self, faults: Mapping[str, str], sentence: str) -> None:
        for field, row in self._rows.items():
            row.set_error(faults.get(field))
        first = next((row for field, row in self._rows.items() if field in faults), None)
        self._fault.set_text(sentence)
        self._fault.setVisible(first is None)
        if first:
            first.content.setFocus(Qt.FocusReason.OtherFocusReason)

    def _lay_out(self) -> dict[str, FieldRow]:
        named = {field: FieldRow(name, self.lines[field]) for field, name in _LINES}
        rows = {
            "name": named["name"],
            "family": FieldRow("Famille", self.family),
            "bring": FieldRow("À apporter", self.bring),
            "steps": FieldRow("Étapes", self.steps),
            **{field: row for field, row in named.items() if field != "name"},
            "checked_on": FieldRow("Vérifié le", self.checked_on),
        }
        column = QVBoxLayout(self)
        margin = theme.px(24)
        column.setContentsMargins(margin, margin, margin, theme.px(16))
        column.setSpacing(theme.px(12))
        self._fault.hide()
        column.addWidget(self._fault)
        column.addWidget(scrolled(*rows.values()), 1)
        column.addLayout(self._buttons())
        room = self.screen().availableSize()
        self.resize(min(theme.px(WIDTH), room.width()), min(theme.px(HEIGHT), room.height()))
        return rows

    def _buttons(self) -> QHBoxLayout:
        cancel, save = QPushButton("Annuler"), QPushButton("Enregistrer")
        save.setProperty("role", "primary")
        save.setDefault(True)
        save.setToolTip("Ctrl+Entrée")
        for button in (cancel, self.checked_on.add, self.checked_on.remove):
            button.setAutoDefault(False)
        cancel.clicked.connect(self.reject)
        save.clicked.connect(self.save)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(cancel)
        row.addWidget(save)
        return row
