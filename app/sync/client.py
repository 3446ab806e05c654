"""Speaking to the central server: one kept connection, signed requests, answers that are certainly its own."""

import socket
import ssl
import threading
from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any, Protocol, TypeVar, cast
from urllib.parse import urlsplit
from uuid import UUID

import requests
import truststore
import urllib3
from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool

from app.errors import KnownError
from protocol import signing
from protocol.bodies import pack, unpack
from protocol.messages import (
    CLEAR_PATH,
    CONTENT_TYPE,
    MAX_RAW_BYTES,
    PROTOCOL_VERSION,
    Answer,
    ErrorAnswer,
    Message,
)

TIMEOUT = (20, 30)
"""Seconds to connect, and seconds without a single byte; a slow answer that goes on arriving is waited for."""
LONGEST_S = 300.0
"""Seconds for one request and its whole answer: one that trickles in for longer is of no use to anybody."""
CLEAR_TIMEOUT = (5, 10)
"""Seconds to connect and without a byte, for the short question whether a portal stands in the way."""
READ_BYTES = 64 * 1024
LOOPBACK = {"127.0.0.1", "::1", "localhost"}
SERVER_TROUBLES = {500, 502, 503, 504}
"""What a proxy in front of the server says while it is away; a captive portal says anything else."""
AnswerT = TypeVar("AnswerT", bound=Answer)


class Offline(KnownError):  # noqa: N818 - a state of the world, shown by the light and never by a dialog
    """The server cannot be reached now; `was_under_way` tells a request that was cut from one that never left."""

    def __init__(self, was_under_way: bool = True) -> None:
        self.was_under_way = was_under_way
        super().__init__("Le serveur est injoignable pour l’instant\u00a0: vérifiez la connexion puis réessayez.")


class NotOurServer(KnownError):  # noqa: N818 - a state of the world
    """Something else answered: a captive portal, a proxy, a late answer. It changes nothing."""

    def __init__(self) -> None:
        super().__init__("Ce réseau demande une connexion dans le navigateur\u00a0: connectez-vous puis réessayez.")


class Refused(KnownError):  # noqa: N818 - the server's own answer
    """The server did not serve the request; `answer` says why, by a stable code."""

    def __init__(self, answer: ErrorAnswer) -> None:
        super().__init__(_SENTENCES.get(answer.error, "Le serveur n’a pas pu répondre\u00a0: réessayez plus tard."))
        self.answer = answer


_SENTENCES = {
    "revoked": "Cet ordinateur n’est plus autorisé à synchroniser ce carnet\u00a0: parlez-en à votre coordinateur.",
    "unknown_device": "Le serveur ne connaît pas cet ordinateur\u00a0: demandez un nouveau code à votre coordinateur.",
    "schema_too_new": "Le serveur doit être mis à jour\u00a0: vos saisies restent ici et partiront ensuite.",
    "protocol_too_new": "Le serveur doit être mis à jour\u00a0: vos saisies restent ici et partiront ensuite.",
}


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back, from whomever."""

    status: int
    content_type: str
    body: bytes


class Transport(Protocol):
    """Carries one request; raises Offline when nothing came back. The seam of the tests."""

    def post(self, path: str, body: bytes, headers: Mapping[str, str]) -> Reply:
        """Send a body and wait for what comes back."""


class Link(Transport, Protocol):
    """A transport that can be hung up."""

    def is_network_clear(self) -> bool:
        """Whether the way to the server is free of captive portals, as far as can be told."""

    def close(self) -> None:
        """Hang up, from any thread: what waits for an answer is Offline at once."""


class HttpTransport:
    """The real transport: the system's proxies and trust store, no redirection followed, the connection kept."""

    def __init__(self, server: str) -> None:
        self._server = server.rstrip("/")
        self._session = requests.Session()
        self._session.trust_env = urlsplit(server).hostname not in LOOPBACK
        self._session.headers.clear()
        self._line = _Line()
        for scheme in ("https://", "http://"):
            self._session.mount(scheme, self._line)

    def post(self, path: str, body: bytes, headers: Mapping[str, str]) -> Reply:
        """Send a body and wait for what comes back; raises Offline when nothing does."""
        sent = {"Content-Type": CONTENT_TYPE, **headers}
        try:
            with (
                self._deadline(),
                self._session.post(
                    self._server + path, data=body, headers=sent, timeout=TIMEOUT, allow_redirects=False, stream=True
                ) as reply,
            ):
                return Reply(reply.status_code, reply.headers.get("Content-Type", ""), _whole(reply.raw))
        except requests.exceptions.SSLError as error:
            raise NotOurServer from error
        except (requests.RequestException, urllib3.exceptions.HTTPError, OSError) as error:
            raise Offline(was_under_way=not _was_never_dialled(error)) from error

    def is_network_clear(self) -> bool:
        """Whether the server's own host answers in clear as it should: then no captive portal stands before it."""
        address = clear_address(self._server)
        try:
            with self._session.get(address, timeout=CLEAR_TIMEOUT, allow_redirects=False, stream=True) as reply:
                return reply.status_code == 204
        except (requests.RequestException, OSError):
            return False

    def close(self) -> None:
        """Hang up, from any thread: what waits for an answer is Offline at once. The next request dials again."""
        self._line.hang_up()
        self._session.close()

    @contextmanager
    def _deadline(self) -> Generator[None]:
        watch = threading.Timer(LONGEST_S, self.close)
        watch.daemon = True
        watch.start()
        try:
            yield
        finally:
            watch.cancel()


class _Line(HTTPAdapter):
    """Trusts what the operating system trusts: town halls inspect their traffic with certificates of their own.

    It knows the socket it speaks through, which is all that can wake a thread that waits for an answer.
    """

    def __init__(self) -> None:
        self._socket: socket.socket | None = None
        super().__init__()

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        """Give every connection a context backed by the system's trust store."""
        super().init_poolmanager(*args, ssl_context=_system_trust(), **kwargs)
        self._listen_to(self.poolmanager)

    def proxy_manager_for(self, proxy: str, **kwargs: Any) -> Any:
        """The same behind a proxy."""
        manager = super().proxy_manager_for(proxy, ssl_context=_system_trust(), **kwargs)
        self._listen_to(manager)
        return manager

    def hang_up(self) -> None:
        """End the connection under whoever reads from it."""
        if self._socket is not None:
            with suppress(OSError):  # it was closed already
                socket.socket.shutdown(self._socket, socket.SHUT_RDWR)

    def _listen_to(self, manager: urllib3.PoolManager) -> None:
        pools = urllib3.poolmanager.pool_classes_by_scheme
        manager.pool_classes_by_scheme = {scheme: _telling(pool, self._connected) for scheme, pool in pools.items()}

    def _connected(self, through: socket.socket) -> None:
        self._socket = through


def _whole(answer: urllib3.BaseHTTPResponse) -> bytes:
    """The body of an answer, read until its end: only there is one that was cut known to be."""
    body = bytearray()
    while len(body) < MAX_RAW_BYTES and (more := answer.read(READ_BYTES, decode_content=False)):
        body += more
    return bytes(body)


def _was_never_dialled(error: BaseException) -> bool:
    """Whether no connection was even made: there is no network, or no server."""
    reason = getattr(error.args[0] if error.args else None, "reason", None)
    return isinstance(error, requests.exceptions.ConnectTimeout) or isinstance(
        reason, urllib3.exceptions.NewConnectionError
    )


def _system_trust() -> ssl.SSLContext:
    return truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


def _telling(pool: type[HTTPConnectionPool], tell: Callable[[socket.socket], None]) -> type[HTTPConnectionPool]:
    """A kind of pool whose connections tell the socket that they have opened."""
    usual = pool.ConnectionCls

    def connect(self: Any) -> None:
        usual.connect(self)
        tell(self.sock)

    connection = type(usual.__name__, (usual,), {"connect": connect})
    return cast("type[HTTPConnectionPool]", type(pool.__name__, (pool,), {"ConnectionCls": connection}))


def clear_address(server: str) -> str:
    """The address of the server's own host in clear, where a captive portal shows itself; never a third party's."""
    parts = urlsplit(server)
    host = parts.netloc if parts.scheme == "http" else parts.hostname
    return f"http://{host}{CLEAR_PATH}"


@dataclass(frozen=True, slots=True)
class Client:
    """Asks the server in the name of one device, whose clock is wrong by `offset_ms` as far as it knows."""

    transport: Transport
    device: UUID
    sign_key: bytes = field(repr=False)
    now_ms: Callable[[], int]
    offset_ms: int = 0

    def ask(self, path: str, message: Message, kind: type[AnswerT]) -> AnswerT:
        """One question, one answer; raises Offline, NotOurServer or Refused."""
        body = pack(message)
        try:
            return self._ask_at(self.now_ms() + self.offset_ms, path, body, kind)
        except Refused as refused:
            if refused.answer.error != "clock":
                raise
            return self._ask_at(refused.answer.t, path, body, kind)

    def _ask_at(self, time_ms: int, path: str, body: bytes, kind: type[AnswerT]) -> AnswerT:
        signature = signing.sign(self.sign_key, self.device, "POST", path, body, time_ms)
        reply = self.transport.post(path, body, {signing.HEADER: signature.header()})
        if reply.status == 200:
            return certain(reply, signature.nonce, kind)
        raise Refused(certain(reply, signature.nonce, ErrorAnswer))


def certain(reply: Reply, nonce: bytes, kind: type[AnswerT]) -> AnswerT:
    """The answer, if it carries our nonce and the exact content type; NotOurServer otherwise."""
    if reply.content_type != CONTENT_TYPE:
        raise _somebody_else(reply, nonce)
    try:
        answer = unpack(kind, reply.body)
    except ValueError as error:
        raise NotOurServer from error
    if answer.n != nonce:
        raise NotOurServer
    return answer


def _somebody_else(reply: Reply, nonce: bytes) -> KnownError:
    """Who answered in the place of our server: the half of its answer, what stands before it, or a portal."""
    was_cut = reply.status == 200 and not (reply.content_type or reply.body)
    if was_cut or reply.status in SERVER_TROUBLES:
        return Offline()
    if reply.status == 413:  # a proxy takes less than the server does
        return Refused(ErrorAnswer(p=PROTOCOL_VERSION, n=nonce, t=0, error="too_large"))
    return NotOurServer()
