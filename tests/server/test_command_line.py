"""The server as an administrator starts it: one command, its own PostgreSQL, nothing left behind."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import requests

from protocol import codes

ROOT = Path(__file__).parents[2]


@contextmanager
def serving(data_dir: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    command = [sys.executable, "-m", "server", "serve", "--port", "0", "--data-dir", str(data_dir)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, env=os.environ) as process:
        assert process.stdout is not None
        said = re.fullmatch(r"Passerelle server listening on (http://127\.0\.0\.1:\d+)\n", process.stdout.readline())
        assert said is not None
        try:
            yield process, said[1]
        finally:
            process.terminate()
            process.wait(timeout=30)


def test_a_server_of_its_own_starts_makes_codes_and_leaves_nothing_running(tmp_path: Path) -> None:
    with serving(tmp_path) as (process, url):
        assert requests.get(f"{url}/v1/health", timeout=5).json()["status"] == "ok"
        command = [sys.executable, "-m", "server", "enrolment-code", "--data-dir", str(tmp_path)]
        code = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True, timeout=60).stdout
        assert codes.normalise(code.strip()) is not None
        assert (tmp_path / "postgres" / "postmaster.pid").exists()
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=30) == 0
    assert not (tmp_path / "postgres" / "postmaster.pid").exists(), "PostgreSQL outlived its server"
