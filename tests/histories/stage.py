"""The stage on which histories are played: a server and three computers, made once and set back for each history."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from uuid import UUID

from app.recovery import key_of, new_code
from app.sync.enrolment import enrol
from app.sync.identity import identity_in
from app.sync.outcome import Ending
from server.enrolment.service import make_code
from tests.histories.central import Central, Time
from tests.histories.computers import Computer, Disk
from tests.notebook import new_database

NAMES = ("here", "there", "copy")
"""Three computers of one notebook, until the disk of the first is copied over the third's."""
_IN_MEMORY = Path("/dev/shm")


@dataclass
class Stage:
    """The real parts, and how they were at the start."""

    folder: Path
    time: Time
    central: Central
    computers: dict[str, Computer]
    blank: dict[str, Disk]
    backups: dict[str, Disk]
    """The backup of each computer's disk, if one was made."""

    def begin(self) -> None:
        """Set everything back."""
        self.time.now = Time.now
        self.central.begin()
        for name, computer in self.computers.items():
            computer.disk.become(self.blank[name])
            computer.off_ms = 0


@contextmanager
def a_stage() -> Iterator[Stage]:
    """Build the stage, in memory where the system can."""
    with ExitStack() as closing:
        parent = _IN_MEMORY if _IN_MEMORY.is_dir() else None
        folder = Path(tempfile.mkdtemp(prefix="passerelle-histories-", dir=parent))
        closing.callback(shutil.rmtree, folder, ignore_errors=True)
        time = Time()
        central = Central(folder / "postgres", time)
        closing.callback(central.close)
        disks = iter(_disks(folder, 3 * len(NAMES), closing))
        computers = {name: Computer(next(disks), time) for name in NAMES}
        _enrol(central, computers)
        central.keep_blank()
        blank, backups = ({name: next(disks) for name in NAMES} for _ in range(2))
        for name, computer in computers.items():
            blank[name].become(computer.disk)
        yield Stage(folder, time, central, computers, blank, backups)


def _disks(folder: Path, count: int, closing: ExitStack) -> list[Disk]:
    disks = [Disk(new_database(folder, f"{number}.db")) for number in range(count)]
    for disk in disks:
        closing.callback(disk.close)
    return disks


def _enrol(central: Central, computers: dict[str, Computer]) -> None:
    """Let each computer in by a code of its own, and leave nothing to say."""
    recovery = key_of(new_code())
    assert recovery is not None
    notebook: UUID | None = None
    for computer in computers.values():
        computer.database.now_ms = computer.clock
        with central.database.transaction() as connection:
            code = make_code(connection, notebook, timedelta(days=3650))
        enrol(computer.database, central, "http://127.0.0.1", code, recovery.public, recovery, computer.clock)
        with computer.database.read() as connection:
            identity = identity_in(connection)
        assert identity is not None
        notebook = identity.notebook
    for computer in 2 * list(computers.values()):
        assert computer.sync(central).ending is Ending.DONE
