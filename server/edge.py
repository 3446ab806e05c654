"""The request edge: bounded bodies, signatures, answers in the protocol's own content type, small errors."""

import logging
import time
from dataclasses import dataclass
from typing import TypeVar

from fastapi import Request, Response

from protocol import signing
from protocol.bodies import TooLargeError, pack_as, unpack
from protocol.messages import CONTENT_TYPE, PROTOCOL_VERSION, ErrorAnswer, Message
from server.errors import Refusal
from server.settings import Settings

log = logging.getLogger(__name__)
UNAVAILABLE_S = 5
"""How long a device leaves a server alone whose database is away."""
MessageT = TypeVar("MessageT", bound=Message)


@dataclass(frozen=True, slots=True)
class SignedRequest:
    """A request as received: who says it speaks, and the exact bytes that were signed."""

    signature: signing.Signature
    method: str
    path: str
    body: bytes
    raw_limit: int

    def check(self, public: bytes, now_ms: int | None) -> None:
        """Refuse unless this key signed it, and a short while ago by the server's clock where that is given."""
        try:
            self.signature.check(public, self.method, self.path, self.body)
        except signing.BadSignatureError as error:
            raise Refusal(401, "bad_signature") from error
        if now_ms is not None and abs(self.signature.time_ms - now_ms) > signing.WINDOW_MS:
            raise Refusal(401, "clock", "the time of the request is too far from the server's")

    def message(self, kind: type[MessageT], raw_limit: int | None = None) -> MessageT:
        """What the request says, refused when it unpacks to too much or is not such a message."""
        try:
            message = unpack(kind, self.body, raw_limit or self.raw_limit)
        except TooLargeError as error:
            raise Refusal(413, "too_large") from error
        except ValueError as error:
            raise Refusal(422, "invalid") from error
        if getattr(message, "p", PROTOCOL_VERSION) > PROTOCOL_VERSION:
            raise Refusal(426, "protocol_too_new")
        return message


async def signed(request: Request) -> SignedRequest:
    """Read a request whole, within the limits; refused without the content type and a readable signature."""
    settings: Settings = request.app.state.settings
    if request.headers.get("content-type") != CONTENT_TYPE:
        raise Refusal(415, "content_type")
    try:
        signature = signing.parse(request.headers.get(signing.HEADER, ""))
    except signing.BadSignatureError as error:
        raise Refusal(401, "unsigned") from error
    body = await bounded_body(request, settings.limits.bytes)
    return SignedRequest(signature, request.method, request.url.path, body, settings.limits.raw)


async def bounded_body(request: Request, limit: int) -> bytes:
    """The whole body of a request; refused as soon as it is longer than that."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > limit:
            raise Refusal(413, "too_large")
    return bytes(body)


def respond(message: Message, asked: bytes, status: int = 200) -> Response:
    """An answer in the protocol's content type, compressed as the request was."""
    return Response(pack_as(message, asked), status, media_type=CONTENT_TYPE)


async def refusal(request: Request, error: Exception) -> Response:
    """The answer to a request that is refused, with its nonce so that the device knows who speaks."""
    if not isinstance(error, Refusal):
        raise error
    return _told(_error(request, error.code, error), error.status)


async def unavailable(request: Request, error: Exception) -> Response:
    """The answer while PostgreSQL is away or overloaded: come back later, nothing was kept."""
    log.error("PostgreSQL did not serve a request: %s", error)
    return _told(_error(request, "unavailable"), 503)


async def hung_up(_request: Request, _error: Exception) -> Response:
    """The answer to a request that was cut on its way: nobody is there any more to read it."""
    return Response(status_code=400)


def now_ms() -> int:
    """The server's time, in milliseconds since 1970."""
    return time.time_ns() // 1_000_000


def _told(error: ErrorAnswer, status: int) -> Response:
    """An error is short enough to go as it is."""
    content = error.model_dump_json(exclude_defaults=True)
    return Response(content, status, media_type=CONTENT_TYPE)


def _error(request: Request, code: str, error: Refusal | None = None) -> ErrorAnswer:
    try:
        nonce = signing.parse(request.headers.get(signing.HEADER, "")).nonce
    except signing.BadSignatureError:
        nonce = b""
    return ErrorAnswer(
        p=PROTOCOL_VERSION,
        n=nonce,
        t=request.app.state.now_ms(),
        error=code,
        detail=error.detail if error else "",
        ack=error.ack if error else None,
        backoff=error.backoff if error else UNAVAILABLE_S,
    )
