"""Who speaks: the device named in a signature, proved by its key, and the notebook it belongs to."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Connection, bindparam, exists, func, select

from protocol.keys import NO_BOX_KEY
from server.edge import SignedRequest
from server.errors import Refusal
from server.models import device, installation, notebook, notebook_key


@dataclass(frozen=True, slots=True)
class Caller:
    """A device that proved itself; `version` is its notebook's, which stays until the transaction ends."""

    device: UUID
    notebook: UUID
    version: int
    incarnation: UUID
    is_allowed: bool = True
    """Whether the notebook's key was given to it; it may only fetch that key before."""
    generation: int = 1
    """The newest of the notebook's keys."""
    is_turn_asked: bool = False
    """Whether a device left since that key was made."""
    is_join_asked: bool = False
    """Whether a computer asks to join the notebook."""


def authenticate(connection: Connection, request: SignedRequest, now_ms: int | None) -> Caller:
    """Lock the device's row and its notebook's, and check the signature; its time too unless `now_ms` is None.

    The notebook is locked from the start, not only when its version is raised: pushes to one notebook (one
    advisor or a small team) follow each other, so that no merge reads a record another is about to change.
    """
    found = connection.execute(_WHO, {"wanted": request.signature.device}).one_or_none()
    if found is None:
        raise Refusal(401, "unknown_device")
    request.check(found.sign_key, now_ms)
    if found.revoked_at is not None:
        raise Refusal(403, "revoked")
    return Caller(
        found.id,
        found.notebook,
        found.version,
        found.incarnation,
        found.allowed_at is not None,
        found.generation or 1,
        found.turn_asked,
        found.is_join_asked,
    )


def member(connection: Connection, request: SignedRequest, now_ms: int | None) -> Caller:
    """A device that may read and write the notebook; raises Refusal for one that still waits to be let in."""
    caller = authenticate(connection, request, now_ms)
    if not caller.is_allowed:
        raise Refusal(403, "pending")
    return caller


_other = device.alias()
_WHO = (
    select(device.c.id, device.c.sign_key, device.c.allowed_at, device.c.revoked_at, device.c.notebook)
    .add_columns(notebook.c.version, notebook.c.turn_asked, installation.c.incarnation)
    .add_columns(
        select(func.max(notebook_key.c.generation))
        .where(notebook_key.c.notebook == device.c.notebook)
        .scalar_subquery()
        .label("generation"),
        exists()
        .where(_other.c.notebook == device.c.notebook, _other.c.allowed_at.is_(None), _other.c.revoked_at.is_(None))
        .where(_other.c.box_key != NO_BOX_KEY)
        .label("is_join_asked"),
    )
    .join(notebook, notebook.c.id == device.c.notebook)
    .join(installation, installation.c.incarnation.is_not(None))
    .where(device.c.id == bindparam("wanted"))
    .with_for_update(key_share=True, of=[device, notebook])
)
