"""A front before the real server that answers crookedly: cuts short, sends elsewhere, takes less than it should."""

import threading
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import requests

Answered = Callable[[bytes], bytes]
"""What goes back to the client, to the last byte, for the body that it sent; the connection is closed after."""


@dataclass
class Front:
    """Where it listens, how it answers, and how many requests came."""

    url: str
    answer: Answered
    headers: dict[str, str] = field(default_factory=dict)
    """Those of the last request."""
    taken: int = 0


@contextmanager
def front(answer: Answered) -> Generator[Front]:
    """Listen on loopback for the time of a block."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            here.taken += 1
            here.headers = dict(self.headers)
            self.wfile.write(here.answer(self.rfile.read(int(self.headers["Content-Length"]))))
            self.close_connection = True

        def log_message(self, format: str, *args: object) -> None:
            """Nobody reads it."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as listening:
        here = Front(f"http://127.0.0.1:{listening.server_port}", answer)
        thread = threading.Thread(target=listening.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield here
        finally:
            listening.shutdown()
            thread.join()


def relayed(here: Front, server: str, path: str, body: bytes) -> bytes:
    """The real server's whole answer, status line and headers with it."""
    reply = requests.post(server + path, data=body, headers=here.headers, timeout=20)
    head = f"HTTP/1.1 {reply.status_code} OK\r\nContent-Type: {reply.headers['Content-Type']}\r\n"
    return f"{head}Content-Length: {len(reply.content)}\r\n\r\n".encode() + reply.content
