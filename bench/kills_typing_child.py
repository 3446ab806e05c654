"""The child that is killed while it types: enters the day again and again, says what it types and what it sees saved.

python -m bench.kills_typing_child DATA_DIR START
"""

import itertools
import os
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

from app.bootstrap import Program, make_application
from app.options import Options
from app.paths import data_folder
from app.self_test import Hand
from app.services.form_wire import plain
from bench.advisor import DAY, Advisor
from bench.child import say

PAUSE_MS = 15
"""Between two keys: a quick typist."""


class WatchedHand(Hand):
    """Says the state of the form each time it changes: as soon as a key is pressed, and after what follows of it."""

    def __init__(self) -> None:
        self.program: Program | None = None
        self._said: dict[str, Any] | None = None

    def pressed(self) -> None:
        """Say what the key did, let the program live as between two keys, say what came of it."""
        self._look()
        self.rest(PAUSE_MS)
        self._look()

    def _look(self) -> None:
        if self.program is None or self.program.workspace is None:
            return
        form = self.program.workspace.recording.view
        state = {"form": plain(form.command()), "who": form.typed_who()} if form.isVisible() else None
        if state and state != self._said:
            say(at=time.monotonic(), opened=self._said is None, **state)
        self._said = state


def main() -> None:
    """Enter visits until the end comes."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    data, start = Path(sys.argv[1]), int(sys.argv[2])
    hand = WatchedHand()
    program = Program(make_application(), data_folder(data), Options(data, unattended=True))
    program.start()
    hand.wait(lambda: program.workspace)
    hand.program = program
    advisor = Advisor(program, hand)
    say(ready=True)
    for number in itertools.count(start):
        advisor.fill(DAY[number % len(DAY)])
        assert program.workspace is not None
        form = program.workspace.recording.view.command()
        saved = advisor.save()
        say(saved=str(saved), form=plain(replace(form, id=saved)))


if __name__ == "__main__":
    main()
