"""The short form of an employer: its name, its commune, its number, and since when."""

from dataclasses import replace
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QPushButton, QVBoxLayout, QWidget

from app.services.commands import SaveOrganisation
from app.ui import theme
from app.ui.commune_field import CommuneField
from app.ui.preferences.section import buttons
from app.ui.widgets.day_picker import day_shown, french_date_edit, show_day
from app.ui.widgets.field_row import FieldRow
from app.ui.widgets.segmented_control import SegmentedControl
from app.ui.widgets.surfaces import label

_SIRET_HINT = "Facultatif\u00a0: les 14 chiffres qui figurent sur votre bulletin de paie."
_SINCE_HINT = "Avec une date, les activités d’avant restent à l’employeur précédent."


class EmployerForm(QWidget):
    """Enter keeps it, from any of its fields."""

    submitted = Signal(object)
    """A SaveOrganisation."""
    cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown = SaveOrganisation()
        self._title = label("", "strong")
        self.name, self.commune, self.siret = QLineEdit(self), CommuneField(self), QLineEdit(self)
        self.since = SinceField(self)
        self._rows = {
            "name": FieldRow("Nom", self.name),
            "municipality": FieldRow("Commune", self.commune),
            "siret": FieldRow("SIRET", self.siret, hint=_SIRET_HINT),
            "since": FieldRow("Depuis", self.since, hint=_SINCE_HINT),
        }
        self.keep = QPushButton("Enregistrer l’employeur", self)
        self.keep.setProperty("role", "primary")
        cancel = QPushButton("Annuler", self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, theme.px(8))
        column.setSpacing(theme.px(8))
        for each in (self._title, *self._rows.values()):
            column.addWidget(each)
        column.addLayout(buttons(self.keep, cancel))
        self.keep.clicked.connect(self._submit)
        cancel.clicked.connect(self.cancelled)
        self.name.returnPressed.connect(self._submit)
        self.siret.returnPressed.connect(self._submit)

    def set_value(self, employer: SaveOrganisation) -> None:
        """Show an employer to change, or an empty one to add."""
        self._shown = employer
        self._title.setText("Modifier l’employeur" if employer.id else "Nouvel employeur")
        self.name.setText(employer.name)
        self.name.setCursorPosition(0)
        self.commune.show_commune(employer.municipality, employer.postal_code)
        self.siret.setText(employer.siret)
        self.since.set_value(employer.since)
        self.show_faults({})
        self.name.setFocus()

    def value(self) -> SaveOrganisation:
        """What is typed."""
        return replace(
            self._shown,
            name=self.name.text(),
            municipality=self.commune.municipality(),
            postal_code=self.commune.postal_code(),
            siret=self.siret.text(),
            since=self.since.value(),
        )

    def show_faults(self, faults: dict[str, str]) -> None:
        """Say what is wrong beside each field."""
        for field, row in self._rows.items():
            row.set_error(faults.get(field))

    def _submit(self) -> None:
        self.submitted.emit(self.value())


class SinceField(QWidget):
    """The first day of a contract, or « depuis toujours »."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.has_date = SegmentedControl(((False, "Toujours"), (True, "Une date")), self)
        self.day = french_date_edit(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(4))
        column.addWidget(self.has_date)
        column.addWidget(self.day, 0, Qt.AlignmentFlag.AlignLeft)
        self.has_date.changed.connect(self._show_day)

    def value(self) -> date | None:
        """The day, None for always."""
        return day_shown(self.day) if self.has_date.value() else None

    def set_value(self, day: date | None) -> None:
        """Show a day, or « toujours »."""
        show_day(self.day, day or date.today())
        self.has_date.set_value(day is not None)
        self._show_day()

    def setAccessibleName(self, name: str) -> None:
        super().setAccessibleName(name)
        self.has_date.setAccessibleName(name)
        self.day.setAccessibleName(f"{name} le")

    def _show_day(self) -> None:
        self.day.setVisible(self.has_date.value())
