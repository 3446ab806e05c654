"""What this computer remembers of itself for the synchronisation, under `sync.` in the notebook's state."""

import base64
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy import Connection

from app.database import Database
from app.work import Work, get_state
from protocol.sealing import NotebookKey

_OLDER = "sync.older_keys"
_SERVER_KEY = "sync.server_key"


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
    return {number: NotebookKey.unpack(from_text(one), number) for number, one in {**older, **newest}.items()}


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


def remember_keys(work: Work, keys: Iterable[NotebookKey]) -> None:
    """Keep the notebook's keys, whichever their order, beside those known: from now on this computer is enrolled."""
    known = {**_keys_in(work.connection), **{key.generation: key for key in keys}}
    newest = max(known)
    work.set_state(_OLDER, {number: as_text(one.packed) for number, one in known.items() if number != newest})
    work.set_state("sync.notebook_key", as_text(known[newest].packed))
    work.set_state("sync.key_generation", newest)


def server_key_in(connection: Connection) -> bytes | None:
    """The public key of the server, for which courier files are closed; None until the server said it."""
    kept = get_state(connection, _SERVER_KEY)
    return from_text(kept) if kept else None


def remember_server(work: Work, key: bytes) -> None:
    """Keep the public key of the server, where it says one."""
    if key:
        work.set_state(_SERVER_KEY, as_text(key))


def as_text(value: bytes) -> str:
    """Bytes as the state keeps them."""
    return base64.b64encode(value).decode()


def from_text(value: str) -> bytes:
    """Bytes out of the state."""
    return base64.b64decode(value)
