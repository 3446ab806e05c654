"""Listing a notebook's computers, letting one in, taking one out, keeping a turned key.

Whoever calls holds the lock of the notebook (`callers.authenticate`): a computer is not let in while the key turns.
So every computer that is in holds the newest key, wrapped and vouched for.
"""

from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, case, delete, func, insert, select, update

from protocol.messages import AllowRequest, DeviceState, TurnRequest
from server.enrolment.service import give_keys, keys_of, make_code
from server.errors import Refusal
from server.models import device, device_epoch, device_key, notebook, notebook_key

INVITATION = timedelta(hours=24)


def devices_of(connection: Connection, of: UUID) -> list[DeviceState]:
    """Every computer that ever joined a notebook or asked to, the first one first."""
    rows = connection.execute(_DEVICES.where(device.c.notebook == of).order_by(device.c.enrolled_at, device.c.id))
    return [DeviceState.model_validate(dict(row._mapping)) for row in rows]


def invite(connection: Connection, of: UUID) -> tuple[str, int]:
    """A code into a notebook, and how many hours it is good for."""
    return make_code(connection, of, INVITATION), INVITATION // timedelta(hours=1)


def allow(connection: Connection, of: UUID, request: AllowRequest) -> None:
    """Let a computer in with every key of the notebook; nothing is left to do where another member was quicker."""
    found = _found(connection, request.device, of)
    if found.revoked_at is not None:
        raise Refusal(409, "device_revoked")
    if found.allowed_at is not None:
        return
    if {key.generation for key in request.keys} != {key.generation for key in keys_of(connection, of)}:
        raise Refusal(409, "key_turned")
    give_keys(connection, of, request.device, request.keys, request.vouch)


def revoke(connection: Connection, device_id: UUID, of: UUID | None = None) -> UUID:
    """Take a computer out at once, of a given notebook or of its own, which is answered.

    The key must be turned where it held it.
    """
    found = _found(connection, device_id, of)
    if found.revoked_at is not None:
        return UUID(str(found.notebook))
    connection.execute(update(device).where(device.c.id == device_id).values(revoked_at=func.now()))
    connection.execute(delete(device_key).where(device_key.c.device == device_id))
    if found.allowed_at is not None:
        connection.execute(update(notebook).where(notebook.c.id == found.notebook).values(turn_asked=True))
    return UUID(str(found.notebook))


def turn(connection: Connection, of: UUID, request: TurnRequest) -> None:
    """Keep the next generation of the key, wrapped for every computer that stays and for nobody else."""
    made = request.recovery
    if made.generation != keys_of(connection, of)[-1].generation + 1:
        raise Refusal(409, "key_turned")
    staying = select(device.c.id).where(device.c.notebook == of, _IS_IN)
    if sorted(one.device for one in request.wraps) != sorted(connection.scalars(staying)):
        raise Refusal(409, "members_changed")
    connection.execute(insert(notebook_key).values(notebook=of, **made.model_dump()))
    for one in request.wraps:
        wrapped = {"device": one.device, "generation": made.generation, "wrap": one.wrap}
        connection.execute(insert(device_key).values(notebook=of, **wrapped))
        connection.execute(update(device).where(device.c.id == one.device).values(vouch=one.vouch))
    connection.execute(update(notebook).where(notebook.c.id == of).values(turn_asked=False))


def _found(connection: Connection, device_id: UUID, of: UUID | None) -> Any:
    wanted = select(device.c.notebook, device.c.allowed_at, device.c.revoked_at).where(device.c.id == device_id)
    found = connection.execute(wanted.with_for_update(key_share=True)).one_or_none()
    if found is None or of not in (None, found.notebook):
        raise Refusal(404, "no_such_device")
    return found


_IS_IN = device.c.allowed_at.is_not(None) & device.c.revoked_at.is_(None)
_STATE = case((device.c.revoked_at.is_not(None), "revoked"), (device.c.allowed_at.is_(None), "pending"), else_="active")
_GENERATION = select(func.max(device_key.c.generation)).where(device_key.c.device == device.c.id).scalar_subquery()
_LAST_AT = select(func.max(device_epoch.c.last_at)).where(device_epoch.c.device == device.c.id).scalar_subquery()


def _milliseconds(moment: Any) -> Any:
    return func.coalesce(func.floor(func.extract("epoch", moment) * 1000), 0)


_DEVICES = select(
    device.c.id,
    _STATE.label("state"),
    device.c.sign_key,
    device.c.box_key,
    func.coalesce(device.c.vouch, b"").label("vouch"),
    func.coalesce(_GENERATION, 0).label("generation"),
    _milliseconds(device.c.enrolled_at).label("since"),
    _milliseconds(_LAST_AT).label("last_at"),
)
