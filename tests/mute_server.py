"""Servers that are there and answer nothing of use: what the program must never wait for."""

import itertools
import socket
import threading
from collections.abc import Generator, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from enum import StrEnum

_LOOK_S = 0.1


class Manner(StrEnum):
    """How it does not answer."""

    SILENT = "silent"
    """It accepts, and says nothing."""
    TRICKLING = "trickling"
    """It says one byte now and then, for ever."""
    REFUSING = "refusing"
    UNREACHABLE = "unreachable"
    """Nothing comes back at all, not even a refusal."""


@dataclass
class MuteServer:
    """One of them, and the connections that it has taken."""

    url: str
    taken: list[socket.socket] = field(default_factory=list)


@contextmanager
def mute_server(manner: Manner) -> Generator[MuteServer]:
    """Let it be there for the time of a block; whoever waits for it is let go at the end."""
    with socket.socket() as listener, ExitStack() as closing:
        listener.bind(("127.0.0.1", 0))
        server = MuteServer(f"http://127.0.0.1:{listener.getsockname()[1]}")
        if manner is Manner.UNREACHABLE:
            listener.listen(0)
            closing.callback(_hang_up, _fill(listener))
        elif manner is not Manner.REFUSING:
            listener.listen()
            is_over = threading.Event()
            words = itertools.chain(b"HTTP/1.1 200 ", itertools.repeat(ord("O")))
            said = words if manner is Manner.TRICKLING else iter(())
            thread = threading.Thread(target=_take, args=(listener, server.taken, said, is_over))
            thread.start()
            closing.callback(_hang_up, server.taken)
            closing.callback(thread.join)
            closing.callback(is_over.set)
        yield server


def _fill(listener: socket.socket) -> list[socket.socket]:
    """Connections that nobody accepts: those that come after them get no answer."""
    taken = []
    for _ in range(3):
        one = socket.socket()
        one.setblocking(False)
        with suppress(BlockingIOError):
            one.connect(listener.getsockname())
        taken.append(one)
    return taken


def _take(listener: socket.socket, taken: list[socket.socket], said: Iterator[int], is_over: threading.Event) -> None:
    """Take who comes, and say each time one byte more to all of them."""
    listener.settimeout(_LOOK_S)
    while not is_over.is_set():
        with suppress(TimeoutError):
            taken.append(listener.accept()[0])
        if (byte := next(said, None)) is not None:
            for one in taken:
                with suppress(OSError):  # it has left
                    one.send(bytes([byte]))


def _hang_up(taken: list[socket.socket]) -> None:
    for one in taken:
        one.close()
