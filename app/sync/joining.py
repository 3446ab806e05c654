"""Asking the computers of a notebook to let this one in: a short code on both screens, which two people compare.

The code is made of the notebook, of a check of its key as the server tells it, and of this computer's keys; one of
these is made once the check is known. The key that comes then must be the one of the check: whoever stands between the
two computers shows another code, or gives another key.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from app.database import Database, now_ms
from app.errors import KnownError, UserError
from app.sync import arrival
from app.sync.client import Transport
from app.sync.identity import as_text, from_text, identity_in
from app.sync.new_device import Applicant, NewDevice, new_device
from app.work import get_state
from protocol import sealing
from protocol.keys import UnprovedKeyError, chain, is_checked
from protocol.messages import EnrolAnswer
from protocol.sealing import CannotOpenError, NotebookKey

log = logging.getLogger(__name__)
NOT_THE_KEY = (
    "La clé reçue n’est pas celle du carnet\u00a0: quelqu’un s’est peut-être mis entre les deux ordinateurs. "
    "Prévenez votre coordinateur et demandez un autre code."
)
_ASKING = "sync.asking"


@dataclass(frozen=True, slots=True)
class Asking:
    """A computer that waits: where, with which code, and what its screen shows meanwhile.

    The short code is empty for a notebook made before there was a check: only its recovery code opens it.
    """

    server: str
    code: str
    short_code: str


class KeyTurnedMeanwhile(KnownError):  # noqa: N818 - a state of the world
    """The notebook's key was turned while this computer waited: the short code is another one."""

    def __init__(self) -> None:
        super().__init__("La clé du carnet vient de changer\u00a0: demandez à nouveau, puis comparez le nouveau code.")


def asking(database: Database) -> Asking | None:
    """What this computer waits for, None where it does not."""
    with database.read() as connection:
        kept = get_state(connection, _ASKING)
    return Asking(kept["server"], kept["code"], kept["short_code"]) if kept else None


def wait(database: Database, device: NewDevice, server: str, answer: EnrolAnswer) -> Asking:
    """Begin to wait, and remember what must be true of the key that will come."""
    newest = answer.keys[-1]
    code = device.short_code(answer.notebook, newest.check) if newest.check else ""
    kept = {"server": server, "code": device.code, "short_code": code, "notebook": str(answer.notebook)}
    with database.receive() as work:
        work.set_state(_ASKING, {**kept, "generation": newest.generation, "check": as_text(newest.check)})
    return Asking(server, device.code, code)


def is_let_in(database: Database, transport: Transport, clock: Callable[[], int] = now_ms) -> bool:
    """Ask whether a member let this computer in; it is enrolled then.

    Raises UserError where the answer is no or the key is not the one that was shown: this computer is a stranger again;
    KeyTurnedMeanwhile where it must ask once more.
    """
    with database.receive() as work:
        kept = work.get_state(_ASKING)
        if kept is None:  # it no longer waits
            return identity_in(work.connection) is not None
        applicant = Applicant(new_device(work, kept["code"]), transport, clock)
    try:
        answer = applicant.ask()
        keys = _proved(applicant, answer, kept) if answer.device_keys else None
    except UserError:
        with database.receive() as work:
            if work.get_state(_ASKING) == kept:
                arrival.forget_member(work)
        raise
    if keys is None:
        _still_the_same(database, answer, kept)
        return False
    with database.work() as work:
        if work.get_state(_ASKING) != kept:  # the person gave up meanwhile
            return False
        arrival.arrive(work, kept["server"], UUID(kept["notebook"]), keys)
    return True


def withdraw(database: Database, transport: Transport, clock: Callable[[], int] = now_ms) -> None:
    """Wait no more, and tell the members; where the server cannot be reached, one of them refuses the request."""
    with database.receive() as work:
        kept = work.get_state(_ASKING)
        if kept is None:  # let in, or refused, a moment before
            return
        applicant = Applicant(new_device(work, kept["code"]), transport, clock)
        arrival.forget_member(work)
    try:
        applicant.withdraw()
    except KnownError as error:
        log.info("The request to join stays with the server: %s", type(error).__name__)


def _proved(applicant: Applicant, answer: EnrolAnswer, kept: dict[str, Any]) -> dict[int, NotebookKey]:
    """The keys that came, tied to the one whose check was in the short code."""
    try:
        keys = {one.generation: sealing.unwrap(one.wrap, applicant.device.box_key) for one in answer.device_keys}
        shown = keys[kept["generation"]]
        recovery_key = next(one.recovery_key for one in answer.keys if one.generation == shown.generation)
        if not is_checked(shown, recovery_key, from_text(kept["check"])):
            raise UnprovedKeyError("another key than the one shown")
        return chain(shown, keys.values())
    except (CannotOpenError, UnprovedKeyError, KeyError, StopIteration) as error:
        raise UserError(NOT_THE_KEY, {"code": NOT_THE_KEY}) from error


def _still_the_same(database: Database, answer: EnrolAnswer, kept: dict[str, Any]) -> None:
    if answer.keys[-1].check != from_text(kept["check"]):
        with database.receive() as work:
            work.set_state(_ASKING, None)
        raise KeyTurnedMeanwhile
