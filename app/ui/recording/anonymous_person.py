"""What may be told of an anonymous person: everything is optional."""

from dataclasses import replace

from PySide6.QtWidgets import QCheckBox

from app import labels
from app.services.commands import AnonymousPerson, RecordActivity
from app.ui.commune_field import Commune, CommuneField
from app.ui.recording.part import UNPICKED, Part
from app.ui.widgets.bounded import bounded
from app.ui.widgets.chip_group import ChipGroup
from app.ui.widgets.field_row import FieldRow
from app.ui.widgets.surfaces import SectionLabel
from protocol.vocabulary import AgeBand, Gender, SocialStatus


class AnonymousPersonPart(Part):
    """There only while an individual accompaniment names nobody."""

    def __init__(self) -> None:
        super().__init__()
        self._already = QCheckBox("J’ai déjà accompagné cette personne")
        self._commune = CommuneField()
        self._commune.setAccessibleName("Commune de résidence")
        self._gender: ChipGroup[Gender] = ChipGroup()
        self._gender.set_choices([(code, name, "") for code, name in labels.GENDERS.items()])
        self._age: ChipGroup[AgeBand] = ChipGroup()
        self._age.set_choices([(code, name, "") for code, name in labels.AGE_BANDS.items()])
        self._status: ChipGroup[SocialStatus] = ChipGroup()
        self._status.set_choices([(code, name, "") for code, name in labels.STATUSES.items()])
        self.column.addWidget(SectionLabel("Personne anonyme, si elle le dit"))
        self.add_row(FieldRow("", self._already))
        self.add_row(FieldRow("Habite à", bounded(self._commune)), "residence")
        self.add_row(FieldRow("Genre", self._gender))
        self.add_row(FieldRow("Âge", self._age))
        self.add_row(FieldRow("Statut", self._status))
        for signal in (self._commune.changed, self._gender.changed, self._age.changed, self._status.changed):
            signal.connect(self.changed)
        self._already.clicked.connect(lambda: self.changed.emit())

    def propose_home(self, commune: Commune) -> None:
        """An accompaniment at home says where the person lives, if nothing says otherwise."""
        if not self._commune.value() and not self._commune.text():
            self._commune.show_commune(*commune)

    def show_form(self, form: RecordActivity) -> None:
        person = form.person
        self._already.setChecked(person.already)
        self._commune.show_commune(person.municipality, person.postal_code)
        self._gender.set_value(person.gender)
        self._age.set_value(person.age_band)
        self._status.set_value(person.status)

    def fill(self, form: RecordActivity) -> RecordActivity:
        told = AnonymousPerson(
            already=self._already.isChecked(),
            municipality=self._commune.municipality(),
            postal_code=self._commune.postal_code(),
            gender=self._gender.value(),
            age_band=self._age.value(),
            status=self._status.value(),
        )
        return replace(form, person=told)

    def loose_ends(self) -> dict[str, str]:
        is_loose = self._commune.text().strip() and not self._commune.value() and not self.isHidden()
        return {"residence": UNPICKED} if is_loose else {}
