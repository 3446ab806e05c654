"""The notebook's key as it turns: learning a new generation, and making one when a computer left.

Nothing here trusts the server: a new key is proved by the one before, the recovery code's public key by the check, and
the key is only closed for computers that a holder of it vouched for.
"""

from collections.abc import Sequence

from app.sync.client import Client, Refused
from app.sync.identity import Identity
from protocol import sealing, signing
from protocol.keys import UnprovedKeyError, chain, check_of, is_checked, is_vouched, turned, vouch_for
from protocol.messages import (
    DEVICES_PATH,
    PROTOCOL_VERSION,
    TURN_PATH,
    DevicesAnswer,
    DevicesRequest,
    DeviceState,
    DoneAnswer,
    TurnedWrap,
    TurnRequest,
    WrappedKey,
)
from protocol.sealing import CannotOpenError, NotebookKey, public_half

ACTIVE, PENDING = "active", "pending"


class UnknownComputerError(Exception):
    """The server counts a computer in that no member let in."""


def devices(client: Client) -> DevicesAnswer:
    """The computers of the notebook, and its keys as closed for this one."""
    return client.ask(DEVICES_PATH, DevicesRequest(p=PROTOCOL_VERSION), DevicesAnswer)


def learn(client: Client, identity: Identity) -> Sequence[NotebookKey]:
    """Every generation of the key; raises UnprovedKeyError when the server shows one that no member made."""
    return _learnt(identity, devices(client))


def turn(client: Client, identity: Identity) -> Sequence[NotebookKey]:
    """Make the next generation for those who stay, or give it again to a server that was restored from before it.

    Answers what was learnt instead where another computer was quicker. Raises UnprovedKeyError and
    UnknownComputerError rather than close the key for somebody else.
    """
    answer = devices(client)
    if answer.newest is None or not answer.newest.check:
        return []  # a notebook made before there was a check: nothing proves for whom to close another key
    newest = answer.newest.generation
    if newest > identity.key.generation:
        return _learnt(identity, answer)
    key = identity.keys.get(newest + 1) or turned(identity.key)
    try:
        client.ask(TURN_PATH, _turning(identity, answer, key), DoneAnswer)
    except Refused as refused:
        if refused.answer.error not in ("key_turned", "members_changed"):
            raise
        return _learnt(identity, devices(client))
    return [key]


def recovery_key_in(answer: DevicesAnswer, key: NotebookKey) -> bytes:
    """The recovery code's public key, proved by the notebook's own; raises UnprovedKeyError when it is another."""
    newest = answer.newest
    if newest is None or newest.generation != key.generation or not is_checked(key, newest.recovery_key, newest.check):
        raise UnprovedKeyError("another key, or another recovery code")
    return newest.recovery_key


def is_member(identity: Identity, one: DeviceState, key: NotebookKey) -> bool:
    """Whether a computer is this one, or one that a holder of the notebook's key vouched for."""
    if one.id == identity.device:
        return (one.sign_key, one.box_key) == (signing.public_half(identity.sign_key), public_half(identity.box_key))
    return is_vouched(key, one.id, one.sign_key, one.box_key, one.vouch)


def _learnt(identity: Identity, answer: DevicesAnswer) -> Sequence[NotebookKey]:
    try:
        found = [sealing.unwrap(one.wrap, identity.box_key) for one in answer.keys]
    except CannotOpenError as error:
        raise UnprovedKeyError("closed for somebody else") from error
    known = chain(identity.key, found)
    if answer.newest is not None and answer.newest.generation > max(known):
        raise UnprovedKeyError("the newest key was not given")
    return list(known.values())


def _turning(identity: Identity, answer: DevicesAnswer, key: NotebookKey) -> TurnRequest:
    """A key closed for the recovery code and for the computers that stay, each proved by the generation before it."""
    before = identity.keys.get(key.generation - 1)
    if before is None:
        raise UnprovedKeyError("the generation before is not known here")
    recovery_key = recovery_key_in(answer, before)
    staying = [one for one in answer.devices if one.state == ACTIVE]
    if not all(is_member(identity, one, before) for one in staying):
        raise UnknownComputerError
    recovery = WrappedKey(
        generation=key.generation,
        recovery_key=recovery_key,
        recovery_wrap=sealing.wrap(key, recovery_key),
        check=check_of(key, recovery_key),
    )
    return TurnRequest(p=PROTOCOL_VERSION, recovery=recovery, wraps=[_wrapped(key, one) for one in staying])


def _wrapped(key: NotebookKey, one: DeviceState) -> TurnedWrap:
    vouch = vouch_for(key, one.id, one.sign_key, one.box_key)
    return TurnedWrap(device=one.id, wrap=sealing.wrap(key, one.box_key), vouch=vouch)
