"""The one lane of the synchronisation: decides when to run, never runs twice at once, and says where things stand."""

import threading
import time
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from app.database import Database
from app.sync import exchanges
from app.sync.identity import server_of
from app.sync.light import Light, light
from app.sync.outcome import Ending, Notice, Outcome, Progress
from app.sync.schedule import Schedule
from app.sync.standing import standing
from app.ui.tasks import Task

if TYPE_CHECKING:
    from PySide6.QtNetwork import QNetworkInformation

    from app.sync.client import Link
    from app.sync.engine import SyncEngine

PATIENCE_MS = 700
"""A run that is over sooner is not announced: nothing blinks."""


class SyncLane(QObject):
    """Runs a second after the last save, now and then, when the network comes back, and when asked.

    Made with an open notebook; does nothing until the computer is enrolled (`begin` reads it again). The client and
    its messages are only imported by the first run, in its thread.
    """

    state_changed = Signal(object)
    """The Light is no longer the same."""
    ended = Signal(object)
    """A run is over: its Outcome."""
    _saved = Signal()
    _progressed = Signal(object)

    def __init__(
        self, database: Database, make_link: "Callable[[str], Link] | None" = None, is_paused: bool = False
    ) -> None:
        super().__init__()
        self._database, self._make_link = database, make_link
        self._schedule = Schedule(time.monotonic())
        self._schedule.is_paused = is_paused
        self._engine: SyncEngine | None = None
        self._link: Link | None = None
        self._server: str | None = None
        self._linked_to: str | None = None
        self._is_over = False
        self._task: Task | None = None
        self._engine_thread = 0
        self._progress: Progress | None = None
        self._last: Ending | None = None
        self._notices: frozenset[Notice] = frozenset()
        self._light: Light | None = None
        self._network: QNetworkInformation | None = None
        self._timer = self._single_shot(self._run)
        self._patience = self._single_shot(self._tell)
        self._saved.connect(self._note_change)
        self._progressed.connect(self._note_progress)
        database.on_commit(self._heard)
        self.begin()

    @property
    def light(self) -> Light:
        """Where things stand, in words."""
        last = Ending.OFFLINE if self.is_paused else self._last
        return light(standing(self._database), last, self.progress, self._notices)

    @property
    def progress(self) -> Progress | None:
        """How far the run going on is, once it is worth telling."""
        return None if self._patience.isActive() else self._progress

    @property
    def last_ending(self) -> Ending | None:
        """How the last run of this session ended."""
        return self._last

    @property
    def notices(self) -> frozenset[Notice]:
        """What the last run that ended well found to look at."""
        return self._notices

    @property
    def network(self) -> str:
        """The system's own opinion of the network, once it was asked for."""
        return self._network.reachability().name if self._network is not None else "—"

    @property
    def is_paused(self) -> bool:
        """Whether the advisor asked to work without the network."""
        return self._schedule.is_paused

    def begin(self) -> None:
        """Read who this computer is to the server, and plan the first run if it is enrolled."""
        server = server_of(self._database)
        if server != self._server:
            self._schedule.asked(time.monotonic())
        self._server, self._notices = server, frozenset()
        self._plan()

    def ask_now(self) -> None:
        """Run as soon as possible, whatever delay was planned."""
        self._schedule.asked(time.monotonic())
        self._plan()

    def pause(self) -> None:
        """Plan no run any more, and wait no longer for an answer to the one going on."""
        self._schedule.is_paused = True
        self._hang_up()
        self._plan()

    def resume(self) -> None:
        """Plan runs again, the first at once."""
        self._schedule.is_paused = False
        self.ask_now()

    def stop(self) -> None:
        """Leave the notebook alone for good: it is about to be closed."""
        self._is_over = True
        self._timer.stop()
        self._patience.stop()
        if self._engine is not None:
            self._engine.stop()
        if self._task is not None:
            self._task.cancel()
        self._hang_up()

    def _plan(self) -> None:
        if self._is_over:
            return
        due = self._schedule.due()
        if self._server is None or due is None:
            self._timer.stop()
        else:
            self._timer.start(max(0, round((due - time.monotonic()) * 1000)))
        self._tell()

    def _run(self) -> None:
        if self._server is None or self._task is not None:
            return
        if self._linked_to != self._server:  # enrolled elsewhere meanwhile
            self._hang_up()
            self._engine = self._link = None
        self._schedule.started()
        self._progress = Progress()
        self._patience.start(PATIENCE_MS)
        self._task = Task(self._synchronise)
        self._task.done.connect(self._finish)
        self._task.failed.connect(lambda _: self._finish(Outcome(Ending.UNAVAILABLE)))
        self._task.cancelled.connect(self._hang_up)
        self._task.start_apart()

    def _synchronise(self) -> Outcome:
        """One run, in a thread of its own."""
        self._engine_thread = threading.get_ident()
        outcome = self._ready_engine().run()
        if outcome.ending is Ending.PORTAL and self._link is not None and self._link.is_network_clear():
            outcome = replace(outcome, ending=Ending.UNAVAILABLE)  # something else stands in the server's place
        exchanges.remember(self._database, outcome)
        return outcome

    def _ready_engine(self) -> "SyncEngine":
        """The engine, made by the first run."""
        if self._engine is None:
            from app.sync.client import HttpTransport
            from app.sync.engine import SyncEngine

            assert self._server is not None
            self._linked_to = self._server
            self._link = (self._make_link or HttpTransport)(self._server)
            self._engine = SyncEngine(self._database, self._link, on_progress=self._on_progress)
        if self._is_over:
            self._engine.stop()
        return self._engine

    def _finish(self, outcome: Outcome) -> None:
        self._task, self._engine_thread, self._progress = None, 0, None
        self._patience.stop()
        self._last = outcome.ending
        if outcome.ending is Ending.DONE:
            self._notices = outcome.notices
        elif outcome.ending is Ending.NOT_ALLOWED:
            self._server = server_of(self._database)
        self._schedule.finished(time.monotonic(), outcome)
        if outcome.ending is Ending.STOPPED:  # this computer became another one meanwhile
            self._schedule.wake(time.monotonic())
        if outcome.ending is Ending.OFFLINE and self._network is None:
            self._watch_network()
        self._plan()
        self.ended.emit(outcome)

    def _heard(self, _: object) -> None:
        """Something was committed, in any thread; what the engine itself received is no news."""
        if threading.get_ident() != self._engine_thread:
            self._saved.emit()

    def _note_change(self) -> None:
        self._schedule.changed(time.monotonic())
        self._plan()

    def _on_progress(self, progress: Progress) -> None:
        self._progressed.emit(progress)

    def _note_progress(self, progress: Progress) -> None:
        if self._task is not None:
            self._progress = progress
            self._tell()

    def _tell(self) -> None:
        if self._is_over:  # a progress said just before the notebook closed
            return
        now = self.light
        if now != self._light:
            self._light = now
            self.state_changed.emit(now)

    def _hang_up(self) -> None:
        if self._link is not None:
            self._link.close()

    def _watch_network(self) -> None:
        """The system's own opinion of the network is a hint to try again, and nothing more.

        Asked for once a run found no network: QtNetwork and its plugin are 7 MB that most days never need.
        """
        from PySide6.QtNetwork import QNetworkInformation

        if QNetworkInformation.loadBackendByFeatures(QNetworkInformation.Feature.Reachability):
            self._network = QNetworkInformation.instance()
            self._network.reachabilityChanged.connect(self._network_changed)

    def _network_changed(self, reachability: "QNetworkInformation.Reachability") -> None:
        if reachability.name == "Online":
            self._schedule.wake(time.monotonic())
            self._plan()

    def _single_shot(self, call: Callable[[], object]) -> QTimer:
        made = QTimer(self)
        made.setSingleShot(True)
        made.timeout.connect(call)
        return made
