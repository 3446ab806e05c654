"""The open notebook: the rail, the top bar, and the screen in front."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Protocol, cast
from uuid import UUID

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.ui.backups.notices import NotebookNotices
from app.ui.desk import Desk
from app.ui.notices import NEXT_KEYS, Notices
from app.ui.rail import Rail
from app.ui.top_bar import TopBar
from protocol.vocabulary import ActivityKind

if TYPE_CHECKING:
    from app.services.commands import ActivityFilter, RecordActivity, SaveCase
    from app.services.rows import DraftRow
    from app.ui.activities.presenter import ActivitiesPresenter
    from app.ui.cases.presenter import CasesPresenter
    from app.ui.people.presenter import PeoplePresenter
    from app.ui.preferences.presenter import PreferencesPresenter
    from app.ui.recording.presenter import RecordingPresenter
    from app.ui.sheets.presenter import SheetsPresenter


class Presenter(Protocol):
    """What every screen offers the workspace; a child of its view, so that it hears nothing once the screen is gone."""

    @property
    def view(self) -> QWidget:
        """Its widget."""

    def shown(self) -> None:
        """It came to the front."""


@dataclass(frozen=True, slots=True)
class Screen:
    """A line of the rail; its code is imported the first time it is wanted."""

    key: str
    label: str
    icon: str
    make: Callable[[Desk], Presenter]
    at_bottom: bool = False


def _day(desk: Desk) -> Presenter:
    from app.ui.day.presenter import DayPresenter

    return DayPresenter(desk)


def _activities(desk: Desk) -> "ActivitiesPresenter":
    from app.ui.activities.presenter import ActivitiesPresenter

    return ActivitiesPresenter(desk)


def _people(desk: Desk) -> "PeoplePresenter":
    from app.ui.people.presenter import PeoplePresenter

    return PeoplePresenter(desk)


def _cases(desk: Desk) -> "CasesPresenter":
    from app.ui.cases.presenter import CasesPresenter

    return CasesPresenter(desk)


def _statistics(desk: Desk) -> Presenter:
    from app.ui.statistics.presenter import StatisticsPresenter

    return StatisticsPresenter(desk)


def _sheets(desk: Desk) -> Presenter:
    from app.ui.sheets.presenter import SheetsPresenter

    return SheetsPresenter(desk)


def _synchronisation(desk: Desk) -> Presenter:
    from app.ui.synchronisation.presenter import SynchronisationPresenter

    return SynchronisationPresenter(desk)


def _preferences(desk: Desk) -> Presenter:
    from app.ui.preferences.presenter import PreferencesPresenter

    return PreferencesPresenter(desk)


def _follow_merges(desk: Desk) -> None:
    """People merged elsewhere; imported once the first screen is there."""
    from app.ui.duplicates.follower import MergeFollower

    MergeFollower(desk)


SCREENS = (
    Screen("day", "Ma journée", "sun", _day),
    Screen("activities", "Activités", "list-checks", _activities),
    Screen("people", "Bénéficiaires", "users", _people),
    Screen("cases", "Démarches", "file-check", _cases),
    Screen("statistics", "Statistiques", "chart-column", _statistics),
    Screen("sheets", "Fiches", "book-open", _sheets),
    Screen("synchronisation", "Synchronisation", "refresh-cw", _synchronisation, at_bottom=True),
    Screen("preferences", "Réglages", "settings", _preferences, at_bottom=True),
)


class Workspace(QWidget):
    """Answers what the screens ask of the window; knows which one is in front, and nothing of what they hold."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._presenters: dict[str, Presenter] = {}
        self._before_form = "day"
        self._is_form_waiting = False
        self._stack = QStackedWidget()
        self._rail = Rail([(one.key, one.label, one.icon, one.at_bottom) for one in SCREENS])
        self._rail.chosen.connect(self._choose)
        self._bar = TopBar(desk, [(one.key, one.label, one.icon) for one in SCREENS])
        self._lay_out()
        self._notices = Notices(self)
        QTimer.singleShot(300, desk, lambda: _follow_merges(desk))  # a method of ours would be called after we are gone
        self._recording: RecordingPresenter | None = None
        self._listen()
        self.go_to("day")
        QTimer.singleShot(300, self, lambda: self.recording)

    @property
    def recording(self) -> "RecordingPresenter":
        """The form, made once the first screen is there so that it opens at once."""
        if self._recording is None:
            self._recording = self._form()
        return self._recording

    @property
    def activities(self) -> "ActivitiesPresenter":
        """The list of activities."""
        found = self.presenter("activities")
        return cast("ActivitiesPresenter", found)

    @property
    def people(self) -> "PeoplePresenter":
        """The list of people, and the file of one of them."""
        found = self.presenter("people")
        return cast("PeoplePresenter", found)

    @property
    def notice(self) -> str:
        """The quiet line shown now, empty if there is none."""
        return self._notices.shown

    def keep_draft(self) -> None:
        """Keep at once what is typed in the form, or in the file of a person."""
        if self._recording is not None:
            self._recording.keep_draft_now()
        if "people" in self._presenters:
            self.people.keep_typed()

    def keep_draft_at_last(self) -> None:
        """The same before the notebook closes, and what is typed anywhere else."""
        self._desk.keeping.emit()
        if self._recording is not None:
            self._recording.keep_draft_at_last()

    def presenter(self, key: str) -> Presenter:
        """A screen by its key, made the first time it is wanted."""
        if key not in self._presenters:
            made = next(one for one in SCREENS if one.key == key).make(self._desk)
            self._presenters[key] = made
            self._stack.addWidget(made.view)
        return self._presenters[key]

    def go_to(self, key: str) -> None:
        """Bring a screen to the front."""
        self.keep_draft()
        self._is_form_waiting = key == "sheets" and (self._is_form_waiting or self._is_form_in_front())
        presenter = self.presenter(key)
        self._stack.setCurrentWidget(presenter.view)
        self._rail.show_current(key)
        self._before_form = key
        presenter.shown()

    def _choose(self, key: str) -> None:
        """A screen is asked for; that of the people, when it is in front, goes back to its list."""
        if key == "people" and key in self._presenters and self._stack.currentWidget() is self.people.view:
            self.people.chosen_again()
        else:
            self.go_to(key)

    def hand_sheet(self, code: str) -> None:
        """Link a sheet to the form left for the sheets, or to a new accompaniment."""
        if self._is_form_waiting:
            self._stack.setCurrentWidget(self.recording.view)
            self._rail.show_current("activities")
            self.recording.add_sheet(code)
            self.recording.view.show_sheets()
        else:
            self.open_form(ActivityKind.INDIVIDUAL)
            self.recording.add_sheet(code)
            self._desk.said.emit("Fiche jointe\u00a0: à qui la remettez-vous\u00a0?", None)
        self._is_form_waiting = False

    def open_form(self, what: "ActivityKind | RecordActivity | DraftRow") -> None:
        """Open the recording form: a kind, a content, or a draft."""
        self._stack.setCurrentWidget(self.recording.view)
        self._rail.show_current("activities")
        self.recording.open(what)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._rail.fit(self.width())

    def _form(self) -> "RecordingPresenter":
        from app.ui.recording.presenter import RecordingPresenter

        made = RecordingPresenter(self._desk)
        self._stack.addWidget(made.view)
        made.recorded.connect(self._select)
        made.closed.connect(lambda: self.go_to(self._before_form))
        return made

    def _is_form_in_front(self) -> bool:
        return self._recording is not None and self._stack.currentWidget() is self._recording.view

    def _show_sheet(self, code: str) -> None:
        self.go_to("sheets")
        cast("SheetsPresenter", self.presenter("sheets")).select(code)

    def _show_activity(self, id_: UUID) -> None:
        self.go_to("activities")
        self._select(id_)

    def _show_case(self, id_: UUID) -> None:
        self.go_to("cases")
        cast("CasesPresenter", self.presenter("cases")).select(id_)

    def _show_person(self, id_: UUID) -> None:
        self.people.show_person(id_)
        self.go_to("people")

    def _show_duplicates(self, person: UUID | None = None) -> None:
        self.people.show_duplicates(person)
        self.go_to("people")

    def _show_activities_of(self, id_: UUID) -> None:
        self.go_to("activities")
        self.activities.show_person(id_)

    def _show_privacy(self) -> None:
        self.go_to("preferences")
        cast("PreferencesPresenter", self.presenter("preferences")).show_privacy()

    def _import(self) -> None:
        self.go_to("preferences")
        cast("PreferencesPresenter", self.presenter("preferences")).data.choose()

    def _select(self, id_: UUID) -> None:
        self.activities.select(id_)

    def _open_case(self, form: "SaveCase", activity: UUID) -> None:
        """A case that an activity has begun is linked to it; the screen stays."""
        from app.services import cases
        from app.ui.cases.opening import OPENED, open_case

        def opened(id_: UUID) -> None:
            if self._desk.attempt(lambda: cases.link(self._desk.database, id_, activity, True)):
                self._desk.said.emit(OPENED, None)

        open_case(self._desk, form, self, opened)

    def _open_export(self, filter_: "ActivityFilter") -> None:
        """What the screen in front shows is what the dialog offers first."""
        from app.services.exports.requests import ExportKind
        from app.ui.exchange.exporting import ExportPresenter

        first = {
            "statistics": ExportKind.STATISTICS,
            "preferences": ExportKind.NOTEBOOK,
            "people": ExportKind.BENEFICIARIES,
        }
        what = first.get(self._before_form, ExportKind.ACCOMPANIMENTS)
        ExportPresenter(self._desk, what, filter_, self).open()

    def _open_report(self, filter_: "ActivityFilter") -> None:
        from app.ui.reports.presenter import ReportPresenter

        ReportPresenter(self._desk, filter_, self).open()

    def _open_person_file(self, id_: UUID) -> None:
        from app.ui.reports.person_file_presenter import PersonFilePresenter

        PersonFilePresenter(self._desk, id_, self).open()

    def _listen(self) -> None:
        desk = self._desk
        desk.form_asked.connect(self.open_form)
        desk.activity_asked.connect(self._show_activity)
        desk.person_asked.connect(self._show_person)
        desk.privacy_asked.connect(self._show_privacy)
        desk.activities_of_asked.connect(self._show_activities_of)
        desk.duplicates_asked.connect(self._show_duplicates)
        desk.duplicates_of_asked.connect(self._show_duplicates)
        desk.import_asked.connect(self._import)
        desk.case_asked.connect(self._show_case)
        desk.sheet_asked.connect(self._show_sheet)
        desk.sheet_handed.connect(self.hand_sheet)
        desk.export_asked.connect(self._open_export)
        desk.report_asked.connect(self._open_report)
        desk.person_file_asked.connect(self._open_person_file)
        desk.screen_asked.connect(self.go_to)
        desk.said.connect(self._notices.say)
        desk.offered.connect(self._notices.offer)
        desk.case_opening_asked.connect(self._open_case)
        for keys, call in self._shortcuts().items():
            QShortcut(QKeySequence(keys), self, call, context=Qt.ShortcutContext.WindowShortcut)

    def _shortcuts(self) -> dict[str, Callable[[], object]]:
        ask = self._desk.form_asked.emit
        return {
            "Ctrl+N": lambda: ask(ActivityKind.INDIVIDUAL),
            "Ctrl+Shift+N": lambda: ask(ActivityKind.WORKSHOP),
            "Ctrl+K": self._bar.search,
            "Ctrl+L": self._desk.lock_asked.emit,
            "Ctrl+Z": self._notices.undo,
            NEXT_KEYS: self._notices.go_on,
            **{f"Ctrl+{n}": partial(self._choose, one.key) for n, one in enumerate(SCREENS, start=1)},
        }

    def _lay_out(self) -> None:
        right = QVBoxLayout()
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(0)
        right.addWidget(self._bar)
        right.addWidget(NotebookNotices(self._desk, self))
        right.addWidget(self._stack, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._rail)
        row.addLayout(right, 1)
