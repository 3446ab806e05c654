"""The dialog of one person: created in place, or changed; it warns kindly of somebody of the same name."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from app.database import Database
from app.services.commands import SaveBeneficiary
from app.services.typed import Name, Typed
from app.ui.desk import Desk
from app.ui.form_dialog import FormDialog, open_form
from app.ui.people.names import split_name
from app.ui.people.person_editor import PersonEditor

SIZE = 740, 720
"""Pixels at 100 %."""


class PersonDialog(FormDialog):
    """Enter saves, Escape closes; `saved` gives the person, new, changed, or chosen instead of a second one."""

    saved = Signal(object)
    """UUID of the person."""

    def __init__(self, database: Database, person: SaveBeneficiary, parent: QWidget) -> None:
        super().__init__("Modifier la fiche" if person.id else "Nouvelle personne", SIZE, parent)
        self._editor = PersonEditor(database, person)
        self._editor.saved.connect(self._answer)
        self._editor.chosen.connect(self._answer)
        self.lay_out(self._editor, QPushButton("Enregistrer"))
        self._editor.form.focus_first()

    @classmethod
    def to_create(
        cls, database: Database, typed: str, home: tuple[str, str | None] | None, parent: QWidget
    ) -> "PersonDialog":
        """The dialog of a new person, from the letters typed and where the activity takes place if it is at home."""
        municipality, postal_code = home or (None, None)
        person = replace(named(typed), municipality=municipality, postal_code=postal_code)
        return cls(database, person, parent)

    def typed(self) -> SaveBeneficiary:
        """The person as typed so far."""
        return self._editor.typed()

    def content(self) -> Typed[SaveBeneficiary]:
        """The same, and the letters of a commune not chosen yet."""
        return self._editor.content()

    def resume(self, loose: Mapping[str, str]) -> None:
        super().resume(loose)
        self._editor.resume(loose)

    def save(self) -> None:
        """Keep the person, or say beside each field what is wrong; nothing typed is lost."""
        self._editor.save()

    def _answer(self, person: UUID) -> None:
        self.accept()
        self.saved.emit(person)


def create_person(desk: Desk, letters: str, parent: QWidget, created: Callable[[UUID], object]) -> None:
    """Open the dialog of a new person, from the letters typed."""

    def make(person: SaveBeneficiary) -> PersonDialog:
        dialog = PersonDialog(desk.database, person, parent)
        dialog.saved.connect(created)
        return dialog

    open_form(desk, Name("person.new"), named(letters), make)


def named(typed: str) -> SaveBeneficiary:
    """Somebody new, by the letters typed."""
    last, first = split_name(typed)
    return SaveBeneficiary(last_name=last, first_name=first)
