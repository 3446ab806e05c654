"""What may stand between a computer and its server, over real sockets: a proxy, a captive portal, a TLS door."""

import ipaddress
import select
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

NAME = "passerelle.test"
"""A name that no resolver knows: only a proxy can lead there."""
PAGE = b"<html>Bienvenue sur le Wi-Fi de la gare</html>"


@dataclass
class Doorway:
    """Where it listens, where it leads once it is open, and what was asked of it."""

    port: int = 0
    upstream: str = ""
    is_open: bool = True
    answers_in_clear: bool = False
    """Whether `/generate_204` is let through by a door that is closed."""
    seen: list[str] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    doorway: Doorway

    def do_GET(self) -> None:
        self._answer()

    def do_POST(self) -> None:
        self._answer()

    def do_CONNECT(self) -> None:
        self.doorway.seen.append(f"CONNECT {self.path}")
        there = urlsplit(self.doorway.upstream)
        with socket.create_connection((there.hostname or "", there.port or 0)) as beyond:
            self.send_response(200)
            self.end_headers()
            _pipe(self.connection, beyond)
        self.close_connection = True

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def _answer(self) -> None:
        path = urlsplit(self.path).path
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.doorway.seen.append(f"{self.command} {self.path}")
        if self.doorway.is_open:
            self._relay(path, body)
        elif self.doorway.answers_in_clear and path == "/generate_204":
            self._say(204, "text/plain", b"")
        else:
            self._say(200, "text/html", PAGE)

    def _relay(self, path: str, body: bytes) -> None:
        there = HTTPConnection(urlsplit(self.doorway.upstream).netloc, timeout=20)
        carried = ("content-type", "passerelle-signature")
        headers = {name: value for name, value in self.headers.items() if name.lower() in carried}
        there.request(self.command, path, body, headers)
        reply = there.getresponse()
        self._say(reply.status, reply.getheader("content-type", ""), reply.read())
        there.close()

    def _say(self, status: int, kind: str, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@contextmanager
def standing(doorway: Doorway, certificate: Path | None = None) -> Iterator[Doorway]:
    """Listen on loopback until the block ends; behind TLS where a certificate (and its key, same file) is given."""
    handler = type("Handler", (_Handler,), {"doorway": doorway})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        server.daemon_threads = True
        if certificate is not None:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(certificate)
            server.socket = context.wrap_socket(server.socket, server_side=True)
        doorway.port = server.server_port
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        try:
            yield doorway
        finally:
            server.shutdown()
            thread.join()


def self_signed(path: Path) -> Path:
    """A certificate for loopback and for NAME that nobody but itself vouches for, with its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, NAME)])
    names = [x509.DNSName(NAME), x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    secret = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    path.write_bytes(secret + made.public_bytes(pem))
    return path


def _pipe(one: socket.socket, other: socket.socket) -> None:
    """Carry bytes both ways until either side hangs up."""
    beyond = {one: other, other: one}
    while True:
        for ready in select.select([one, other], [], [], 20)[0]:
            content = ready.recv(65536)
            if not content:
                return
            beyond[ready].sendall(content)
