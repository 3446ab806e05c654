"""One assessment: the drawing, a kind sentence for each domain, what to learn next, and what can be done with it."""

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app.services.assessments.history import AssessmentRow
from app.services.sheets.sheet import Sheet
from app.ui import icons, theme
from app.ui.assessments import words
from app.ui.assessments.levels import LevelsView
from app.ui.assessments.objectives import Objectives
from app.ui.widgets.day_picker import DayPicker
from app.ui.widgets.field_row import FieldRow
from app.ui.widgets.flow_layout import FlowLayout
from app.ui.widgets.info_button import InfoButton
from app.ui.widgets.notes_edit import NotesEdit
from app.ui.widgets.surfaces import Card, SectionLabel, label


class ResultCard(Card):
    """Shows; the panel does."""

    typed = Signal()
    """The objectives or the notes changed."""
    sheet_asked = Signal(str)

    def __init__(self, today: Callable[[], date], parent: QWidget | None = None) -> None:
        super().__init__(gap=10, parent=parent)
        self.title, self.since = label("", "subtitle", wraps=True), label("", "muted", wraps=True)
        self.levels, self.objectives = LevelsView(), Objectives()
        self.day, self.notes = DayPicker(today), NotesEdit(lines=2)
        self.statistics, self._definition = label("", "small", wraps=True), label("", "muted", wraps=True)
        self._info = InfoButton(self._definition)
        self.print, self.again = _button("Imprimer…", "printer"), _button("Revoir les réponses", "pencil")
        self.finer, self.delete = _button("Grille CRCN…", "layout-list"), _button("Supprimer", "trash-2")
        self.print.setToolTip("Le résultat en grands caractères, pour la personne (Ctrl+Maj+P)")
        self.finer.setToolTip("Seize compétences, pour qui veut plus de détail")
        self._sentences, self._sheets = QVBoxLayout(), FlowLayout()
        self._sheets_title = SectionLabel("Fiches à essayer")
        self._lay_out()
        self.objectives.changed.connect(self.typed)
        self.notes.changed.connect(self.typed)

    def show_row(self, row: AssessmentRow, before: AssessmentRow | None) -> None:
        """Show an ended assessment, and what it changed since the one before."""
        self.title.setText(words.title(row))
        self.since.setText(words.evolution(before, row) if before else "")
        self.since.setVisible(before is not None)
        if row.day is not None and row.day != self.day.value():
            self.day.set_value(row.day)
        self.levels.show_levels(words.levels(row, before))
        _replace(self._sentences, [_sentence(name, said) for name, said in words.sentences(row)])
        is_so = row.is_illectronism is True
        self.statistics.setText(words.ILLECTRONISM if is_so else "")
        self.statistics.setVisible(is_so)
        self._info.set_definition(words.ILLECTRONISM_DEFINITION if is_so else "")
        self._info.set_figure(words.ILLECTRONISM)
        number = len(row.finer)
        self.finer.setText(f"Grille CRCN ({number})…" if number else "Grille CRCN…")

    def show_aims(self, row: AssessmentRow, suggested: Sequence[str]) -> None:
        """Show what may be typed: the objectives, and the notes."""
        self.objectives.show_objectives(row.objectives, suggested)
        self.notes.set_value(row.notes)

    def show_nothing(self) -> None:
        """Forget what was typed of another."""
        self.objectives.show_objectives((), ())
        self.notes.set_value("")

    def show_sheets(self, sheets: Sequence[Sheet]) -> None:
        """Offer these sheets."""
        buttons = [self._sheet(one) for one in sheets]
        _replace(self._sheets, buttons)
        self._sheets_title.setVisible(bool(buttons))

    def sheets(self) -> list[QPushButton]:
        """The sheets offered, in order."""
        items = [self._sheets.itemAt(place) for place in range(self._sheets.count())]
        return [made for one in items if one is not None and isinstance(made := one.widget(), QPushButton)]

    def _sheet(self, sheet: Sheet) -> QPushButton:
        made = QPushButton(sheet.title)
        made.setToolTip(sheet.summary)
        icons.set_icon(made, "book-open")
        made.clicked.connect(lambda: self.sheet_asked.emit(sheet.code))
        return made

    def _lay_out(self) -> None:
        self._sentences.setSpacing(theme.px(6))
        beside = QHBoxLayout()
        beside.setSpacing(theme.px(24))
        beside.addWidget(self.levels, 1, Qt.AlignmentFlag.AlignTop)
        beside.addLayout(self._sentences, 1)
        told = QHBoxLayout()
        told.setSpacing(theme.px(4))
        told.addWidget(self.statistics)
        told.addWidget(self._info)
        told.addStretch(1)
        for widget in (self.title, self._actions(), self.since):
            self.body.addWidget(widget)
        self.body.addLayout(beside)
        self.body.addLayout(told)
        self.body.addWidget(self._definition)
        for widget in (SectionLabel("Objectifs choisis ensemble"), self.objectives, self._sheets_title):
            self.body.addWidget(widget)
        self.body.addLayout(self._sheets)
        self.body.addWidget(FieldRow("Date", self.day))
        self.body.addWidget(FieldRow("Notes", self.notes))

    def _actions(self) -> QWidget:
        made = QWidget()
        flow = FlowLayout(made)
        for button in (self.print, self.again, self.finer, self.delete):
            flow.addWidget(button)
        return made


def _sentence(name: str, said: str) -> QWidget:
    made = label(said, wraps=True)
    made.setAccessibleName(f"{name}. {said}")
    return made


def _replace(layout: QVBoxLayout | FlowLayout, widgets: Sequence[QWidget]) -> None:
    """Put other widgets in a layout."""
    while (item := layout.takeAt(0)) is not None:
        if (old := item.widget()) is not None:
            old.hide()
            old.deleteLater()
    for one in widgets:
        layout.addWidget(one)


def _button(text: str, icon: str) -> QPushButton:
    made = QPushButton(text)
    icons.set_icon(made, icon)
    return made
