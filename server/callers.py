"""Who speaks: the device named in a signature, proved by its key, and the notebook it belongs to."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Connection, select

from server.edge import SignedRequest
from server.errors import Refusal
from server.models import device, installation, notebook


@dataclass(frozen=True, slots=True)
class Caller:
    """A device that proved itself; `version` is its notebook's, which stays until the transaction ends."""

    device: UUID
    notebook: UUID
    version: int
    incarnation: UUID


def authenticate(connection: Connection, request: SignedRequest, now_ms: int) -> Caller:
    """Lock the device's row and its notebook's, and check the signature.

    The notebook is locked from the start, not only when its version is raised: pushes to one notebook (one
    advisor or a small team) follow each other, so that no merge reads a record another is about to change.
    """
    query = (
        select(device.c.id, device.c.sign_key, device.c.revoked_at, device.c.notebook, notebook.c.version)
        .add_columns(installation.c.incarnation)
        .join(notebook, notebook.c.id == device.c.notebook)
        .join(installation, installation.c.incarnation.is_not(None))
        .where(device.c.id == request.signature.device)
        .with_for_update(key_share=True, of=[device, notebook])
    )
    found = connection.execute(query).one_or_none()
    if found is None:
        raise Refusal(401, "unknown_device")
    request.check(found.sign_key, now_ms)
    if found.revoked_at is not None:
        raise Refusal(403, "revoked")
    return Caller(found.id, found.notebook, found.version, found.incarnation)
