"""The tab « Documents » of a person's file: their mandates, and the papers to hand over to them."""

from collections.abc import Callable
from datetime import date
from typing import TypeVar
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app import labels
from app.errors import AppError
from app.services.mandates import lists, making
from app.services.mandates.rows import MandateRow, NoteUse, SignMandate, TakeBack
from app.services.typed import Name
from app.ui import icons, theme
from app.ui.desk import Desk
from app.ui.form_dialog import open_form
from app.ui.mandates import words
from app.ui.mandates.act_dialog import ActDialog, RevokeDialog, UseDialog
from app.ui.mandates.kept_papers import journal_of, mandate_of
from app.ui.mandates.mandate_panel import MandatePanel
from app.ui.mandates.papers import PAPERS
from app.ui.mandates.presenter import NewMandatePresenter
from app.ui.people.panels import PersonPanel
from app.ui.widgets.banner import Banner
from app.ui.widgets.flow_layout import FlowLayout
from app.ui.widgets.line_list import LineList
from app.ui.widgets.side_by_side import SideBySide, focus
from app.ui.widgets.surfaces import SectionLabel, label
from protocol.vocabulary import RecordKind

T = TypeVar("T")
NEW_KEYS = "Ctrl+Shift+M"
NONE = "Aucun mandat. Pour faire une démarche à la place de la personne, il faut un mandat écrit, qu’elle signe."
KEPT, NOTED, TAKEN_BACK = "Mandat enregistré", "Démarche notée dans le journal", "Noté dans le journal"


class DocumentsPanel(PersonPanel):
    """The mandates of one person, the panel of one of them, and the papers under them."""

    changes = frozenset({RecordKind.MANDATE, RecordKind.MANDATE_ENTRY, RecordKind.BENEFICIARY})

    def __init__(self, desk: Desk, today: Callable[[], date] = date.today, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._today = today
        self._person: UUID | None = None
        self.list, self.panel = LineList("Mandats de cette personne"), MandatePanel()
        self.new = QPushButton("Nouveau mandat")
        self.new.setToolTip("Faire signer un mandat (Ctrl+Maj+M)")
        icons.set_icon(self.new, "plus")
        self._totals = label("", "muted")
        self.none = Banner("info", NONE, icon="file-check")
        self.first = self.none.add_action("Nouveau mandat", self.new_mandate, "primary")
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
        self.list.setVisible(bool(rows))
        self.none.setVisible(not rows)
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
        self._open_form(making.blank(self.desk.database, self._person, self._today()))

    def _open_form(self, form: SignMandate, of: str = "new") -> None:
        made = NewMandatePresenter(self.desk, form, Name(f"mandate.{of}", form.beneficiary), self, self._today)
        made.signed.connect(self._signed)
        made.open()

    def _signed(self, id_: UUID) -> None:
        if self._person is not None:
            self.show_person(self._person)
        self.list.select(id_)
        self.show_mandate(id_)
        self.panel.focus_first()
        self.desk.said.emit(KEPT, None)

    def _renew(self, row: MandateRow) -> None:
        self._open_form(making.renewal(self.desk.database, row.id, self._today()), str(row.id))

    def _use(self, row: MandateRow) -> None:
        if row.is_active:
            database, name = self.desk.database, Name(f"use.{row.id}", row.beneficiary)
            self._ask(name, NoteUse(row.id), NOTED, lambda use: UseDialog(database, row, use, self, self._today))

    def _revoke(self, row: MandateRow) -> None:
        if self.panel.revoke.isEnabled():
            database, name = self.desk.database, Name(f"revoke.{row.id}", row.beneficiary)
            wish = TakeBack(row.id)
            self._ask(name, wish, TAKEN_BACK, lambda wish: RevokeDialog(database, row, wish, self, self._today))

    def _ask(self, name: Name, form: T, said: str, make: Callable[[T], ActDialog]) -> None:
        asked_from = self.list if self.list.hasFocus() else self.panel

        def made(content: T) -> ActDialog:
            dialog = make(content)
            dialog.done_.connect(lambda: self._acted(said, asked_from))
            return dialog

        open_form(self.desk, name, form, made)

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
        self.list.chosen.connect(self.show_mandate)
        self.list.opened.connect(self._enter)
        self.list.advanced.connect(lambda: self._with(self._use))
        self.list.deleted.connect(lambda: self._with(self._revoke))
        panel.closed.connect(lambda: focus(self.list))
        for button, call in (
            (panel.use, self._use),
            (panel.revoke, self._revoke),
            (panel.renew, self._renew),
            (panel.print, lambda row: mandate_of(desk, row.id, self, self._today).open()),
            (panel.print_journal, lambda row: journal_of(desk, row.id, self, self._today).open()),
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
        beside = SideBySide(self.panel, margin=0)
        beside.left.addLayout(head)
        beside.left.addWidget(self.list, 1)
        beside.left.addWidget(self.none)
        beside.left.addLayout(self._papers())
        beside.left.addStretch()
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
