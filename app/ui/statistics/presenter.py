"""Counts what the screen « Statistiques » asks for, away from the thread of the screens."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from app.errors import AppError
from app.services import activity_lists, periods
from app.services.commands import ActivityFilter
from app.services.filter_words import filter_in_words
from app.services.statistics import pages
from app.services.statistics.figures import Statistics
from app.ui.charts.card import FileKind
from app.ui.charts.plots import Plot
from app.ui.desk import Desk
from app.ui.filters import sources
from app.ui.filters.facets import Known, facets
from app.ui.statistics import saving
from app.ui.statistics.view import StatisticsView
from app.ui.tasks import Task
from protocol.vocabulary import ActivityKind

if TYPE_CHECKING:
    from app.database import Database

_PAUSE_MS = 150
"""Commits that follow one another closely are counted once."""


@dataclass(frozen=True, slots=True)
class Counted:
    """The figures of a filter and its words; with them, what there is to filter by, where that may have changed."""

    statistics: Statistics
    words: str
    is_empty: bool
    """The notebook has no activity at all."""
    known: Known | None


class StatisticsPresenter(QObject):
    """Keeps the filter; one count at a time, and the former figures stay on screen until the next ones are there."""

    def __init__(self, desk: Desk, today: Callable[[], date] = date.today) -> None:
        view = StatisticsView(today)
        super().__init__(view)
        self._desk, self._today = desk, today
        self._day = today()
        this_year = periods.this_year(self._day)
        self._filter = ActivityFilter(since=this_year.since, until=this_year.until)
        self._known = Known()
        self._counting: Task | None = None
        self._shown: Counted | None = None
        self._is_stale = self._has_stale_choices = True
        self.view = view
        self._refresh = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._refresh.timeout.connect(self._refresh_if_visible)
        desk.bus.committed.connect(self._committed)
        self._connect()

    @property
    def filter(self) -> ActivityFilter:
        """What is counted now."""
        return self._filter

    def shown(self) -> None:
        """The screen came to the front: count again what changed meanwhile, up to the day of now."""
        today = self._today()
        if today != self._day:
            since, until = periods.moved(self._filter.since, self._filter.until, self._day, today)
            self._day, self._is_stale = today, True
            self._keep(replace(self._filter, since=since, until=until))
        self._refresh_if_visible()
        self.view.focus_first()

    def _connect(self) -> None:
        view, desk = self.view, self._desk
        view.filter_changed.connect(self._keep)
        view.filter_changed.connect(self._count)
        view.record_asked.connect(lambda: desk.form_asked.emit(ActivityKind.INDIVIDUAL))
        view.export_asked.connect(lambda: desk.export_asked.emit(self._filter))
        view.report_asked.connect(lambda: desk.report_asked.emit(self._filter))
        view.copied.connect(lambda sentence: desk.said.emit(sentence, None))
        view.file_asked.connect(self._save)

    def _keep(self, filter_: ActivityFilter) -> None:
        """This is wanted from now on."""
        if filter_.beneficiary != self._filter.beneficiary:
            people = sources.people(self._desk.database, filter_.beneficiary)
            self._offer(replace(self._known, people=people))
        self._filter, self._is_stale = filter_, True
        self.view.show_filter(filter_)

    def _offer(self, known: Known) -> None:
        self._known = known
        self.view.set_facets(facets(known))

    def _committed(self, kinds: frozenset[str]) -> None:
        self._is_stale = True
        self._has_stale_choices |= bool(kinds & sources.KINDS)
        self._refresh.start()

    def _refresh_if_visible(self) -> None:
        if self._is_stale and self.view.isVisible():
            self._count()

    def _count(self) -> None:
        """Begin to count, unless a count is under way: what is wanted by then is counted at its end."""
        if self._counting is not None:
            return
        database, filter_, today = self._desk.database, self._filter, self._today()
        with_choices, self._is_stale, self._has_stale_choices = self._has_stale_choices, False, False
        self._counting = Task(lambda: _counted(database, filter_, today, with_choices))
        self._counting.done.connect(self._done)
        self._counting.failed.connect(self._failed)
        self.view.wait(True)
        self._counting.start()

    def _done(self, counted: Counted) -> None:
        self._counting = None
        if counted.known is not None:
            self._offer(replace(counted.known, people=sources.people(self._desk.database, self._filter.beneficiary)))
            self.view.show_filter(self._filter)
        if counted.statistics.filter == self._filter:
            self._shown = counted
            self.view.show_figures(counted.statistics, counted.words, counted.is_empty)
        if self._is_stale:
            self._count()
        else:
            self.view.wait(False)

    def _failed(self, error: AppError) -> None:
        self._counting, self._is_stale, self._has_stale_choices = None, True, True
        self.view.wait(False)
        self._desk.say(error)

    def _save(self, plot: Plot, kind: FileKind) -> None:
        path = saving.ask_where(self.view, plot, kind)
        if path is not None and self._shown is not None:
            caption = self._shown.words
            if self._desk.attempt(lambda: saving.save(plot, path, caption)):
                self._desk.said.emit(f"Enregistré\u00a0: {path.name}", None)


def _counted(database: "Database", filter_: ActivityFilter, today: date, with_choices: bool) -> Counted:
    statistics = pages.page(database, filter_, today)
    is_empty = not statistics.totals.activities and not activity_lists.page(database, limit=0).total
    known = sources.known(database, filter_.beneficiary) if with_choices else None
    return Counted(statistics, filter_in_words(database, filter_, today), is_empty, known)
