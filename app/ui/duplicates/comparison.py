"""Two people side by side: which file is kept, and for each field that differs, which value."""

from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QButtonGroup, QFrame, QGridLayout, QHBoxLayout, QRadioButton, QVBoxLayout, QWidget

from app.services.commands import MergePeople
from app.services.rows import ComparedField, PersonRow, SideBySide
from app.ui import theme
from app.ui.people.words import person_detail
from app.ui.widgets.surfaces import label, separator

_FIRST, _SECOND = 0, 1
_NOTHING = "—"
_BOTH = "Les notes des deux fiches seront gardées, l’une après l’autre."
_OF_THE_PERSON = "informed_on", "consent", "consent_on", "keep_until"
_LATEST = "Pour l’information et l’accord, le plus récent compte, quelle que soit la fiche gardée."


class Comparison(QWidget):
    """The file kept wins everywhere, unless another value is chosen."""

    def __init__(self, sides: SideBySide, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sides = sides
        self._kept = QButtonGroup(self)
        self._fields: dict[str, QButtonGroup] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme.px(12))
        self._grid.setVerticalSpacing(theme.px(4))
        self._grid.setColumnStretch(1, 1)
        self._grid.setColumnStretch(2, 1)
        self._lay_out()
        self._kept.idToggled.connect(self._follow)
        self.keep(_first_kept(sides))

    def command(self) -> MergePeople:
        """What is chosen, as the command that does it."""
        side = self._kept.checkedId()
        people = self._sides.first.id, self._sides.second.id
        take = frozenset(name for name, group in self._fields.items() if group.checkedId() != side)
        return MergePeople(kept=people[side], gone=people[1 - side], take=take)

    @property
    def kept(self) -> UUID:
        """The person whose file is kept."""
        return self.command().kept

    def keep(self, side: int) -> None:
        """Keep the file at the left (0) or at the right (1)."""
        self._kept.button(side).setChecked(True)

    def keep_other(self) -> None:
        """Keep the file that would have gone."""
        self.keep(1 - self._kept.checkedId())

    def focus_first(self) -> None:
        """Give the keyboard to the choice of the file kept."""
        self._kept.button(self._kept.checkedId()).setFocus(Qt.FocusReason.OtherFocusReason)

    def _follow(self, side: int, is_checked: bool) -> None:
        """Every field follows the file that is kept."""
        if is_checked:
            for group in self._fields.values():
                group.button(side).setChecked(True)

    def _lay_out(self) -> None:
        for side, person in enumerate((self._sides.first, self._sides.second)):
            self._grid.addWidget(self._head(side, person), 0, side + 1)
        self._grid.addWidget(separator(), 1, 0, 1, 3)
        for row, field in enumerate(self._sides.fields, start=2):
            self._add_field(row, field)
        differing = {field.name for field in self._sides.fields if field.differs}
        for said in (_BOTH if "notes" in differing else "", "" if differing.isdisjoint(_OF_THE_PERSON) else _LATEST):
            if said:
                self._grid.addWidget(label(said, "small", wraps=True), self._grid.rowCount(), 1, 1, 2)
        self._grid.setRowStretch(self._grid.rowCount(), 1)

    def _head(self, side: int, person: PersonRow) -> QWidget:
        """Who it is, and « À garder »."""
        made = QFrame()
        column = QVBoxLayout(made)
        column.setContentsMargins(theme.px(8), 0, theme.px(8), theme.px(4))
        column.setSpacing(theme.px(2))
        keep = QRadioButton("À garder")
        keep.setAccessibleName(f"Garder la fiche {'de gauche' if side == _FIRST else 'de droite'}\u00a0: {person.name}")
        keep.setToolTip("Alt+G garde l’autre fiche")
        self._kept.addButton(keep, side)
        column.addWidget(label(person.name, "subtitle", wraps=True))
        column.addWidget(label(person_detail(person) or "Aucun accompagnement", "small", wraps=True))
        column.addStretch(1)
        column.addWidget(keep)
        return made

    def _add_field(self, row: int, field: ComparedField) -> None:
        self._grid.addWidget(label(field.label, "field", wraps=True), row, 0)
        group = QButtonGroup(self) if field.differs and field.is_chosen else None
        for side, said in enumerate((field.first, field.second)):
            self._grid.addWidget(_value(field, said, group, side), row, side + 1)
        if group is not None:
            self._fields[field.name] = group


def _value(field: ComparedField, said: str, group: QButtonGroup | None, side: int) -> QWidget:
    """What one of the two says; on a wash where the other says something else."""
    made = QFrame()
    if field.differs:
        made.setProperty("notice", "warning")
    row = QHBoxLayout(made)
    row.setContentsMargins(theme.px(8), theme.px(3), theme.px(8), theme.px(3))
    row.setSpacing(0)
    if group is not None:
        choice = QRadioButton()
        choice.setAccessibleName(f"{field.label}\u00a0: {said}")
        group.addButton(choice, side)
        row.addWidget(choice, 0, Qt.AlignmentFlag.AlignTop)
    words = label(said, "muted" if said == _NOTHING else "", wraps=True)
    row.addWidget(words, 1)
    return made


def _first_kept(sides: SideBySide) -> int:
    """The file with the more accompaniments; of two with as many, the older one (ids are in the order of time)."""
    first, second = sides.first, sides.second
    return _FIRST if (-first.accompaniments, first.id) <= (-second.accompaniments, second.id) else _SECOND


def usual(sides: SideBySide) -> MergePeople:
    """The command of two people when nothing is chosen."""
    people = (sides.first.id, sides.second.id)
    side = _first_kept(sides)
    return MergePeople(kept=people[side], gone=people[1 - side])
