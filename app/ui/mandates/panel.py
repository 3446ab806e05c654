"""The tab « Documents » of a person's file: their mandates, and the papers to hand over to them."""

from collections.abc import Callable
from datetime import date
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from app import labels
from app.errors import AppError
from app.services.mandates import lists, making
from app.services.mandates.rows import MandateRow, SignMandate
from app.ui import icons, theme
from app.ui.desk import Desk
from app.ui.mandates import words
from app.ui.mandates.act_dialog import ActDialog, RevokeDialog, UseDialog
from app.ui.mandates.kept_papers import journal_of, mandate_of
from app.ui.mandates.mandate_panel import MandatePanel
from app.ui.mandates.papers import PAPERS
from app.ui.mandates.presenter import NewMandatePresenter
from app.ui.people.panels import PersonPanel
from app.ui.widgets.empty_state import EmptyState
from app.ui.widgets.flow_layout import FlowLayout
from app.ui.widgets.line_list import LineList
from app.ui.widgets.side_by_side import SideBySide, focus
from app.ui.widgets.surfaces import SectionLabel, label
from protocol.vocabulary import RecordKind

NEW_KEYS = "Ctrl+Shift+M"
KEPT, NOTED, TAKEN_BACK = "Mandat enregistré", "Démarche notée dans le journal", "Noté dans le journal"


class DocumentsPanel(PersonPanel):
    """The mandates of one person, the panel of one of them, and the papers under them."""

    changes = frozenset({RecordKind.MANDATE, RecordKind.MANDATE_ENTRY, RecordKind.BENEFICIARY})

    def __init__(self, desk: Desk, today: Callable[[], date] = date.today, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._today = today
        self._person: UUID | None = None
        self._unsigned: dict[UUID, SignMandate] = {}
        """What was typed and closed before it was signed, by person: it comes back with the dialog."""
        self.list, self.panel = LineList("Mandats de cette personne"), MandatePanel()
        self.new = QPushButton("Nouveau mandat")
        self.new.setToolTip("Faire signer un mandat (Ctrl+Maj+M)")
        icons.set_icon(self.new, "plus")
        self._totals = label("", "muted")
        self.empty = EmptyState(
            "file-check",
            "Aucun mandat",
            detail="Pour faire une démarche à la place de la personne, il faut un mandat écrit, qu’elle signe.",
            action="Nouveau mandat",
        )
        self._stack = QStackedWidget()
        self._lay_out()
        self._listen()

    def show_person(self, id_: UUID) -> None:
        """Show the mandates of this person."""
        if id_ != self._person:
            self.panel.hide()
            self.list.clear_selection()
        self._person = id_
        rows = lists.of_person(self.desk.database, id_, self._today())
        self.list.show_lines([words.line(row, self._today()) for row in rows])
        self._stack.setCurrentWidget(self.list if rows else self.empty)
        active = sum(row.is_active for row in rows)
        self._totals.setText(labels.count(active, "mandat valable", "mandats valables") if rows else "")
        self.new.setVisible(bool(rows))
        if self.panel.detail is not None and not self.panel.isHidden():
            self.show_mandate(self.panel.detail.row.id)

    def answers(self, keys: str) -> bool:
        """The mandate shown is printed and closed by the keys of the file."""
        calls = {"Ctrl+P": self.panel.print.click, "Esc": self.panel.close_panel}
        if self.panel.isHidden() or keys not in calls:
            return False
        calls[keys]()
        return True

    def show_mandate(self, id_: UUID) -> None:
        """Show a mandate; the panel closes if it is gone."""
        try:
            self.panel.show_detail(lists.detail(self.desk.database, id_, self._today()), self._today())
        except AppError as error:
            self.panel.hide()
            self.desk.say(error)

    def new_mandate(self) -> None:
        """Open the dialog of a new mandate, as it was left if it was."""
        if self._person is None:
            return
        blank = making.blank(self.desk.database, self._person, self._today())
        self._open_form(self._unsigned.get(self._person, blank))

    def _open_form(self, form: SignMandate) -> None:
        made = NewMandatePresenter(self.desk, form, self.window(), self._today)
        made.signed.connect(self._signed)
        made.left.connect(self._keep_unsigned)
        made.open()

    def _keep_unsigned(self, form: SignMandate) -> None:
        if form.beneficiary is not None and (form.families or form.acts):
            self._unsigned[form.beneficiary] = form

    def _signed(self, id_: UUID) -> None:
        if self._person is not None:
            self._unsigned.pop(self._person, None)
            self.show_person(self._person)
        self.list.select(id_)
        self.show_mandate(id_)
        self.panel.focus_first()
        self.desk.said.emit(KEPT, None)

    def _renew(self, row: MandateRow) -> None:
        self._open_form(making.renewal(self.desk.database, row.id, self._today()))

    def _use(self, row: MandateRow) -> None:
        if row.is_active:
            self._ask(UseDialog(self.desk.database, row, self.window(), self._today), NOTED)

    def _revoke(self, row: MandateRow) -> None:
        if self.panel.revoke.isEnabled():
            self._ask(RevokeDialog(self.desk.database, row, self.window(), self._today), TAKEN_BACK)

    def _ask(self, dialog: ActDialog, said: str) -> None:
        asked_from = self.list if self.list.hasFocus() else self.panel
        dialog.done_.connect(lambda: self._acted(said, asked_from))
        dialog.lock_asked.connect(self.desk.lock_asked)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _acted(self, said: str, asked_from: QWidget) -> None:
        """Show what the journal says now; a button that answers no more does not keep the keyboard."""
        if self._person is not None:
            self.show_person(self._person)
        if asked_from is self.panel:
            self.panel.focus_first()
        self.desk.said.emit(said, None)

    def _with(self, call: Callable[[MandateRow], object]) -> None:
        """Do something with the mandate shown."""
        if self.panel.detail is not None and not self.panel.isHidden():
            call(self.panel.detail.row)

    def _enter(self, id_: UUID) -> None:
        self.show_mandate(id_)
        self.panel.focus_first()

    def _listen(self) -> None:
        desk, panel = self.desk, self.panel
        self.new.clicked.connect(self.new_mandate)
        self.empty.acted.connect(self.new_mandate)
        self.list.chosen.connect(self.show_mandate)
        self.list.opened.connect(self._enter)
        self.list.advanced.connect(lambda: self._with(self._use))
        self.list.deleted.connect(lambda: self._with(self._revoke))
        panel.closed.connect(lambda: focus(self.list))
        for button, call in (
            (panel.use, self._use),
            (panel.revoke, self._revoke),
            (panel.renew, self._renew),
            (panel.print, lambda row: mandate_of(desk, row.id, self.window(), self._today).open()),
            (panel.print_journal, lambda row: journal_of(desk, row.id, self.window(), self._today).open()),
        ):
            button.clicked.connect(lambda _on=False, it=call: self._with(it))
        here = Qt.ShortcutContext.WidgetWithChildrenShortcut
        QShortcut(QKeySequence(NEW_KEYS), self, self.new_mandate, context=here)
        QShortcut(QKeySequence("Ctrl+D"), self, lambda: self._with(self._use), context=here)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(SectionLabel("Mandats"))
        head.addWidget(self._totals, 1)
        head.addWidget(self.new)
        for page in (self.list, self.empty):
            self._stack.addWidget(page)
        beside = SideBySide(self.panel, margin=0)
        beside.left.addLayout(head)
        beside.left.addWidget(self._stack, 1)
        beside.left.addLayout(self._papers())
        self.panel.opened.connect(beside.make_room)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(beside)

    def _papers(self) -> QVBoxLayout:
        flow = FlowLayout(gap=8)
        for paper in PAPERS:
            button = QPushButton(paper.label)
            button.setToolTip(paper.tip)
            icons.set_icon(button, "printer")
            button.clicked.connect(lambda _on=False, it=paper, by=button: self._give(it.give, by))
            flow.addWidget(button)
        column = QVBoxLayout()
        column.setSpacing(theme.px(8))
        column.addWidget(SectionLabel("Papiers à remettre"))
        column.addLayout(flow)
        return column

    def _give(self, give: Callable[[Desk, UUID, QWidget], None], button: QWidget) -> None:
        if self._person is not None:
            give(self.desk, self._person, button)
