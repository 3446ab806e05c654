"""The server as an administrator starts it: one command, its own PostgreSQL, nothing left behind."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import requests

from protocol import codes
from tests.server.devices import Device, an_operation

ROOT = Path(__file__).parents[2]


@contextmanager
def serving(data_dir: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    command = [sys.executable, "-m", "server", "serve", "--port", "0", "--data-dir", str(data_dir)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, env=os.environ) as process:
        assert process.stdout is not None
        told = re.fullmatch(r"Passerelle server listening on (http://127\.0\.0\.1:\d+)\n", process.stdout.readline())
        assert told is not None
        try:
            yield process, told[1]
        finally:
            process.terminate()
            process.wait(timeout=30)


@dataclass
class At:
    url: str


def said(data_dir: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """One command of the administrator, whole."""
    command = [sys.executable, "-m", "server", *words, "--data-dir", str(data_dir)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)


def test_a_server_of_its_own_starts_makes_codes_and_leaves_nothing_running(tmp_path: Path) -> None:
    with serving(tmp_path) as (process, url):
        assert requests.get(f"{url}/v1/health", timeout=5).json()["status"] == "ok"
        assert codes.normalise(said(tmp_path, "enrolment-code").stdout.strip()) is not None
        assert (tmp_path / "postgres" / "postmaster.pid").exists()
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=30) == 0
    assert not (tmp_path / "postgres" / "postmaster.pid").exists(), "PostgreSQL outlived its server"


def test_a_backup_is_taken_while_the_server_runs_and_restored_once_it_is_stopped(tmp_path: Path) -> None:
    data, file = tmp_path / "donnees", tmp_path / "sauvegarde"
    data.mkdir()
    kept, erased, copied = an_operation(1), an_operation(2), an_operation(3)
    with serving(data) as (_, url), Device(At(url)) as device:
        device.enrol(said(data, "enrolment-code").stdout.strip())
        device.sync(kept, erased, copied)
        assert said(data, "backup", str(file)).stdout == f"Sauvegarde vérifiée\u00a0: {file}\n"
        assert device.sync(an_operation(4, erased.id, f={}, e=True)).durable == 3
        refused = said(data, "restore", str(file))
        assert (refused.returncode, refused.stdout) == (1, "")
        assert "arrêtez le serveur" in refused.stderr
    done = said(data, "restore", str(file))
    assert (done.returncode, done.stderr) == (0, "")
    with (data / "effacements.jsonl").open("a") as journal:
        journal.write(f'\n["{device.notebook}", "activity", "{copied.id}"]')
    with serving(data) as (_, url):
        device.server = At(url)
        answer = device.sync()
        assert answer.reset
        assert {row.id: row.f is None for row in answer.rows} == {kept.id: False, erased.id: True, copied.id: True}
