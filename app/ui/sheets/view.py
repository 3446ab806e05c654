"""The screen « Fiches »: search and filters, the list, and the sheet chosen at the right."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, QTimer, Signal, SignalInstance
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from app.services.sheets.library import SheetFilter
from app.services.sheets.sheet import Sheet, Theme
from app.ui import icons, theme
from app.ui.sheets import words
from app.ui.sheets.panel import WIDTH, SheetPanel
from app.ui.widgets.chip_group import ChipGroup
from app.ui.widgets.choice_box import ChoiceBox
from app.ui.widgets.empty_state import EmptyState
from app.ui.widgets.flow_layout import FlowLayout
from app.ui.widgets.line_list import LineList
from app.ui.widgets.list_search import ListSearch
from app.ui.widgets.side_by_side import SideBySide, focus
from app.ui.widgets.surfaces import label
from protocol.vocabulary import WorkshopLevel

_PAUSE_MS = 80
_THEME_LETTERS, _LEAST_LIST = 16, 340
"""How much of a theme is read in its closed list; the width under which the list gives way to the preview."""
_TIP = "Un mot du titre, de la fiche, ou un mot voisin (Ctrl+F)"


class SheetsView(QWidget):
    """Shows the sheets it is given, and says what is asked of them."""

    filter_changed = Signal()
    chosen = Signal(object)
    """The sheet of this code is to be shown."""
    new_asked = Signal()
    import_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.search = ListSearch("Chercher une fiche", "Chercher une fiche", _TIP, width=200)
        self.theme: ChoiceBox[Theme | None] = ChoiceBox([(None, words.ALL_THEMES)])
        self.theme.setAccessibleName("Thématique")
        self.theme.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.theme.setMinimumContentsLength(_THEME_LETTERS)
        self.levels: ChipGroup[WorkshopLevel] = ChipGroup()
        self.levels.set_choices([(level, name, "") for level, name in words.LEVELS.items()])
        self.levels.setAccessibleName("Niveau")
        self.owned: ChipGroup[str] = ChipGroup()
        self.owned.set_choices([(name, name, "") for name in (words.MINE, words.ARCHIVED)])
        self.owned.setAccessibleName("Mes fiches")
        self.new, self.import_button = QPushButton("Nouvelle…"), QPushButton("Importer…")
        self.new.setAccessibleName("Nouvelle fiche")
        self.new.setToolTip("Écrire une fiche à soi (Ctrl+Maj+F)")
        self.import_button.setToolTip("Reprendre une fiche partagée (.md ou .zip)")
        icons.set_icon(self.new, "plus")
        icons.set_icon(self.import_button, "import")
        self._count = label("", "muted")
        self.list, self.panel = LineList("Fiches"), SheetPanel()
        self.nothing = EmptyState(
            "search",
            "Aucune fiche ne correspond",
            detail="Cherchez un autre mot, retirez un filtre, ou écrivez la vôtre.",
            action="Voir toutes les fiches",
        )
        self._stack = QStackedWidget()
        self._typing = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._lay_out()
        self._listen()

    def filter(self) -> SheetFilter:
        """What is asked for."""
        owned = self.owned.value()
        return SheetFilter(
            self.search.text(), self.theme.value(), self.levels.value(), owned == words.MINE, owned == words.ARCHIVED
        )

    def clear_filter(self) -> None:
        """Ask for every sheet; emits nothing."""
        self.search.clear()
        self._typing.stop()
        self.theme.set_value(None)
        self.levels.set_value(None)
        self.owned.set_value(None)

    def show_themes(self, sheets: Sequence[Sheet]) -> None:
        """Offer the themes of these sheets, and the own ones where there are some."""
        before = self.theme.value()
        choices = words.themes(sheets)
        self.theme.set_choices(choices)
        self.theme.set_value(before if before in dict(choices) else None)
        self.owned.setVisible(any(one.own for one in sheets))

    def show_sheets(self, sheets: Sequence[Sheet]) -> None:
        """List these; the one selected stays so if it is still there."""
        self.list.show_lines(words.lines(sheets))
        self._count.setText(words.count(len(sheets)))
        self._stack.setCurrentWidget(self.list if sheets else self.nothing)
        self._follow([one.code for one in sheets])

    def _follow(self, codes: Sequence[str]) -> None:
        """While a sheet is shown, it is one of the list: the best answer where it no longer is."""
        shown = self.panel.code()
        if shown and not codes:
            self.panel.hide()
        elif shown:
            self.list.select(shown if shown in codes else codes[0])
            if shown not in codes:
                self.chosen.emit(codes[0])
        else:
            self.list.clear_selection()

    def _listen(self) -> None:
        self._typing.timeout.connect(self.filter_changed)
        self.search.textChanged.connect(lambda: self._typing.start())
        self.search.left.connect(self._enter_list)
        self.search.returnPressed.connect(self._enter_list)
        for part in (self.theme, self.levels, self.owned):
            part.changed.connect(self.filter_changed)
        self.nothing.acted.connect(self.clear_filter)
        self.nothing.acted.connect(self.filter_changed)
        self.list.chosen.connect(self._walked)
        self.list.clicked.connect(lambda _: self._open())
        self.list.advanced.connect(lambda _: self._open())
        self.list.opened.connect(self._entered)
        self.list.deleted.connect(lambda _: self._delete())
        self.list.search_asked.connect(lambda: focus(self.search))
        self.panel.closed.connect(lambda: focus(self.list))
        self.new.clicked.connect(self.new_asked)
        self.import_button.clicked.connect(self.import_asked)
        for keys, call in self._shortcuts():
            QShortcut(QKeySequence(keys), self, call)

    def _shortcuts(self) -> tuple[tuple[str, Callable[[], object]], ...]:
        panel = self.panel
        return (
            ("Ctrl+F", lambda: focus(self.search)),
            ("Ctrl+Shift+F", self.new.click),
            ("Ctrl+P", panel.ask_print),
            ("Ctrl+S", lambda: self._with_shown(panel.file_asked)),
            ("Ctrl+Shift+E", lambda: self._with_shown(panel.share_asked)),
            ("Ctrl+E", lambda: self._with_shown(panel.edit_asked)),
            ("Esc", panel.close_panel),
        )

    def _walked(self, code: str) -> None:
        """Show each sheet one walks over, unless the list would give way to it."""
        if not self._beside.is_tight() or self.panel.code():
            self.chosen.emit(code)

    def _open(self) -> None:
        """Show the sheet selected."""
        self.chosen.emit(self.list.current())
        if self._beside.is_tight():
            focus(self.panel.hand)

    def _entered(self, code: str) -> None:
        """Enter shows a sheet, then hands it over."""
        if self.panel.code() == code:
            self.panel.handed.emit(code)
        else:
            self._open()

    def _enter_list(self) -> None:
        """Go into the list, on its first sheet if none is chosen."""
        if self._typing.isActive():
            self._typing.stop()
            self.filter_changed.emit()
        if self.list.current() is None and self.list.lines():
            self.list.select(self.list.lines()[0].key)
        focus(self.list)

    def _with_shown(self, signal: SignalInstance) -> None:
        if self.panel.code():
            signal.emit(self.panel.code())

    def _delete(self) -> None:
        if self.panel.sheet is not None and self.panel.sheet.own:
            self._with_shown(self.panel.delete_asked)

    def _lay_out(self) -> None:
        self.setProperty("role", "page")
        head, buttons = QHBoxLayout(), QWidget()
        flow = FlowLayout(buttons, is_right=True)
        flow.addWidget(self.import_button)
        flow.addWidget(self.new)
        head.addWidget(label("Fiches", "title"))
        head.addSpacing(theme.px(12))
        head.addWidget(self._count, 0, Qt.AlignmentFlag.AlignVCenter)
        head.addWidget(buttons, 1)
        filters = QWidget()
        row = FlowLayout(filters)
        for part in (self.search, self.theme, self.levels, self.owned):
            row.addWidget(part)
        for page in (self.list, self.nothing):
            self._stack.addWidget(page)
        beside = self._beside = SideBySide(self.panel, width=WIDTH, least=_LEAST_LIST)
        beside.left.setContentsMargins(theme.px(24), theme.px(16), theme.px(24), theme.px(12))
        beside.left.addLayout(head)
        beside.left.addWidget(filters)
        beside.left.addWidget(self._stack, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(beside)
