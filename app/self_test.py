"""A check of an installed program, through its own widgets: record an activity, or find those recorded.

    passerelle --data-dir FOLDER --self-test record     answers {"activity": "…"}
    passerelle --data-dir FOLDER --self-test find       answers {"activities": ["…"]}

The folder is made for it, with the demonstration's passphrase; a real notebook is never opened so.
"""

import json
import os
import sys
import time
from collections.abc import Callable
from uuid import UUID

from app.options import Options

PATIENCE = 60.0
"""Seconds before a step that does not come is a failure."""


class Hand:
    """Types on what has the keyboard, as a person would."""

    def press(self, keys: str) -> None:
        """Press a key or a chord: « Ctrl+N », « Space », « Ctrl+Return »."""
        from PySide6.QtGui import QKeySequence
        from PySide6.QtTest import QTest

        pressed = QKeySequence(keys)[0]
        QTest.keyClick(self._target(), pressed.key(), pressed.keyboardModifiers())

    def type(self, text: str) -> None:
        """Type letters."""
        from PySide6.QtTest import QTest

        for letter in text:
            QTest.keyClicks(self._target(), letter)

    def wait(self, until: Callable[[], object], seconds: float = PATIENCE) -> None:
        """Let the program work until something is so; raises TimeoutError."""
        from PySide6.QtTest import QTest

        end = time.monotonic() + seconds
        while not until():
            if time.monotonic() > end:
                raise TimeoutError
            QTest.qWait(5)

    def _target(self):  # type: ignore[no-untyped-def]
        from PySide6.QtWidgets import QApplication

        return QApplication.focusWidget() or QApplication.activeWindow()


def run(options: Options) -> int:
    """Make the check; answers the exit status."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from app.bootstrap import Program, make_application
    from app.paths import data_folder

    app = make_application()
    program = Program(app, data_folder(options.data_dir), options)
    program.start()
    hand = Hand()
    hand.wait(lambda: program.workspace)
    said = record(program, hand) if options.self_test == "record" else find(program)
    program.close_notebook()
    print(json.dumps(said), flush=True)
    sys.stdout.flush()
    return 0


def record(program, hand: Hand) -> dict[str, str]:  # type: ignore[no-untyped-def]
    """An anonymous person, one topic, at a distance, half an hour, by the keyboard."""
    from protocol.vocabulary import PlaceKind

    recorded: list[UUID] = []
    form = program.workspace.recording
    form.recorded.connect(recorded.append)
    hand.press("Ctrl+N")
    hand.press("Tab")
    hand.press("Space")
    form.view.where.choose(PlaceKind.REMOTE)
    form.view.when.choose_minutes(30)
    hand.press("Ctrl+Return")
    hand.wait(lambda: recorded)
    return {"activity": str(recorded[0])}


def find(program) -> dict[str, list[str]]:  # type: ignore[no-untyped-def]
    """The activities that the list shows."""
    program.workspace.go_to("activities")
    rows = program.workspace.presenter("activities").rows()
    return {"activities": [str(row.id) for row in rows]}
