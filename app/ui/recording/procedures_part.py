"""Démarche: which procedures an « Aide aux démarches administratives » was about."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtWidgets import QLineEdit

from app import labels
from app.services import procedures
from app.services.commands import RecordActivity
from app.services.procedures import Procedure
from app.ui.recording.part import UNPICKED, Part
from app.ui.widgets.chip_group import ChipGroup
from app.ui.widgets.field_row import FieldRow
from app.ui.widgets.suggestion_popup import Suggestion
from app.ui.widgets.type_ahead import TypeAhead
from protocol.vocabulary import ProcedureFamily, Topic

FAMILY_NAME = "Famille de la démarche"
PRECISION = "Préciser le nom de la démarche"


class ProceduresPart(Part):
    """Common démarches found while typing, each ticking its family, beside free text."""

    def __init__(self) -> None:
        super().__init__()
        self._search: TypeAhead[str] = TypeAhead(
            self._suggestions,
            placeholder="Carte grise, CAF, passeport, impôts…",
            create_label=lambda typed: f"Préciser «\u00a0{typed}\u00a0»",
            multiple=True,
        )
        self._search.setAccessibleName("Démarche")
        self._families: ChipGroup[ProcedureFamily] = ChipGroup(multiple=True)
        self._families.set_choices(
            [(family, name, labels.FAMILY_HINTS[family]) for family, name in labels.FAMILIES.items()]
        )
        self._families.setAccessibleName(FAMILY_NAME)
        self._precision = QLineEdit()
        self._precision.setPlaceholderText(PRECISION)
        self._precision.setAccessibleName(PRECISION)
        self.add_row(FieldRow("Démarche", self._search), "procedures")
        self.add_row(FieldRow("", self._families))
        self.add_row(FieldRow("", self._precision))
        self._listen()

    def follow(self, topics: frozenset[Topic]) -> None:
        """Be there only where the activity was about démarches."""
        self.setVisible(Topic.ADMINISTRATIVE_HELP in topics)

    def families(self) -> frozenset[ProcedureFamily]:
        """The families chosen, where they are asked for."""
        return frozenset() if self.isHidden() else frozenset(self._families.values())

    def show_form(self, form: RecordActivity) -> None:
        self.follow(form.topics)
        known = sorted((_suggestion_of(code) for code in form.procedures), key=lambda shown: shown.label)
        self._search.set_picked(*known)
        self._families.set_values(form.families)
        self._precision.setText(form.procedure_note)

    def fill(self, form: RecordActivity) -> RecordActivity:
        return replace(
            form,
            families=frozenset(self._families.values()),
            procedures=frozenset(self._search.values()),
            procedure_note=self._precision.text(),
        )

    def loose_ends(self) -> dict[str, str]:
        return {"procedures": UNPICKED} if self._search.text().strip() and not self.isHidden() else {}

    def _suggestions(self, typed: str) -> Sequence[Suggestion[str]]:
        """What the letters mean; before any letter, the démarches of the families ticked."""
        if typed:
            return [_suggestion(found) for found in procedures.search(typed)]
        return [_suggestion(one) for family in self._families.values() for one in procedures.of_family(family)]

    def _picked(self, code: str) -> None:
        found = procedures.get(code)
        if found:
            self._families.set_values({*self._families.values(), found.family})

    def _specify(self, typed: str) -> None:
        """Keep a démarche that the catalogue does not have as free text."""
        said = self._precision.text().strip()
        self._precision.setText(f"{said}, {typed}" if said else typed)
        self._search.clear()

    def _listen(self) -> None:
        self._search.picked.connect(self._picked)
        self._search.create_requested.connect(self._specify)
        for signal in (self._search.changed, self._families.changed, self._precision.textChanged):
            signal.connect(self.changed)


def _suggestion(found: Procedure) -> Suggestion[str]:
    return Suggestion(found.code, found.label, labels.FAMILIES[found.family], "file-text")


def _suggestion_of(code: str) -> Suggestion[str]:
    found = procedures.get(code)
    return _suggestion(found) if found else Suggestion(code, code)
