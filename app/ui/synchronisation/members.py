"""Answers the card « Ordinateurs de ce carnet », away from the thread of the screens."""

from collections.abc import Callable
from datetime import date
from typing import Any, TypeVar

from PySide6.QtCore import QObject, QTimer, Signal

from app.errors import AppError
from app.sync.client import Link, Offline, Refused
from app.sync.identity import server_of
from app.sync.members import Computers, Invitation, JoinRequest, KeyTurned, Member, Membership
from app.ui.desk import Desk
from app.ui.synchronisation.computers_card import ComputersCard
from app.ui.tasks import Task

POLL_MS = 3000
"""How often the list is read again while somebody is expected."""
_OFFLINE = "Le serveur est injoignable\u00a0: la liste des ordinateurs sera relue avec la connexion."
T = TypeVar("T")


class Members(QObject):
    """Reads the list while it is looked at, and does what is asked of it, one thing at a time."""

    left = Signal()
    """This computer is no longer in the notebook."""
    changed = Signal()
    """Something was done that the synchronisation should follow."""

    def __init__(self, desk: Desk, card: ComputersCard, make_link: Callable[[str], Link]) -> None:
        super().__init__(card)
        self._desk, self._card, self._make_link = desk, card, make_link
        self._reading: Task | None = None
        self._has_asked = False
        self._then: Callable[[Any], object] = bool
        """What follows the thing being done."""
        self._poll = QTimer(self, interval=POLL_MS)
        self._poll.timeout.connect(self.read)
        card.invite_asked.connect(self._invite)
        card.invitation_closed.connect(self._poll.stop)
        card.allow_asked.connect(self._allow)
        card.refuse_asked.connect(self._refuse)
        card.removal_asked.connect(self._remove)

    def read(self) -> None:
        """Read who is in the notebook, unless it is being read or nobody looks."""
        if self._reading is None and self._card.isVisible():
            self._reading = Task(self._asking(Membership.computers))
            self._reading.done.connect(self._read)
            self._reading.failed.connect(self._not_read)
            self._reading.start_apart()

    def _read(self, found: Computers) -> None:
        self._reading, self._has_asked = None, False
        self._card.say("")
        self._card.show_computers(found, date.today())

    def _not_read(self, error: AppError) -> None:
        self._reading = None
        self._card.say(_OFFLINE if isinstance(error, Offline) else str(error))
        if isinstance(error, KeyTurned | Refused) and not self._has_asked:  # the synchronisation learns why
            self._has_asked = True
            self.changed.emit()

    def _invite(self) -> None:
        self._do(Membership.invite, self._invited)

    def _invited(self, invitation: Invitation) -> None:
        self._card.show_invitation(invitation)
        self._poll.start()

    def _allow(self, request: JoinRequest) -> None:
        self._do(lambda me: me.allow(request), self._allowed)

    def _allowed(self, _: object) -> None:
        self._card.close_invitation()
        self._tell("Ordinateur autorisé")

    def _refuse(self, request: JoinRequest) -> None:
        self._do(lambda me: me.take_out(request.id), lambda _: self._tell("Demande refusée"))

    def _remove(self, member: Member) -> None:
        if member.is_mine:
            self._do(Membership.leave, lambda _: self.left.emit())
        else:
            self._do(lambda me: me.take_out(member.id), lambda _: self._tell("Ordinateur retiré"))

    def _tell(self, sentence: str) -> None:
        self._desk.said.emit(sentence, None)
        self.read()
        self.changed.emit()

    def _do(self, call: Callable[[Membership], Any], then: Callable[[Any], object]) -> None:
        """Ask the server, one thing at a time; what was being read before no longer holds."""
        if self._reading is not None:
            self._reading.cancel()
            self._reading = None
        self._card.set_busy(True)
        self._then = then
        task = Task(self._asking(call))
        task.done.connect(self._did)
        task.failed.connect(self._did_not)
        task.start_apart()

    def _did(self, answer: object) -> None:
        self._card.set_busy(False)
        self._then(answer)

    def _did_not(self, error: AppError) -> None:
        self._card.set_busy(False)
        self._desk.said.emit(str(error), None)
        self._not_read(error)

    def _asking(self, call: Callable[[Membership], T]) -> Callable[[], T]:
        """The call over a link of its own, for a thread of the pool."""
        database, server = self._desk.database, server_of(self._desk.database) or ""

        def ask() -> T:
            link = self._make_link(server)
            try:
                return call(Membership(database, link))
            finally:
                link.close()

        return ask
