"""The panel of one case: its steps to tick, what is typed of it, and what the catalogue knows."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QLineEdit, QPushButton, QVBoxLayout, QWidget

from app import labels
from app.labels import NBSP
from app.services.case_rules import SOON, is_open, one_line
from app.services.commands import SaveCase
from app.services.rows import CaseDetail, LinkedActivity, LostRow
from app.ui import activity_words, icons, theme
from app.ui.cases import words
from app.ui.cases.guide_view import GuideView
from app.ui.cases.optional_day import OptionalDay
from app.ui.cases.tick_list import StepList, Tick, TickList
from app.ui.lost_version import LostVersion
from app.ui.reading_order import move_focus
from app.ui.widgets.choice_box import ChoiceBox
from app.ui.widgets.flow_layout import FlowLayout
from app.ui.widgets.notes_edit import NotesEdit
from app.ui.widgets.side_panel import SidePanel
from app.ui.widgets.surfaces import SectionLabel, label
from protocol.vocabulary import CaseStatus

_PAUSE_MS = 400
"""What is typed is kept after this pause."""
STEP_KEYS = "Espace coche · F2 modifie · Alt+↑↓ déplace · Suppr retire"


class CasePanel(SidePanel):
    """Shows one case; what is typed is kept as it is typed, and no refresh takes it away."""

    typed = Signal(object)
    """The SaveCase as typed."""
    lost_taken_back = Signal(object)
    """Put the values of this LostRow back."""
    lost_let_go = Signal(object)
    """Keep the colleague's version instead of this LostRow."""

    def __init__(self, today: Callable[[], date] = date.today, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: CaseDetail | None = None
        self._is_behind = False
        self._typing = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._title, self._since = label("", "subtitle", wraps=True), label("", "small", wraps=True)
        self.person, self.print = QPushButton(), QPushButton("Imprimer…")
        self.appoint = QPushButton("Rendez-vous…")
        self.edit, self.delete = QPushButton("Modifier…"), QPushButton("Supprimer")
        self.status: ChoiceBox[CaseStatus] = ChoiceBox([(code, name) for code, name in labels.CASE_STATUSES.items()])
        self._meaning = label("", "small", wraps=True)
        self._progress = SectionLabel("Étapes")
        self.steps, self.new_step = StepList("Étapes de la démarche"), QLineEdit()
        self._keys = label(STEP_KEYS, "small", wraps=True)
        self.deadline = OptionalDay("Échéance", "Ajouter une échéance", today, SOON)
        self.reference, self.notes = QLineEdit(), NotesEdit(lines=3)
        self._guide = GuideView()
        self._linked, self.activities = SectionLabel("Accompagnements liés"), TickList("Accompagnements liés")
        self._lay_out()
        self._listen()
        self.hide()

    def show_detail(self, detail: CaseDetail) -> None:
        """Show a case; of the same one, what is being typed stays."""
        if self._shown is None or self._shown.row.id != detail.row.id:
            self.flush()
            self._is_behind = False
            self._scroll.verticalScrollBar().setValue(0)
        if self._is_behind:
            detail = replace(detail, form=self._as_typed())
        else:
            self._show_form(detail.form)
        if self._shown is None or self._shown.lost != detail.lost:
            self._show_lost(detail.lost)
        self._shown = detail
        self._show_row(detail)
        self.steps.show_ticks([Tick(step.id, step.said, step.is_done) for step in detail.steps])
        self._keys.setVisible(bool(detail.steps))
        self._guide.show_guide(detail.guide)
        self.activities.show_ticks([_activity(one) for one in detail.activities])
        self._linked.setVisible(bool(detail.activities))
        self.show()

    def shown_id(self) -> UUID | None:
        """The case shown, None while the panel is closed."""
        return self._shown.row.id if self._shown is not None and not self.isHidden() else None

    def shown_form(self) -> SaveCase | None:
        """The case shown, as its form."""
        return self._shown.form if self._shown is not None and not self.isHidden() else None

    @property
    def is_behind(self) -> bool:
        """Whether something typed is not kept yet."""
        return self._is_behind

    def flush(self) -> None:
        """Tell at once what is typed and not told yet."""
        self.deadline.finish()
        self.steps.finish()
        self._typing.stop()
        if self._is_behind:
            form = self._as_typed()
            self._is_behind = False
            self.typed.emit(form)

    def keep_typed(self, form: SaveCase) -> None:
        """What was told could not be kept: it stays, and is told again with the next letter or at the end."""
        self._is_behind = self._shown is not None and self._shown.form.id == form.id

    def focus_first(self) -> None:
        """Put the keyboard on the first step left to do, or where a first one is typed."""
        left = next((step.id for step in self._shown.steps if not step.is_done), None) if self._shown else None
        if left is not None:
            self.steps.select(left)
        (self.steps if self.steps.count() else self.new_step).setFocus(Qt.FocusReason.OtherFocusReason)

    def close_panel(self) -> None:
        self.flush()
        super().close_panel()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.flush()

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab follows the eye."""
        return move_focus(self, forward)

    def _as_typed(self) -> SaveCase:
        assert self._shown is not None
        self.deadline.finish()
        return replace(
            self._shown.form,
            reference=self.reference.text(),
            deadline=self.deadline.value(),
            notes=self.notes.value(),
        )

    def _show_form(self, form: SaveCase) -> None:
        """Show what is kept; a space that was just typed stays, another word may follow."""
        if one_line(self.reference.text()) != form.reference:
            self.reference.setText(form.reference)
        if self.notes.value().strip() != form.notes:
            self.notes.set_value(form.notes)
        if self.deadline.value() != form.deadline:
            self.deadline.set_value(form.deadline)

    def _show_row(self, detail: CaseDetail) -> None:
        row = detail.row
        self._title.setText(row.name)
        self.person.setText(row.person)
        self.person.setAccessibleName(f"Ouvrir la fiche de {row.person}")
        opened = f"Ouverte le {labels.short_day(row.opened_on)}" if row.opened_on else ""
        closed = f"close le {labels.short_day(row.closed_on)}" if row.closed_on else ""
        self._since.setText(" · ".join(filter(None, (words.family(row.family), opened, closed))))
        self.status.set_value(row.status)
        self._meaning.setText(labels.CASE_STATUS_HINTS[row.status])
        self._progress.set_aside(f"{row.done} sur {row.steps}" if row.steps else "")
        self.deadline.setEnabled(is_open(row.status))

    def _show_lost(self, rows: Sequence[LostRow]) -> None:
        while (item := self._lost.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for row in rows:
            card = LostVersion(row)
            card.taken_back.connect(self.lost_taken_back)
            card.let_go.connect(self.lost_let_go)
            self._lost.addWidget(card)

    def _typed(self) -> None:
        self._is_behind = True
        if not self._typing.isActive():
            self._typing.start()

    def _listen(self) -> None:
        self._typing.timeout.connect(self.flush)
        self.reference.textEdited.connect(self._typed)
        self.notes.changed.connect(self._typed)
        self.deadline.changed.connect(self._typed)

    def _lay_out(self) -> None:
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, theme.px(16))
        column.setSpacing(theme.px(6))
        self._lost = QVBoxLayout()
        column.addLayout(self._lost)
        for widget in self._parts():
            column.addWidget(widget)
        column.addStretch(1)
        self._scroll = self.lay_out(self._names(), self._actions(), body)

    def _parts(self) -> tuple[QWidget, ...]:
        self.new_step.setPlaceholderText("Ajouter une étape, puis Entrée")
        self.reference.setPlaceholderText("Tel que l’administration l’a donné")
        for field, name in ((self.new_step, "Ajouter une étape"), (self.reference, "Numéro de dossier"),
                            (self.status, "État de la démarche")):  # fmt: skip
            field.setAccessibleName(name)
        return (
            self._since, self.status, self._meaning,
            self._progress, self.steps, self.new_step, self._keys,
            SectionLabel("Échéance"), self.deadline,
            SectionLabel("Numéro de dossier"), self.reference,
            self._guide,
            SectionLabel("Notes"), self.notes,
            self._linked, self.activities,
        )  # fmt: skip

    def _names(self) -> QVBoxLayout:
        self.person.setProperty("role", "link")
        self.person.setProperty("fold", True)
        icons.set_icon(self.person, "user", "primary", 16)
        names = QVBoxLayout()
        names.setSpacing(0)
        names.addWidget(self._title)
        names.addWidget(self.person, 0, Qt.AlignmentFlag.AlignLeft)
        return names

    def _actions(self) -> FlowLayout:
        icons.set_icon(self.print, "printer")
        icons.set_icon(self.appoint, "calendar")
        row = FlowLayout(gap=8)
        for button, said in (
            (self.print, "«\u00a0Ma démarche\u00a0», à remettre à la personne (Ctrl+P)"),
            (self.appoint, "Donner un rendez-vous pour cette démarche (Ctrl+Maj+R)"),
            (self.edit, "Changer le nom, la famille ou la personne (Ctrl+E)"),
            (self.delete, "Supprimer (Suppr dans la liste)"),
        ):
            button.setToolTip(said)
            row.addWidget(button)
        return row


def _activity(one: LinkedActivity) -> Tick:
    row = one.activity
    said = " · ".join((labels.short_day(row.day), labels.duration(row.minutes), activity_words.about(row)))
    return Tick(str(row.id), said.replace(" · ", f"{NBSP}· "), one.is_linked)
