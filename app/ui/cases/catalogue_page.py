"""« Catalogue »: the procedures that can be followed, found by any word and read without opening a case."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from app import labels
from app.services.rows import GuideRow
from app.ui import icons, theme
from app.ui.cases import words
from app.ui.cases.guide_view import GuideView
from app.ui.cases.scrolled import scrolling
from app.ui.widgets.choice_box import ChoiceBox
from app.ui.widgets.decorated_field import SearchField
from app.ui.widgets.empty_state import EmptyState
from app.ui.widgets.flow_layout import FlowLayout
from app.ui.widgets.line_list import LineList
from app.ui.widgets.side_by_side import SideBySide, focus
from app.ui.widgets.side_panel import SidePanel
from app.ui.widgets.surfaces import label
from protocol.vocabulary import ProcedureFamily

_PAUSE_MS = 120
EVERY_FAMILY, MINE = "Toutes les familles", "mine"
Wanted = ProcedureFamily | str | None
"""A family, the advisor's own, or all of them."""


class CataloguePage(QWidget):
    """Shows the procedures it is given, and one of them at the right."""

    search_changed = Signal()
    chosen = Signal(object)
    """What is known of this procedure (its key) is wanted."""
    follow_asked = Signal(str)
    """Open a case of this procedure."""
    own_asked = Signal(object)
    """Add one of one's own: empty (None), or from this GuideRow; change it where it is one's own."""
    archive_asked = Signal(str, bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.search = SearchField("Chercher une démarche, un site, un mot", parent=self)
        choices: list[tuple[Wanted, str]] = [(None, EVERY_FAMILY), (MINE, words.OWN), *labels.FAMILIES.items()]
        self.family: ChoiceBox[Wanted] = ChoiceBox(choices)
        self.family.setAccessibleName("Filtrer par famille")
        self.add = QPushButton("Ajouter un modèle…")
        icons.set_icon(self.add, "plus")
        self.list, self.panel = LineList("Catalogue des démarches"), GuidePanel()
        self.nothing = EmptyState(
            "search",
            "Aucune démarche ne correspond",
            detail="Cherchez un autre mot, ou ajoutez-la à vos modèles.",
            action="Ajouter un modèle…",
        )
        self._stack = QStackedWidget()
        self._typing = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._lay_out()
        self._listen()

    def show_guides(self, rows: Sequence[GuideRow], with_groups: bool) -> None:
        """Show these procedures."""
        self.list.show_lines(words.guide_lines(rows, with_groups))
        self._stack.setCurrentWidget(self.list if rows else self._nothing)

    def _searched(self) -> None:
        self._typing.stop()
        self.search_changed.emit()
        focus(self.list)

    def _opened(self, key: str) -> None:
        self.chosen.emit(key)
        focus(self.panel.follow)

    def _listen(self) -> None:
        self._typing.timeout.connect(self.search_changed)
        self.search.textEdited.connect(lambda: self._typing.start())
        self.search.clear_asked.connect(self.search_changed)
        self.search.returnPressed.connect(self._searched)
        self.family.changed.connect(self.search_changed)
        self.list.chosen.connect(self.chosen)
        self.list.opened.connect(self._opened)
        self.list.search_asked.connect(lambda: focus(self.search))
        self.add.clicked.connect(lambda: self.own_asked.emit(None))
        self.nothing.acted.connect(lambda: self.own_asked.emit(None))
        self.panel.follow_asked.connect(self.follow_asked)
        self.panel.own_asked.connect(self.own_asked)
        self.panel.archive_asked.connect(self.archive_asked)

    def _lay_out(self) -> None:
        self.search.setMinimumWidth(theme.px(280))
        filters = QWidget()
        row = FlowLayout(filters)
        for widget in (self.search, self.family, self.add):
            row.addWidget(widget)
        self._nothing = scrolling(self.nothing)
        for page in (self.list, self._nothing):
            self._stack.addWidget(page)
        beside = SideBySide(self.panel)
        beside.left.addWidget(filters)
        beside.left.addWidget(self._stack, 1)
        self.panel.closed.connect(lambda: focus(self.list))
        column = QHBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(beside)


class GuidePanel(SidePanel):
    """What is known of one procedure, and what can be done with it."""

    follow_asked = Signal(str)
    own_asked = Signal(object)
    archive_asked = Signal(str, bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: GuideRow | None = None
        self._title, self._family = label("", "subtitle", wraps=True), label("", "small", wraps=True)
        self.follow = QPushButton("Suivre pour une personne…")
        self.follow.setProperty("role", "primary")
        self.change, self.archive = QPushButton(), QPushButton()
        self._guide = GuideView()
        self._lay_out()
        self.follow.clicked.connect(lambda: self.follow_asked.emit(self.shown()))
        self.change.clicked.connect(lambda: self.own_asked.emit(self._shown))
        self.archive.clicked.connect(self._archive)
        self.hide()

    def show_guide(self, guide: GuideRow) -> None:
        """Show a procedure."""
        self._shown = guide
        self._title.setText(guide.name)
        self._family.setText(" · ".join(filter(None, (words.family(guide.family), words.OWN if guide.is_own else ""))))
        self.change.setText("Modifier…" if guide.is_own else "Copier dans mes modèles…")
        self.archive.setText("Proposer à nouveau" if guide.archived else "Archiver")
        self.archive.setVisible(guide.is_own)
        self._guide.show_guide(guide, with_steps=True)
        self.show()

    def shown(self) -> str:
        """The key of the procedure shown; empty while the panel is closed."""
        return self._shown.key if self._shown is not None and not self.isHidden() else ""

    def _archive(self) -> None:
        if self._shown is not None:
            self.archive_asked.emit(self._shown.key, not self._shown.archived)

    def _lay_out(self) -> None:
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, theme.px(16))
        column.addWidget(self._guide)
        column.addStretch(1)
        actions = FlowLayout(gap=8)
        for button in (self.follow, self.change, self.archive):
            actions.addWidget(button)
        names = QVBoxLayout()
        names.setSpacing(theme.px(4))
        names.addWidget(self._title)
        names.addWidget(self._family)
        scroll = self.lay_out(names, actions, body)
        scroll.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        scroll.setAccessibleName("Ce qu’il faut savoir")
