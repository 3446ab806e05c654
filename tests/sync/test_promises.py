"""The promises of the synchronisation, kept by the real client and the real server over any history.

Three computers of one notebook, one of them the copy of another's disk; requests and answers lost, repeated, late;
clocks that disagree; disks restored. The rules and their model: shared/sync_model.
"""

import tempfile
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test
from sqlalchemy import select, text

from app.database import now_ms
from app.models.activity import Activity
from app.models.ids import new_id
from app.models.local import outbox
from app.sync.client import Offline, Reply
from app.sync.identity import identity_in
from app.sync.outcome import Ending
from app.sync.standing import standing
from protocol.bodies import unpack
from protocol.columns import operations_of
from protocol.messages import SYNC_PATH, Operation, SyncRequest
from protocol.sealing import Subject, open_piece
from tests.live_server import LiveServer
from tests.sync.computers import Computer, Office

FATES = ("ok", "ok", "ok", "request_lost", "answer_lost", "twice", "portal", "late")
NAMES = ("here", "there", "copy")
TOPICS = ("email", "sante", "bureautique")
Stamp = tuple[int, int, bytes]
Key = tuple[UUID, str]


@dataclass
class Link:
    """Carries each request to its fate, and remembers every operation that ever left a computer."""

    computer: Computer
    fate: str = "ok"
    left: dict[UUID, Operation] = field(default_factory=dict)
    late: list[tuple[bytes, Mapping[str, str]]] = field(default_factory=list)
    meanwhile: Callable[[], None] | None = None
    """What the person does while the request is on its way."""

    def post(self, path: str, body: bytes, headers: Mapping[str, str]) -> Reply:
        for operation in operations_of(unpack(SyncRequest, body)):
            assert isinstance(operation, Operation)
            before = self.left.setdefault(operation.u, operation)
            unchanged = before.model_copy(update={"s": operation.s})
            assert unchanged == operation, "an operation that has left was changed"
        if self.meanwhile is not None:
            act, self.meanwhile = self.meanwhile, None
            act()
        if self.fate == "late":
            self.late.append((body, headers))
        if self.fate in ("request_lost", "late"):
            raise Offline
        if self.fate == "portal":
            return Reply(200, "text/html; charset=utf-8", b"<html>")
        replies = [self.computer.transport.post(path, body, headers) for _ in range(2 if self.fate == "twice" else 1)]
        if self.fate == "answer_lost":
            raise Offline
        return replies[-1]


class Promises(RuleBasedStateMachine):
    """Histories of saves, synchronisations and accidents."""

    server: LiveServer

    @initialize()
    def set_up(self) -> None:
        self.closing = ExitStack()
        folder = Path(self.closing.enter_context(tempfile.TemporaryDirectory()))
        office = Office(self.server, folder, self.closing.enter_context(ExitStack()))
        self.office = office
        self.computers = {"here": office.computer(), "there": office.computer()}
        self.computers["copy"] = office.copy(self.computers["here"])
        self.links = {name: Link(computer) for name, computer in self.computers.items()}
        self.activities = [new_id() for _ in range(3)]
        self.saved: dict[tuple[str, UUID, str], Any] = {}
        self.count = 0

    @rule(name=st.sampled_from(NAMES), which=st.integers(0, 2), what=st.sampled_from(["minutes", "title", "both"]))
    def save(self, name: str, which: int, what: str) -> None:
        self.count += 1
        activity = self._find(name, which)
        changes: dict[str, Any] = {}
        if what != "title":
            changes["minutes"] = self.count
        if what != "minutes":
            changes["title"] = f"Titre {self.count}"
        self.computers[name].save(replace(activity, **changes))
        for field_name, value in changes.items():
            self.saved[name, activity.id, field_name] = value

    @rule(name=st.sampled_from(NAMES), which=st.integers(0, 2), topic=st.sampled_from(TOPICS))
    def tick_a_topic(self, name: str, which: int, topic: str) -> None:
        activity = self._find(name, which)
        self.computers[name].save(replace(activity, topics=activity.topics ^ {topic}))

    @rule(name=st.sampled_from(NAMES), which=st.integers(0, 2))
    def delete(self, name: str, which: int) -> None:
        self.computers[name].save(replace(self._find(name, which), deleted=True))

    @rule(name=st.sampled_from(NAMES), fate=st.sampled_from(FATES))
    def synchronise(self, name: str, fate: str) -> None:
        self.links[name].fate = fate
        self.computers[name].sync(self.links[name])

    @rule(name=st.sampled_from(NAMES), fate=st.sampled_from(FATES), which=st.integers(0, 2))
    def synchronise_while_saving(self, name: str, fate: str, which: int) -> None:
        self.links[name].meanwhile = lambda: self.save(name, which, "both")
        self.synchronise(name, fate)

    @rule(name=st.sampled_from(NAMES))
    def an_old_request_arrives(self, name: str) -> None:
        if self.links[name].late:
            body, headers = self.links[name].late.pop()
            self.computers[name].transport.post(SYNC_PATH, body, headers)

    @rule(name=st.sampled_from(NAMES), seconds=st.integers(-40, 40))
    def a_clock_goes_wrong(self, name: str, seconds: int) -> None:
        with self.computers[name].database.receive() as work:
            ms, counter = work.get_state("sync.hlc") or (0, 0)
            work.set_state("sync.hlc", [max(ms, now_ms() + 1000 * seconds), counter])

    @rule(name=st.sampled_from(NAMES), saves=st.integers(1, 2), is_sent=st.booleans())
    def a_disk_is_restored(self, name: str, saves: int, is_sent: bool) -> None:
        backup = self.office.copy(self.computers[name])
        for which in range(saves):
            self.save(name, which, "both")
        if is_sent:
            self.synchronise(name, "ok")
        self.computers[name].database.close()
        self.computers[name].database = backup.database
        held = self._held()
        self.saved = {key: value for key, value in self.saved.items() if key[0] != name or (*key[1:], value) in held}

    def teardown(self) -> None:
        if hasattr(self, "closing"):
            with self.closing:
                self._check()

    def _check(self) -> None:
        for name in [*NAMES, *NAMES]:
            self.links[name].fate = "ok"
            assert self.computers[name].sync(self.links[name]).ending is Ending.DONE
        for name in NAMES:
            assert standing(self.computers[name].database).waiting == 0, "the outbox never drained"
        shown = [self._shown(name) for name in NAMES]
        assert shown[0] == shown[1] == shown[2], "two computers show different things"
        sent = self._sent()
        for (_, record, field_name), value in self.saved.items():
            assert (record, field_name, value) in sent, "a save was lost"
        for (record, field_name), value in self._latest(sent).items():
            assert getattr(shown[0][record], field_name) == value, "the last writer did not win"
        with self.server.database.transaction() as connection:
            query = text(
                "SELECT op FROM operation WHERE notebook = :notebook AND outcome <> 'known' AND kind = 'activity'"
            )
            kept = connection.execute(query, {"notebook": self.computers["here"].notebook}).scalars().all()
        assert len(kept) == len(set(kept))
        left = [operation for link in self.links.values() for operation in link.left.values()]
        assert set(kept) == {operation.u for operation in left if operation.kind == "activity"}

    def _find(self, name: str, which: int) -> Activity:
        with self.computers[name].database.work() as work:
            found = work.find(Activity, self.activities[which])
        return found or Activity(id=self.activities[which], created_at=1)

    def _shown(self, name: str) -> dict[UUID, Activity]:
        with self.computers[name].database.work() as work:
            found = [work.find(Activity, id_) for id_ in self.activities]
        return {one.id: one for one in found if one}

    def _sent(self) -> dict[tuple[UUID, str, Any], Stamp]:
        """Every value that ever left a computer, and its latest clock."""
        with self.computers["here"].database.read() as connection:
            identity = identity_in(connection)
        assert identity is not None
        values: dict[tuple[UUID, str, Any], Stamp] = {}
        for operation in (one for link in self.links.values() for one in link.left.values()):
            fields = dict(operation.f)
            if operation.x:
                subject = Subject(identity.notebook, operation.kind, operation.id)
                fields |= open_piece(identity.keys, subject, operation.u, operation.x.names, operation.x.piece)
            for name in fields.keys() & {"minutes", "title"}:
                key = (operation.id, name, fields[name])
                values[key] = max(values.get(key, (0, 0, b"")), (*operation.h, operation.u.bytes))
        return values

    def _latest(self, sent: dict[tuple[UUID, str, Any], Stamp]) -> dict[Key, Any]:
        latest: dict[Key, tuple[Stamp, Any]] = {}
        for (record, name, value), stamp in sent.items():
            if (record, name) not in latest or stamp > latest[record, name][0]:
                latest[record, name] = (stamp, value)
        return {key: value for key, (_, value) in latest.items()}

    def _held(self) -> set[tuple[UUID, str, Any]]:
        """Every value that some disk still holds or that left one."""
        held = set(self._sent())
        for name in NAMES:
            with self.computers[name].database.read() as connection:
                for record, fields in connection.execute(select(outbox.c.record_id, outbox.c.fields)):
                    held |= {(record, one, fields[one]) for one in fields.keys() & {"minutes", "title"}}
        return held


@pytest.mark.timeout(120)
def test_no_acknowledged_save_is_lost_none_is_doubled_and_all_converge(server: LiveServer) -> None:
    Promises.server = server
    few = settings(max_examples=15, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck))
    run_state_machine_as_test(Promises, settings=few)
