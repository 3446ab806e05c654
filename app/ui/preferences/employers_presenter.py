"""Joins the employers of the settings with the notebook."""

from uuid import UUID

from PySide6.QtCore import QObject

from app.errors import AppError, UserError
from app.services import organisations
from app.services.commands import SaveOrganisation
from app.ui.desk import Desk
from app.ui.preferences.employers_section import EmployersSection


class EmployersPresenter(QObject):
    """Adds, changes and deletes employers."""

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self.section = EmployersSection()
        self.section.form_asked.connect(self._open_form)
        self.section.submitted.connect(self._save)
        self.section.deletion_asked.connect(self._delete)

    def refresh(self) -> None:
        """Show the employers as they are now."""
        self._desk.attempt(lambda: self.section.show_employers(organisations.mine(self._desk.database)))

    def _open_form(self, id_: UUID | None) -> None:
        if id_ is None:
            self.section.open_form(SaveOrganisation())
        else:
            self._desk.attempt(lambda: self.section.open_form(organisations.form_of(self._desk.database, id_)))

    def _save(self, command: SaveOrganisation) -> None:
        try:
            organisations.save(self._desk.database, command)
        except UserError as error:
            self.section.form.show_faults(error.fields)
        except AppError as error:
            self._desk.said.emit(str(error), None)
        else:
            self.section.close_form()
            self._desk.said.emit("Employeur enregistré", None)

    def _delete(self, id_: UUID) -> None:
        database = self._desk.database
        if self._desk.attempt(lambda: organisations.delete(database, id_)):
            self._desk.said.emit("Employeur supprimé", lambda: organisations.restore(database, id_))
