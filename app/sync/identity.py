"""What this computer remembers of itself for the synchronisation, under `sync.` in the notebook's state."""

import base64
from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy import Connection

from app.database import Database
from app.work import Work, get_state
from protocol.sealing import NotebookKey

_OLDER = "sync.older_keys"


@dataclass(frozen=True, slots=True)
class Identity:
    """An enrolled computer: its notebook, and the keys that never leave the encrypted file."""

    device: UUID
    notebook: UUID
    sign_key: bytes = field(repr=False)
    box_key: bytes = field(repr=False)
    key: NotebookKey = field(repr=False)
    """The newest: what is said from now on is sealed with it."""
    keys: Mapping[int, NotebookKey] = field(repr=False)
    """Every generation: the older ones open what was sealed with them."""


def identity_in(connection: Connection) -> Identity | None:
    """Who this computer is to the server, None until it is enrolled."""
    keys = _keys_in(connection)
    if not keys:
        return None
    return Identity(
        device=UUID(get_state(connection, "sync.device")),
        notebook=UUID(get_state(connection, "sync.notebook")),
        sign_key=from_text(get_state(connection, "sync.sign_key")),
        box_key=from_text(get_state(connection, "sync.box_key")),
        key=keys[max(keys)],
        keys=keys,
    )


def _keys_in(connection: Connection) -> dict[int, NotebookKey]:
    secret = get_state(connection, "sync.notebook_key")
    if secret is None:
        return {}
    newest = {get_state(connection, "sync.key_generation"): secret}
    older = {int(number): one for number, one in (get_state(connection, _OLDER) or {}).items()}
    return {number: NotebookKey(from_text(one), number) for number, one in {**older, **newest}.items()}


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
    """Keep the notebook's newest key beside the older ones: from now on this computer is enrolled."""
    known = _keys_in(work.connection)
    if known and key.generation < max(known):
        known[key.generation], key = key, known[max(known)]
    work.set_state(_OLDER, {number: as_text(one.secret) for number, one in known.items() if number != key.generation})
    work.set_state("sync.notebook_key", as_text(key.secret))
    work.set_state("sync.key_generation", key.generation)


def as_text(value: bytes) -> str:
    """Bytes as the state keeps them."""
    return base64.b64encode(value).decode()


def from_text(value: str) -> bytes:
    """Bytes out of the state."""
    return base64.b64decode(value)
