"""Asks the server to let this computer in, and waits for a member's answer, away from the thread of the screens."""

from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar

from PySide6.QtCore import QObject, QTimer, Signal

from app.errors import AppError, UserError
from app.services.server_address import server_address
from app.sync import joining
from app.sync.client import HttpTransport, Link
from app.sync.enrolment import enrol
from app.sync.identity import is_enrolled
from app.sync.joining import Asking, KeyTurnedMeanwhile
from app.ui.desk import Desk
from app.ui.synchronisation.enrolment_form import Enrol, EnrolmentForm
from app.ui.synchronisation.joining_card import JoiningCard
from app.ui.tasks import Task
from app.vault import Vault, recovery_key

POLL_MS = 3000
"""How often the server is asked whether a member answered."""
MakeLink = Callable[[str], Link]
T = TypeVar("T")


class Enrolling(QObject):
    """Answers the form, then the card of a computer that waits; one request at a time."""

    enrolled = Signal()
    """This computer is in."""
    changed = Signal()
    """It now waits to be let in, or no longer does."""

    def __init__(self, desk: Desk, form: EnrolmentForm, card: JoiningCard, make_link: MakeLink = HttpTransport) -> None:
        super().__init__(form)
        self._desk, self._form, self._card, self._make_link = desk, form, card, make_link
        self._task: Task | None = None
        self._link: Link | None = None
        self._asking = Asking("", "", "")
        self._poll = QTimer(self, singleShot=True, interval=POLL_MS)
        self._poll.timeout.connect(self._ask_again)
        form.submitted.connect(self._start)
        form.cancelled.connect(self._cancel)
        card.recovery_given.connect(self._recover)
        card.withdrawn.connect(self._withdraw)
        self._resume()

    def _start(self, wish: Enrol) -> None:
        self._form.set_busy(True)
        task = self._run(lambda: self._enrol(server_address(wish.server), wish.code, ""))
        task.done.connect(self._answered)
        task.failed.connect(self._refused)
        task.cancelled.connect(self._came_too_late)

    def _recover(self, typed: str) -> None:
        asking = self._interrupted()
        if asking is None:
            return
        task = self._run(lambda: self._enrol(asking.server, asking.code, typed))
        task.done.connect(self._answered)
        task.failed.connect(self._not_recovered)

    def _enrol(self, address: str, code: str, recovery: str) -> Asking | None:
        """In a thread of its own."""
        key = recovery_key(recovery) if recovery.strip() else None
        public = Vault(self._desk.paths.slots).recovery_public
        return self._linked(address, lambda link: enrol(self._desk.database, link, address, code, public, key))

    def _answered(self, asking: Asking | None) -> None:
        """In at once, or waiting for a member."""
        self._end()
        if asking is None:
            self._succeed()
            return
        self._form.clear()
        self._resume()
        self.changed.emit()

    def _resume(self) -> None:
        """Go on waiting for an answer, after a restart too."""
        asking = joining.asking(self._desk.database)
        if asking is not None:
            self._card.show_asking(asking)
            self._poll.start()

    def _ask_again(self) -> None:
        asking = joining.asking(self._desk.database)
        if asking is None or self._task is not None:
            return
        self._asking = asking
        call = partial(joining.is_let_in, self._desk.database)
        task = self._run(lambda: self._linked(asking.server, call))
        task.done.connect(self._heard)
        task.failed.connect(self._not_heard)

    def _heard(self, is_in: bool) -> None:
        self._end()
        self._card.say("")
        if is_in:
            self._succeed()
        else:
            self._poll.start()

    def _not_heard(self, error: AppError) -> None:
        """No network: it waits on. A refusal, or another key: the form is there again, and says why."""
        self._end()
        if joining.asking(self._desk.database) is not None:
            self._card.say(str(error))
            self._poll.start()
            return
        asked = self._asking
        self._form.fill(asked.server, asked.code if isinstance(error, KeyTurnedMeanwhile) else "")
        self._form.show_faults(str(error), {})
        self.changed.emit()

    def _withdraw(self) -> None:
        asking = self._interrupted()
        if asking is None:
            return
        call = partial(joining.withdraw, self._desk.database)
        task = self._run(lambda: self._linked(asking.server, call))
        task.done.connect(self._withdrawn)
        task.failed.connect(self._withdrawn)

    def _withdrawn(self) -> None:
        self._end()
        self._card.forget()
        if is_enrolled(self._desk.database):  # let in just before
            self._succeed()
        else:
            self.changed.emit()

    def _interrupted(self) -> Asking | None:
        """What this computer waits for, once it no longer asks by itself."""
        self._poll.stop()
        if self._task is not None:
            self._task.cancel()
        self._card.set_busy(True)
        asking = joining.asking(self._desk.database)
        if asking is None:  # it was answered a moment before
            self._withdrawn()
        return asking

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
        elif joining.asking(self._desk.database) is not None:
            self._resume()
            self.changed.emit()

    def _succeed(self) -> None:
        self._end()
        self._poll.stop()
        self._form.clear()
        self._card.forget()
        self.enrolled.emit()

    def _refused(self, error: AppError) -> None:
        self._end()
        self._form.show_faults(str(error), error.fields if isinstance(error, UserError) else {})

    def _not_recovered(self, error: AppError) -> None:
        self._end()
        self._card.show_fault(str(error))
        self._poll.start()

    def _run(self, call: Callable[[], Any]) -> Task:
        self._task = Task(call).start_apart()
        return self._task

    def _linked(self, server: str, call: Callable[[Link], T]) -> T:
        """A call over a link of its own, in a thread of its own."""
        self._link = link = self._make_link(server)
        try:
            return call(link)
        finally:
            link.close()

    def _end(self) -> None:
        self._task = None
        self._form.set_busy(False)
        self._card.set_busy(False)
