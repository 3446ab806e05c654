"""What this computer remembers of itself for the synchronisation, under `sync.` in the notebook's state."""

import base64
from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy import Connection

from app.database import Database
from app.work import Work, get_state
from protocol.sealing import NotebookKey


@dataclass(frozen=True, slots=True)
class Identity:
    """An enrolled computer: its notebook, and the keys that never leave the encrypted file."""

    device: UUID
    notebook: UUID
    sign_key: bytes = field(repr=False)
    box_key: bytes = field(repr=False)
    key: NotebookKey = field(repr=False)


def identity_in(connection: Connection) -> Identity | None:
    """Who this computer is to the server, None until it is enrolled."""
    secret = get_state(connection, "sync.notebook_key")
    if secret is None:
        return None
    return Identity(
        device=UUID(get_state(connection, "sync.device")),
        notebook=UUID(get_state(connection, "sync.notebook")),
        sign_key=from_text(get_state(connection, "sync.sign_key")),
        box_key=from_text(get_state(connection, "sync.box_key")),
        key=NotebookKey(from_text(secret), get_state(connection, "sync.key_generation")),
    )


def is_enrolled(database: Database) -> bool:
    """Whether this computer shares its notebook with the server."""
    with database.read() as connection:
        return get_state(connection, "sync.notebook_key") is not None


def server_of(database: Database) -> str | None:
    """The address of the server that this computer is enrolled with."""
    with database.read() as connection:
        address: str | None = get_state(connection, "sync.server")
        return address


def follow_server(database: Database, server: str) -> None:
    """The server of this computer answers at another address from now on; nothing where it is not enrolled."""
    if server_of(database) not in (None, server):
        with database.receive() as work:
            work.set_state("sync.server", server)


def remember_key(work: Work, key: NotebookKey) -> None:
    """Keep the notebook's key: from now on this computer is enrolled."""
    work.set_state("sync.notebook_key", as_text(key.secret))
    work.set_state("sync.key_generation", key.generation)


def as_text(value: bytes) -> str:
    """Bytes as the state keeps them."""
    return base64.b64encode(value).decode()


def from_text(value: str) -> bytes:
    """Bytes out of the state."""
    return base64.b64decode(value)
