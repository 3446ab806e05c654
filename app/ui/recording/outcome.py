"""How it went: the autonomy of the person or the level of the workshop, and the notes."""

from dataclasses import replace

from app import labels
from app.services.commands import RecordActivity
from app.ui.recording.part import Part
from app.ui.widgets.chip_group import ChipGroup
from app.ui.widgets.field_row import FieldRow
from app.ui.widgets.notes_edit import NotesEdit
from protocol.vocabulary import ActivityKind, Autonomy, WorkshopLevel

_SHORT = {Autonomy.PARTLY: "Guidage si besoin"}
"""Short words for a chip; its tool tip and its accessible name have the full ones."""


class OutcomePart(Part):
    """Optional answers, and plain notes."""

    def __init__(self) -> None:
        super().__init__()
        self._autonomy: ChipGroup[Autonomy] = ChipGroup()
        self._autonomy.set_choices([(code, _SHORT.get(code, full), full) for code, full in labels.AUTONOMY.items()])
        for code, full in labels.AUTONOMY.items():
            self._autonomy.chip(code).setAccessibleName(full)
        self._level: ChipGroup[WorkshopLevel] = ChipGroup()
        self._level.set_choices([(code, name, "") for code, name in labels.LEVELS.items()])
        self._notes = NotesEdit()
        self._autonomy_row = self.add_row(FieldRow("Autonomie", self._autonomy), "autonomy")
        self._level_row = self.add_row(FieldRow("Niveau", self._level), "level")
        self.add_row(FieldRow("Notes", self._notes), "notes")
        for signal in (self._autonomy.changed, self._level.changed, self._notes.changed):
            signal.connect(self.changed)

    def show_form(self, form: RecordActivity) -> None:
        self._autonomy_row.setVisible(form.kind is ActivityKind.INDIVIDUAL)
        self._level_row.setVisible(form.kind is ActivityKind.WORKSHOP)
        self._autonomy.set_value(form.autonomy)
        self._level.set_value(form.level)
        self._notes.set_value(form.notes)

    def fill(self, form: RecordActivity) -> RecordActivity:
        return replace(form, autonomy=self._autonomy.value(), level=self._level.value(), notes=self._notes.value())
