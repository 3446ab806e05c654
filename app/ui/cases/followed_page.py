"""« Démarches suivies »: the cases, parted by urgency, person or family, and the panel of one of them."""

from collections.abc import Callable, Sequence
from datetime import date
from uuid import UUID

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from app import labels
from app.services.commands import CaseFilter
from app.services.rows import CaseRow
from app.ui import theme
from app.ui.cases import words
from app.ui.cases.panel import CasePanel
from app.ui.cases.scrolled import scrolling
from app.ui.cases.words import GROUPINGS, Grouping
from app.ui.widgets.chip_group import ChipGroup
from app.ui.widgets.choice_box import ChoiceBox
from app.ui.widgets.decorated_field import SearchField
from app.ui.widgets.empty_state import EmptyState
from app.ui.widgets.flow_layout import FlowLayout
from app.ui.widgets.line_list import LineList
from app.ui.widgets.segmented_control import SegmentedControl
from app.ui.widgets.side_by_side import SideBySide, focus
from protocol.vocabulary import CaseStatus, ProcedureFamily

_PAUSE_MS = 150
"""The list follows what is typed after this pause."""
_CRAMPED = 560
"""Under this width beside the panel, some filters wait until it is closed (pixels at 100 %)."""
EVERY_FAMILY = "Toutes les familles"


class FollowedPage(QWidget):
    """Shows the cases it is given, and says which are wanted."""

    filter_changed = Signal()
    """The filter or the grouping is no longer the same."""
    chosen = Signal(object)
    """The detail of this case (UUID) is wanted."""
    new_asked = Signal()

    def __init__(self, today: Callable[[], date], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._today = today
        self.search = SearchField("Chercher une personne, une démarche", parent=self)
        self.search.setToolTip("Personne, démarche, prochaine étape (F)")
        self.grouping: SegmentedControl[Grouping] = SegmentedControl(GROUPINGS)
        self.grouping.setAccessibleName("Présentation")
        self.family: ChoiceBox[ProcedureFamily | None] = ChoiceBox([(None, EVERY_FAMILY), *labels.FAMILIES.items()])
        self.family.setAccessibleName("Filtrer par famille")
        self.statuses: ChipGroup[CaseStatus] = ChipGroup(multiple=True)
        hints = labels.CASE_STATUS_HINTS
        self.statuses.set_choices([(code, name, hints[code]) for code, name in labels.CASE_STATUSES.items()])
        self.statuses.setAccessibleName("Filtrer par état")
        self.list, self.panel = LineList("Démarches"), CasePanel(today)
        self.empty = EmptyState(
            "list-checks",
            "Aucune démarche en cours",
            detail="Ouvrez-en une pour une personne\u00a0: ses étapes, son échéance et son numéro de dossier "
            "seront ici, et les échéances proches sur «\u00a0Ma journée\u00a0».",
            action="Nouvelle démarche",
        )
        self.nothing = EmptyState(
            "search",
            "Aucune démarche ne correspond",
            detail="Retirez un filtre ou cherchez un autre mot.",
            action="Effacer les filtres",
        )
        self._has_filters = False
        self._stack = QStackedWidget()
        self._typing = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._lay_out()
        self._listen()

    def filter(self) -> CaseFilter:
        """What is asked for."""
        family = self.family.value()
        families = frozenset({family}) if family else frozenset()
        return CaseFilter(frozenset(self.statuses.values()), families, self.search.text().strip())

    def clear_filter(self) -> None:
        """Ask for every open case."""
        self.search.clear()
        self.family.set_value(None)
        self.statuses.set_values(())
        self.filter_changed.emit()

    def show_rows(self, rows: Sequence[CaseRow]) -> None:
        """Show these cases."""
        self.list.show_lines(words.lines(rows, self.grouping.value(), self._today()))
        is_filtered = self.filter() != CaseFilter()
        front = self.list if rows else self._pages[self.nothing if is_filtered else self.empty]
        self._stack.setCurrentWidget(front)
        self._has_filters = bool(rows) or is_filtered
        self._make_room()

    def focus_list(self) -> None:
        """Give the keyboard to the list, or to what is there instead."""
        front = next((one for one in (self.list, self.empty, self.nothing) if one.isVisibleTo(self)), self.list)
        focus(front)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self, is_open: bool | None = None) -> None:
        """Where the panel leaves little, only the search and the presentation stay above the list."""
        is_open = not self.panel.isHidden() if is_open is None else is_open
        is_cramped = is_open and self.width() - self.panel.width() < theme.px(_CRAMPED)
        self._filters.setVisible(self._has_filters)
        for widget in (self.family, self.statuses):
            widget.setVisible(self._has_filters and not is_cramped)

    def _searched(self) -> None:
        self._typing.stop()
        self.filter_changed.emit()
        self.focus_list()

    def _opened(self, id_: UUID) -> None:
        self.chosen.emit(id_)
        self.panel.focus_first()

    def _listen(self) -> None:
        self._typing.timeout.connect(self.filter_changed)
        self.search.textEdited.connect(lambda: self._typing.start())
        self.search.clear_asked.connect(self.filter_changed)
        self.search.returnPressed.connect(self._searched)
        for control in (self.grouping, self.family, self.statuses):
            control.changed.connect(self.filter_changed)
        self.list.chosen.connect(self.chosen)
        self.list.opened.connect(self._opened)
        self.list.search_asked.connect(lambda: focus(self.search))
        self.empty.acted.connect(self.new_asked)
        self.nothing.acted.connect(self.clear_filter)
        self.panel.closed.connect(self.focus_list)

    def _lay_out(self) -> None:
        self._filters = QWidget()
        row = FlowLayout(self._filters)
        self.search.setMinimumWidth(theme.px(250))
        for widget in (self.search, self.grouping, self.family):
            row.addWidget(widget)
        self._pages = {page: scrolling(page) for page in (self.empty, self.nothing)}
        for page in (self.list, *self._pages.values()):
            self._stack.addWidget(page)
        beside = SideBySide(self.panel)
        beside.left.addWidget(self._filters)
        beside.left.addWidget(self.statuses)
        beside.left.addWidget(self._stack, 1)
        self.panel.opened.connect(self._make_room)
        column = QHBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(beside)
