"""Making codes, taking a computer in, keeping the wrapped keys of a notebook."""

import hashlib
from collections.abc import Iterable
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Connection, func, select, update
from sqlalchemy.dialects.postgresql import insert

from protocol import codes
from protocol.messages import DeviceWrap, EnrolRequest, KeysRequest, WrappedKey
from server.errors import Refusal
from server.models import device, device_key, enrolment_code, notebook, notebook_key


def make_code(connection: Connection, into: UUID | None, valid_for: timedelta) -> str:
    """A new code for a notebook, or for a new one; only its digest is kept."""
    target = into or uuid4()
    connection.execute(insert(notebook).values(id=target).on_conflict_do_nothing())
    code = codes.make()
    connection.execute(
        insert(enrolment_code).values(notebook=target, digest=digest(code), expires_at=func.now() + valid_for)
    )
    return code


def enrol(connection: Connection, device_id: UUID, request: EnrolRequest) -> UUID:
    """Take a computer in and say which notebook it joined; the same computer may ask again with the same code."""
    found = _lock_code(connection, request.code)
    if found.device is not None and found.device != device_id:
        raise Refusal(403, "code_used")
    if found.device is None:
        _register(connection, found.notebook, device_id, request)
        connection.execute(
            update(enrolment_code).where(enrolment_code.c.digest == found.digest).values(device=device_id)
        )
    else:
        _return(connection, device_id, request)
    return UUID(str(found.notebook))


def keys_of(connection: Connection, of: UUID) -> list[WrappedKey]:
    """The wrapped keys of a notebook, newest last; none until its first device made one."""
    rows = connection.execute(
        select(notebook_key.c.generation, notebook_key.c.recovery_key, notebook_key.c.recovery_wrap)
        .add_columns(func.coalesce(notebook_key.c.check, b"").label("check"))
        .where(notebook_key.c.notebook == of)
        .order_by(notebook_key.c.generation)
    )
    return [WrappedKey.model_validate(dict(row._mapping)) for row in rows]


def keep_keys(connection: Connection, of: UUID, device_id: UUID, request: KeysRequest) -> list[WrappedKey]:
    """Keep the key as wrapped for this device; the notebook's own is made once, by whoever comes first."""
    if request.recovery is not None and not keys_of(connection, of):
        connection.execute(insert(notebook_key).values(notebook=of, **request.recovery.model_dump()))
    kept = keys_of(connection, of)
    if not kept or request.recovery not in (None, kept[-1]) or request.generation != kept[-1].generation:
        return kept  # another device was first, or turned the key: this one opens it instead
    newest = DeviceWrap(generation=request.generation, wrap=request.device_wrap)
    give_keys(connection, of, device_id, [newest, *request.older], request.vouch)
    return kept


def device_keys_of(connection: Connection, device_id: UUID) -> list[DeviceWrap]:
    """The notebook's keys as wrapped for one device, the oldest first; none until it is let in."""
    wanted = select(device_key.c.generation, device_key.c.wrap).where(device_key.c.device == device_id)
    rows = connection.execute(wanted.order_by(device_key.c.generation))
    return [DeviceWrap(generation=generation, wrap=wrap) for generation, wrap in rows]


def give_keys(connection: Connection, of: UUID, device_id: UUID, keys: Iterable[DeviceWrap], vouch: bytes) -> None:
    """Keep the notebook's keys as wrapped for a device: it is a member from now on."""
    rows = [{"notebook": of, "device": device_id, **key.model_dump()} for key in keys]
    connection.execute(insert(device_key).on_conflict_do_nothing(), rows)
    allowed = update(device).where(device.c.id == device_id, device.c.notebook == of)
    connection.execute(allowed.values(allowed_at=func.coalesce(device.c.allowed_at, func.now()), vouch=vouch or None))


def digest(code: str) -> bytes:
    """What is kept of a code; raises Refusal when it cannot be one."""
    normal = codes.normalise(code)
    if normal is None:
        raise Refusal(403, "code_unknown")
    return hashlib.blake2b(normal.encode(), digest_size=32, person=b"passerelle-code").digest()


def _lock_code(connection: Connection, code: str) -> Any:
    table = enrolment_code.c
    query = (
        select(table.notebook, table.digest, table.device, (table.expires_at < func.now()).label("is_expired"))
        .where(table.digest == digest(code))
        .with_for_update()
    )
    found = connection.execute(query).one_or_none()
    if found is None:
        raise Refusal(403, "code_unknown")
    if found.is_expired and found.device is None:
        raise Refusal(403, "code_expired")
    return found


def _register(connection: Connection, of: UUID, device_id: UUID, request: EnrolRequest) -> None:
    values = {"notebook": of, "id": device_id, "sign_key": request.sign_key, "box_key": request.box_key}
    registered = connection.execute(insert(device).values(values).on_conflict_do_nothing().returning(device.c.id))
    if registered.one_or_none() is None:
        raise Refusal(409, "device_exists")


def _return(connection: Connection, device_id: UUID, request: EnrolRequest) -> None:
    """The same computer asks again; until it is let in, its box key is the one it says now."""
    columns = device.c
    found = connection.execute(select(columns.sign_key, columns.revoked_at).where(columns.id == device_id)).one()
    if bytes(found.sign_key) != request.sign_key:
        raise Refusal(403, "code_used")
    if found.revoked_at is not None:
        raise Refusal(403, "revoked")
    waiting = update(device).where(columns.id == device_id, columns.allowed_at.is_(None))
    connection.execute(waiting.values(box_key=request.box_key))
