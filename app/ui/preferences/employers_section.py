"""The advisor's employers: the one of now, those before, and a form that unfolds above them."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from app.labels import short_day
from app.services.commands import SaveOrganisation
from app.services.rows import OrganisationRow
from app.ui import icons
from app.ui.preferences.employer_form import EmployerForm
from app.ui.preferences.section import Line, Section, buttons, empty
from app.ui.widgets.surfaces import label, separator

_ABOUT = "La structure qui vous emploie figure sur vos rapports. En changer\u00a0? Ajoutez la nouvelle, avec sa date."


class EmployersSection(Section):
    """Emits what is wanted of an employer."""

    form_asked = Signal(object)
    """An employer to change (UUID), or None for a new one."""
    submitted = Signal(object)
    """A SaveOrganisation."""
    deletion_asked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Mon employeur", _ABOUT, parent)
        self.add = QPushButton("Ajouter un employeur", self)
        icons.set_icon(self.add, "plus")
        self.form = EmployerForm(self)
        self._list = QVBoxLayout()
        self._list.setSpacing(4)
        self.body.addLayout(buttons(self.add))
        self.body.addWidget(self.form)
        self.body.addLayout(self._list)
        self.form.hide()
        self.add.clicked.connect(lambda: self.form_asked.emit(None))
        self.form.submitted.connect(self.submitted)
        self.form.cancelled.connect(self.close_form)

    def show_employers(self, employers: Sequence[OrganisationRow]) -> None:
        """Show these employers."""
        empty(self._list)
        for row in employers:
            self._list.addWidget(separator())
            self._list.addWidget(self._line(row))
        if not employers:
            words = "Aucun employeur pour l’instant\u00a0: vos rapports n’en porteront pas le nom."
            self._list.addWidget(label(words, "muted", wraps=True))

    def open_form(self, employer: SaveOrganisation) -> None:
        """Unfold the form on an employer."""
        self.form.show()
        self.form.set_value(employer)

    def close_form(self) -> None:
        """Fold the form."""
        self.form.hide()
        self.add.setFocus()

    def _line(self, row: OrganisationRow) -> Line:
        town = f"{row.postal_code} {row.municipality_name}".strip()
        siret = f"SIRET\u00a0{row.siret}" if row.siret else ""
        made = Line(row.name, " · ".join(filter(None, (town, siret))), _when(row), self)
        made.add_button("Modifier", lambda: self.form_asked.emit(row.id))
        made.add_button("Supprimer", lambda: self.deletion_asked.emit(row.id))
        return made


def _when(row: OrganisationRow) -> str:
    """« depuis le 01/09/2026 », « du 01/03/2025 au 31/08/2026 », « jusqu’au 28/02/2025 », or nothing."""
    if row.since and row.last:
        return f"du {short_day(row.since)} au {short_day(row.last)}"
    if row.since:
        return f"depuis le {short_day(row.since)}"
    return f"jusqu’au {short_day(row.last)}" if row.last else ""
