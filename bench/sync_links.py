"""Bad links for `bench sync`: two network namespaces joined by `badlink.py`, with `cutproxy.py` at the server's end.

Both tools lie beside the project, in `../shared/tools`; they need root, /dev/net/tun and ip(8).
"""

import importlib.util
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Generator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TOOLS = ROOT.parent / "shared" / "tools"
LEAD_S = 10.0
"""How long before the link goes dead a push begins, on a link that does: every push meets an outage."""
SETTLE_S = 0.6
"""The tools write their counters every 0.2 s."""
PATIENCE_S = 60.0

Counters = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Road:
    """A way to the server: a profile of `badlink.py`, and what `cutproxy.py` does to it besides counting."""

    name: str
    profile: str
    cutting: tuple[str, ...] = ()


CLEAN = Road("clean", "clean")
WORST = (Road("g3", "g3"), Road("edge", "edge"), Road("lossy", "lossy"), Road("cuts", "cuts"))
CUT_EVERY_60_KB = Road("cut every 60 kB", "clean", ("--cut-every-bytes", "60000", "--rtt-ms", "60"))


@dataclass(frozen=True, slots=True)
class Link:
    """Two computers joined by a road; commands are run near, on the client's, or far, on the server's."""

    road: Road
    client: str
    server: str
    address: str
    process: int
    stats: Path
    born: float

    def near(self, command: Sequence[str]) -> list[str]:
        """A command as the client's computer runs it."""
        return ["ip", "netns", "exec", self.client, *command]

    def far(self, command: Sequence[str]) -> list[str]:
        """A command as the server's computer runs it."""
        return ["ip", "netns", "exec", self.server, *command]

    def counted(self) -> Counters:
        """What crossed the link since `begin`."""
        time.sleep(SETTLE_S)
        return read(self.stats)

    def begin(self) -> None:
        """Count from now on; first wait, on a link that goes dead now and then, until it soon does."""
        every, lasting = (self.counted()[name] for name in ("p_every", "p_dur"))
        if every:
            time.sleep((every - LEAD_S - (time.monotonic() - self.born)) % (every + lasting))
        os.kill(self.process, signal.SIGUSR1)


def missing() -> str | None:
    """What this computer lacks to make bad links, in a sentence."""
    if sys.platform != "linux" or os.geteuid() != 0:
        return "bench sync makes network namespaces: run it as root, on Linux."
    for tool in ("ip", "node", "npm"):
        if shutil.which(tool) is None:
            return f"bench sync needs the program « {tool} »."
    if importlib.util.find_spec("anki") is None:
        return "bench sync needs the peers: uv sync --group peers."
    for path in (Path("/dev/net/tun"), TOOLS / "badlink.py", TOOLS / "cutproxy.py"):
        if not path.exists():
            return f"bench sync needs {path}."
    return None


@contextmanager
def link_over(road: Road, name: str, folder: Path) -> Generator[Link]:
    """A road of its own for the time of a block."""
    stats = folder / "link.json"
    command = [sys.executable, str(TOOLS / "badlink.py"), "--profile", road.profile, "--name", name]
    command += ["--stats", str(stats), "--", "sh", "-c", _TELL]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as link:
        assert link.stdin is not None
        assert link.stdout is not None
        try:
            client, server, address, process = link.stdout.readline().split()
            yield Link(road, client, server, address, int(process), stats, time.monotonic())
        finally:
            link.stdin.close()  # its command ends, and it takes the namespaces away
            link.wait(PATIENCE_S)


_TELL = 'echo "$LINK_CLIENT_NS $LINK_SERVER_NS $LINK_SERVER_IP $LINK_PID"; exec cat'


@contextmanager
def gate_to(port: int, link: Link, folder: Path, *cutting: str) -> Generator[Path]:
    """Let the link reach a server that listens on its computer's loopback, on the same port of its address.

    Gives the file where the bytes of the connections are counted, once the block has ended.
    """
    stats = folder / f"gate-{port}.json"
    stats.unlink(missing_ok=True)
    command = [sys.executable, str(TOOLS / "cutproxy.py"), "--listen", f"{link.address}:{port}"]
    command += ["--target", f"127.0.0.1:{port}", "--stats", str(stats), *cutting]
    with running(link.far(command), folder / f"gate-{port}.log"):
        wait_for(stats)
        yield stats


@contextmanager
def running(command: Sequence[str], log: Path) -> Generator[None]:
    """A program for the time of a block, then asked to stop."""
    with (
        log.open("w") as written,
        subprocess.Popen(command, cwd=ROOT, env=environment(), stdout=written, stderr=subprocess.STDOUT) as program,
    ):
        try:
            yield
        finally:
            program.terminate()
            try:
                program.wait(PATIENCE_S)
            except subprocess.TimeoutExpired:
                program.kill()


def read(stats: Path) -> Counters:
    """What a tool counted."""
    counters: Counters = json.loads(stats.read_text())
    return counters


def wait_for(written: Path) -> None:
    """Wait until a program has written something there: it listens."""
    deadline = time.monotonic() + PATIENCE_S
    while not (written.exists() and written.stat().st_size):
        if time.monotonic() > deadline:
            raise RuntimeError(f"nothing was written to {written}")
        time.sleep(0.05)


def environment() -> dict[str, str]:
    """This computer's, without proxies and without an administrator's PostgreSQL."""
    kept = {name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")}
    kept.pop("DATABASE_URL", None)
    return kept
