"""The computers of this notebook: who they are, inviting one, letting one in, taking one out, leaving."""

from collections.abc import Callable
from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy import Connection

from app.database import Database, now_ms
from app.errors import KnownError
from app.models.computer import Computer
from app.sync import arrival, keyring
from app.sync.client import Client, Refused, Transport
from app.sync.identity import Identity, identity_in, server_of
from app.sync.keyring import ACTIVE, PENDING
from app.sync.new_device import wraps_of
from app.sync.outcome import Parting
from app.work import find
from protocol.keys import NO_BOX_KEY, UnprovedKeyError, check_of, short_code, vouch_for
from protocol.messages import (
    ALLOW_PATH,
    INVITE_PATH,
    PROTOCOL_VERSION,
    REVOKE_PATH,
    AllowRequest,
    DevicesAnswer,
    DevicesRequest,
    DeviceState,
    DoneAnswer,
    InviteAnswer,
    RevokeRequest,
)

_UNPROVED = (
    "Le serveur montre une clé que personne de ce carnet n’a faite\u00a0: "
    "n’autorisez personne et prévenez votre coordinateur."
)


class KeyTurned(KnownError):  # noqa: N818 - a state of the world
    """The notebook's key has just been turned, and this computer has not learnt it yet."""

    def __init__(self) -> None:
        super().__init__("La clé du carnet vient de changer\u00a0: réessayez dans un instant.")


@dataclass(frozen=True, slots=True)
class Member:
    """A computer that is in the notebook."""

    id: UUID
    name: str
    advisor: str
    is_mine: bool
    is_known: bool
    """Whether a member let it in; otherwise only the server says that it is one."""
    last_at: int
    """Milliseconds since 1970 of what it sent last, 0 before."""


@dataclass(frozen=True, slots=True)
class JoinRequest:
    """A computer that asks to join, with the very keys that its short code is made of.

    The short code is empty in a notebook made before there was a check: the recovery code alone lets in.
    """

    id: UUID
    short_code: str
    sign_key: bytes = field(repr=False)
    box_key: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Computers:
    """Who is in the notebook, this computer first, and who asks to join."""

    members: tuple[Member, ...] = ()
    requests: tuple[JoinRequest, ...] = ()


@dataclass(frozen=True, slots=True)
class Invitation:
    """A code that lets one computer ask to join."""

    server: str
    code: str
    valid_hours: int


@dataclass(frozen=True, slots=True)
class Membership:
    """This computer before the others of its notebook; each call asks the server, and raises KnownError."""

    database: Database
    transport: Transport
    clock: Callable[[], int] = now_ms

    def computers(self) -> Computers:
        """Who is in, and who asks to join; raises KeyTurned until this computer has learnt the newest key."""
        me = self._identity()
        answer = keyring.devices(self._client(me))
        check = _check(me, answer)
        active = sorted((one for one in answer.devices if one.state == ACTIVE), key=lambda one: one.id != me.device)
        with self.database.read() as connection:
            members = tuple(_member(connection, me, one, is_known=not check) for one in active)
        asking = (one for one in answer.devices if one.state == PENDING and one.box_key != NO_BOX_KEY)
        return Computers(members, tuple(_request(me, check, one) for one in asking))

    def invite(self) -> Invitation:
        """A code for one more computer."""
        answer = self._client(self._identity()).ask(INVITE_PATH, DevicesRequest(p=PROTOCOL_VERSION), InviteAnswer)
        return Invitation(server_of(self.database) or "", answer.code, answer.valid_hours)

    def allow(self, request: JoinRequest) -> None:
        """Let in the computer whose short code was compared: every key is closed for the key it showed."""
        me = self._identity()
        wish = AllowRequest(
            p=PROTOCOL_VERSION,
            device=request.id,
            keys=wraps_of(me.keys, request.box_key),
            vouch=vouch_for(me.key, request.id, request.sign_key, request.box_key),
        )
        try:
            self._client(me).ask(ALLOW_PATH, wish, DoneAnswer)
        except Refused as refused:
            if refused.answer.error != "key_turned":
                raise
            raise KeyTurned from refused

    def take_out(self, computer: UUID) -> None:
        """Shut a computer out at once, or refuse one that asks; the key is turned at the next synchronisation."""
        wish = RevokeRequest(p=PROTOCOL_VERSION, device=computer)
        self._client(self._identity()).ask(REVOKE_PATH, wish, DoneAnswer)

    def leave(self) -> None:
        """Leave the notebook: nothing is erased here."""
        try:
            self.take_out(self._identity().device)
        except Refused as refused:
            if refused.answer.error != "revoked":
                raise
        with self.database.receive() as work:
            arrival.leave(work, Parting.LEFT)

    def _identity(self) -> Identity:
        with self.database.read() as connection:
            identity = identity_in(connection)
        if identity is None:
            raise KnownError("Cet ordinateur n’est pas relié à un carnet partagé.")
        return identity

    def _client(self, me: Identity) -> Client:
        return Client(self.transport, me.device, me.sign_key, self.clock)


def _check(me: Identity, answer: DevicesAnswer) -> bytes:
    """The check of the key as this computer knows it, empty where the notebook has none."""
    newest = answer.newest
    if newest is not None and newest.generation != me.key.generation:
        raise KeyTurned
    if newest is not None and not newest.check:
        return b""
    try:
        return check_of(me.key, keyring.recovery_key_in(answer, me.key))
    except UnprovedKeyError as error:
        raise KnownError(_UNPROVED) from error


def _member(connection: Connection, me: Identity, one: DeviceState, is_known: bool) -> Member:
    named = find(connection, Computer, one.id)
    return Member(
        one.id,
        (named and named.name) or "",
        (named and named.advisor) or "",
        is_mine=one.id == me.device,
        is_known=is_known or keyring.is_member(me, one, me.key),
        last_at=one.last_at,
    )


def _request(me: Identity, check: bytes, one: DeviceState) -> JoinRequest:
    code = short_code(me.notebook, check, one.id, one.sign_key, one.box_key) if check else ""
    return JoinRequest(one.id, code, one.sign_key, one.box_key)
