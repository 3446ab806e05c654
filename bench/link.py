"""A link to a server that can be cut and restored, as a town hall's Wi-Fi is."""

import selectors
import socket
import threading
from collections.abc import Generator
from contextlib import contextmanager
from urllib.parse import urlsplit


class CuttableLink:
    """Carries bytes both ways between a port of its own and a server, until it is cut."""

    def __init__(self, server: str) -> None:
        address = urlsplit(server)
        self._server = (address.hostname or "127.0.0.1", address.port or 80)
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._is_cut = threading.Event()
        self._is_over = threading.Event()
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        self._thread = threading.Thread(target=self._accept, daemon=True)
        self._thread.start()

    def cut(self) -> None:
        """Drop what is going on and refuse what comes."""
        self._is_cut.set()

    def restore(self) -> None:
        """Carry again."""
        self._is_cut.clear()

    def close(self) -> None:
        """End it."""
        self._is_over.set()
        self._is_cut.set()
        self._thread.join()
        self._listener.close()

    def _accept(self) -> None:
        self._listener.settimeout(0.1)
        while not self._is_over.is_set():
            try:
                near, _ = self._listener.accept()
            except TimeoutError:
                continue
            if self._is_cut.is_set():
                near.close()
            else:
                threading.Thread(target=self._carry, args=(near,), daemon=True).start()

    def _carry(self, near: socket.socket) -> None:
        with near, socket.create_connection(self._server) as far, selectors.DefaultSelector() as ready:
            other = {near: far, far: near}
            for end in other:
                ready.register(end, selectors.EVENT_READ, other[end])
            while not self._is_cut.is_set():
                for key, _ in ready.select(0.1):
                    if not _pass_on(key.fileobj, key.data):  # type: ignore[arg-type]
                        return


def _pass_on(here: socket.socket, there: socket.socket) -> bool:
    """Whether there was still something to carry."""
    try:
        read = here.recv(65536)
        there.sendall(read)
    except OSError:
        return False
    return bool(read)


@contextmanager
def cuttable(server: str) -> Generator[CuttableLink]:
    """A link for the time of a block."""
    link = CuttableLink(server)
    try:
        yield link
    finally:
        link.close()
