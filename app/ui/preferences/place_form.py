"""The short form of a place of activity."""

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QLineEdit, QPushButton, QVBoxLayout, QWidget

from app.services.commands import SavePlace
from app.ui import theme
from app.ui.commune_field import CommuneField
from app.ui.preferences.section import buttons
from app.ui.widgets.field_row import FieldRow
from app.ui.widgets.surfaces import label


class PlaceForm(QWidget):
    """Name, address, commune, itinerant; what an imported place holds besides is kept."""

    submitted = Signal(object)
    """A SavePlace."""
    cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown = SavePlace()
        self._title = label("", "strong")
        self.name, self.address, self.commune = QLineEdit(self), QLineEdit(self), CommuneField(self)
        self.itinerant = QCheckBox("Lieu itinérant (bus, permanence qui se déplace…)", self)
        self._rows = {
            "name": FieldRow("Nom", self.name),
            "address": FieldRow("Adresse", self.address),
            "municipality": FieldRow("Commune", self.commune),
        }
        self.keep = QPushButton("Enregistrer le lieu", self)
        self.keep.setProperty("role", "primary")
        cancel = QPushButton("Annuler", self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, theme.px(8))
        column.setSpacing(theme.px(8))
        for each in (self._title, *self._rows.values(), FieldRow("", self.itinerant)):
            column.addWidget(each)
        column.addLayout(buttons(self.keep, cancel))
        self.itinerant.setAccessibleName("Lieu itinérant")
        self.keep.clicked.connect(self._submit)
        cancel.clicked.connect(self.cancelled)
        self.name.returnPressed.connect(self._submit)
        self.address.returnPressed.connect(self._submit)

    def set_value(self, place: SavePlace) -> None:
        """Show a place to change, or an empty one to add."""
        self._shown = place
        self._title.setText("Modifier le lieu" if place.id else "Nouveau lieu")
        self.name.setText(place.name)
        self.address.setText(place.address)
        self.name.setCursorPosition(0)
        self.address.setCursorPosition(0)
        self.commune.show_commune(place.municipality, place.postal_code)
        self.itinerant.setChecked(place.itinerant)
        self.show_faults({})
        self.name.setFocus()

    def value(self) -> SavePlace:
        """What is typed."""
        return replace(
            self._shown,
            name=self.name.text(),
            address=self.address.text(),
            municipality=self.commune.municipality(),
            postal_code=self.commune.postal_code(),
            itinerant=self.itinerant.isChecked(),
        )

    def show_faults(self, faults: dict[str, str]) -> None:
        """Say what is wrong beside each field."""
        for field, row in self._rows.items():
            row.set_error(faults.get(field))

    def _submit(self) -> None:
        self.submitted.emit(self.value())
