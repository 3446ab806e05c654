"""Fills « Synchronisation » and answers its gestures."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices

from app import settings
from app.services import incoming, outgoing
from app.services.outgoing import RefusedRow
from app.sync import exchanges, joining
from app.sync.client import HttpTransport, Link, clear_address
from app.sync.identity import server_of
from app.sync.standing import standing
from app.ui.desk import Desk
from app.ui.synchronisation.carrying import Carrying
from app.ui.synchronisation.enrolling import Enrolling
from app.ui.synchronisation.helping import Helping
from app.ui.synchronisation.light import light_of
from app.ui.synchronisation.members import Members
from app.ui.synchronisation.state_card import State
from app.ui.synchronisation.view import SynchronisationView


class SynchronisationPresenter(QObject):
    """Reads again each time something is saved, sent or received while the screen is in front."""

    def __init__(self, desk: Desk, make_link: Callable[[str], Link] = HttpTransport) -> None:
        view = SynchronisationView()
        super().__init__(view)
        self._desk = desk
        self.view = view
        self._enrolling = Enrolling(desk, self.view.enrolment, self.view.joining, make_link)
        self._enrolling.enrolled.connect(self._enrolled)
        self._enrolling.changed.connect(self._asked_or_not)
        self._members = Members(desk, self.view.computers, make_link)
        self._members.left.connect(self._left)
        self._members.changed.connect(self._send_now)
        self.carrying = Carrying(desk, self.view.courier, make_link)
        self.carrying.changed.connect(self._refresh)
        self._helping = Helping(desk, self.view.help)
        self.view.state.send_asked.connect(self._send_now)
        self.view.state.browser_asked.connect(self._open_browser)
        self.view.state.pause_asked.connect(self._pause)
        self.view.refused.open_asked.connect(desk.activity_asked)
        self.view.refused.again_asked.connect(self._send_again)
        self.view.refused.settled.connect(self._settle)
        desk.bus.committed.connect(self._changed)
        if desk.sync is not None:
            desk.sync.state_changed.connect(self._changed)
            desk.sync.ended.connect(self._run_ended)

    def shown(self) -> None:
        """Read where things stand, from the top; what the courier told last time is no news any more."""
        self._refresh()
        self._read_members()
        self.view.begin_again()

    def _changed(self) -> None:
        if self.view.isVisible():
            self._refresh()

    def _refresh(self) -> None:
        server = server_of(self._desk.database)
        self.view.state.show_state(self._state(server))
        database = self._desk.database
        self.view.refused.show_rows(outgoing.refused(database), incoming.unreadable(database))
        self.view.exchanges.show_exchanges(exchanges.latest(database), date.today())
        self.view.show_membership(server is not None, joining.asking(database) is not None)
        self.view.courier.show_server(server or "")

    def _state(self, server: str | None) -> State:
        lane = self._desk.sync
        return State(
            light=light_of(self._desk),
            last=lane.last_ending if lane else None,
            is_paused=lane.is_paused if lane else False,
            progress=lane.progress if lane else None,
            notices=lane.notices if lane else frozenset(),
            parting=standing(self._desk.database).parting,
            outgoing=outgoing.of(self._desk.database),
            last_success=exchanges.last_success(self._desk.database),
            server=server,
            today=date.today(),
        )

    def _run_ended(self) -> None:
        self._changed()
        self._read_members()

    def _read_members(self) -> None:
        if server_of(self._desk.database) is not None:
            self._members.read()

    def _asked_or_not(self) -> None:
        self._refresh()
        shown = self.view.joining if self.view.joining.isVisible() else self.view.enrolment
        shown.setFocus()

    def _left(self) -> None:
        if self._desk.sync is not None:
            self._desk.sync.begin()
        self._refresh()
        self.view.state.setFocus()
        self._desk.said.emit("Cet ordinateur a quitté le carnet partagé", None)

    def _enrolled(self) -> None:
        if self._desk.sync is not None:
            self._desk.sync.begin()
        self._refresh()
        self._read_members()
        self.view.state.take_keyboard()
        self._desk.said.emit("Cet ordinateur est relié\u00a0: vos saisies partent vers le serveur", None)

    def _send_now(self) -> None:
        if self._desk.sync is not None:
            self._desk.sync.ask_now()

    def _open_browser(self) -> None:
        """On the server's own host, in clear: the network of the place puts its page there."""
        server = server_of(self._desk.database)
        if server is not None and not QDesktopServices.openUrl(QUrl(clear_address(server))):
            self._desk.said.emit("Ouvrez vous-même votre navigateur\u00a0: la page de ce réseau s’y montrera", None)

    def _pause(self, is_wanted: bool) -> None:
        """Remembered on this computer: the next start follows it too."""
        if self._desk.sync is None:
            return
        path = self._desk.paths.settings
        changed = replace(settings.load(path), sync_paused=is_wanted)
        if self._desk.attempt(lambda: settings.save(path, changed)):
            self._desk.settings_changed.emit(changed)
        if is_wanted:
            self._desk.sync.pause()
        else:
            self._desk.sync.resume()
        self._refresh()

    def _send_again(self, row: RefusedRow) -> None:
        if self._desk.attempt(lambda: outgoing.send_again(self._desk.database, row.op_id)):
            self._send_now()
            self._refresh()

    def _settle(self, row: RefusedRow) -> None:
        if self._desk.attempt(lambda: outgoing.settle(self._desk.database, row.op_id)):
            self._send_now()
            self._refresh()
