"""The finer grid of one assessment: a level for each of the sixteen competences of the CRCN that is looked at."""

from collections.abc import Mapping
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from app.database import Database
from app.errors import AppError
from app.services.assessments import crcn, interviews
from app.ui import theme
from app.ui.reading_order import move_focus
from app.ui.widgets.banner import Banner
from app.ui.widgets.stepper import Stepper
from app.ui.widgets.surfaces import SectionLabel, label

WIDTH, HEIGHT = 720, 640
"""Pixels at 100 %."""


class FinerDialog(QDialog):
    """Ctrl+Enter saves, Escape closes and changes nothing."""

    lock_asked = Signal()
    """Ctrl+L: the shortcut of the window does not reach through a dialog."""

    def __init__(self, database: Database, id_: UUID, levels: Mapping[str, int], parent: QWidget) -> None:
        super().__init__(parent)
        self._database, self._id = database, id_
        self.levels = {code: Stepper(0, crcn.HIGHEST) for code in crcn.COMPETENCES}
        self._bands = {code: label("", "muted") for code in crcn.COMPETENCES}
        self._fault = Banner("danger", "")
        self.setWindowTitle("Grille CRCN")
        for code, stepper in self.levels.items():
            stepper.setAccessibleName(f"{code} {crcn.COMPETENCES[code]}")
            stepper.set_value(levels.get(code, 0))
            stepper.changed.connect(lambda _value, it=code: self._show_band(it))
            self._show_band(code)
        self._lay_out()

    def save(self) -> None:
        """Keep the levels; those that are 0 were not looked at."""
        told = {code: stepper.value() for code, stepper in self.levels.items()}
        try:
            interviews.set_finer(self._database, self._id, told)
        except AppError as error:
            self._fault.set_text(str(error))
            self._fault.show()
            return
        self.accept()

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab follows the eye."""
        return move_focus(self, forward)

    def _show_band(self, code: str) -> None:
        self._bands[code].setText(crcn.BANDS[self.levels[code].value()] or "Non regardé")

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        margin = theme.px(24)
        column.setContentsMargins(margin, theme.px(16), margin, theme.px(16))
        column.setSpacing(theme.px(10))
        column.addWidget(label("Grille CRCN", "title"))
        column.addWidget(label(_WHAT, "muted", wraps=True))
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(self._grid())
        column.addWidget(area, 1)
        self._fault.hide()
        column.addWidget(self._fault)
        column.addLayout(self._buttons())
        room = self.screen().availableSize()
        self.resize(min(theme.px(WIDTH), room.width()), min(theme.px(HEIGHT), room.height()))

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

    def _buttons(self) -> QHBoxLayout:
        cancel, save = QPushButton("Annuler"), QPushButton("Enregistrer")
        save.setProperty("role", "primary")
        save.setDefault(True)
        save.setToolTip("Entrée, ou Ctrl+Entrée")
        cancel.setAutoDefault(False)
        cancel.clicked.connect(self.reject)
        save.clicked.connect(self.save)
        for key in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(key), self, self.save)
        QShortcut(QKeySequence("Ctrl+L"), self, self.lock_asked.emit)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(cancel)
        row.addWidget(save)
        return row


_WHAT = (
    "Seize compétences du cadre national (CRCN), de 1 à 8. Laissez 0 à celles que vous ne regardez pas\u00a0: "
    "cette grille est facultative, et n’entre pas dans les chiffres."
)
