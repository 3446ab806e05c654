"""Asks the server to let this computer in, away from the thread of the screens."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from app.errors import AppError, UserError
from app.services.server_address import server_address
from app.sync.client import HttpTransport, Link
from app.sync.enrolment import enrol
from app.sync.identity import is_enrolled
from app.ui.desk import Desk
from app.ui.synchronisation.enrolment_form import Enrol, EnrolmentForm
from app.ui.tasks import Task
from app.vault import Vault, recovery_key


class Enrolling(QObject):
    """Answers the form: one request at a time, with its faults beside the fields."""

    enrolled = Signal()
    """This computer is known to the server."""

    def __init__(self, desk: Desk, form: EnrolmentForm, make_link: Callable[[str], Link] = HttpTransport) -> None:
        super().__init__(form)
        self._desk, self._form, self._make_link = desk, form, make_link
        self._task: Task | None = None
        self._link: Link | None = None
        form.submitted.connect(self._start)
        form.cancelled.connect(self._cancel)

    def _start(self, wish: Enrol) -> None:
        self._form.set_busy(True)
        self._task = Task(lambda: self._enrol(wish))
        self._task.done.connect(self._succeed)
        self._task.failed.connect(self._fail)
        self._task.cancelled.connect(self._came_too_late)
        self._task.start_apart()

    def _enrol(self, wish: Enrol) -> None:
        """In a thread of its own."""
        address = server_address(wish.server)
        key = recovery_key(wish.recovery) if wish.recovery.strip() else None
        self._link = link = self._make_link(address)
        try:
            enrol(self._desk.database, link, address, wish.code, Vault(self._desk.paths.slots).recovery_public, key)
        finally:
            link.close()

    def _cancel(self) -> None:
        if self._task is not None:
            self._task.cancel()
            self._end()
        if self._link is not None:
            self._link.close()

    def _came_too_late(self) -> None:
        """What was cancelled may have been granted all the same."""
        if is_enrolled(self._desk.database):
            self._succeed()

    def _succeed(self) -> None:
        self._end()
        self._form.clear()
        self.enrolled.emit()

    def _fail(self, error: AppError) -> None:
        self._end()
        self._form.show_faults(str(error), error.fields if isinstance(error, UserError) else {})

    def _end(self) -> None:
        self._task = None
        self._form.set_busy(False)
