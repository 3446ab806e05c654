"""A PostgreSQL of our own, whatever was killed: the next start finds it, waits for it, or starts another."""

import signal
import subprocess
import sys
import time
from collections.abc import Iterator

import pytest

from bench.killable_server import KillableServer

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="kills are signals")


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[KillableServer]:
    with KillableServer(tmp_path_factory.mktemp("serveur")) as running:
        yield running


def start_again(server: KillableServer) -> None:
    server.start()
    server.wait()
    server.new_code()


def test_a_killed_server_finds_its_postgres_again(server: KillableServer) -> None:
    before = server.postmaster_file.read_text()
    server.kill()
    start_again(server)
    assert server.postmaster_file.read_text() == before


def test_a_server_killed_while_its_postgres_starts_waits_for_it_the_next_time(server: KillableServer) -> None:
    server.kill()
    server.kill_postgres()
    server.start()
    while not server.postmaster_file.exists():
        time.sleep(0.001)
    server.kill()
    start_again(server)


def test_after_a_power_cut_the_process_that_has_its_number_is_not_taken_for_postgres(server: KillableServer) -> None:
    server.kill()
    server.kill_postgres(signal.SIGKILL)
    with subprocess.Popen(["sleep", "60"]) as other:
        lines = server.postmaster_file.read_text().splitlines()
        server.postmaster_file.write_text("\n".join([str(other.pid), *lines[1:]]))
        start_again(server)
        assert other.poll() is None
        other.kill()
