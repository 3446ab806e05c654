"""The pictures of the synchronisation: the first sending, no network, a colleague who joins."""

from dataclasses import replace
from typing import TYPE_CHECKING
from uuid import UUID

from app.models.computer import Computer
from app.services import access
from app.sync.light import LightState
from app.ui.synchronisation.enrolment_form import Enrol
from app.ui.synchronisation.presenter import SynchronisationPresenter
from build.sittings.hand import Sitting, button
from build.sittings.recording import answer
from protocol.vocabulary import Topic

if TYPE_CHECKING:
    from app.ui.synchronisation.view import SynchronisationView
    from bench.link import CuttableLink


def send(hand: Sitting, link: "CuttableLink", code: str) -> None:
    """A computer enrolled, then cut off, then back."""
    lane = hand.desk.sync
    assert lane is not None
    hand.show("synchronisation", "inscription")
    for line in (link.url, code):
        hand.type(line)
        hand.press("Tab")
    hand.press("Space")
    hand.wait(lambda: lane.light.state is LightState.UP_TO_DATE)
    link.cut()
    hand.press("Ctrl+N")
    answer(hand, Topic.EMAIL)
    hand.leave_form()
    lane.ask_now()
    hand.wait(lambda: lane.light.state is LightState.OFFLINE)
    hand.show("synchronisation", "hors-connexion")
    _courier(hand)
    link.restore()
    hand.press("Shift+Tab")
    lane.ask_now()
    hand.wait(lambda: lane.light.state is LightState.UP_TO_DATE)
    screen = hand.workspace.presenter("synchronisation")
    assert isinstance(screen, SynchronisationPresenter)
    hand.wait(lambda: "injoignable" not in screen.view.computers.said())
    hand.show("synchronisation", "synchronisation")
    hand.show("day", "ma-journee-soir")


def _courier(hand: Sitting) -> None:
    presenter = hand.workspace.presenter("synchronisation")
    assert isinstance(presenter, SynchronisationPresenter)
    stick = hand.program.paths.root / "cle"
    stick.mkdir()
    presenter.carrying.write(stick)
    hand.wait(presenter.view.courier.said)
    hand.picture("courrier")
    presenter.view.verticalScrollBar().setValue(0)


def _screen(hand: Sitting) -> "SynchronisationView":
    presenter = hand.workspace.presenter("synchronisation")
    assert isinstance(presenter, SynchronisationPresenter)
    return presenter.view


def _introduce(hand: Sitting, computer: str, advisor: str) -> None:
    """Let a computer bear a name of a town hall rather than that of the one that draws."""
    access.rename_advisor(hand.desk.database, advisor)
    with hand.desk.database.work() as work:
        known = work.find(Computer, UUID(work.get_state("sync.device")))
        assert known is not None
        work.save(replace(known, name=computer))


def colleague(hand: Sitting, other: Sitting, link: "CuttableLink") -> None:
    """A colleague's computer asks to join the notebook, and is let in by its short code."""
    hand.program.window.activateWindow()
    _introduce(hand, "PC-FLORAC", "Camille Fabre")
    hand.show("synchronisation", "ordinateur-seul")
    here, there = _screen(hand), _screen(other)
    button(here, "Ajouter un ordinateur ou un collègue").click()
    hand.wait(here.computers.invitation.isVisible)
    here.ensureWidgetVisible(here.computers.invitation)
    hand.picture("ajouter-ordinateur")
    access.rename_advisor(other.desk.database, "Jeanne Roux")
    other.workspace.go_to("synchronisation")
    there.enrolment.submitted.emit(Enrol(link.url, here.computers.invitation.code()))
    other.wait(there.joining.isVisible)
    other.program.window.activateWindow()
    there.joining.setFocus()
    other.picture("en-attente")
    hand.program.window.activateWindow()
    hand.wait(lambda: there.joining.short_code() in here.computers.said())
    here.ensureWidgetVisible(button(here, "Refuser"))
    hand.picture("autoriser")
    button(here, "Autoriser").click()
    other.wait(there.computers.isVisible)
    _introduce(other, "PORTABLE-2", "Jeanne Roux")
    for each in (other, hand):
        assert each.desk.sync is not None
        each.desk.sync.ask_now()
        each.rest(1500)
    hand.wait(lambda: "Jeanne Roux" in here.computers.said())
    hand.wait(lambda: hand.desk.sync and hand.desk.sync.light.state is LightState.UP_TO_DATE)
    hand.picture("ordinateurs")
