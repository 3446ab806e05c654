"""The search field, the menus of the filters, and the filters in force as chips that a click removes."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QPushButton, QWidget

from app.services import periods
from app.services.commands import ActivityFilter
from app.services.periods import Period
from app.ui import icons
from app.ui.filters import facets
from app.ui.filters.facets import Choice, Facet
from app.ui.filters.popups import ChoicePopup, PeriodPopup, Popup, SearchPopup
from app.ui.widgets.flow_layout import FlowLayout
from app.ui.widgets.list_search import ListSearch
from app.ui.widgets.removable_chip import RemovableChip

Periods = Callable[[date], tuple[Period, ...]]
"""The usual periods, seen from a day."""
_PAUSE_MS = 150
"""The list follows what is typed after this pause."""


class FilterBar(QWidget):
    """Turns what is typed and ticked into an ActivityFilter; where nothing is listed, there is nothing to type."""

    changed = Signal(object)
    """The ActivityFilter wanted now."""
    left = Signal()
    """Escape or Down in the search field: the keyboard goes to the list."""

    def __init__(
        self,
        today: Callable[[], date],
        known: Periods = periods.presets,
        has_search: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._today, self._periods = today, known
        self._filter = ActivityFilter()
        self._is_cramped = False
        self.popup: Popup | None = None
        self.search = ListSearch(
            "Chercher", "Chercher dans les activités", "Nom, titre, lieu, démarche, notes (F)", parent=self
        )
        self.search.clear_asked.connect(self._typed)
        self.search.left.connect(self.left)
        self._typing = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._typing.timeout.connect(self._typed)
        self.search.textEdited.connect(lambda: self._typing.start())
        self._row = FlowLayout(self)
        self._row.addWidget(self.search)
        self.search.setVisible(has_search)
        self.period_button = self._button("Période", self.open_period)
        self._menus: dict[str, tuple[Facet, QPushButton]] = {}
        self.set_facets(facets.facets())

    def set_facets(self, menus: tuple[Facet, ...]) -> None:
        """Offer these menus; one without choices is absent."""
        for facet in menus:
            if facet.title not in self._menus:
                button = self._button(facet.title, partial(self.open_menu, facet.title))
            else:
                button = self._menus[facet.title][1]
            self._menus[facet.title] = (facet, button)
        self._show_menus()

    def show_filter(self, filter_: ActivityFilter) -> None:
        """Show what the list is filtered by now."""
        self._filter = filter_
        if not self._typing.isActive() and self.search.text().strip() != filter_.text:
            self.search.setText(filter_.text)
        self._show_menus()

    def set_cramped(self, is_cramped: bool) -> None:
        """Keep only the search field while the detail takes the room of the menus."""
        self._is_cramped = is_cramped
        self._show_menus()

    def open_menu(self, title: str) -> None:
        """Open the menu of a facet under its button."""
        facet, button = self._menus[title]
        popup = _popup_of(facet, self._filter, self)
        popup.toggled.connect(self._toggle)
        self._open(popup, button)

    def open_period(self) -> None:
        """Open the choice of a period."""
        popup = PeriodPopup(self._filter, self._today(), self._periods(self._today()), self)
        popup.chosen.connect(self._choose_period)
        self._open(popup, self.period_button)

    def menu_button(self, title: str) -> QPushButton:
        """The button of a menu."""
        return self._menus[title][1]

    def _open(self, popup: Popup, button: QPushButton) -> None:
        if self.popup is not None:
            self.popup.deleteLater()
        self.popup = popup
        popup.open_under(button)

    def _toggle(self, choice: Choice) -> None:
        self.changed.emit(choice.toggled(self._filter))

    def _choose_period(self, period: Period) -> None:
        self.changed.emit(replace(self._filter, since=period.since, until=period.until))

    def _typed(self) -> None:
        self._typing.stop()
        self.changed.emit(replace(self._filter, text=self.search.text().strip()))

    def _show_menus(self) -> None:
        self.period_button.setHidden(self._is_cramped)
        for facet, button in self._menus.values():
            button.setHidden(self._is_cramped or not (facet.choices or facet.find))
            number = len(facets.active([facet], self._filter))
            button.setText(f"{facet.title} ({number})" if number else facet.title)

    def _button(self, title: str, call: Callable[[], None]) -> QPushButton:
        made = QPushButton(title, self)
        made.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        made.setAccessibleName(f"Filtrer par {title.lower()}")
        icons.set_icon(made, "chevron-down", "muted", 16)
        made.clicked.connect(lambda: call())
        self._row.addWidget(made)
        return made


class ActiveFilters(QWidget):
    """One removable chip for each filter in force, then « Tout effacer »; absent when there is none."""

    changed = Signal(object)
    """The ActivityFilter without what was removed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._flow = FlowLayout(self)
        self._shown: tuple[tuple[str, ActivityFilter], ...] = ()
        self.clear_all = QPushButton("Tout effacer", self)
        self.clear_all.setProperty("role", "link")
        self.clear_all.clicked.connect(lambda: self.changed.emit(ActivityFilter()))
        self.hide()

    def show_filter(self, filter_: ActivityFilter, menus: tuple[Facet, ...], today: date) -> None:
        """Show the chips of a filter; those already there stay in place."""
        wanted = _removals(filter_, menus, today)
        if wanted != self._shown:
            self._shown = wanted
            self._show_chips()
        self.setVisible(bool(wanted))

    def chips(self) -> list[RemovableChip]:
        """The chips, in order."""
        return [chip for chip in self.findChildren(RemovableChip) if not chip.isHidden()]

    def _show_chips(self) -> None:
        had_focus = any(chip.hasFocus() for chip in self.chips())
        for old in self.chips():
            self._flow.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._flow.removeWidget(self.clear_all)
        for text, without in self._shown:
            chip = RemovableChip(text, self)
            chip.removed.connect(partial(self.changed.emit, without))
            self._flow.addWidget(chip)
            chip.show()
        self._flow.addWidget(self.clear_all)
        if had_focus:
            self.clear_all.setFocus(Qt.FocusReason.OtherFocusReason)


def _popup_of(facet: Facet, filter_: ActivityFilter, parent: QWidget) -> ChoicePopup | SearchPopup:
    return SearchPopup(facet, facet.find, filter_, parent) if facet.find else ChoicePopup(facet, filter_, parent)


def _removals(filter_: ActivityFilter, menus: tuple[Facet, ...], today: date) -> tuple[tuple[str, ActivityFilter], ...]:
    """The words of each filter in force, and the filter once it is removed."""
    period = periods.name_of(filter_.since, filter_.until, today)
    chips = [(period[0].upper() + period[1:], replace(filter_, since=None, until=None))] if period else []
    chips += [(choice.label, choice.toggled(filter_)) for choice in facets.active(menus, filter_)]
    if filter_.text:
        chips.append((f"«\u00a0{filter_.text}\u00a0»", replace(filter_, text="")))
    return tuple(chips)
