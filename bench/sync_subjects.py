"""What `bench sync` measures: Passerelle, its peers, and a bare connection, each a program with three commands.

`serve FOLDER PORT` listens on loopback and says so; `prepare …` makes what is to be sent, where the link does not
count; `push FOLDER URL …` sends it, tries again at once when that fails, and tells how it went in one line of JSON.
"""

import json
import shutil
import subprocess
import sys
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from bench import sync_work
from bench.sync_links import ROOT, Link, environment, gate_to, read, running, wait_for
from bench.sync_report import Run
from bench.sync_work import Clear

PEERS = ROOT / "bench" / "peers"
INSTALLED = ROOT / ".tools" / "peers"
PREPARING_S = 180.0


@dataclass(frozen=True, slots=True)
class Pushed:
    """What a program says of its push: the seconds it took, and how many times it was tried."""

    seconds: float
    tries: int


@dataclass(frozen=True, slots=True)
class Subject:
    """One of those that are measured."""

    name: str
    command: tuple[str, ...]
    port: int
    takes_clear: bool = True
    """Whether it is given the activities as JSON."""


OURS = Subject("Passerelle", (sys.executable, "-m", "bench.sync_ours"), 8640, takes_clear=False)
ANKI = Subject("Anki", (sys.executable, "-m", "bench.sync_anki"), 27701)
POUCHDB = Subject("PouchDB", ("node", str(INSTALLED / "pouchdb.js")), 5984)
BARE = Subject("bare TCP", (sys.executable, "-m", "bench.sync_bare"), 9000)


@dataclass(frozen=True, slots=True)
class Station:
    """A subject whose server runs at the far end of a link."""

    subject: Subject
    link: Link
    folder: Path

    @property
    def url(self) -> str:
        """Where its server is, seen from anywhere on the link."""
        return f"http://{self.link.address}:{self.subject.port}/"

    def prepare(self, turn: int, count: int) -> None:
        """Make the activities of a turn, on the server's side of the link, where nothing is lost or cut."""
        work = [str(self._work(turn, count))] if self.subject.takes_clear else [str(turn), str(count)]
        command = [*self.subject.command, "prepare", str(self.folder), self.url, *work]
        with gate_to(self.subject.port, self.link, self.folder):
            done = _told(self.link.far(command), PREPARING_S)
        if done.returncode:
            raise RuntimeError(f"{self.subject.name} was not prepared: {done.stderr[-2000:]}")

    def push(self, turn: int, count: int, limit_s: float, *more: str) -> Run:
        """Send what was prepared, over the link; it may not finish within the limit."""
        command = [*self.subject.command, "push", str(self.folder), self.url, *more]
        cutting = [*self.link.road.cutting, "--seed", str(turn)]
        with gate_to(self.subject.port, self.link, self.folder, *cutting) as stats:
            self.link.begin()
            pushed = self._pushed(self.link.near(command), limit_s)
            link = self.link.counted()
        gate = read(stats)
        return Run(
            self.link.road.name,
            self.subject.name,
            count,
            seconds=pushed.seconds if pushed else None,
            tries=pushed.tries if pushed else 0,
            packets_up=link["bytes_up"],
            packets_down=link["bytes_down"],
            up=gate["bytes_up"],
            down=gate["bytes_down"],
            turns=gate["turns"],
        )

    def _pushed(self, command: Sequence[str], limit_s: float) -> Pushed | None:
        try:
            done = _told(command, limit_s)
        except subprocess.TimeoutExpired:
            return None
        if done.returncode:
            print(f"{self.subject.name} on {self.link.road.name}: {done.stderr[-500:]}", file=sys.stderr)
            return None
        return Pushed(**json.loads(done.stdout.splitlines()[-1]))

    def _work(self, turn: int, count: int) -> Path:
        people = self.folder / "people.json"
        if not people.exists():
            people.write_text(json.dumps(sync_work.clear_people()))
        followed: list[Clear] = json.loads(people.read_text())
        work = self.folder / f"work-{turn}.json"
        work.write_text(json.dumps(sync_work.clear_activities(turn, count, followed), ensure_ascii=False))
        return work


@contextmanager
def station(subject: Subject, link: Link, folder: Path) -> Generator[Station]:
    """A subject's server at the far end of a link, for the time of a block."""
    log = folder / f"{subject.port}.log"
    serve = [*subject.command, "serve", str(folder), str(subject.port)]
    with running(link.far(serve), log):
        wait_for(log)
        yield Station(subject, link, folder)


def _told(command: Sequence[str], limit_s: float) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, cwd=ROOT, env=environment(), capture_output=True, text=True, timeout=limit_s)


def install_peers() -> None:
    """Put the peers of npm, exactly as locked, where git does not look."""
    INSTALLED.mkdir(parents=True, exist_ok=True)
    for one in PEERS.iterdir():
        shutil.copy(one, INSTALLED)
    if not (INSTALLED / "node_modules").exists():
        command = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent"]
        subprocess.run(command, cwd=INSTALLED, check=True)


def say(pushed: Pushed) -> None:
    """Tell a push as `Station.push` reads it."""
    print(json.dumps(asdict(pushed)), flush=True)


def told(arguments: Sequence[str]) -> tuple[str, Path, list[str]]:
    """The command, the folder and the rest, out of a subject's command line."""
    return arguments[1], Path(arguments[2]), list(arguments[3:])
