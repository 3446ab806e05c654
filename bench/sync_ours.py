"""Passerelle as `bench sync` runs it: the real server, a real notebook filled by the services, the real engine.

python -m bench.sync_ours serve FOLDER PORT
python -m bench.sync_ours prepare FOLDER URL TURN COUNT
python -m bench.sync_ours push FOLDER URL
"""

import os
import sys
import time
from datetime import datetime
from pathlib import Path

from app.database import Database
from app.options import DEMONSTRATION_PASSPHRASE
from app.paths import Paths
from app.recovery import key_of, new_code
from app.services import access, activities, beneficiaries, places
from app.sync.client import HttpTransport
from app.sync.engine import SyncEngine
from app.sync.enrolment import enrol
from app.sync.outcome import Ending
from app.sync.schedule import Schedule
from app.sync.standing import standing
from bench import sync_work
from bench.sync_subjects import Pushed, say
from bench.sync_work import Known
from build.run_together import enrolment_code

WORLD = {Ending.OFFLINE, Ending.UNAVAILABLE, Ending.PORTAL}
"""How a run ends that the schedule tries again soon."""


def serve(folder: Path, port: str) -> None:
    """Become the server, on loopback and on a PostgreSQL of its own."""
    data = folder / "serveur"
    data.mkdir(exist_ok=True)
    command = [sys.executable, "-m", "server", "serve", "--host", "127.0.0.1", "--port", port, "--data-dir", str(data)]
    os.execv(sys.executable, command)


def prepare(folder: Path, url: str, turn: int, count: int) -> None:
    """Record the activities of a turn; before the first, make the notebook and push its people and places."""
    paths = Paths(folder / "carnet")
    if not paths.database.exists():
        _set_up(paths, url, enrolment_code(folder / "serveur"))
    database = _open(paths)
    followed = [Known(row.id, row.birth_year) for row in beneficiaries.search(database, "", sync_work.PEOPLE)]
    known = [Known(row.id) for row in places.mine(database)]
    commands = sync_work.activities(turn, count, followed, known)
    for moment, command in zip(sync_work.moments(turn, count), commands, strict=True):
        _believe(database, moment)
        activities.record(database, command)
    database.close()


def push(folder: Path, url: str) -> None:
    """Send what waits, run after run when the schedule says so, and tell how it went."""
    database = _open(Paths(folder / "carnet"))
    transport = HttpTransport(url)
    begun = time.monotonic()
    runs = _send(SyncEngine(database, transport), database)
    say(Pushed(time.monotonic() - begun, runs))
    transport.close()
    database.close()


def _set_up(paths: Paths, url: str, code: str) -> None:
    paths.root.mkdir(parents=True)
    recovery = new_code()
    key = key_of(recovery)
    assert key is not None
    database = access.set_up(paths, access.SetUp("Essai", recovery, DEMONSTRATION_PASSPHRASE))
    transport = HttpTransport(url)
    enrol(database, transport, url, code, key.public)
    _believe(database, sync_work.BEFORE)
    for person in sync_work.people():
        beneficiaries.save(database, person)
    for place in sync_work.places():
        places.save(database, place)
    _send(SyncEngine(database, transport), database)
    transport.close()
    database.close()


def _believe(database: Database, moment: datetime) -> None:
    """Let a notebook be written as if it were then: months of work are not recorded in one second."""
    milliseconds = round(moment.timestamp() * 1000)
    database.now_ms = lambda: milliseconds


def _send(engine: SyncEngine, database: Database) -> int:
    """Run until nothing waits; answers how many runs it took."""
    schedule, runs = Schedule(time.monotonic()), 0
    while True:
        due = schedule.due()
        assert due is not None
        time.sleep(max(0.0, due - time.monotonic()))
        schedule.started()
        outcome = engine.run()
        schedule.finished(time.monotonic(), outcome)
        runs += 1
        if outcome.ending is Ending.DONE:
            _check(database)
            return runs
        if outcome.ending not in WORLD:
            raise SystemExit(f"the notebook was not sent: {outcome}")


def _check(database: Database) -> None:
    left = standing(database)
    if left.waiting or left.refused:
        raise SystemExit(f"not everything was taken: {left}")


def _open(paths: Paths) -> Database:
    return access.open_with_passphrase(paths, DEMONSTRATION_PASSPHRASE)


if __name__ == "__main__":
    folder = Path(sys.argv[2])
    match sys.argv[1]:
        case "serve":
            serve(folder, sys.argv[3])
        case "prepare":
            prepare(folder, sys.argv[3], int(sys.argv[4]), int(sys.argv[5]))
        case "push":
            push(folder, sys.argv[3])
