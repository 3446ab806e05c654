"""The anonymous participants of a workshop: how many, and who they are as far as it is known."""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any, Generic, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QWidget

from app import labels
from app.services.activity_rules import MOST_ANONYMOUS
from app.services.commands import AnonymousGroup
from app.ui import theme
from app.ui.widgets.flow_layout import FlowLayout
from app.ui.widgets.stepper import Stepper
from app.ui.widgets.surfaces import label
from protocol.vocabulary import AgeBand, Gender, SocialStatus

NAME_WIDTH = 126
"""Of the shortest names, so that the blocks stand in columns (pixels at 100 %)."""
C = TypeVar("C", bound=StrEnum)


class CountBlock(QFrame, Generic[C]):
    """One counter for each code; the last line, « Non communiqué », is what remains of the total."""

    changed = Signal()

    def __init__(self, title: str, names: Mapping[C, str], unknown: C | None) -> None:
        super().__init__()
        self._total = 0
        self._steppers = {code: _stepper(name) for code, name in names.items() if code is not unknown}
        self._rest = label("0", "strong") if unknown is not None else None
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, theme.px(24), theme.px(8))
        grid.setVerticalSpacing(theme.px(4))
        grid.setHorizontalSpacing(theme.px(12))
        grid.setColumnMinimumWidth(0, theme.px(NAME_WIDTH))
        grid.addWidget(label(title, "section"), 0, 0, 1, 2)
        for line, (code, stepper) in enumerate(self._steppers.items(), start=1):
            grid.addWidget(label(names[code]), line, 0)
            grid.addWidget(stepper, line, 1)
            stepper.changed.connect(self._count)
        if unknown is not None and self._rest is not None:
            self._rest.setAccessibleName(f"{title}, {names[unknown]}")
            self._rest.setAlignment(Qt.AlignmentFlag.AlignCenter)
            grid.addWidget(label(names[unknown], "muted"), len(self._steppers) + 1, 0)
            grid.addWidget(self._rest, len(self._steppers) + 1, 1)

    def counts(self) -> dict[C, int]:
        """The codes that were counted, and how many of each."""
        return {code: stepper.value() for code, stepper in self._steppers.items() if stepper.value()}

    def show_counts(self, counts: Mapping[C, int], total: int) -> None:
        """Show these counts of a total; emits nothing."""
        self._total = total
        for code, stepper in self._steppers.items():
            stepper.set_maximum(MOST_ANONYMOUS)
            stepper.set_value(counts.get(code, 0))
        self._cap()

    def set_total(self, total: int) -> None:
        """Count against another total, or from nothing again where there is nobody."""
        self.show_counts(self.counts() if total else {}, total)

    def excess(self) -> int:
        """How many more are counted than there are."""
        return max(0, sum(self.counts().values()) - self._total)

    def _count(self) -> None:
        self._cap()
        self.changed.emit()

    def _cap(self) -> None:
        """No counter goes beyond what remains; one that is already beyond, after a smaller total, stays to be seen."""
        remaining = max(0, self._total - sum(stepper.value() for stepper in self._steppers.values()))
        for stepper in self._steppers.values():
            stepper.set_maximum(stepper.value() + remaining)
        if self._rest is not None:
            self._rest.setText(labels.figure(remaining))


class GroupDetail(QWidget):
    """Already accompanied, genders, age bands and statuses of a total of anonymous participants."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._already: CountBlock[_Already] = CountBlock("Suivi", {_Already.YES: "Déjà accompagnés"}, None)
        self._gender = CountBlock("Genre", labels.GENDERS, Gender.UNKNOWN)
        self._age = CountBlock("Âge", labels.AGE_BANDS, AgeBand.UNKNOWN)
        self._status = CountBlock("Statut", labels.STATUSES, SocialStatus.UNKNOWN)
        flow = FlowLayout(self)
        for block in self._blocks():
            flow.addWidget(block)
            block.changed.connect(self.changed)

    def show_group(self, group: AnonymousGroup) -> None:
        """Show the counts of a group; emits nothing."""
        self._already.show_counts({_Already.YES: group.already}, group.total)
        self._gender.show_counts(group.gender, group.total)
        self._age.show_counts(group.age_band, group.total)
        self._status.show_counts(group.status, group.total)

    def set_total(self, total: int) -> None:
        """Count against another total."""
        for block in self._blocks():
            block.set_total(total)

    def group(self, total: int) -> AnonymousGroup:
        """The group as counted; nobody at all if the total is zero."""
        if not total:
            return AnonymousGroup()
        return AnonymousGroup(
            total=total,
            already=sum(self._already.counts().values()),
            gender=self._gender.counts(),
            age_band=self._age.counts(),
            status=self._status.counts(),
        )

    def excess(self) -> int:
        """By how much the fullest block goes beyond the total."""
        return max(block.excess() for block in self._blocks())

    def has_counts(self) -> bool:
        """Whether anything is detailed."""
        return any(block.counts() for block in self._blocks())

    def _blocks(self) -> Sequence[CountBlock[Any]]:
        return self._already, self._gender, self._age, self._status


class _Already(StrEnum):
    """The only line of the first block."""

    YES = "yes"


def _stepper(name: str) -> Stepper:
    made = Stepper(0, MOST_ANONYMOUS)
    made.setAccessibleName(name)
    return made
