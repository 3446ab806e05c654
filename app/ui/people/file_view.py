"""The file of one person: who it is, what can be done, and the tabs."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from app.ui import icons, theme
from app.ui.appointments.follower import GIVE_KEYS
from app.ui.people.panels import ASSESSMENTS, INTERVIEW_KEYS, PersonPanel, Tab
from app.ui.reading_order import move_focus
from app.ui.widgets.flow_layout import FlowLayout
from app.ui.widgets.surfaces import label
from app.ui.widgets.tab_strip import TabStrip

_SIDE, _APART = 24, 12
"""Pixels at 100 %: around the page, between the name and what is known."""


class PersonFileView(QWidget):
    """A page of its own: the list is one Escape away."""

    back_asked = Signal()
    record_asked = Signal()
    paper_asked = Signal()
    """« Fiche de suivi »."""
    edit_asked = Signal()
    appointment_asked = Signal()
    duplicates_asked = Signal()
    tab_chosen = Signal(str)

    def __init__(self, tabs: Sequence[Tab], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.back = _button("Bénéficiaires", "arrow-left", "Échap", "link")
        self.back.setProperty("fold", True)
        self.name = label("", "title", wraps=True)
        self.about = label("", "muted", wraps=True)
        self.twin = _button("Doublon possible…", "users", "Ctrl+Maj+U", "link")
        self.twin.setProperty("fold", True)
        self.twin.hide()
        self.record = _button("Enregistrer un accompagnement", "plus", "Ctrl+R", "primary", "on_primary")
        self.paper = _button("Fiche de suivi…", "printer", "Ctrl+P")
        self.edit = _button("Modifier", "pencil", "Ctrl+E")
        self.tabs = TabStrip([(one.key, one.label) for one in tabs])
        self._who = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._stack = QStackedWidget()
        self._panels: dict[str, PersonPanel] = {}
        self._lay_out()
        self._connect()

    def show_header(self, name: str, about: str) -> None:
        """Say who it is."""
        self.name.setText(name)
        self.about.setText(about)
        self._fit()

    def show_twins(self, names: Sequence[str]) -> None:
        """Say who may be the same person, if anybody."""
        others = f" et {len(names) - 1} autres" if len(names) > 2 else " et une autre" if len(names) == 2 else ""
        self.twin.setText(f"Doublon possible\u00a0: {names[0]}{others}" if names else "")
        self.twin.setVisible(bool(names))

    def panel(self, key: str) -> PersonPanel | None:
        """The panel of a tab, if it was made."""
        return self._panels.get(key)

    def show_panel(self, key: str, panel: PersonPanel) -> None:
        """Put the panel of a tab in front."""
        if key not in self._panels:
            self._panels[key] = panel
            self._stack.addWidget(panel)
        self._stack.setCurrentWidget(panel)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """What is known of the person follows the name on its line where there is room."""
        words = sum(one.fontMetrics().horizontalAdvance(one.text()) for one in (self.name, self.about))
        is_short = words + theme.px(2 * _SIDE + _APART) < self.width()
        direction = QBoxLayout.Direction
        self._who.setDirection(direction.LeftToRight if is_short else direction.TopToBottom)
        self._who.setSpacing(theme.px(_APART) if is_short else 0)
        self.name.setWordWrap(not is_short)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab follows the eye."""
        return move_focus(self, forward)

    def _connect(self) -> None:
        self.back.clicked.connect(self.back_asked)
        self.record.clicked.connect(self.record_asked)
        self.paper.clicked.connect(self.paper_asked)
        self.edit.clicked.connect(self.edit_asked)
        self.twin.clicked.connect(self.duplicates_asked)
        self.tabs.chosen.connect(self.tab_chosen)
        places = {f"Alt+{place + 1}": lambda it=place: self.tabs.choose_at(it) for place in range(9)}
        inside: dict[str, Callable[[], object]] = {
            "Esc": self.back.click,
            "Ctrl+P": self.paper.click,
            "Ctrl+E": self.edit.click,
            GIVE_KEYS: self.appointment_asked.emit,
        }
        calls: dict[str, Callable[[], object]] = {
            **{keys: partial(self._ask_panel, keys, call) for keys, call in inside.items()},
            "Alt+Left": self.back.click,
            "Ctrl+R": self.record.click,
            INTERVIEW_KEYS: self._interview,
            "Ctrl+Shift+U": self._ask_twins,
            "Ctrl+Tab": lambda: self.tabs.turn(1),
            "Ctrl+Shift+Tab": lambda: self.tabs.turn(-1),
            **places,
        }
        for keys, call in calls.items():
            QShortcut(QKeySequence(keys), self, call, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def _ask_panel(self, keys: str, call: Callable[[], object]) -> None:
        """What is open in the tab answers first."""
        panel = self._panels.get(self.tabs.key())
        if panel is None or not panel.answers(keys):
            call()

    def _interview(self) -> None:
        self.tabs.choose(ASSESSMENTS)
        self._panels[ASSESSMENTS].answers(INTERVIEW_KEYS)

    def _ask_twins(self) -> None:
        """Only where a twin is named: a hidden button still answers a click."""
        if self.twin.isVisible():
            self.twin.click()

    def _lay_out(self) -> None:
        actions = QWidget()
        flow = FlowLayout(actions, is_right=True)
        for one in (self.record, self.edit, self.paper):
            flow.addWidget(one)
        head = QHBoxLayout()
        head.setSpacing(theme.px(16))
        head.addWidget(self.back, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(actions, 1)
        self.about.setContentsMargins(0, 0, 0, theme.px(3))  # on the line of the name, which is larger
        self._who.addWidget(self.name)
        self._who.addWidget(self.about, 1, Qt.AlignmentFlag.AlignBottom)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(_SIDE), theme.px(12), theme.px(_SIDE), 0)
        column.setSpacing(theme.px(4))
        column.addLayout(head)
        column.addLayout(self._who)
        column.addWidget(self.twin, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.tabs)
        column.addSpacing(theme.px(4))
        column.addWidget(self._stack, 1)


def _button(text: str, icon: str, keys: str, role: str = "", ink: str = "text") -> QPushButton:
    made = QPushButton(text)
    made.setProperty("role", role)
    made.setToolTip(f"{text} ({keys})")
    icons.set_icon(made, icon, "primary" if role == "link" else ink)
    return made
