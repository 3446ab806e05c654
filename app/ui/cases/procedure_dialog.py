"""The dialog of a procedure of the advisor's own (« Mes modèles »)."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget

from app import labels
from app.database import Database
from app.services import own_procedures
from app.services.commands import SaveProcedure
from app.services.typed import Typed
from app.ui.cases.optional_day import OptionalDay
from app.ui.cases.scrolled import scrolled
from app.ui.form_dialog import FormDialog
from app.ui.widgets.chip_group import ChipGroup
from app.ui.widgets.field_row import FieldRow
from app.ui.widgets.notes_edit import NotesEdit
from protocol.vocabulary import ProcedureFamily

SIZE = 760, 680
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


class ProcedureDialog(FormDialog):
    """Ctrl+Enter saves, Escape closes."""

    saved = Signal(object)
    """UUID of the procedure."""

    def __init__(
        self, database: Database, form: SaveProcedure, parent: QWidget, today: Callable[[], date] = date.today
    ) -> None:
        super().__init__("Modifier ce modèle" if form.id else "Nouveau modèle de démarche", SIZE, parent)
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
        self._lay_out()
        self.lines["name"].setFocus(Qt.FocusReason.OtherFocusReason)

    def save(self) -> None:
        """Keep the procedure, or say beside each field what is wrong; nothing typed is lost."""
        self.checked_on.finish()
        form, made = self.content().form, list[UUID]()
        if self.attempt(lambda: made.append(own_procedures.save(self._database, form))):
            self.accept()
            self.saved.emit(made[0])

    def content(self) -> Typed[SaveProcedure]:
        """The procedure as it stands."""
        typed: dict[str, Any] = {field: line.text() for field, line in self.lines.items()}
        form = replace(
            self._form,
            **typed,
            family=self.family.value(),
            bring=tuple(self.bring.value().split("\n")) if self.bring.value() else (),
            steps=tuple(self.steps.value().split("\n")) if self.steps.value() else (),
            checked_on=self.checked_on.value(),
        )
        return Typed(form)

    def _lay_out(self) -> None:
        named = {field: FieldRow(name, self.lines[field]) for field, name in _LINES}
        self.rows = {
            "name": named["name"],
            "family": FieldRow("Famille", self.family),
            "bring": FieldRow("À apporter", self.bring),
            "steps": FieldRow("Étapes", self.steps),
            **{field: row for field, row in named.items() if field != "name"},
            "checked_on": FieldRow("Vérifié le", self.checked_on),
        }
        for button in (self.checked_on.add, self.checked_on.remove):
            button.setAutoDefault(False)
        self.lay_out(scrolled(*self.rows.values()), QPushButton("Enregistrer"))
