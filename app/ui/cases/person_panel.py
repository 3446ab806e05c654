"""The tab « Démarches » of a person's file: their cases, open first, and a new one in a few keys."""

from collections.abc import Callable
from datetime import date
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QStackedWidget, QWidget

from app import labels
from app.services import case_lists
from app.services.commands import SaveCase
from app.services.rows import CaseRow
from app.ui import icons
from app.ui.appointments.follower import GIVE_KEYS
from app.ui.cases import words
from app.ui.cases.follower import CaseFollower
from app.ui.cases.panel import CasePanel
from app.ui.cases.scrolled import scrolling
from app.ui.cases.view import NEW_KEYS
from app.ui.desk import Desk
from app.ui.people.panels import PersonPanel
from app.ui.widgets.empty_state import EmptyState
from app.ui.widgets.line_list import Line, LineList
from app.ui.widgets.side_by_side import SideBySide, focus
from app.ui.widgets.surfaces import label
from protocol.vocabulary import RecordKind


class CasesPanel(PersonPanel):
    """The cases of one person, and the panel of one of them."""

    changes = frozenset({RecordKind.CASE, RecordKind.PROCEDURE, RecordKind.ACTIVITY})

    def __init__(self, desk: Desk, today: Callable[[], date] = date.today, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._today = today
        self._person: UUID | None = None
        self.list, self.panel = LineList("Démarches de cette personne"), CasePanel(today)
        self.panel.person.hide()
        self.follower = CaseFollower(desk, self.panel, today)
        self.new = QPushButton("Nouvelle démarche")
        self.new.setToolTip("Ouvrir une démarche pour cette personne (Ctrl+Maj+D)")
        icons.set_icon(self.new, "plus")
        self._totals = label("", "muted")
        self.empty = EmptyState(
            "list-checks",
            "Aucune démarche suivie",
            detail="Ouvrez-en une\u00a0: ses étapes et son échéance seront ici.",
            action="Nouvelle démarche",
        )
        self._stack = QStackedWidget()
        self._lay_out()
        self._listen()

    def show_person(self, id_: UUID) -> None:
        """Show the cases of this person; what is being typed stays."""
        if id_ != self._person:
            self.panel.hide()
            self.list.clear_selection()
        self._person = id_
        rows = case_lists.of_person(self.desk.database, id_, self._today())
        self.list.show_lines(_lines(rows, self._today()))
        self._stack.setCurrentWidget(self.list if rows else self._none)
        open_ = sum(row.is_open for row in rows)
        self._totals.setText(f"{open_} en cours" if open_ else "Aucune en cours" if rows else "")
        self.new.setVisible(bool(rows))
        self.follower.refresh()

    def leave(self) -> bool:
        """Keep at once what is typed of the case shown."""
        self.panel.flush()
        return True

    def answers(self, keys: str) -> bool:
        """The case shown is printed, changed and closed by the keys of the file."""
        panel = self.panel
        calls = {
            "Ctrl+P": panel.print.click,
            "Ctrl+E": panel.edit.click,
            GIVE_KEYS: panel.appoint.click,
            "Esc": panel.close_panel,
        }
        if panel.isHidden() or keys not in calls:
            return False
        calls[keys]()
        return True

    def new_case(self) -> None:
        """Open the dialog of a new case for this person."""
        from app.ui.cases.opening import open_case

        open_case(self.desk, SaveCase(beneficiary=self._person), self, self._opened, self._today)

    def _opened(self, id_: UUID) -> None:
        if self._person is not None:
            self.show_person(self._person)
        self.list.select(id_)
        self.follower.show(id_)
        self.panel.focus_first()

    def _enter(self, id_: UUID) -> None:
        self.follower.show(id_)
        self.panel.focus_first()

    def _listen(self) -> None:
        self.new.clicked.connect(self.new_case)
        self.empty.acted.connect(self.new_case)
        self.list.chosen.connect(self.follower.show)
        self.list.opened.connect(self._enter)
        self.list.advanced.connect(self.follower.do_next_step)
        self.list.deleted.connect(self.follower.delete)
        self.panel.closed.connect(lambda: focus(self.list))
        here = Qt.ShortcutContext.WidgetWithChildrenShortcut
        QShortcut(QKeySequence(NEW_KEYS), self, self.new_case, context=here)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self._totals, 1)
        head.addWidget(self.new)
        self._none = scrolling(self.empty)
        for page in (self.list, self._none):
            self._stack.addWidget(page)
        beside = SideBySide(self.panel, margin=0)
        beside.left.addLayout(head)
        beside.left.addWidget(self._stack, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(beside)


def _lines(rows: tuple[CaseRow, ...], today: date) -> tuple[Line, ...]:
    """The open ones, then the closed ones, each group under its title."""
    made: list[Line] = []
    before: bool | None = None
    for row in rows:
        title = "En cours" if row.is_open else words.CLOSED
        number = sum(one.is_open == row.is_open for one in rows)
        head = (title, labels.count(number, "démarche")) if row.is_open != before else None
        made.append(words.line(row, today, with_person=False, head=head))
        before = row.is_open
    return tuple(made)
