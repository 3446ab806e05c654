"""A child process that is heard line by line while it works, until it is killed."""

import json
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from typing import IO, Any

from build.run_together import ENVIRONMENT, ROOT

PATIENCE = 60.0
"""Seconds before a child that does not do what it is waited for has failed."""


def say(**told: Any) -> None:
    """In the child: one line of JSON, at once."""
    sys.stdout.write(json.dumps(told) + "\n")
    sys.stdout.flush()


class Child:
    """`python -m MODULE ARGUMENTS`; each whole line that it writes is given to `hear`, in a thread."""

    def __init__(self, *command: str, hear: Callable[[str], None], errors: IO[bytes] | None = None) -> None:
        """What it writes of its troubles goes to the file `errors`, or where the parent's go."""
        self._command = [sys.executable, "-m", *command]
        self._process = subprocess.Popen(
            self._command, cwd=ROOT, env=ENVIRONMENT, stdout=subprocess.PIPE, stderr=errors
        )
        self._listener = threading.Thread(target=_listen, args=(self._process.stdout, hear))
        self._listener.start()

    def wait(self, until: Callable[[], bool]) -> None:
        """Wait for something it does; raises RuntimeError if it ends, or takes too long."""
        end = time.monotonic() + PATIENCE
        while not until():
            if self._process.poll() is not None or time.monotonic() > end:
                raise RuntimeError(f"it ended, or does nothing more: {self._command}")
            time.sleep(0.002)

    def kill(self) -> None:
        """SIGKILL, and hear what it had said."""
        self._process.kill()
        self._end()

    def stop(self) -> None:
        """Ask it to leave by the front door."""
        self._process.terminate()
        self._end()

    def _end(self) -> None:
        self._process.wait(PATIENCE)
        self._listener.join()


def _listen(stdout: IO[bytes], hear: Callable[[str], None]) -> None:
    with stdout:
        for line in stdout:
            if not line.endswith(b"\n"):  # it was killed as it spoke
                return
            hear(line.decode())
