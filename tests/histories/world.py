"""One history: what people do and what happens to them, one step after the other."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from itertools import groupby
from typing import Any
from uuid import UUID

from app.models import Record
from app.sync.outbox import KEPT_DAYS
from app.sync.outcome import Outcome
from app.work import Work
from tests.histories.central import Key, Time
from tests.histories.computers import Computer, Queued
from tests.histories.ledger import Edit, Ledger
from tests.histories.link import Link, Network
from tests.histories.stage import NAMES, Stage
from tests.histories.stick import Stick
from tests.histories.things import THINGS, Changes, changed, changes_of, key_of, value_of

Step = tuple[Any, ...]


@dataclass
class World:
    """The stage during one history."""

    stage: Stage
    ledger: Ledger = field(default_factory=Ledger)
    backups: dict[str, set[UUID]] = field(default_factory=dict)
    """What the disk of each computer had made when it was copied aside."""
    was_server_restored: bool = False
    count: int = 0

    def __post_init__(self) -> None:
        self.stage.begin()
        self.network = Network(self.stage.central)
        self.links = {name: Link(self.network) for name in NAMES}
        self.stick = Stick(self.stage.folder, self.stage.central)

    # What people do

    def save(self, name: str, edits: Sequence[str]) -> None:
        """Change some records in one transaction; there is no form any more for what was erased here."""
        computer = self.stage.computers[name]
        before = self._queued(name)
        gone = {one.key for one in before if one.erases}
        with computer.database.work() as work:
            made = [
                self._edit(work, THINGS[thing], [edit.split(".")[1] for edit in group])
                for thing, group in groupby(sorted(edits), lambda edit: edit.split(".")[0])
                if key_of(thing) not in gone
            ]
        after = self._queued(name)
        for edit in made:
            self.ledger.note(name, edit, before, after)

    def erase(self, name: str, which: int) -> None:
        """Erase for good one of the records that are shown."""
        computer = self.stage.computers[name]
        shown = computer.shown(*THINGS.values())
        if not shown:
            return
        key = sorted(shown)[which % len(shown)]
        before = self._queued(name)
        with computer.database.work() as work:
            work.erase(*key)
        after = self._queued(name)
        self.ledger.note_erasure(name, key, before, after)
        self.ledger.note_by_itself(name, before, after)

    def sync(self, name: str, *fates: str) -> Outcome:
        """One run of the synchronisation over a link with these fates, one for each request, then a good one."""
        computer = self.stage.computers[name]
        self.links[name].fates = list(fates)
        before = self._queued(name)
        outcome = computer.sync(self.links[name])
        queued = self._queued(name)
        self.ledger.note_by_itself(name, before, queued)
        self._check_what_waits(computer, queued)
        return outcome

    def sync_narrow(self, name: str, *fates: str) -> None:
        """The same, after a link so bad that the first request takes one operation and one row."""
        self.stage.computers[name].narrow()
        self.sync(name, *fates)

    def sync_while_saving(self, name: str, fate: str, edits: Sequence[str]) -> None:
        """The same, while a person goes on working."""
        self.links[name].meanwhile = partial(self.save, name, edits)
        self.sync(name, fate)

    def write_courier(self, name: str) -> None:
        """What waits is put on a stick."""
        self.stick.write(self.stage.computers[name])

    def hand_in(self, which: int) -> None:
        """A courier is handed in, wherever there is a network."""
        self.stick.hand_in(which)
        self.network.erased |= self.stage.central.erased()

    def bring_back(self, which: int, name: str) -> None:
        """A receipt is brought back, perhaps to another computer."""
        self.stick.bring_back(which, self.stage.computers[name])
        self._queued(name)

    # What happens to them

    def wait(self, seconds: int) -> None:
        """Time passes, within the days that acknowledged operations are kept."""
        if self.stage.time.now + 1000 * seconds < Time.now + KEPT_DAYS * 86_400_000:
            self.stage.time.now += 1000 * seconds

    def set_clock(self, name: str, seconds: int) -> None:
        """A computer's clock is wrong by so much from now on."""
        self.stage.computers[name].off_ms = 1000 * seconds

    def arrive(self, which: int) -> None:
        """A request that was on its way arrives."""
        waiting = self.network.on_their_way
        if waiting:
            self.network.deliver(waiting.pop(which % len(waiting)))

    def back_up(self, name: str) -> None:
        """A copy of a computer's disk is kept."""
        self.stage.backups[name].become(self.stage.computers[name].disk)
        self.backups[name] = set(self.ledger.made[name])

    def restore(self, name: str) -> None:
        """A computer's disk is set back to its copy."""
        if name in self.backups:
            self.stage.computers[name].disk.become(self.stage.backups[name])
            self.ledger.set_back(name, self.backups[name], self.stage.central.known())

    def clone(self) -> None:
        """The disk of one computer is copied over another's; both are used from now on."""
        computers = self.stage.computers
        computers["copy"].disk.become(computers["here"].disk)
        self.ledger.set_back("copy", self.ledger.made["here"], self.stage.central.known())

    def back_up_server(self) -> None:
        """The administrator makes a backup, and verifies it."""
        self.stage.central.back_up()

    def restore_server(self) -> None:
        """The administrator puts the last backup back."""
        self.stage.central.restore()
        self.was_server_restored = True
        self.ledger.set_server_back(self.stage.central.known())

    def _queued(self, name: str) -> list[Queued]:
        """The operations of a computer, of which the ledger learns what the server has acknowledged."""
        queued = self.stage.computers[name].queued()
        self.ledger.acknowledged |= {one.op for one in queued if not one.is_waiting}
        return queued

    def _check_what_waits(self, computer: Computer, queued: Sequence[Queued]) -> None:
        """Nothing that arrives hides what waits here, unless the server had it before, and had overruled it."""
        gone = self.network.erased | {one.key for one in queued if one.erases}
        expected: dict[Key, Changes] = {}
        for one in queued:
            if one.op not in self.ledger.acknowledged and one.key not in gone:
                expected.setdefault(one.key, {}).update(self.ledger.saved[one.op].changes)
        shown = computer.shown(*THINGS.values()) if expected else {}
        for key, changes in expected.items():
            seen = {field: value_of(shown[key], field) for field in changes}
            assert seen == changes, "what arrived hides what waits here"

    def _edit(self, work: Work, blank: Record, fields: list[str]) -> Edit:
        before = work.find(type(blank), blank.id)
        self.count += 1
        changes = changes_of(before or blank, fields, self.count)
        after = changed(before or blank, changes)
        work.save(after)
        return Edit(before, after, changes)


def play_step(world: World, step: Step) -> None:
    """One step more, a moment after the last."""
    name, *values = step
    world.stage.time.now += 1
    getattr(world, name)(*values)


@contextmanager
def told(steps: Sequence[Step]) -> Iterator[None]:
    """Whatever fails says by which steps."""
    try:
        yield
    except Exception as error:
        error.add_note(f"The history: {list(steps)}")
        raise
