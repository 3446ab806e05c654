"""What devices and server say to each other, and the types their words are made of.

Identifiers and bytes travel as unpadded URL-safe base64: 22 characters for a UUID instead of 36.
Unknown fields are ignored by both sides. How a body is compressed: `protocol/bodies.py`.
"""

import base64
from typing import Annotated, Any
from uuid import UUID

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PlainSerializer

PROTOCOL_VERSION = 2
OLDEST_PROTOCOL = 1
"""The previous version, still served: operations one by one, gzip, no cursor inside a version."""
CONTENT_TYPE = "application/vnd.passerelle.sync+json"
SYNC_PATH = "/v1/sync"
ENROLMENT_PATH = "/v1/enrolment"
KEYS_PATH = "/v1/enrolment/keys"
DEVICES_PATH = "/v1/devices"
INVITE_PATH = "/v1/devices/invite"
ALLOW_PATH = "/v1/devices/allow"
REVOKE_PATH = "/v1/devices/revoke"
TURN_PATH = "/v1/devices/turn"
COURIER_PATH = "/v1/courier"
CLEAR_PATH = "/generate_204"
"""Asked in clear, without a signature: nothing comes back from the server itself, a page from a captive portal."""

MAX_BODY_BYTES = 1024 * 1024
MAX_RAW_BYTES = 16 * 1024 * 1024
MAX_OPERATIONS = 5000
MAX_AHEAD_MS = 60_000
"""A clock further ahead of the server's is brought back to it: no sync is refused for a wrong clock."""


def _encode(value: bytes) -> str:
    return base64.urlsafe_b64encode(value).rstrip(b"=").decode()


def _decode(value: object) -> object:
    if not isinstance(value, str):
        return value
    return base64.b64decode(value + "=" * (-len(value) % 4), altchars=b"-_", validate=True)


def _to_uuid(value: object) -> object:
    decoded = _decode(value)
    return UUID(bytes=decoded) if isinstance(decoded, bytes) else decoded


WireBytes = Annotated[bytes, BeforeValidator(_decode), PlainSerializer(_encode, when_used="json")]
WireId = Annotated[
    UUID, BeforeValidator(_to_uuid), PlainSerializer(lambda value: _encode(value.bytes), when_used="json")
]
WireClock = tuple[Annotated[int, Field(ge=0, lt=2**53)], Annotated[int, Field(ge=0, lt=2**31)]]
"""Milliseconds since 1970 and the counter of a `protocol.clock.Clock`."""
Seq = Annotated[int, Field(ge=1, lt=2**53)]
Mark = tuple[Seq, WireId]
"""An operation named by its running number and its own UUID."""
Generation = Annotated[int, Field(ge=1, le=255)]
"""Which of the notebook's keys: it is turned when a device leaves."""
Base = Annotated[int, Field(ge=0, lt=2**53)]
"""The notebook's version that a device had received when its user made a change."""


def _to_cursor(value: object) -> object:
    return (*value, None) if isinstance(value, list | tuple) and len(value) == 2 else value


def _from_cursor(value: "Cursor") -> list[Any]:
    incarnation, version, last = value
    known = _encode(incarnation.bytes) if incarnation else None
    return [known, version] if last is None else [known, version, _encode(last.bytes)]


Cursor = Annotated[
    tuple[WireId | None, Base, WireId | None],
    BeforeValidator(_to_cursor),
    PlainSerializer(_from_cursor, when_used="json"),
]
"""The server's incarnation and the notebook's version up to which everything was received; then, where the last page
ended inside the next version (a push too large for one page), the last record received of that one."""
START: tuple[UUID | None, int, UUID | None] = (None, 0, None)


class Message(BaseModel):
    """What every message shares: unknown fields are ignored."""

    model_config = ConfigDict(extra="ignore", frozen=True)


class SealedChanges(Message):
    """The sealed fields one operation changed, as one piece that only the notebook's devices can open."""

    names: list[str]
    piece: WireBytes


class Operation(Message):
    """What one save changed: `f` the open fields, `x` the sealed ones, `h` when, `s` and `u` which.

    `b` is what the device had received when the change was made, None where it did not say; `e` erases for good.
    """

    s: Seq
    u: WireId
    kind: str
    id: WireId
    h: WireClock
    b: Base | None = None
    e: bool = False
    f: dict[str, Any] = {}
    x: SealedChanges | None = None


class MalformedOperation(Message):
    """An operation of which only the number and the UUID can be read: refused alone, it blocks nothing."""

    s: Seq
    u: WireId


AnyOperation = Operation | MalformedOperation


class Columns(Message):
    """Many operations, laid out so that what is alike lies side by side: `protocol/columns.py`."""

    s: Seq
    k: list[tuple[str, list[str], list[str]]]
    o: list[int]
    h: list[int]
    c: list[int] = []
    b: list[int | None] = []
    e: list[int] = []
    u: list[int]
    uv: list[int] = []
    ut: list[int | None]
    i: list[int]
    d: list[int | None]
    dv: list[int] = []
    dt: list[int | None]
    t: WireBytes = b""
    f: list[list[list[Any]]]
    g: WireBytes = b""
    w: list[int] = []
    x: WireBytes = b""


Digest = tuple[Annotated[int, Field(ge=0)], str]
"""How many records of a kind, and the sum of their fingerprints in hexadecimal: `protocol/fingerprints.py`."""


class SyncRequest(Message):
    """Everything a device says: where it stands, what it changed, what it wants."""

    p: int
    schema_: int = Field(alias="schema")
    epoch: WireId
    prev: Mark | None = None
    ops: list[Annotated[AnyOperation, Field(union_mode="left_to_right")]] = Field(default=[], max_length=MAX_OPERATIONS)
    cols: Columns | None = None
    cur: Cursor = START
    have: list[Base] = Field(default=[], max_length=1000)
    """Versions beyond `cur` that the device made, each answered as the `same`."""
    want: int = Field(default=65536, ge=0)
    dig: dict[str, Digest] = {}
    ask_key: bool = False
    """A computer enrolled before it was told the server's public key asks for it."""


class Piece(Message):
    """A sealed piece on its way to a device, with the operation that made it."""

    u: WireId
    h: WireClock
    names: list[str]
    piece: WireBytes


class Lost(Message):
    """Values of the fields `lost` that lost to others made without knowing of them: who wrote them, when, the piece."""

    u: WireId
    by: WireId
    h: WireClock
    lost: list[str]
    f: dict[str, Any] = {}
    names: list[str] = []
    piece: WireBytes = b""


class Row(Message):
    """One record as the server holds it: `f` is null when it was erased; pieces come oldest first.

    `by` is the device that made the latest of the changes not seen yet.
    """

    kind: str
    id: WireId
    v: int
    h: WireClock
    f: dict[str, Any] | None
    x: list[Piece] = []
    by: WireId | None = None
    lost: list[Lost] = []


class Limits(Message):
    """What the server accepts in one request, in bytes sent, bytes unpacked and operations."""

    bytes: int = MAX_BODY_BYTES
    raw: int = MAX_RAW_BYTES
    ops: int = MAX_OPERATIONS


class Answer(Message):
    """What every answer carries: the request's nonce and the server's time in milliseconds."""

    p: int
    n: WireBytes
    t: int


Result = tuple[Seq, str, str]
"""Number of an operation that did not go the plain way, what became of it, and why."""
JOIN_ASKED = "join_asked"
"""A notice: a computer asks to join the notebook."""
TURN_KEY = "turn_key"
"""A notice: a computer left, the notebook's key must be turned."""


class SyncAnswer(Answer):
    """What was kept, what became of the rest, and the next page of rows.

    `took` is the version under which new operations were merged, 0 without any, and `same` whether the device holds
    of it just what the server does; `left` how many rows are still to come; `generation` the notebook's newest key.
    """

    inc: WireId
    ack: Mark | None
    res: list[Result] = []
    rows: list[Row] = []
    cur: Cursor
    took: int = 0
    same: bool = False
    more: bool = False
    left: int = 0
    reset: bool = False
    durable: int = 0
    limits: Limits = Limits()
    backoff: int = 0
    clock_off: bool = False
    generation: int = 1
    notices: list[str] = []
    server_key: WireBytes = b""
    """As `EnrolAnswer` says it, once asked."""


class ErrorAnswer(Answer):
    """Why a request was not served: a stable code, for `gap` what the server kept last, and how long to wait."""

    error: str
    detail: str = ""
    ack: Mark | None = None
    backoff: int = 0


class EnrolRequest(Message):
    """The code typed once and the public keys of the new device; the same request again gets the newest answer.

    It asks first with `NO_BOX_KEY` (`protocol/keys.py`), then with the box key that it makes once it was answered.
    """

    p: int
    code: str
    sign_key: WireBytes
    box_key: WireBytes


class WrappedKey(Message):
    """One generation of the notebook's key, wrapped for the recovery code; `check` tells a true key from another."""

    generation: Generation
    recovery_key: WireBytes
    recovery_wrap: WireBytes
    check: WireBytes = b""


class DeviceWrap(Message):
    """One generation of the notebook's key, wrapped for one device."""

    generation: Generation
    wrap: WireBytes


class KeysRequest(Message):
    """The notebook's newest key wrapped for this device, the older ones, and for a new notebook the recovery code's.

    `vouch` proves that the device holds the key (`protocol/keys.py`).
    """

    p: int
    generation: Generation
    device_wrap: WireBytes
    older: list[DeviceWrap] = []
    vouch: WireBytes = b""
    recovery: WrappedKey | None = None


class EnrolAnswer(Answer):
    """The notebook joined, its keys as wrapped for the recovery code, and for this device once it is allowed."""

    inc: WireId
    notebook: WireId
    keys: list[WrappedKey] = []
    device_keys: list[DeviceWrap] = []
    server_key: WireBytes = b""
    """X25519 public key of the server: courier files are sealed for it."""


class DevicesRequest(Message):
    """A device asks who else is in its notebook, or for a code that lets one more computer ask to join."""

    p: int


class DeviceState(Message):
    """One computer of the notebook, as the server knows it: it has no name for it."""

    id: WireId
    state: str
    """« pending », « active » or « revoked »."""
    sign_key: WireBytes
    box_key: WireBytes
    vouch: WireBytes = b""
    generation: int = 0
    """The newest of the notebook's keys that is wrapped for it."""
    since: int = 0
    last_at: int = 0
    """Milliseconds since 1970 of its last sync, 0 before the first."""


class DevicesAnswer(Answer):
    """Every computer of the notebook, the keys wrapped for the one who asks, the newest as the recovery code's."""

    devices: list[DeviceState]
    keys: list[DeviceWrap] = []
    newest: WrappedKey | None = None


class InviteAnswer(Answer):
    """A code that lets one computer ask to join this notebook."""

    code: str
    valid_hours: int


class AllowRequest(Message):
    """Lets a computer in: every key of the notebook wrapped for it, and the proof that a member allowed it."""

    p: int
    device: WireId
    keys: list[DeviceWrap]
    vouch: WireBytes


class RevokeRequest(Message):
    """Takes a computer out of the notebook, or refuses one that asks."""

    p: int
    device: WireId


class TurnedWrap(Message):
    """The new key for one of the computers that stay."""

    device: WireId
    wrap: WireBytes
    vouch: WireBytes


class TurnRequest(Message):
    """A new generation of the notebook's key, for the recovery code and for each computer that stays."""

    p: int
    recovery: WrappedKey
    wraps: list[TurnedWrap]


class DoneAnswer(Answer):
    """It is done."""
