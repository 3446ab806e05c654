"""Histories made up by hypothesis: any step after any other."""

from typing import Any, ClassVar

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule

from tests.histories.link import FATES
from tests.histories.promises import check_promises
from tests.histories.stage import NAMES, Stage
from tests.histories.things import EDITS
from tests.histories.world import Step, World, play_step, told

YEARS = 5 * 365 * 86_400
CLOCKS = (0, 40, -40, 7200, -7200, YEARS, -YEARS)
WAITS = (1, 70, 3600, 8 * 86_400)
names = st.sampled_from(NAMES)
fates = st.sampled_from(FATES)
edits = st.lists(st.sampled_from(EDITS), min_size=1, max_size=3).map(lambda found: sorted(set(found)))


class Histories(RuleBasedStateMachine):
    """What people do, and what happens to them."""

    stage: ClassVar[Stage]

    def __init__(self) -> None:
        super().__init__()
        self.world = World(self.stage)
        self.steps: list[Step] = []
        self.has_failed = False

    def do(self, step: str, *values: Any) -> None:
        """One step more of the history."""
        self.steps.append((step, *values))
        self.has_failed = True
        with told(self.steps):
            play_step(self.world, self.steps[-1])
        self.has_failed = False

    @rule(name=names, edits=edits)
    def save(self, name: str, edits: list[str]) -> None:
        self.do("save", name, edits)

    @rule(name=names, edits=edits)
    def save_and_sync(self, name: str, edits: list[str]) -> None:
        self.do("save", name, edits)
        self.do("sync", name)

    @rule(name=names, edits=edits, fates=st.lists(fates, max_size=2))
    def save_and_sync_on_a_bad_link(self, name: str, edits: list[str], fates: list[str]) -> None:
        self.do("save", name, edits)
        self.do("sync", name, *fates)

    @rule(name=names)
    def sync(self, name: str) -> None:
        self.do("sync", name)

    @rule(name=names, fates=st.lists(fates, max_size=3))
    def sync_on_a_narrow_link(self, name: str, fates: list[str]) -> None:
        self.do("sync_narrow", name, *fates)

    @rule(name=names, fate=fates, edits=edits)
    def sync_while_saving(self, name: str, fate: str, edits: list[str]) -> None:
        self.do("sync_while_saving", name, fate, edits)

    @rule(name=names, which=st.integers(0, 5))
    def erase(self, name: str, which: int) -> None:
        self.do("erase", name, which)

    @rule(seconds=st.sampled_from(WAITS))
    def wait(self, seconds: int) -> None:
        self.do("wait", seconds)

    @rule(name=names, seconds=st.sampled_from(CLOCKS))
    def set_clock(self, name: str, seconds: int) -> None:
        self.do("set_clock", name, seconds)

    @precondition(lambda self: self.world.network.on_their_way)
    @rule(which=st.integers(0, 3))
    def an_old_request_arrives(self, which: int) -> None:
        self.do("arrive", which)

    @rule(name=names, edits=edits)
    def save_and_write_courier(self, name: str, edits: list[str]) -> None:
        self.do("save", name, edits)
        self.do("write_courier", name)

    @precondition(lambda self: self.world.stick.couriers)
    @rule(which=st.integers(0, 3))
    def hand_in(self, which: int) -> None:
        self.do("hand_in", which)

    @precondition(lambda self: self.world.stick.receipts)
    @rule(which=st.integers(0, 3), name=names)
    def bring_back(self, which: int, name: str) -> None:
        self.do("bring_back", which, name)

    @rule(name=names)
    def back_up(self, name: str) -> None:
        self.do("back_up", name)

    @precondition(lambda self: self.world.backups)
    @rule(which=st.integers(0, 2))
    def restore(self, which: int) -> None:
        names = sorted(self.world.backups)
        self.do("restore", names[which % len(names)])

    @rule()
    def clone(self) -> None:
        self.do("clone")

    @rule()
    def back_up_server(self) -> None:
        self.do("back_up_server")

    @rule()
    def restore_server(self) -> None:
        self.do("restore_server")

    def teardown(self) -> None:
        """Every history ends well."""
        if not self.has_failed:
            with told(self.steps):
                check_promises(self.world)
