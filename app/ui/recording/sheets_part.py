"""Fiches remises: the learner sheets handed over, those that fit what was done offered first."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.services.commands import RecordActivity
from app.services.sheets.sheet import Theme
from app.ui import theme
from app.ui.recording.part import UNPICKED, Part
from app.ui.recording.sources import Sources, Titled
from app.ui.widgets.bounded import bounded
from app.ui.widgets.chip_group import ChipGroup
from app.ui.widgets.field_row import FieldRow
from app.ui.widgets.suggestion_popup import Suggestion
from app.ui.widgets.type_ahead import TypeAhead

OFFERED = 4
"""Sheets offered as chips."""


class SheetsPart(Part):
    """Chips for the sheets on the topics chosen, a field for all the others."""

    def __init__(self, sources: Sources) -> None:
        super().__init__()
        self._sources = sources
        self._themes: frozenset[Theme] = frozenset()
        self._chips: ChipGroup[str] = ChipGroup(multiple=True)
        self._chips.setAccessibleName("Fiches sur ces thématiques")
        self._search: TypeAhead[str] = TypeAhead(
            self._suggestions, placeholder="Une autre fiche", multiple=True, leading_icon="book-open"
        )
        self._search.setAccessibleName("Fiches remises")
        both = QWidget()
        column = QVBoxLayout(both)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        column.addWidget(self._chips)
        column.addWidget(bounded(self._search))
        both.setFocusProxy(self._search)
        self.add_row(FieldRow("Fiches", both), "sheets")
        self._chips.hide()
        self._chips.changed.connect(self.changed)
        self._search.changed.connect(self.changed)

    def follow(self, themes: frozenset[Theme]) -> None:
        """Offer the sheets on these themes."""
        if themes != self._themes:
            self._themes = themes
            self._offer(self._codes())

    def add(self, code: str) -> None:
        """Choose this one too, as the advisor would."""
        self._offer(self._codes() | {code})
        self.changed.emit()

    def show_form(self, form: RecordActivity) -> None:
        self._themes = frozenset()
        self._offer(form.sheets)

    def fill(self, form: RecordActivity) -> RecordActivity:
        return replace(form, sheets=self._codes())

    def loose_ends(self) -> dict[str, str]:
        return {"sheets": UNPICKED} if self._search.text().strip() else {}

    def focus_first(self) -> None:
        """Put the keyboard on the first sheet offered, or in the field."""
        if self._chips.isHidden():
            self._search.setFocus()
        else:
            self._chips.focus_first()

    def hand_best(self) -> None:
        """Choose the sheet that fits best and is not yet chosen; the keyboard goes to the field where there is none."""
        left = [code for code, _ in self._offered() if code not in self._codes()]
        if left:
            self.add(left[0])
        else:
            self._search.setFocus()

    def _codes(self) -> frozenset[str]:
        return frozenset((*self._chips.values(), *self._search.values()))

    def _offer(self, chosen: frozenset[str]) -> None:
        offered = self._offered()
        codes = {code for code, _ in offered}
        self._chips.set_choices([(code, title, "") for code, title in offered], chosen & codes)
        self._chips.setVisible(bool(offered))
        others = self._sources.sheets_called(chosen - codes) if chosen - codes else ()
        self._search.set_picked(*map(_suggestion, others))

    def _offered(self) -> list[Titled]:
        return list(self._sources.sheets_on(self._themes))[:OFFERED] if self._themes else []

    def _suggestions(self, typed: str) -> Sequence[Suggestion[str]]:
        chosen = self._codes()
        return [_suggestion(one) for one in self._sources.find_sheets(typed) if one[0] not in chosen]


def _suggestion(titled: Titled) -> Suggestion[str]:
    return Suggestion(titled[0], titled[1], icon="book-open")
