"""Plus de détails: equipment, referral to a structure, tags."""

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from PySide6.QtWidgets import QComboBox

from app import labels
from app.errors import UserError
from app.services.commands import RecordActivity
from app.ui.recording.part import UNPICKED, Part
from app.ui.recording.sources import LONGEST_LIST, Sources, tag_suggestion
from app.ui.widgets.bounded import bounded
from app.ui.widgets.chip_group import ChipGroup
from app.ui.widgets.field_row import FieldRow
from app.ui.widgets.suggestion_popup import Suggestion
from app.ui.widgets.type_ahead import TypeAhead
from protocol.vocabulary import ActivityKind, Equipment, ReferralTarget


class DetailsPart(Part):
    """Optional answers that are asked for less often."""

    def __init__(self, sources: Sources) -> None:
        super().__init__()
        self._sources = sources
        self._equipment: ChipGroup[Equipment] = ChipGroup(multiple=True)
        self._equipment.set_choices([(code, name, "") for code, name in labels.EQUIPMENT.items()])
        self._before: set[Equipment] = set()
        self._referred: ChipGroup[bool] = ChipGroup()
        self._referred.set_choices([(True, "Oui", ""), (False, "Non", "")])
        self._referral = _referral_box()
        self._tags: TypeAhead[UUID] = TypeAhead(
            self._suggestions,
            placeholder="Ajouter une étiquette",
            create_label=lambda typed: f"Créer l’étiquette «\u00a0{typed}\u00a0»",
            multiple=True,
            leading_icon="tag",
        )
        self._tags.setAccessibleName("Étiquettes")
        self.add_row(FieldRow("Matériel", self._equipment), "equipment")
        self._referred_row = self.add_row(
            FieldRow(
                "Orientation", self._referred, hint="La personne est-elle orientée vers une autre structure\u00a0?"
            ),
            "referred",
        )
        self._referral_row = self.add_row(FieldRow("Vers", self._referral), "referral")
        self.add_row(FieldRow("Étiquettes", bounded(self._tags)), "tags")
        self._listen()

    def show_form(self, form: RecordActivity) -> None:
        is_individual = form.kind is ActivityKind.INDIVIDUAL
        self._equipment.set_values(form.equipment)
        self._before = set(form.equipment)
        self._referred_row.setVisible(is_individual)
        self._referred.set_value(form.referred)
        self._referral.setCurrentIndex(max(0, self._referral.findData(form.referral)))
        self._referral_row.setVisible(is_individual and bool(form.referred))
        self._tags.set_picked(*sorted(map(self._shown, form.tags), key=lambda tag: tag.label))

    def fill(self, form: RecordActivity) -> RecordActivity:
        code = self._referral.currentData()
        return replace(
            form,
            equipment=frozenset(self._equipment.values()),
            referred=self._referred.value(),
            referral=ReferralTarget(code) if code else None,
            tags=frozenset(self._tags.values()),
        )

    def loose_ends(self) -> dict[str, str]:
        return {"tags": UNPICKED} if self._tags.text().strip() else {}

    def _equipment_changed(self) -> None:
        """« Pas de matériel » and any other choice put each other out."""
        chosen = set(self._equipment.values())
        if Equipment.NONE in chosen - self._before:
            chosen = {Equipment.NONE}
        elif chosen - self._before:
            chosen -= {Equipment.NONE}
        self._equipment.set_values(chosen)
        self._before = chosen
        self.changed.emit()

    def _referred_changed(self) -> None:
        self._referral_row.setVisible(bool(self._referred.value()))
        self.changed.emit()

    def _create_tag(self, typed: str) -> None:
        try:
            row = self._sources.create_tag(typed)
        except UserError as error:
            self.show_faults(error.fields)
            return
        known = [self._shown(tag) for tag in self._tags.values() if tag != row.id]
        self._tags.set_picked(*known, tag_suggestion(row))
        self.changed.emit()

    def _suggestions(self, typed: str) -> Sequence[Suggestion[UUID]]:
        return [tag_suggestion(row) for row in self._sources.find_tags(typed)[:LONGEST_LIST]]

    def _shown(self, tag: UUID) -> Suggestion[UUID]:
        row = self._sources.tag(tag)
        return tag_suggestion(row) if row else Suggestion(tag, "Étiquette retirée")

    def _listen(self) -> None:
        self._equipment.changed.connect(self._equipment_changed)
        self._referred.changed.connect(self._referred_changed)
        self._tags.create_requested.connect(self._create_tag)
        self._tags.changed.connect(self.changed)
        self._referral.activated.connect(lambda _: self.changed.emit())


def _referral_box() -> QComboBox:
    made = QComboBox()
    made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    made.addItem("Structure à préciser", None)
    for code, name in labels.REFERRALS.items():
        made.addItem(name, code.value)
    made.setAccessibleName("Structure de redirection")
    return made
