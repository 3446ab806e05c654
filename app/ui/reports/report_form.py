"""What the advisor chooses and writes of a report."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from app.services.report_drafts import HIGHLIGHTS, LONGEST_HIGHLIGHT, TITLE, ReportDraft
from app.ui import theme
from app.ui.reports.period_choice import PeriodChoice
from app.ui.widgets.field_row import FieldRow
from app.ui.widgets.notes_edit import NotesEdit
from app.ui.widgets.surfaces import label

_ABOUT = "Ce que les chiffres ne disent pas. Sans nom\u00a0: le rapport sort du carnet."
_LONGEST_LINE = 150


class ReportForm(QWidget):
    """The period, for whom, where it is signed, three highlights."""

    typed = Signal()
    period_changed = Signal()

    def __init__(self, today: Callable[[], date], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.period = PeriodChoice(today, self)
        self.title, self.structure, self.place = QLineEdit(self), QLineEdit(self), QLineEdit(self)
        for field in (self.title, self.structure, self.place):
            field.setMaxLength(_LONGEST_LINE)
            field.textEdited.connect(self.typed)
        self.title.setPlaceholderText(TITLE)
        self.highlights = tuple(NotesEdit(reminder="", limit=LONGEST_HIGHLIGHT) for _ in range(HIGHLIGHTS))
        for number, edit in enumerate(self.highlights, start=1):
            edit.setAccessibleName(f"Fait marquant {number}")
            edit.changed.connect(self.typed)
        self.period.changed.connect(self.period_changed)
        self._lay_out()

    def draft(self) -> ReportDraft:
        """What is written now."""
        return ReportDraft(
            title=self.title.text().strip() or TITLE,
            structure=self.structure.text(),
            place=self.place.text(),
            highlights=tuple(edit.value() for edit in self.highlights),
        )

    def show_draft(self, draft: ReportDraft) -> None:
        """Show what was written; emits nothing."""
        self.title.setText(draft.title)
        self.structure.setText(draft.structure)
        self.place.setText(draft.place)
        for edit, text in zip(self.highlights, draft.highlights, strict=True):
            edit.set_value(text)

    def focus_first(self) -> None:
        """Put the keyboard on the period."""
        self.period.focus_first()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, theme.px(12), theme.px(12))
        column.setSpacing(theme.px(12))
        column.addWidget(self.period)  # by itself: its four segments take the whole width with large letters
        for name, field in (("Titre", self.title), ("Structure", self.structure), ("Fait à", self.place)):
            column.addWidget(FieldRow(name, field))
        column.addWidget(label("Faits marquants", "subtitle"))
        column.addWidget(label(_ABOUT, "muted", wraps=True))
        for edit in self.highlights:
            column.addWidget(edit)
        column.addStretch(1)
