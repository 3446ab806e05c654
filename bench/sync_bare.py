"""A bare TCP connection that sends so many bytes and waits for one back: what a link alone needs for them.

python -m bench.sync_bare serve FOLDER PORT
python -m bench.sync_bare push FOLDER URL BYTES
"""

import os
import socket
import sys
import time
from urllib.parse import urlsplit

from bench.sync_subjects import Pushed, say, told

LENGTH_BYTES = 8
"""The first bytes say how many there are in all."""


def serve(port: int) -> None:
    """Swallow each connection's bytes, then send one back."""
    with socket.create_server(("127.0.0.1", port)) as listener:
        print("listening", flush=True)
        while True:
            taken, _ = listener.accept()
            with taken:
                left = int.from_bytes(taken.recv(LENGTH_BYTES, socket.MSG_WAITALL)) - LENGTH_BYTES
                while left > 0 and (read := taken.recv(min(left, 65536))):
                    left -= len(read)
                taken.sendall(b".")


def push(url: str, count: int) -> None:
    """Send `count` bytes and wait."""
    address = urlsplit(url)
    content = count.to_bytes(LENGTH_BYTES) + os.urandom(count - LENGTH_BYTES)
    begun = time.monotonic()
    with socket.create_connection((address.hostname or "", address.port or 0)) as connection:
        connection.sendall(content)
        assert connection.recv(1) == b"."
    say(Pushed(time.monotonic() - begun, 1))


if __name__ == "__main__":
    asked, _, rest = told(sys.argv)
    if asked == "serve":
        serve(int(rest[0]))
    else:
        push(rest[0], int(rest[1]))
