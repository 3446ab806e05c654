"""Once a week, both sides compare what they hold: equal after any ordinary life, and healed where it is not."""

import tempfile
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test
from sqlalchemy import text

from app.database import now_ms
from app.models import RECORDS
from app.models.activity import Activity
from app.models.ids import new_id
from app.models.place import Place
from app.sync import drift, inbox
from app.sync.client import Reply, Transport
from app.sync.identity import identity_in
from app.sync.outcome import Ending
from app.sync.standing import standing
from protocol.bodies import unpack
from protocol.fingerprints import digest
from protocol.messages import Digest, Piece, Row, SyncAnswer, SyncRequest
from protocol.vocabulary import RecordKind
from tests.live_server import LiveServer
from tests.sync.computers import BadLink, Computer, Office

WEEK_MS = 8 * 24 * 3600 * 1000


@dataclass
class Watched:
    """A good link that remembers what was compared, and when the server asked to start again."""

    transport: Transport
    compared: int = 0
    resets: int = 0
    meanwhile: list[Callable[[], object]] = field(default_factory=list)
    """What others do before the first requests."""

    def post(self, path: str, body: bytes, headers: Mapping[str, str]) -> Reply:
        if self.meanwhile:
            self.meanwhile.pop()()
        self.compared += bool(unpack(SyncRequest, body).dig)
        reply = self.transport.post(path, body, headers)
        self.resets += unpack(SyncAnswer, reply.body).reset
        return reply


def a_week_later(computer: Computer, *meanwhile: Callable[[], object]) -> Watched:
    """The first run of the computer a week after the last comparison."""
    with computer.database.receive() as work:
        work.set_state("sync.compared_at", now_ms() - WEEK_MS)
    link = Watched(computer.transport, meanwhile=list(meanwhile))
    assert computer.sync(link).ending is Ending.DONE
    return link


def held_here(computer: Computer) -> dict[str, Digest]:
    with computer.database.receive() as work:
        return drift.digests(work)


def held_by_the_server(server: LiveServer, computer: Computer) -> dict[str, Digest]:
    query = text("SELECT kind, id, version FROM record WHERE notebook = :notebook AND erased_at IS NULL")
    found: dict[str, list[Any]] = {kind.value: [] for kind in RECORDS}
    with server.database.transaction() as connection:
        for kind, id_, version in connection.execute(query, {"notebook": computer.notebook}):
            found[kind].append((id_, version))
    return {kind: digest(rows) for kind, rows in found.items()}


def on_the_server(office: Office, statement: str, **values: Any) -> None:
    with office.server.database.transaction() as connection:
        assert connection.execute(text(statement), values).rowcount == 1


def here_only(computer: Computer, statement: str, **values: Any) -> None:
    with computer.database.receive() as work:
        assert work.connection.execute(text(statement), values).rowcount == 1


def agree(office: Office, *computers: Computer) -> bool:
    return all(held_here(one) == held_by_the_server(office.server, one) for one in computers)


def minutes(computer: Computer, activity: Activity) -> int | None:
    with computer.database.work() as work:
        found = work.find(Activity, activity.id)
    return found.minutes if found else None


def a_pair(office: Office) -> tuple[Computer, Computer, list[Activity]]:
    """Two computers that show the same three activities, each under a version of its own."""
    here, there = office.computer(), office.computer()
    activities = [Activity(minutes=10 * n, title=f"Atelier {n}") for n in (1, 2, 3)]
    for activity in activities:
        here.save(activity)
        here.sync()
    there.sync()
    assert agree(office, here, there)
    return here, there, activities


def test_nothing_is_compared_before_a_week_and_then_once(office: Office) -> None:
    here, _, _ = a_pair(office)
    daily = Watched(here.transport)
    here.sync(daily)
    weekly = a_week_later(here)
    assert (daily.compared, weekly.compared, weekly.resets) == (0, 1, 0)
    here.sync(daily)
    assert daily.compared == 0


def test_a_row_lost_here_comes_back_within_a_week(office: Office) -> None:
    here, there, (activity, *_) = a_pair(office)
    here_only(here, "DELETE FROM activity WHERE id = :id", id=activity.id.bytes)
    assert a_week_later(here).resets == 1
    assert minutes(here, activity) == 10
    assert agree(office, here, there)
    assert a_week_later(here).resets == 0


def test_a_row_lost_by_the_server_is_sent_again_once(office: Office) -> None:
    here, there, (activity, *_) = a_pair(office)
    on_the_server(office, "DELETE FROM record WHERE id = :id", id=activity.id)
    assert a_week_later(here).resets == 1
    there.sync()
    assert agree(office, here, there)
    for computer in (here, there):
        assert a_week_later(computer).resets == 0
    newcomer = office.computer()
    newcomer.sync()
    assert minutes(newcomer, activity) == 10


def test_a_wrong_version_on_either_side_is_put_right(office: Office) -> None:
    here, there, (first, second, _) = a_pair(office)
    here_only(here, "UPDATE activity SET version = version + 7 WHERE id = :id", id=first.id.bytes)
    on_the_server(office, "UPDATE record SET version = version - 1 WHERE id = :id", id=second.id)
    assert a_week_later(here).resets == 1
    assert a_week_later(there).resets == 1
    assert agree(office, here, there)
    for computer in (here, there):
        assert a_week_later(computer).resets == 0
        assert (minutes(computer, first), minutes(computer, second)) == (10, 20)


def test_what_a_colleague_sends_at_that_very_moment_is_no_drift_and_postpones_nothing(office: Office) -> None:
    here, there, (activity, lost, _) = a_pair(office)
    here_only(here, "DELETE FROM activity WHERE id = :id", id=lost.id.bytes)
    there.save(replace(activity, minutes=15))
    link = a_week_later(here, there.sync)
    assert (link.compared, link.resets) == (2, 1)
    assert (minutes(here, activity), minutes(here, lost)) == (15, 20)
    assert agree(office, here, there)


def test_an_edit_made_while_everything_comes_again_leaves_both_sides_whole(office: Office) -> None:
    here, there, (activity, *_) = a_pair(office)
    on_the_server(office, "DELETE FROM record WHERE id = :id", id=activity.id)
    a_week_later(here, lambda: here.save(replace(activity, minutes=11)))
    for computer in (here, there):
        computer.sync()
    assert agree(office, here, there)
    with there.database.work() as work:
        found = work.find(Activity, activity.id)
    assert found is not None
    assert (found.minutes, found.title) == (11, "Atelier 1")


def test_a_row_that_no_key_opens_yet_is_counted_once_and_never_sent_back(office: Office) -> None:
    """A colleague changed it under a key that this computer has not fetched."""
    here, there, (activity, other, _) = a_pair(office)
    there.save(replace(activity, title="Sous une autre clé"), replace(other, minutes=21))
    there.sync()
    here.sync()
    with here.database.receive() as work:
        identity = identity_in(work.connection)
        assert identity is not None
        found = work.find(Activity, activity.id)
        assert found is not None
        [version] = work.connection.execute(
            text("SELECT version FROM activity WHERE id = :id"), {"id": activity.id.bytes}
        ).one()
        work.note_version(RecordKind.ACTIVITY, activity.id, version - 1)
        piece = Piece(u=uuid4(), h=(1, 0), names=["title"], piece=bytes((2, 99)) + bytes(40))
        inbox.receive(work, identity, [Row(kind="activity", id=activity.id, v=version, h=(1, 0), f={}, x=[piece])])
    assert agree(office, here, there)
    assert a_week_later(here).resets == 0


class Lives(RuleBasedStateMachine):
    """Two computers of one notebook, and the copy of one of them, through ordinary days and small accidents."""

    server: LiveServer

    @initialize()
    def set_up(self) -> None:
        self.closing = ExitStack()
        folder = Path(self.closing.enter_context(tempfile.TemporaryDirectory()))
        self.office = Office(self.server, folder, self.closing.enter_context(ExitStack()))
        self.computers = [self.office.computer(), self.office.computer()]
        self.activities = [new_id() for _ in range(3)]
        self.places = [new_id() for _ in range(2)]
        self.count = 0

    @rule(which=st.integers(0, 1), record=st.integers(0, 2), what=st.sampled_from(["minutes", "title", "deleted"]))
    def save(self, which: int, record: int, what: str) -> None:
        self.count += 1
        changes: dict[str, dict[str, Any]] = {
            "minutes": {"minutes": self.count},
            "title": {"title": f"Titre {self.count}", "topics": frozenset({"email"})},
            "deleted": {"deleted": True},
        }
        with self.computers[which].database.work() as work:
            id_ = self.activities[record]
            work.save(replace(work.find(Activity, id_) or Activity(id=id_, created_at=1), **changes[what]))

    @rule(which=st.integers(0, 1), place=st.integers(0, 1), is_sound=st.booleans())
    def save_a_place(self, which: int, place: int, is_sound: bool) -> None:
        self.count += 1
        name = f"Lieu {self.count}" if is_sound else "x" * 900
        with self.computers[which].database.work() as work:
            id_ = self.places[place]
            work.save(replace(work.find(Place, id_) or Place(id=id_, created_at=1), name=name))

    @rule(which=st.integers(0, 1), record=st.integers(0, 2))
    def erase(self, which: int, record: int) -> None:
        with self.computers[which].database.work() as work:
            work.erase(RecordKind.ACTIVITY, self.activities[record])
        self.activities[record] = new_id()

    @rule(which=st.integers(0, 1), fate=st.sampled_from(["ok", "ok", "ok", "answer_lost", "request_lost", "twice"]))
    def synchronise(self, which: int, fate: str) -> None:
        self.computers[which].sync(BadLink(self.computers[which].transport, lambda: fate))

    @rule(which=st.integers(0, 1), record=st.integers(0, 2))
    def synchronise_while_saving(self, which: int, record: int) -> None:
        moments = iter(["minutes"])

        def fate() -> str:
            for what in moments:
                self.save(which, record, what)
            return "ok"

        self.computers[which].sync(BadLink(self.computers[which].transport, fate))

    @rule(which=st.integers(0, 1), is_small=st.booleans())
    def a_link_is_poor(self, which: int, is_small: bool) -> None:
        with self.computers[which].database.receive() as work:
            work.set_state("sync.batch_bytes", 40 if is_small else None)

    @rule(which=st.integers(0, 1))
    def a_disk_is_restored(self, which: int) -> None:
        backup = self.office.copy(self.computers[which])
        self.save(which, 0, "minutes")
        self.synchronise(which, "ok")
        self.computers[which].database.close()
        self.computers[which].database = backup.database

    @rule(which=st.integers(0, 1))
    def everything_comes_again(self, which: int) -> None:
        with self.computers[which].database.receive() as work:
            if cursor := work.get_state("sync.cursor"):
                work.set_state("sync.cursor", [str(uuid4()), *cursor[1:]])

    def teardown(self) -> None:
        if hasattr(self, "closing"):
            with self.closing:
                for computer in (*self.computers, *self.computers):
                    assert computer.sync().ending is Ending.DONE
                    assert standing(computer.database).waiting == 0
                ours = [held_here(computer) for computer in self.computers]
                assert ours[0] == ours[1] == held_by_the_server(self.server, self.computers[0])
                assert self._shown(0) == self._shown(1)
                assert [a_week_later(computer).resets for computer in self.computers] == [0, 0]

    def _shown(self, which: int) -> dict[UUID, Activity | None]:
        with self.computers[which].database.work() as work:
            ids = [UUID(bytes=id_) for id_ in work.connection.scalars(text("SELECT id FROM activity"))]
            return {id_: work.find(Activity, id_) for id_ in ids}


@pytest.mark.timeout(120)
def test_both_sides_hold_the_same_after_any_life_of_two_computers(server: LiveServer) -> None:
    Lives.server = server
    few = settings(max_examples=10, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck))
    run_state_machine_as_test(Lives, settings=few)
