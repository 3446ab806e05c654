"""The messages of the synchronisation and how their bodies travel: JSON, gzip, one content type.

Identifiers and bytes travel as unpadded URL-safe base64: 22 characters for a UUID instead of 36.
Unknown fields are ignored by both sides.
"""

import base64
import gzip
import io
import zlib
from typing import Annotated, Any, TypeVar
from uuid import UUID

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PlainSerializer

PROTOCOL_VERSION = 1
CONTENT_TYPE = "application/vnd.passerelle.sync+json"
SYNC_PATH = "/v1/sync"
ENROLMENT_PATH = "/v1/enrolment"
KEYS_PATH = "/v1/enrolment/keys"

MAX_BODY_BYTES = 1024 * 1024
MAX_RAW_BYTES = 16 * 1024 * 1024
MAX_OPERATIONS = 5000
MAX_AHEAD_MS = 60_000
"""A clock further ahead of the server's is brought back to it: no sync is refused for a wrong clock."""
GZIP_MAGIC = b"\x1f\x8b"


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
Cursor = tuple[WireId | None, Annotated[int, Field(ge=0)]]
"""The server's incarnation and the notebook's version up to which everything was received."""


class Message(BaseModel):
    """What every message shares: unknown fields are ignored."""

    model_config = ConfigDict(extra="ignore", frozen=True)


class SealedChanges(Message):
    """The sealed fields one operation changed, as one piece that only the notebook's devices can open."""

    names: list[str]
    piece: WireBytes


class Operation(Message):
    """What one save changed: `f` the open fields, `x` the sealed ones, `h` when, `s` and `u` which."""

    s: Seq
    u: WireId
    kind: str
    id: WireId
    h: WireClock
    f: dict[str, Any] = {}
    x: SealedChanges | None = None


class MalformedOperation(Message):
    """An operation of which only the number and the UUID can be read: refused alone, it blocks nothing."""

    s: Seq
    u: WireId


class SyncRequest(Message):
    """Everything a device says: where it stands, what it changed, what it wants."""

    p: int
    schema_: int = Field(alias="schema")
    epoch: WireId
    prev: Mark | None = None
    ops: list[Annotated[Operation | MalformedOperation, Field(union_mode="left_to_right")]] = Field(
        default=[], max_length=MAX_OPERATIONS
    )
    cur: Cursor = (None, 0)
    want: int = Field(default=65536, ge=1)


class Piece(Message):
    """A sealed piece on its way to a device, with the operation that made it."""

    u: WireId
    h: WireClock
    names: list[str]
    piece: WireBytes


class Row(Message):
    """One record as the server holds it: `f` is null when it was erased; pieces come oldest first."""

    kind: str
    id: WireId
    v: int
    h: WireClock
    f: dict[str, Any] | None
    x: list[Piece] = []


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


class SyncAnswer(Answer):
    """What was kept, what became of the rest, and the next page of rows."""

    inc: WireId
    ack: Mark | None
    res: list[Result] = []
    rows: list[Row] = []
    cur: Cursor
    more: bool = False
    reset: bool = False
    durable: int = 0
    limits: Limits = Limits()
    backoff: int = 0
    clock_off: bool = False


class ErrorAnswer(Answer):
    """Why a request was not served: a stable code, and for `gap` what the server kept last."""

    error: str
    detail: str = ""
    ack: Mark | None = None


class EnrolRequest(Message):
    """The code typed once and the public keys of the new device; the same request again gets the same answer."""

    p: int
    code: str
    sign_key: WireBytes
    box_key: WireBytes


class WrappedKey(Message):
    """One generation of the notebook's key, wrapped for the recovery code."""

    generation: int = Field(ge=1, le=255)
    recovery_key: WireBytes
    recovery_wrap: WireBytes


class KeysRequest(Message):
    """The notebook's key wrapped for this device, and by the first device for the recovery code too."""

    p: int
    generation: int = Field(ge=1, le=255)
    device_wrap: WireBytes
    recovery: WrappedKey | None = None


class EnrolAnswer(Answer):
    """The notebook joined, and its wrapped keys when another device made them before."""

    inc: WireId
    notebook: WireId
    keys: list[WrappedKey] = []


class TooLargeError(ValueError):
    """A body that would unpack to more than is allowed."""


def pack(message: Message) -> bytes:
    """The bytes of a message as they travel; the same message always gives the same bytes."""
    raw = message.model_dump_json(exclude_defaults=True, by_alias=True).encode()
    return gzip.compress(raw, 9, mtime=0)


MessageT = TypeVar("MessageT", bound=Message)


def unpack(kind: type[MessageT], body: bytes, limit: int = MAX_RAW_BYTES) -> MessageT:
    """Read a message, compressed or not; raises TooLargeError beyond `limit` bytes, ValueError if it is not one."""
    return kind.model_validate_json(_decompressed(body, limit) if body.startswith(GZIP_MAGIC) else body)


def _decompressed(body: bytes, limit: int) -> bytes:
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(body)) as stream:
            raw = stream.read(limit + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise ValueError("not a gzip body") from error
    if len(raw) > limit:
        raise TooLargeError
    return raw
