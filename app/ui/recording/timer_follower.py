"""The running stopwatch fills the duration, until the advisor chooses another one."""

from PySide6.QtCore import QObject

from app.ui.recording.form_view import FormView
from app.ui.stopwatch import Stopwatch


class TimerFollower(QObject):
    """Follows while a new form is open and the stopwatch runs."""

    def __init__(self, stopwatch: Stopwatch, form: FormView) -> None:
        super().__init__(form)
        self._stopwatch, self._form = stopwatch, form
        self._is_following = False
        stopwatch.ticked.connect(self._ticked)
        stopwatch.running_changed.connect(self._show)
        form.header.stopwatch_pressed.connect(self._pressed)
        form.when.duration_chosen.connect(self._let_go)
        self._show()

    def begin(self, is_new: bool) -> None:
        """Another form is open: one that is new takes the duration of the running stopwatch."""
        self._is_following = is_new and self._stopwatch.is_running
        self._show()
        self._fill()

    def finish(self) -> None:
        """The form was saved: what its duration came from is over."""
        if self._is_following:
            self._stopwatch.stop()
        self._is_following = False

    def _pressed(self) -> None:
        if self._stopwatch.is_running:
            self._form.when.set_minutes(self._stopwatch.stop())
            self._is_following = False
            self._form.when.changed.emit()
        else:
            self._is_following = True
            self._stopwatch.start()

    def _ticked(self, elapsed: str) -> None:
        self._form.header.show_stopwatch(elapsed)
        self._fill()

    def _fill(self) -> None:
        if self._is_following:
            self._form.when.set_minutes(self._stopwatch.minutes())

    def _let_go(self) -> None:
        self._is_following = False

    def _show(self) -> None:
        self._form.header.show_stopwatch(self._stopwatch.shown() if self._stopwatch.is_running else "")
