"""A sheet as a form: what it is about, its steps one line each, where it comes from."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QCheckBox, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from app import labels
from app.folding import fold
from app.services.sheets.places import Place
from app.services.sheets.reading import MATERIALS, STEPS, TO_REMEMBER, WARNINGS
from app.services.sheets.sheet import UNTITLED, Drawing, Sheet, Theme
from app.services.sheets.writing import blank
from app.ui.cases.scrolled import scrolled
from app.ui.sheets.rows import MOVE, Rows, TextRow
from app.ui.sheets.source_row import SourceRow
from app.ui.sheets.step_row import Shelf, StepRow
from app.ui.widgets.chip_group import ChipGroup
from app.ui.widgets.day_picker import DayPicker
from app.ui.widgets.duration_picker import DurationPicker
from app.ui.widgets.field_row import FieldRow
from app.ui.widgets.side_by_side import focus
from app.ui.widgets.suggestion_popup import Suggestion
from app.ui.widgets.type_ahead import TypeAhead
from protocol.vocabulary import ProcedureFamily, Topic, WorkshopLevel

_USUAL = 10, 15, 20, 30, 45, 60
"""Minutes."""
_STEPS_HINT = (
    f"Une action par étape. Entrée\u00a0: la suivante · Alt+C\u00a0: un conseil · Alt+D\u00a0: un dessin · {MOVE}"
)


class SheetForm(QWidget):
    """Gives back the sheet as it is filled; refuses nothing."""

    typed = Signal()
    taken_away = Signal(str, object)
    """A line was taken away: what is said of it, and what brings it back."""

    def __init__(self, known: Sequence[Drawing], today: Callable[[], date]) -> None:
        """`known` are the drawings of the library."""
        super().__init__()
        self._base = blank(today())
        self._today, self._shelf = today, Shelf(known)
        self.title, self.summary, self.words = QLineEdit(), QLineEdit(), QLineEdit()
        self.title.setPlaceholderText("Envoyer un e-mail")
        self.summary.setPlaceholderText("À quoi elle sert, en une phrase")
        self.words.setPlaceholderText("Courriel, messagerie")
        self.themes: TypeAhead[Theme] = TypeAhead(_themes, placeholder="E-mail, santé, papiers…", multiple=True)
        self.level: ChipGroup[WorkshopLevel] = ChipGroup()
        self.level.set_choices([(one, labels.LEVELS[one], "") for one in WorkshopLevel])
        self.minutes, self.checked_on = DurationPicker(_USUAL), DayPicker(today)
        self.to_verify = QCheckBox("Oui")
        self.to_verify.setToolTip("La fiche le dit, à l’écran et sur le papier")
        self.materials = Rows(lambda: TextRow("Il vous faut", "Votre carte d’identité"))
        self.steps = Rows(lambda: StepRow(self._shelf), hint=_STEPS_HINT, is_numbered=True)
        self.to_remember = Rows(lambda: TextRow("À retenir"))
        self.warnings = Rows(lambda: TextRow("Attention"))
        self.sources = Rows(SourceRow, hint="D’où viennent les informations.")
        self._scroll = self._lay_out()
        self._listen()

    def value(self) -> Sheet:
        """The sheet as it is filled."""
        return replace(
            self._base,
            title=self.title.text(),
            summary=self.summary.text(),
            themes=tuple(self.themes.values()),
            level=self.level.value(),
            minutes=self.minutes.value() or 0,
            checked_on=self.checked_on.value(),
            words=tuple(self.words.text().split(",")),
            to_verify=self.to_verify.isChecked(),
            materials=self.materials.values(),
            steps=self.steps.values(),
            to_remember=self.to_remember.values(),
            warnings=self.warnings.values(),
            sources=self.sources.values(),
        )

    def show_sheet(self, sheet: Sheet) -> None:
        """Fill the form; emits nothing."""
        self._base = sheet
        self._shelf.carry(sheet.drawings)
        self.title.setText("" if sheet.title == UNTITLED else sheet.title)
        self.summary.setText(sheet.summary)
        self.themes.set_picked(*map(_suggestion, sheet.themes))
        self.level.set_value(sheet.level)
        self.minutes.set_value(sheet.minutes or None)
        self.checked_on.set_value(sheet.checked_on or self._today())
        self.words.setText(", ".join(sheet.words))
        self.to_verify.setChecked(sheet.to_verify)
        self.materials.show_values(sheet.materials)
        self.steps.show_values(sheet.steps)
        self.to_remember.show_values(sheet.to_remember)
        self.warnings.show_values(sheet.warnings)
        self.sources.show_values(sheet.sources)

    def focus_on(self, place: Place) -> None:
        """Put the keyboard on a place of the sheet, in sight."""
        content = self._rows[place.part].content
        target = content.focus_on(place.number) if isinstance(content, Rows) else content
        focus(target)
        QTimer.singleShot(0, target, lambda: self._scroll.ensureWidgetVisible(target))

    def _listen(self) -> None:
        for line in (self.title, self.summary, self.words):
            line.textEdited.connect(lambda: self.typed.emit())
        for part in (self.themes, self.level, self.minutes, self.checked_on):
            part.changed.connect(self.typed)
        self.to_verify.clicked.connect(lambda: self.typed.emit())
        for rows in (self.materials, self.steps, self.to_remember, self.warnings, self.sources):
            rows.changed.connect(self.typed)
            rows.taken_away.connect(self.taken_away)

    def _lay_out(self) -> QScrollArea:
        self._rows = {
            "titre": FieldRow("Titre", self.title),
            "resume": FieldRow("En une phrase", self.summary),
            "themes": FieldRow("Thèmes", self.themes, hint="Le plus proche d’abord."),
            "niveau": FieldRow("Niveau", self.level),
            "duree": FieldRow("Durée", self.minutes),
            MATERIALS: FieldRow("Il vous faut", self.materials),
            STEPS: FieldRow("Étapes", self.steps),
            TO_REMEMBER: FieldRow(TO_REMEMBER, self.to_remember),
            WARNINGS: FieldRow(WARNINGS, self.warnings),
            "sources": FieldRow("Sources", self.sources),
            "verifiee": FieldRow("Vérifiée le", self.checked_on),
            "a_verifier": FieldRow("À vérifier", self.to_verify),
            "mots": FieldRow("Autres mots", self.words, hint="Pour la trouver, séparés par des virgules."),
        }
        area = scrolled(*self._rows.values())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(area)
        return area


def _themes(typed: str) -> list[Suggestion[Theme]]:
    """The topics and families that hold every word typed, by its beginning."""
    wanted, known = fold(typed).split(), (*Topic, *ProcedureFamily)
    named = [(one, " " + fold(labels.label(one))) for one in known]
    return [_suggestion(one) for one, name in named if all(f" {word}" in name for word in wanted)]


def _suggestion(theme: Theme) -> Suggestion[Theme]:
    return Suggestion(theme, labels.label(theme), icon="tag")
