"""The tab « Diagnostic » of a person's file: the latest result, what changed over time, and a new one in one key."""

from collections.abc import Callable
from datetime import date
from uuid import UUID

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from app import labels
from app.services import beneficiaries
from app.services.assessments import advice, history, interviews
from app.services.assessments.history import AssessmentRow
from app.services.typed import Name
from app.ui import icons, theme
from app.ui.assessments import words
from app.ui.assessments.evolution import EvolutionTable
from app.ui.assessments.interview_dialog import InterviewDialog
from app.ui.assessments.result_card import ResultCard
from app.ui.desk import Desk
from app.ui.form_dialog import open_form
from app.ui.people.panels import INTERVIEW_KEYS, PersonPanel
from app.ui.widgets.banner import Banner
from app.ui.widgets.chip_group import ChipGroup
from app.ui.widgets.empty_state import EmptyState
from app.ui.widgets.surfaces import label
from protocol.vocabulary import RecordKind

PRINT_KEYS = "Ctrl+Shift+P"
_PAUSE_MS = 400
"""What is typed is kept this long after the first key, and whenever the person is left."""
Typed = tuple[tuple[str, ...], str]


class AssessmentsPanel(PersonPanel):
    """The assessments of one person."""

    changes = frozenset({RecordKind.ASSESSMENT.value, RecordKind.SHEET.value})

    def __init__(self, desk: Desk, today: Callable[[], date] = date.today, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._today = today
        self._person: UUID | None = None
        self._shown: UUID | None = None
        self._rows: tuple[AssessmentRow, ...] = ()
        self._of: UUID | None = None
        self._kept: Typed = ((), "")
        self.new, self.blank = QPushButton("Nouveau diagnostic"), QPushButton("Questionnaire vide…")
        self.waiting = Banner("info", "")
        self.resume = self.waiting.add_action("Reprendre", self._resume, "primary")
        self.drop = self.waiting.add_action("Supprimer", lambda: self._delete(history.unfinished(self._rows)))
        self.which: ChipGroup[UUID] = ChipGroup(required=True)
        self.which.setAccessibleName("Diagnostic affiché")
        self.card, self.evolution = ResultCard(today), EvolutionTable()
        self._totals = label("", "muted")
        self.empty = EmptyState(
            "list-checks",
            "Aucun diagnostic pour l’instant",
            detail="Cinq minutes de questions simples, à l’oral\u00a0: vous saurez ensemble par où commencer.",
            action="Commencer le diagnostic",
        )
        self._typing = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._typing.timeout.connect(self.leave)
        self._lay_out()
        self._listen()

    def show_person(self, id_: UUID) -> None:
        """Show the assessments of this person; what is being typed stays."""
        if id_ != self._person:
            self.leave()
            self._person, self._shown = id_, None
        self._rows = history.of_person(self.desk.database, id_)
        ended = self._ended()
        waiting = history.unfinished(self._rows)
        self.waiting.set_text(words.waiting(waiting) if waiting else "")
        self.waiting.setVisible(waiting is not None)
        self.empty.setVisible(not self._rows)
        self.new.setVisible(bool(self._rows) and waiting is None)
        self._totals.setText(labels.count(len(ended), "diagnostic") if ended else "")
        self.which.setVisible(len(ended) > 1)
        self._offer(ended)
        self.evolution.show_rows(ended)

    def leave(self) -> bool:
        """Keep the objectives and the notes; where they cannot be, say why and stay."""
        self._typing.stop()
        typed = self._typed()
        if self._shown is None or typed == self._kept:
            return True
        id_, database = self._shown, self.desk.database

        def keep() -> None:
            interviews.set_objectives(database, id_, typed[0])
            interviews.set_notes(database, id_, typed[1])

        is_kept = self.desk.attempt(keep)
        if is_kept:
            self._kept = typed
        return is_kept

    def answers(self, keys: str) -> bool:
        """The file asks for the questionnaire from any of its tabs."""
        if keys == INTERVIEW_KEYS:
            self.begin()
        return keys == INTERVIEW_KEYS

    def begin(self) -> None:
        """Open the questionnaire: the one that waits to be ended, or another."""
        self._open(history.unfinished(self._rows))

    def _ended(self) -> tuple[AssessmentRow, ...]:
        return tuple(row for row in self._rows if row.day is not None)

    def _row(self) -> AssessmentRow | None:
        return next((row for row in self._rows if row.id == self._shown), None)

    def _offer(self, ended: tuple[AssessmentRow, ...]) -> None:
        """Offer every assessment, and show the one that was shown, else the latest."""
        self._shown = next((row.id for row in ended if row.id == self._shown), ended[0].id if ended else None)
        choices = [(row.id, labels.short_day(row.day or row.begun_on), words.summary(row)) for row in ended]
        self.which.set_choices(choices, [self._shown] if self._shown else [])
        self._show()

    def _choose(self) -> None:
        chosen = self.which.value()
        if chosen != self._shown and self.leave():
            self._shown = chosen
            self._show()

    def _show(self) -> None:
        row = self._row()
        self.card.setVisible(row is not None)
        if row is None:
            self._of, self._kept = None, ((), "")
            self.card.show_nothing()
            return
        self.card.show_row(row, history.before(self._rows, row))
        aims = advice.aims(row.answers)
        known: Typed = (row.objectives, row.notes)
        if self._of != row.id or (known != self._kept and self._typed() == self._kept):
            self._of, self._kept = row.id, known
            self.card.show_aims(row, [one.text for one in aims])
        self.card.show_sheets(advice.sheets_for(self.desk.database, aims))

    def _typed_more(self) -> None:
        if not self._typing.isActive():  # further typing does not put off the keeping
            self._typing.start()

    def _typed(self) -> Typed:
        return self.card.objectives.values(), self.card.notes.value().strip()

    def _date(self) -> None:
        row, day = self._row(), self.card.day.value()
        if row is None or row.day is None:
            return
        id_ = row.id
        if not self.desk.attempt(lambda: interviews.set_day(self.desk.database, id_, day, self._today())):
            self.card.day.set_value(row.day)

    def _resume(self) -> None:
        self._open(history.unfinished(self._rows))

    def _open(self, row: AssessmentRow | None) -> None:
        if self._person is None or not self.leave():
            return
        known = beneficiaries.named(self.desk.database, (self._person,))
        name = f"{known[0].first_name} {known[0].last_name}".strip() if known else ""
        dialog = InterviewDialog(self.desk.database, self._person, name, row, self, self._today)
        dialog.finished_at.connect(self._finished)
        dialog.left.connect(self._left)
        dialog.lock_asked.connect(self.desk.lock_asked)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _finished(self, id_: UUID) -> None:
        self._shown = id_
        if self._person is not None:
            self.show_person(self._person)
        self.desk.said.emit("Diagnostic enregistré", None)
        self.card.objectives.chips.focus_first()
        self._area.ensureVisible(0, 0)

    def _left(self) -> None:
        if self._person is not None:
            self.show_person(self._person)
        self.resume.setFocus(Qt.FocusReason.OtherFocusReason)
        self._area.ensureVisible(0, 0)
        self.desk.said.emit("Réponses gardées\u00a0: vous pourrez reprendre.", None)

    def _delete(self, row: AssessmentRow | None) -> None:
        if row is None or not self.leave():
            return
        database, id_ = self.desk.database, row.id
        if self.desk.attempt(lambda: interviews.delete(database, id_)):
            self.desk.said.emit(
                "Diagnostic supprimé", lambda: self.desk.attempt(lambda: interviews.restore(database, id_))
            )

    def _print(self) -> None:
        from app.ui.assessments.paper_presenter import result_of

        if self._shown is not None and self.leave():
            result_of(self.desk, self._shown, self, self._today).open()

    def _print_blank(self) -> None:
        from app.ui.assessments.paper_presenter import blank_questionnaire

        blank_questionnaire(self.desk, self).open()

    def _finer(self) -> None:
        from app.ui.assessments.finer_dialog import FinerDialog

        if (row := self._row()) is not None and self.leave():
            database, id_ = self.desk.database, row.id
            name = Name(f"finer.{id_}", self._person)
            open_form(self.desk, name, dict(row.finer), lambda levels: FinerDialog(database, id_, levels, self))

    def _listen(self) -> None:
        self.new.clicked.connect(self.begin)
        self.empty.acted.connect(self.begin)
        self.blank.clicked.connect(self._print_blank)
        self.which.changed.connect(self._choose)
        self.card.typed.connect(self._typed_more)
        self.card.day.changed.connect(self._date)
        self.card.print.clicked.connect(self._print)
        self.card.again.clicked.connect(lambda: self._open(self._row()))
        self.card.finer.clicked.connect(self._finer)
        self.card.delete.clicked.connect(lambda: self._delete(self._row()))
        self.card.sheet_asked.connect(self.desk.sheet_asked)
        here = Qt.ShortcutContext.WidgetWithChildrenShortcut
        QShortcut(QKeySequence(PRINT_KEYS), self, self._print, context=here)

    def _lay_out(self) -> None:
        icons.set_icon(self.new, "plus")
        icons.set_icon(self.blank, "printer")
        self.new.setToolTip("Poser les questions (Ctrl+Maj+Q)")
        self.blank.setToolTip("Deux pages à remplir à la main")
        head = QHBoxLayout()
        head.setSpacing(theme.px(8))
        head.addWidget(self._totals, 1)
        head.addWidget(self.blank)
        head.addWidget(self.new)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, theme.px(12), theme.px(16))
        column.setSpacing(theme.px(12))
        for widget in (self.waiting, self.which, self.card, self.evolution):
            column.addWidget(widget)
        column.addWidget(self.empty, 1)
        column.addStretch(0)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setWidget(inside)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, theme.px(4), 0, 0)
        whole.setSpacing(theme.px(8))
        whole.addLayout(head)
        whole.addWidget(self._area, 1)
