"""A server that takes the call and never answers, or answers for ever: no screen, no key and no lock waits for it."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QCheckBox, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.bootstrap import Program, make_application
from app.options import DEMONSTRATION_PASSPHRASE, Options
from app.paths import Paths, data_folder
from app.self_test import Hand
from app.services import access
from app.services.access import SetUp
from app.sync.light import Light, LightState
from app.ui import sync_lane
from app.ui.preferences.view import PreferencesView
from app.ui.synchronisation.view import SynchronisationView
from app.ui.workspace import SCREENS, Workspace
from bench.advisor import DAY, Advisor
from protocol import codes
from tests.mute_server import Manner, mute_server
from tests.notebook import a_beneficiary, a_place, linked, recorded
from tests.ui.forms import field
from tests.ui.pulse import Pulse

LONGEST_MS, NEVER_MS = 200.0, 2_000.0
"""A gesture takes less than the first, screens that are made and other programs left aside, and never the second."""
TIMES = 3
UNLOCK_S, EXIT_S = 10.0, 8.0
"""The program waits for the network for twenty seconds at least."""
ROOT = Path(__file__).parent.parent.parent

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support (raise|grabbing)")


class UnhurriedHand(Hand):
    """Lets the program answer each key before the next one."""

    def pressed(self) -> None:
        self.rest(2)

    def reach(self, wanted: QWidget) -> None:
        """Press Tab until something has the keyboard."""
        for _ in range(80):
            if QApplication.focusWidget() is wanted:
                return
            self.press("Tab")
        raise TimeoutError


def a_notebook(paths: Paths, server: str) -> None:
    """A little work already done, linked to a server unless its address is empty."""
    database = access.set_up(paths, SetUp("Camille Rey", access.recovery_code(), DEMONSTRATION_PASSPHRASE))
    if server:
        linked(database, server)
    place = a_place(database)
    for name in ("Delmas", "Roux", "Chabrol"):
        recorded(database, participants=(a_beneficiary(database, last_name=name),), place=place)
    database.close()


@contextmanager
def opened(qtbot: QtBot, folder: Path, server: str = "") -> Iterator[Program]:
    """The program with its notebook open."""
    paths = data_folder(folder)
    a_notebook(paths, server)
    program = Program(make_application(), paths, Options(unattended=True))
    qtbot.addWidget(program.window)
    program.start()
    Hand().wait(lambda: program.workspace)
    yield program
    program.close_notebook()


def workspace(program: Program) -> Workspace:
    assert program.workspace is not None
    return program.workspace


def light(program: Program) -> Light:
    assert program.desk is not None
    assert program.desk.sync is not None
    return program.desk.sync.light


def synchronisation(program: Program) -> SynchronisationView:
    view = workspace(program).presenter("synchronisation").view
    assert isinstance(view, SynchronisationView)
    return view


def shown_button(page: QWidget, text: str) -> QPushButton:
    return next(one for one in page.findChildren(QPushButton) if one.text() == text and one.isVisible())


def keys_of(screen: str) -> str:
    """The shortcut of a screen, which follows the order of the rail."""
    return f"Ctrl+{[one.key for one in SCREENS].index(screen) + 1}"


def open_every_screen(hand: UnhurriedHand, program: Program) -> None:
    for number in range(len(SCREENS)):
        hand.press(f"Ctrl+{number + 1}")


def record(hand: UnhurriedHand, program: Program) -> None:
    advisor = Advisor(program, hand)
    for visit in (DAY[0], DAY[10]):
        advisor.enter(visit)


def search(hand: UnhurriedHand, program: Program) -> None:
    hand.press("Ctrl+K")
    hand.type("delm")
    hand.press("Return")


def filter_the_list(hand: UnhurriedHand, program: Program) -> None:
    hand.press(keys_of("activities"))
    workspace(program).activities.view.focus_list()
    for key in ("Down", "Space", "F"):
        hand.press(key)
    hand.type("roux")
    hand.rest(200)
    hand.press("Escape")


def change_the_settings(hand: UnhurriedHand, program: Program) -> None:
    hand.press(keys_of("preferences"))
    view = workspace(program).presenter("preferences").view
    assert isinstance(view, PreferencesView)
    hand.reach(field(view, "Nouvelle étiquette"))
    hand.type("urgent")
    hand.press("Return")


def pause_and_send_now(hand: UnhurriedHand, program: Program) -> None:
    hand.press(keys_of("synchronisation"))
    view = synchronisation(program)
    hand.reach(view.findChildren(QCheckBox)[0])
    hand.press("Space")
    hand.press("Space")
    if light(program).state is not LightState.SENDING:
        hand.press("Shift+Tab")
        assert QApplication.focusWidget() is shown_button(view, "Envoyer maintenant")
        hand.press("Space")


def invite_and_ask_for_help(hand: UnhurriedHand, program: Program) -> None:
    hand.press(keys_of("synchronisation"))
    for words in ("Ajouter un ordinateur ou un collègue", "Copier le diagnostic"):
        wanted = shown_button(synchronisation(program), words)
        if wanted.isEnabled():  # the invitation of the time before may still be asked for
            hand.reach(wanted)
            hand.press("Space")


GESTURES: tuple[Callable[[UnhurriedHand, Program], None], ...] = (
    open_every_screen,
    record,
    search,
    filter_the_list,
    pause_and_send_now,
    invite_and_ask_for_help,
    change_the_settings,
)


@pytest.mark.parametrize("manner", [Manner.SILENT, Manner.TRICKLING, Manner.REFUSING])
def test_no_gesture_waits_for_the_server(
    qtbot: QtBot, tmp_path: Path, manner: Manner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sync_lane, "PATIENCE_MS", 2_000)  # « Envoyer maintenant » is there long enough for a slow hand
    hand, pulse = UnhurriedHand(), Pulse()
    with mute_server(manner) as server, opened(qtbot, tmp_path, server.url) as program:
        hand.wait(lambda: server.taken or manner is Manner.REFUSING)
        for gesture in GESTURES * TIMES:
            with pulse.during(gesture.__name__):
                gesture(hand, program)
        with pulse.during("close"):
            program.window.close()
    assert (pulse.ever_over(NEVER_MS), pulse.always_over(LONGEST_MS)) == ({}, {})


def unlock(hand: UnhurriedHand, program: Program) -> None:
    hand.type(DEMONSTRATION_PASSPHRASE)
    hand.press("Return")
    hand.wait(lambda: program.workspace, UNLOCK_S)


@pytest.mark.parametrize("manner", [Manner.SILENT, Manner.UNREACHABLE])
def test_locking_and_opening_again_wait_for_no_call_that_is_under_way(
    qtbot: QtBot, tmp_path: Path, manner: Manner
) -> None:
    hand, pulse = UnhurriedHand(), Pulse()
    with mute_server(manner) as server, opened(qtbot, tmp_path, server.url) as program:
        for _ in range(TIMES):  # more calls than a small computer has threads
            hand.wait(lambda: light(program).state is LightState.SENDING)
            with pulse.during("lock"):
                hand.press("Ctrl+L")
            assert program.gate.widget.isVisible()
            unlock(hand, program)
    assert (pulse.ever_over(NEVER_MS), pulse.always_over(LONGEST_MS)) == ({}, {})


@pytest.mark.parametrize("manner", [Manner.SILENT, Manner.UNREACHABLE])
def test_an_enrolment_that_gets_no_answer_can_be_cancelled_tried_again_and_locked_away(
    qtbot: QtBot, tmp_path: Path, manner: Manner
) -> None:
    hand, pulse = UnhurriedHand(), Pulse()
    with mute_server(manner) as server, opened(qtbot, tmp_path) as program:
        hand.press(keys_of("synchronisation"))
        form = synchronisation(program).enrolment
        hand.reach(field(form, "Serveur"))
        hand.type(server.url)
        hand.press("Tab")
        hand.type(codes.make())
        for _ in range(TIMES):
            with pulse.during("enrol and cancel"):
                hand.press("Return")
                hand.reach(shown_button(form, "Annuler"))
                hand.press("Space")
            assert field(form, "Serveur").text() == server.url
            hand.reach(field(form, "Code"))
        hand.press("Return")
        with pulse.during("lock"):
            hand.press("Ctrl+L")
        assert program.gate.widget.isVisible()
        unlock(hand, program)
    assert (pulse.ever_over(NEVER_MS), pulse.always_over(LONGEST_MS)) == ({}, {})


QUITTING = """
import sys, time
from pathlib import Path
from PySide6.QtCore import QTimer
from app import start
from app.options import Options
from app.sync.light import LightState

class Quitting(start.Start):
    def begin(self):
        super().begin()
        self.look()

    def look(self):
        desk = self._program.desk
        if desk and desk.sync.light.state is LightState.SENDING:
            print(time.monotonic(), flush=True)
            self.window.close()
        else:
            QTimer.singleShot(20, self.look)

start.Start = Quitting
sys.exit(start.run(Options(Path(sys.argv[1]), unattended=True)))
"""
"""Closes the window while the server is being waited for, and says when."""


@pytest.mark.parametrize("manner", [Manner.SILENT, Manner.TRICKLING, Manner.UNREACHABLE])
def test_the_program_ends_although_the_server_has_not_answered(tmp_path: Path, manner: Manner) -> None:
    with mute_server(manner) as server:
        a_notebook(data_folder(tmp_path), server.url)
        command = [sys.executable, "-c", QUITTING, str(tmp_path)]
        ended = subprocess.run(command, cwd=ROOT, env=os.environ, capture_output=True, text=True, check=False)
        said_at = float(ended.stdout)
        assert time.monotonic() - said_at < EXIT_S
    assert (ended.returncode, ended.stderr.replace("This plugin does not support propagateSizeHints()\n", "")) == (
        0,
        "",
    )
