"""Démarches en cours: the open cases of the person chosen, to link in one key."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from uuid import UUID

from PySide6.QtCore import Qt

from app import labels
from app.services.commands import RecordActivity
from app.services.rows import CaseRow
from app.ui.recording.part import Part
from app.ui.widgets.chip_group import ChipGroup
from app.ui.widgets.field_row import FieldRow
from protocol.vocabulary import ActivityKind

CasesOf = Callable[[UUID, frozenset[UUID]], Sequence[CaseRow]]
"""The open cases of a person, and those of some others that are already linked."""


HINT = "Les démarches suivies que cet accompagnement fait avancer (Alt+1, Alt+2…)"


class CasesPart(Part):
    """There only where an accompaniment of one person may move a case on."""

    def __init__(self, cases_of: CasesOf) -> None:
        super().__init__()
        self._cases_of = cases_of
        self._person: UUID | None = None
        self._offered: list[UUID] = []
        self._unseen: frozenset[UUID] = frozenset()
        """Linked, but not in the notebook: deleted, or not received yet."""
        self._chips: ChipGroup[UUID] = ChipGroup(multiple=True)
        self._chips.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._chips.changed.connect(self.changed)
        self.add_row(FieldRow("En cours", self._chips, hint=HINT), "cases")
        self._chips.setAccessibleName("Démarches en cours")
        self.hide()

    def follow(self, person: UUID | None) -> None:
        """Offer the open cases of this person; those of another are no longer chosen."""
        if person != self._person:
            self._person = person
            self._offer(frozenset())

    def turn_over(self, place: int) -> None:
        """Link the case at a place, 0 being the first, or no longer; nothing where there are fewer."""
        for value in self._offered[place : place + 1]:
            self._chips.chip(value).click()

    def show_form(self, form: RecordActivity) -> None:
        is_individual = form.kind is ActivityKind.INDIVIDUAL
        self._person = next(iter(form.participants), None) if is_individual else None
        self._offer(form.cases)

    def fill(self, form: RecordActivity) -> RecordActivity:
        if form.kind is not ActivityKind.INDIVIDUAL:
            return form
        return replace(form, cases=frozenset(self._chips.values()) | self._unseen)

    def _offer(self, chosen: frozenset[UUID]) -> None:
        rows = self._cases_of(self._person, chosen) if self._person else ()
        choices = [(row.id, row.name, _tip(row)) for row in rows]
        self._offered = [row.id for row in rows]
        self._unseen = chosen.difference(self._offered)
        self._chips.set_choices(choices, chosen)
        self.setVisible(bool(rows))


def _tip(row: CaseRow) -> str:
    """« En attente · Ensuite : … »."""
    step = f"Prochaine étape\u00a0: {row.next_step}" if row.next_step else ""
    return " · ".join(filter(None, (labels.label(row.status), step)))
