"""A check of an installed program, through its own widgets: record an activity, or find those recorded.

    passerelle --data-dir FOLDER --self-test record     answers {"activity": "…"}
    passerelle --data-dir FOLDER --self-test find       answers {"activities": ["…"]}

The folder is made for it, with the demonstration's passphrase; a real notebook is never opened so.
"""

import json
import os
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, cast
from uuid import UUID

from app.options import Options

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from app.bootstrap import Program

PATIENCE = 60.0
"""Seconds before a step that does not come is a failure."""
MOST_TABS = 80


class Hand:
    """Types on what has the keyboard, as a person would."""

    def press(self, keys: str) -> None:
        """Press a key or a chord: « Ctrl+N », « Space », « Ctrl+Return »."""
        from PySide6.QtGui import QKeySequence
        from PySide6.QtTest import QTest

        pressed = QKeySequence(keys)[0]  # type: ignore[index]  # the stubs forget it
        QTest.keyClick(self._target(), pressed.key(), pressed.keyboardModifiers())
        self.pressed()

    def type(self, text: str) -> None:
        """Type letters; only ASCII ones, which is all QTest can."""
        from PySide6.QtTest import QTest

        for letter in text:
            QTest.keyClicks(self._target(), letter)
            self.pressed()

    def pressed(self) -> None:
        """A key was pressed: for those who watch."""

    def tab_into(self, part: "QWidget | None") -> None:
        """Press Tab until the keyboard is in a part of the screen; raises TimeoutError if it never is."""
        assert part is not None
        for _ in range(MOST_TABS):
            if part.isAncestorOf(self._target()):
                return
            self.press("Tab")
        raise TimeoutError

    def wait(self, until: Callable[[], object], seconds: float = PATIENCE) -> None:
        """Let the program work until something is so; raises TimeoutError."""
        from PySide6.QtTest import QTest

        end = time.monotonic() + seconds
        while not until():
            if time.monotonic() > end:
                raise TimeoutError
            QTest.qWait(5)

    def rest(self, milliseconds: int = 400) -> None:
        """Let the program finish what it is doing."""
        from PySide6.QtTest import QTest

        QTest.qWait(milliseconds)

    def _target(self) -> "QWidget":
        """What has the keyboard; between two windows, for a moment, nothing has."""
        from PySide6.QtWidgets import QApplication

        self.wait(lambda: QApplication.focusWidget() or QApplication.activeWindow())
        return cast("QWidget", QApplication.focusWidget() or QApplication.activeWindow())


def run(options: Options, check: str) -> int:
    """Make the check; answers the exit status."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from app.bootstrap import Program, make_application
    from app.paths import data_folder

    program = Program(make_application(), data_folder(options.data_dir), options)
    program.start()
    hand = Hand()
    hand.wait(lambda: program.workspace)
    said = record(program, hand) if check == "record" else find(program)
    program.close_notebook()
    print(json.dumps(said), flush=True)
    return 0


def record(program: "Program", hand: Hand) -> dict[str, object]:
    """An anonymous person, one topic, at a distance, a quarter of an hour, by the keyboard."""
    from app.ui.widgets.duration_picker import DurationPicker

    assert program.workspace is not None
    recorded: list[UUID] = []
    presenter = program.workspace.recording
    presenter.recorded.connect(recorded.append)
    hand.press("Ctrl+N")
    form = presenter.view
    for part, key in ((form.what, ""), (form.where, "Right"), (form.when.findChild(DurationPicker), "")):
        hand.tab_into(part)
        if key:
            hand.press(key)
        hand.press("Space")
    hand.press("Ctrl+Return")
    hand.wait(lambda: recorded)
    return {"activity": str(recorded[0])}


def find(program: "Program") -> dict[str, object]:
    """The activities that the list shows."""
    assert program.workspace is not None
    program.workspace.go_to("activities")
    table = program.workspace.activities.view.table
    rows = [table.row(table.index(number, 0)) for number in range(table.rowCount())]
    return {"activities": [str(row.id) for row in rows if row]}
