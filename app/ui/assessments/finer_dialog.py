"""The finer grid of one assessment: a level for each of the sixteen competences of the CRCN that is looked at."""

from collections.abc import Mapping
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QPushButton, QVBoxLayout, QWidget

from app.database import Database
from app.services.assessments import crcn, interviews
from app.services.typed import Typed
from app.ui import theme
from app.ui.cases.scrolled import scrolling
from app.ui.form_dialog import FormDialog
from app.ui.widgets.stepper import Stepper
from app.ui.widgets.surfaces import SectionLabel, label

SIZE = 720, 640
"""Pixels at 100 %."""


class FinerDialog(FormDialog):
    """Ctrl+Enter saves, Escape closes and changes nothing."""

    def __init__(self, database: Database, id_: UUID, levels: Mapping[str, int], parent: QWidget) -> None:
        super().__init__("Grille CRCN", SIZE, parent)
        self._database, self._id = database, id_
        self.levels = {code: Stepper(0, crcn.HIGHEST) for code in crcn.COMPETENCES}
        self._bands = {code: label("", "muted") for code in crcn.COMPETENCES}
        for code, stepper in self.levels.items():
            stepper.setAccessibleName(f"{code} {crcn.COMPETENCES[code]}")
            stepper.set_value(levels.get(code, 0))
            stepper.changed.connect(lambda _value, it=code: self._show_band(it))
            self._show_band(code)
        self._lay_out()
        next(iter(self.levels.values())).setFocus(Qt.FocusReason.OtherFocusReason)

    def save(self) -> None:
        """Keep the levels; those that are 0 were not looked at."""
        if self.attempt(lambda: interviews.set_finer(self._database, self._id, self.content().form)):
            self.accept()

    def content(self) -> Typed[dict[str, int]]:
        """The levels as they stand."""
        return Typed({code: stepper.value() for code, stepper in self.levels.items()})

    def _show_band(self, code: str) -> None:
        self._bands[code].setText(crcn.BANDS[self.levels[code].value()] or "Non regardé")

    def _lay_out(self) -> None:
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(10))
        column.addWidget(label("Grille CRCN", "title"))
        column.addWidget(label(_WHAT, "muted", wraps=True))
        column.addWidget(scrolling(self._grid()), 1)
        self.lay_out(content, QPushButton("Enregistrer"))

    def _grid(self) -> QWidget:
        made = QWidget()
        grid = QGridLayout(made)
        grid.setContentsMargins(0, 0, theme.px(8), 0)
        grid.setHorizontalSpacing(theme.px(16))
        line = 0
        for domain, codes in crcn.DOMAINS.items():
            grid.addWidget(SectionLabel(domain), line, 0, 1, 3)
            for place, code in enumerate(codes, start=line + 1):
                grid.addWidget(label(f"{code}  {crcn.COMPETENCES[code]}", wraps=True), place, 0)
                grid.addWidget(self.levels[code], place, 1)
                grid.addWidget(self._bands[code], place, 2)
            line += len(codes) + 1
        grid.setColumnStretch(0, 1)
        return made


_WHAT = (
    "Seize compétences du cadre national (CRCN), de 1 à 8. Laissez 0 à celles que vous ne regardez pas\u00a0: "
    "cette grille est facultative, et n’entre pas dans les chiffres."
)
