"""Long work, away from the thread of the screens: it says how far it is, answers in theirs, and can be cancelled."""

import threading
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QRunnable, QThreadPool, Signal, Slot

from app.errors import AppError, KnownError
from app.services.progress import CancelledError, Progress

UNEXPECTED = "Quelque chose ne s’est pas passé comme prévu\u00a0: ce qui était enregistré est gardé, réessayez."
_under_way: set["Task"] = set()
"""Kept here until they end, so that nobody has to."""


class Task(QObject):
    """One call away from the screens; exactly one of `done`, `failed` or `cancelled` follows its start.

    Connect them to methods of the object that asks: once it is destroyed, nobody is told any more.
    """

    done = Signal(object)
    """What the call answered."""
    failed = Signal(object)
    """The AppError that the call raised; any other error is our bug: it also goes to the program's report."""
    cancelled = Signal()
    progressed = Signal(int, int)
    """So many parts are done, of so many; only of a call that is watched."""
    _stepped = Signal(int, int)
    _ended = Signal(object, object)

    def __init__(self, call: Callable[[], Any]) -> None:
        super().__init__()
        self._call = call
        self._progress: Progress | None = None
        self._is_cancelled = False
        self._stepped.connect(self.progressed)  # from the thread of the call to that of the screens
        self._ended.connect(self._finish)

    @classmethod
    def watched(cls, call: Callable[[Progress], Any]) -> "Task":
        """A call that says how far it is, and that stops when it is cancelled, leaving nothing behind."""
        made = cls(lambda: call(progress))
        progress = made._progress = Progress(made._stepped.emit)
        return made

    def start(self) -> "Task":
        """Start the call as soon as a thread of the pool is free."""
        _under_way.add(self)
        QThreadPool.globalInstance().start(QRunnable.create(self._run))
        return self

    def start_apart(self) -> "Task":
        """Start a call that may wait for the network: no other task waits for it, nor does the end of the program."""
        _under_way.add(self)
        threading.Thread(target=self._run, daemon=True).start()
        return self

    def cancel(self) -> None:
        """Want no answer any more.

        A watched call stops at its next step, unless it was past its last one: `done` then says that it was done after
        all. Any other call goes on to its end, and its answer is not told.
        """
        if self._progress is None:
            self._is_cancelled = True
        else:
            self._progress.cancel()

    def _run(self) -> None:
        try:
            answer, error = self._call(), None
        except BaseException as raised:  # noqa: BLE001 - carried to the screens' thread, where it is told or reported
            answer, error = None, raised
        self._ended.emit(answer, error)

    @Slot(object, object)
    def _finish(self, answer: Any, error: BaseException | None) -> None:
        _under_way.discard(self)
        if self._is_cancelled or isinstance(error, CancelledError):
            self.cancelled.emit()
        elif isinstance(error, AppError):
            self.failed.emit(error)
        elif error is not None:
            self.failed.emit(KnownError(UNEXPECTED))
            raise error
        else:
            self.done.emit(answer)
