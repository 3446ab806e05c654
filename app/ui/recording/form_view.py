"""The recording form: its parts in the order of the conversation, what they answer together, and its keys."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from functools import partial
from uuid import UUID

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QBoxLayout, QScrollArea, QVBoxLayout, QWidget

from app.services.activity_rules import tidy
from app.services.commands import RecordActivity
from app.services.rows import FormHints
from app.ui import theme
from app.ui.reading_order import move_focus
from app.ui.recording.anonymous_person import AnonymousPersonPart
from app.ui.recording.cases_part import CasesPart
from app.ui.recording.details import DetailsPart
from app.ui.recording.form_frame import FormFooter, FormHeader
from app.ui.recording.last_activities import LastActivities
from app.ui.recording.outcome import OutcomePart
from app.ui.recording.part import GAP, Part
from app.ui.recording.procedures_part import ProceduresPart
from app.ui.recording.sheets_part import SheetsPart
from app.ui.recording.sources import Sources
from app.ui.recording.what import WhatPart
from app.ui.recording.when import WhenPart
from app.ui.recording.where import WherePart
from app.ui.recording.who import WhoPart
from app.ui.recording.workshop import WorkshopPart
from app.ui.widgets.banner import Banner
from app.ui.widgets.collapsible import Collapsible
from protocol.vocabulary import ActivityKind

FORM_WIDTH, ASIDE_WIDTH, MARGIN = 820, 260, 24
"""Pixels at 100 %: the form is never wider, so that the eye does not travel."""
NARROW = 860
"""Under this width, nothing stands at the right of a field."""
DETAILS = "Plus de détails\u00a0: matériel, orientation, étiquettes, fiches"
WORKSHOP_DETAILS = "Plus de détails\u00a0: matériel, étiquettes, fiches"


class FormView(QWidget):
    """Shows an activity to record, and answers what it has become."""

    changed = Signal()
    save_asked = Signal(bool)
    """True to go on with another one."""
    cancel_asked = Signal()

    def __init__(self, sources: Sources, today: Callable[[], date] = date.today) -> None:
        super().__init__()
        self._base = RecordActivity()
        self._set_aside: tuple[UUID, ...] = ()
        self._is_showing = False
        self.header, self.footer, self.aside = FormHeader(), FormFooter(), LastActivities()
        self.who, self.workshop = WhoPart(sources), WorkshopPart(sources)
        self.cases = CasesPart(sources.cases_of)
        self.what, self.procedures = WhatPart(), ProceduresPart()
        self.where, self.when = WherePart(sources), WhenPart(today)
        self.outcome, self.details, self.anonymous = OutcomePart(), DetailsPart(sources), AnonymousPersonPart()
        self.sheets = SheetsPart(sources)
        self._fold = Collapsible(DETAILS, _stacked(self.details, self.sheets, self.anonymous))
        self._banner = Banner("danger", "")
        self._lay_out()
        self._listen()

    def start(self, hints: FormHints, form: RecordActivity, typed_who: str = "") -> None:
        """Show a form from the beginning, with the usual choices first."""
        self._set_aside = ()
        self.what.set_usual(hints.topics)
        self.where.set_places(hints.places)
        self.when.set_usual(hints.minutes)
        self._fold.set_open(False)
        self.show_form(form, typed_who)
        self._scroll.verticalScrollBar().setValue(0)
        self.focus_first()

    def show_form(self, form: RecordActivity, typed_who: str = "") -> None:
        """Show the answers of a form; emits nothing."""
        self._is_showing = True
        self._base = form
        self.header.show_kind(form.kind)
        self.footer.show_change(form.id is not None)
        for part in self._parts():
            part.show_form(form)
            part.show_faults({})
        (self.who if form.kind is ActivityKind.INDIVIDUAL else self.workshop).set_typed(typed_who)
        self._fold.set_title(DETAILS if form.kind is ActivityKind.INDIVIDUAL else WORKSHOP_DETAILS)
        self._fold.set_open(self._fold.is_open() or _has_details(form))
        self._banner.hide()
        self._is_showing = False
        self._follow()

    def command(self) -> RecordActivity:
        """The activity as answered, without the answers to questions that are not asked."""
        return tidy(self._answers())

    def typed_who(self) -> str:
        """The letters typed in « Qui » that are nobody yet."""
        return (self.who if self._is_individual() else self.workshop).typed()

    def loose_ends(self) -> dict[str, str]:
        """What is typed and stands for nothing yet."""
        return {field: said for part in self._asked() for field, said in part.loose_ends().items()}

    def show_faults(self, faults: Mapping[str, str], sentence: str = "") -> None:
        """Say what is wrong beside each field and go to the first one; in a banner where no field is at fault."""
        rows = [row for part in self._asked() if (row := part.show_faults(faults))]
        self._fold.set_open(self._fold.is_open() or any(self._fold.isAncestorOf(row) for row in rows))
        unknown = [said for field, said in faults.items() if not any(part.knows(field) for part in self._asked())]
        self.say("" if rows and not unknown else " ".join(unknown) or sentence)
        if rows:
            rows[0].content.setFocus(Qt.FocusReason.OtherFocusReason)
            self._scroll.ensureWidgetVisible(rows[0])

    def say(self, sentence: str) -> None:
        """Say in a banner what the world does not allow; nothing takes it away."""
        self._banner.set_text(sentence)
        self._banner.setVisible(bool(sentence))

    def switch_kind(self, kind: ActivityKind) -> None:
        """Make it a workshop or an accompaniment of one person; what was answered stays."""
        typed, answers = self.typed_who(), replace(self._answers(), kind=kind)
        if kind is ActivityKind.INDIVIDUAL:
            self._set_aside = answers.participants[1:]
        else:
            answers = replace(answers, participants=(*answers.participants, *self._set_aside))
            self._set_aside = ()
        self.show_form(answers, typed)
        self.changed.emit()

    def add_sheet(self, code: str) -> None:
        """Add a learner sheet that was handed over."""
        self._fold.set_open(True)
        self.sheets.add(code)

    def show_sheets(self) -> None:
        """Bring the sheets in sight; the keyboard stays where it is."""
        self._show_row(self.sheets)

    def open_sheets(self) -> None:
        """Put the keyboard on the sheets that fit what was done."""
        self._fold.set_open(True)
        self.sheets.focus_first()
        self._show_row(self.sheets)

    def hand_best_sheet(self) -> None:
        """Add the sheet that fits best what was done, in sight."""
        self._fold.set_open(True)
        self.sheets.hand_best()
        self._show_row(self.sheets)

    def focus_first(self) -> None:
        """Put the keyboard in the first field that awaits an answer: on « Quoi » where the person is known."""
        if not self._is_individual():
            self.workshop.focus_first()
        elif self.who.person() is None:
            self.who.focus_first()
        else:
            self.what.focus_first()

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab follows the eye, whatever chips came and went."""
        return move_focus(self, forward)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape cancels, once no list under a field needs it."""
        if event.key() == Qt.Key.Key_Escape:
            self.cancel_asked.emit()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The last activities go under the form where the window is narrow or the text large."""
        super().resizeEvent(event)
        is_wide = self.width() >= theme.px(FORM_WIDTH + ASIDE_WIDTH)
        direction = QBoxLayout.Direction.LeftToRight if is_wide else QBoxLayout.Direction.TopToBottom
        self._columns.setDirection(direction)
        self.aside.setMinimumWidth(theme.px(ASIDE_WIDTH) if is_wide else 0)
        self.who.set_narrow(self.width() < theme.px(NARROW))

    def _answers(self) -> RecordActivity:
        form = self._base
        for part in self._asked():
            form = part.fill(form)
        return form

    def _parts(self) -> tuple[Part, ...]:
        return (
            self.who, self.workshop, self.cases, self.what, self.procedures, self.where, self.when, self.outcome,
            self.details, self.sheets, self.anonymous,
        )  # fmt: skip

    def _asked(self) -> tuple[Part, ...]:
        """The parts that answer for this kind of activity: one of the two says who came."""
        absent = self.workshop if self._is_individual() else self.who
        return tuple(part for part in self._parts() if part is not absent)

    def _is_individual(self) -> bool:
        return self._base.kind is ActivityKind.INDIVIDUAL

    def _part_changed(self) -> None:
        if not self._is_showing:
            self._follow()
            self.changed.emit()

    def _follow(self) -> None:
        """Ask only the questions that the other answers call for."""
        self.procedures.follow(self.what.topics())
        self.cases.follow(self.who.person() if self._is_individual() else None)
        self.anonymous.setVisible(self._is_individual() and self.who.person() is None)
        if self._fold.is_open():
            self.sheets.follow(frozenset(self.what.topics()) | self.procedures.families())

    def _show_row(self, row: QWidget) -> None:
        QTimer.singleShot(0, row, lambda: self._scroll.ensureWidgetVisible(row))

    def _listen(self) -> None:
        self._fold.toggled.connect(self._follow)
        for part in self._parts():
            part.changed.connect(self._part_changed)
        self.who.settled.connect(self.what.focus_first)
        self.where.home_named.connect(self.anonymous.propose_home)
        self.header.kind_changed.connect(self.switch_kind)
        self.aside.topics_wanted.connect(self.what.add)
        self.footer.saved.connect(lambda: self.save_asked.emit(False))
        self.footer.saved_for_another.connect(lambda: self.save_asked.emit(True))
        self.footer.cancelled.connect(self.cancel_asked)
        here = Qt.ShortcutContext.WidgetWithChildrenShortcut
        QShortcut(QKeySequence("Ctrl+J"), self, self.open_sheets, context=here)
        QShortcut(QKeySequence("Ctrl+Shift+J"), self, self.hand_best_sheet, context=here)
        for place in range(9):
            call = partial(self.cases.turn_over, place)
            QShortcut(QKeySequence(f"Alt+{place + 1}"), self, call, context=here)
        for key in ("Return", "Enter"):
            QShortcut(QKeySequence(f"Ctrl+{key}"), self, lambda: self.save_asked.emit(False), context=here)
            QShortcut(QKeySequence(f"Ctrl+Shift+{key}"), self, lambda: self.save_asked.emit(True), context=here)

    def _lay_out(self) -> None:
        self.setProperty("role", "page")
        form = _stacked(
            self.who, self.workshop, self.cases, self.what, self.procedures, self.where, self.when, self.outcome,
            self._fold,
        )  # fmt: skip
        form.setMaximumWidth(theme.px(FORM_WIDTH))
        page = QWidget()
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight, page)
        self._columns.setContentsMargins(0, 0, theme.px(8), 0)
        self._columns.setSpacing(theme.px(MARGIN))
        self._columns.addWidget(form, 100)
        self._columns.addWidget(self.aside, 1)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(page)
        for bounded in (self.header, self.footer):
            bounded.setMaximumWidth(theme.px(FORM_WIDTH))
        column = QVBoxLayout(self)
        margin = theme.px(MARGIN)
        column.setContentsMargins(margin, theme.px(16), margin, theme.px(12))
        column.setSpacing(theme.px(GAP))
        column.addWidget(self.header)
        column.addWidget(self._banner)
        column.addWidget(self._scroll, 1)
        column.addWidget(self.footer)


def _stacked(*widgets: QWidget) -> QWidget:
    """Widgets one under the other, at the top."""
    made = QWidget()
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(theme.px(GAP))
    for widget in widgets:
        column.addWidget(widget)
    column.addStretch(1)
    return made


def _has_details(form: RecordActivity) -> bool:
    """Whether something folded was answered, and must be seen."""
    folded = tidy(form)
    return bool(
        folded.equipment
        or folded.tags
        or folded.sheets
        or folded.referred is not None
        or folded.person != RecordActivity().person
    )
