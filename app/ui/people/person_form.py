"""What is known of a person, to type or to change."""

from collections.abc import Callable, Mapping
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app import labels
from app.services.commands import SaveBeneficiary
from app.ui import theme
from app.ui.commune_field import CommuneField
from app.ui.widgets.bounded import bounded
from app.ui.widgets.chip_group import ChipGroup
from app.ui.widgets.field_row import FieldRow
from app.ui.widgets.notes_edit import NotesEdit
from protocol.vocabulary import AgeBand, Gender, SocialStatus

BandAt = Callable[[int, date], AgeBand | None]
"""The age band of somebody born in a year, at a day."""


class PersonForm(QWidget):
    """The fields of a person; the year of birth, when given, says the age band."""

    named = Signal()
    """The names, the phone or the e-mail may be complete: look for somebody who already has them."""
    changed = Signal()
    """Something is typed or chosen."""

    def __init__(self, band_at: BandAt) -> None:
        super().__init__()
        self._band_at = band_at
        self._shown = SaveBeneficiary()
        self._band_chosen: AgeBand | None = None
        self._last, self._first = _line("Nom"), _line("Prénom")
        self._year, self._phone, self._email = _line("Année de naissance"), _line("Téléphone"), _line("E-mail")
        self._year.setValidator(QIntValidator(0, 9999, self))
        self._year.setMaxLength(4)
        self._no_phone = QCheckBox("N’a pas de téléphone")
        self._address = _line("Adresse")
        self._address.setPlaceholderText("Numéro et rue")
        self._commune = CommuneField()
        self._gender: ChipGroup[Gender] = ChipGroup()
        self._gender.set_choices([(code, name, "") for code, name in labels.GENDERS.items()])
        self._age: ChipGroup[AgeBand] = ChipGroup()
        self._age.set_choices([(code, name, "") for code, name in labels.AGE_BANDS.items()])
        self._status: ChipGroup[SocialStatus] = ChipGroup()
        self._status.set_choices([(code, name, "") for code, name in labels.STATUSES.items()])
        self._notes = NotesEdit(lines=2)
        self._rows = self._lay_out()
        self.setFocusProxy(self._last)
        self._listen()

    def value(self) -> SaveBeneficiary:
        """The person as typed."""
        year = self._year.text().strip()
        return SaveBeneficiary(
            id=self._shown.id,
            opened=self._shown.opened,
            first_name=self._first.text().strip(),
            last_name=self._last.text().strip(),
            birth_year=int(year) if year else None,
            phone=self._phone.text().strip(),
            no_phone=self._no_phone.isChecked(),
            email=self._email.text().strip(),
            address=self._address.text().strip(),
            municipality=self._commune.municipality(),
            postal_code=self._commune.postal_code(),
            gender=self._gender.value(),
            age_band=None if year else self._age.value(),
            status=self._status.value(),
            notes=self._notes.value().strip(),
        )

    def set_value(self, person: SaveBeneficiary) -> None:
        """Show a person."""
        self._shown = person
        self._last.setText(person.last_name)
        self._first.setText(person.first_name)
        self._phone.setText(person.phone)
        self._no_phone.setChecked(person.no_phone)
        self._email.setText(person.email)
        self._address.setText(person.address)
        self._commune.show_commune(person.municipality, person.postal_code)
        self._gender.set_value(person.gender)
        self._band_chosen = person.age_band
        self._year.setText(str(person.birth_year) if person.birth_year is not None else "")
        self._follow_year()
        self._status.set_value(person.status)
        self._notes.set_value(person.notes)

    def loose(self) -> dict[str, str]:
        """The letters that stand for nothing yet."""
        typed = self._commune.text().strip()
        return {"municipality": typed} if typed and not self._commune.value() else {}

    def set_loose(self, loose: Mapping[str, str]) -> None:
        """Show such letters again."""
        if typed := loose.get("municipality"):
            self._commune.set_picked()
            self._commune.field.setText(typed)

    def loose_ends(self) -> dict[str, str]:
        """What is to be done about them."""
        return {"municipality": "Choisissez la commune dans la liste, ou effacez le champ."} if self.loose() else {}

    def show_faults(self, faults: Mapping[str, str]) -> None:
        """Say what is wrong beside each field, and go to the first one."""
        for field, row in self._rows.items():
            row.set_error(faults.get(field))
        first = next((row for field, row in self._rows.items() if field in faults), None)
        if first:
            first.content.setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_first(self) -> None:
        """Put the keyboard in the first name that is missing."""
        empty = next((field for field in (self._last, self._first, self._year) if not field.text()), self._last)
        empty.setFocus(Qt.FocusReason.OtherFocusReason)

    def _follow_year(self) -> None:
        """The year says the age band, shown and not to be chosen."""
        year = self._year.text().strip()
        is_whole = len(year) == 4
        self._age.setEnabled(not year)
        self._age.set_value(self._band_at(int(year), date.today()) if is_whole else self._band_chosen)

    def _age_chosen(self) -> None:
        self._band_chosen = self._age.value()

    def _follow_phone(self, has_none: bool) -> None:
        self._phone.setEnabled(not has_none)
        self._rows["phone"].set_error(None)

    def _listen(self) -> None:
        self._year.textChanged.connect(self._follow_year)
        self._age.changed.connect(self._age_chosen)
        self._no_phone.toggled.connect(self._follow_phone)
        for line in (self._last, self._first, self._year, self._phone, self._email, self._address):
            line.textChanged.connect(self.changed)
        self._no_phone.toggled.connect(self.changed)
        for choice in (self._commune, self._gender, self._age, self._status, self._notes):
            choice.changed.connect(self.changed)
        self._commune.field.textChanged.connect(self.changed)
        self._last.editingFinished.connect(self.named)
        self._first.editingFinished.connect(self.named)
        self._phone.editingFinished.connect(self.named)
        self._email.editingFinished.connect(self.named)
        self._year.editingFinished.connect(self.named)

    def _lay_out(self) -> dict[str, FieldRow]:
        rows = {
            "last_name": FieldRow("Nom", self._last),
            "first_name": FieldRow("Prénom", self._first),
            "birth_year": FieldRow("Né(e) en", bounded(self._year, 90)),
            "phone": FieldRow("Téléphone", _beside(self._phone, self._no_phone)),
            "email": FieldRow("E-mail", self._email),
            "address": FieldRow("Adresse", self._address),
            "municipality": FieldRow("Commune", self._commune),
            "gender": FieldRow("Genre", self._gender),
            "age_band": FieldRow("Âge", self._age),
            "status": FieldRow("Statut", self._status),
            "notes": FieldRow("Notes", self._notes),
        }
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, theme.px(8), 0)
        column.setSpacing(theme.px(8))
        for row in rows.values():
            column.addWidget(row)
        column.addStretch(1)
        self._year.setAccessibleName("Année de naissance")
        return rows


def _line(name: str) -> QLineEdit:
    made = QLineEdit()
    made.setAccessibleName(name)
    return made


def _beside(field: QWidget, check: QWidget) -> QWidget:
    made = QWidget()
    made.setFocusProxy(field)
    row = QHBoxLayout(made)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(theme.px(12))
    row.addWidget(field, 1)
    row.addWidget(check)
    return made
