"""The dialog of a case, from whatever screen it is asked for."""

from collections.abc import Callable
from datetime import date
from uuid import UUID

from PySide6.QtWidgets import QWidget

from app.services.commands import SaveCase
from app.services.typed import Name
from app.ui.cases.case_dialog import CaseDialog
from app.ui.desk import Desk
from app.ui.form_dialog import open_form
from app.ui.people.person_dialog import create_person

OPENED = "Démarche ouverte"


def open_case(
    desk: Desk, form: SaveCase, parent: QWidget, saved: Callable[[UUID], object], today: Callable[[], date] = date.today
) -> None:
    """Open the dialog of a case, new or not."""

    def make(content: SaveCase) -> CaseDialog:
        dialog = CaseDialog(desk.database, content, parent, today)
        dialog.saved.connect(saved)
        dialog.person_wanted.connect(lambda letters: create_person(desk, letters, dialog, dialog.choose_person))
        return dialog

    open_form(desk, Name(f"case.{form.id or 'new'}", form.beneficiary), form, make)
