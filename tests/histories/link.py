"""The link of a computer: each request has its fate, and nothing that left is ever said otherwise."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from app.sync.client import Offline, Reply
from protocol.bodies import unpack
from protocol.columns import operations_of
from protocol.messages import Operation, SyncRequest
from protocol.vocabulary import RecordKind
from tests.histories.central import Central, Key

FATES = (
    "ok",
    "request_lost",
    "answer_lost",
    "twice",
    "late",  # it arrives later, and by then nobody waits for the answer
    "again",  # it arrives, and once more later
    "cut",  # in the middle of the answer
    "portal",
    "away",  # a proxy says that the server is
    "stale",  # a proxy repeats the last answer it saw, whoever asked
)
PORTAL = Reply(200, "text/html; charset=utf-8", b"<html>Bienvenue</html>")
AWAY = Reply(503, "text/html", b"<html>Bad gateway</html>")


@dataclass(frozen=True, slots=True)
class Sent:
    """A request as it left: its bytes, and the records that it erases."""

    path: str
    body: bytes
    headers: Mapping[str, str]
    erases: set[Key]


@dataclass
class Network:
    """What every link shares: the server, the requests still on their way, what ever left and what was erased."""

    central: Central
    on_their_way: list[Sent] = field(default_factory=list)
    left: dict[UUID, Operation] = field(default_factory=dict)
    erased: set[Key] = field(default_factory=set)
    last_reply: Reply = PORTAL

    def send(self, path: str, body: bytes, headers: Mapping[str, str]) -> Sent:
        """What leaves a computer: an operation that once left, received or not, is never said otherwise again."""
        erases = set()
        for operation in operations_of(unpack(SyncRequest, body)):
            assert isinstance(operation, Operation)
            is_blank = not operation.f and operation.x is None  # its record was erased meanwhile
            if not is_blank:  # a copy of the disk, which did not erase it, may still say it whole
                before = self.left.setdefault(operation.u, operation).model_copy(update={"s": operation.s})
                assert operation == before, "an operation that has left was changed"
            if operation.e:
                erases.add((RecordKind(operation.kind), operation.id))
        return Sent(path, body, headers, erases)

    def deliver(self, sent: Sent) -> Reply:
        """A request reaches the server."""
        self.last_reply = self.central.post(sent.path, sent.body, sent.headers)
        if self.last_reply.status == 200:
            self.erased |= sent.erases
        return self.last_reply


@dataclass
class Link:
    """Carries requests one after the other, each to the next fate, then well."""

    network: Network
    fates: list[str] = field(default_factory=list)
    meanwhile: Callable[[], None] | None = None
    """What the person does while the first request is on its way."""

    def post(self, path: str, body: bytes, headers: Mapping[str, str]) -> Reply:
        """Send a body and wait for what comes back."""
        sent = self.network.send(path, body, headers)
        if self.meanwhile is not None:
            act, self.meanwhile = self.meanwhile, None
            act()
        fate = self.fates.pop(0) if self.fates else "ok"
        if fate in ("late", "again"):
            self.network.on_their_way.append(sent)
        if fate in ("late", "request_lost"):
            raise Offline
        if fate in _ANSWERS_OF_OTHERS:
            return _ANSWERS_OF_OTHERS[fate]
        if fate == "stale":
            return self.network.last_reply
        return self._carry(fate, sent)

    def _carry(self, fate: str, sent: Sent) -> Reply:
        reply = self.network.deliver(sent)
        if fate == "twice":
            reply = self.network.deliver(sent)
        if fate == "answer_lost":
            raise Offline
        if fate == "cut":
            return Reply(reply.status, reply.content_type, reply.body[: len(reply.body) // 2])
        return reply


_ANSWERS_OF_OTHERS = {"portal": PORTAL, "away": AWAY}
