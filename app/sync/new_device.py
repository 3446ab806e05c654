"""A computer that is not in a notebook yet: the keys it makes before the server hears of them, and how it asks."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from uuid import UUID, uuid4

from nacl.utils import random

from app.errors import UserError
from app.sync.client import Client, Refused, Transport
from app.sync.identity import as_text, from_text
from app.work import Work
from protocol import sealing, signing
from protocol.keys import NO_BOX_KEY, short_code, vouch_for
from protocol.messages import (
    ENROLMENT_PATH,
    KEYS_PATH,
    PROTOCOL_VERSION,
    REVOKE_PATH,
    DeviceWrap,
    DoneAnswer,
    EnrolAnswer,
    EnrolRequest,
    KeysRequest,
    RevokeRequest,
    WrappedKey,
)
from protocol.sealing import NotebookKey

_CODE = "sync.device_code"


@dataclass(frozen=True, slots=True)
class NewDevice:
    """The identity of this computer for one enrolment code."""

    id: UUID
    code: str
    sign_key: bytes = field(repr=False)
    box_key: bytes = field(repr=False)

    @property
    def sign_public(self) -> bytes:
        """The half of the signing key that everyone may know."""
        return signing.public_half(self.sign_key)

    @property
    def box_public(self) -> bytes:
        """The half of the other key for which the notebook's keys are closed."""
        return sealing.public_half(self.box_key)

    def short_code(self, notebook: UUID, check: bytes) -> str:
        """What this computer and a member's both show, should nobody stand between them."""
        return short_code(notebook, check, self.id, self.sign_public, self.box_public)


def new_device(work: Work, code: str) -> NewDevice:
    """This computer for a code: the same after a cut, since the server may already know it."""
    if work.get_state(_CODE) != code:
        work.set_state(_CODE, code)
        work.set_state("sync.device", str(uuid4()))
        work.set_state("sync.sign_key", as_text(random(32)))
        work.set_state("sync.box_key", as_text(random(32)))
    return NewDevice(
        UUID(work.get_state("sync.device")),
        code,
        from_text(work.get_state("sync.sign_key")),
        from_text(work.get_state("sync.box_key")),
    )


def with_another_box_key(work: Work, device: NewDevice) -> NewDevice:
    """The same computer with a box key that nobody has seen yet."""
    renewed = replace(device, box_key=random(32))
    work.set_state("sync.box_key", as_text(renewed.box_key))
    return renewed


@dataclass(frozen=True, slots=True)
class Applicant:
    """A new computer before the server."""

    device: NewDevice
    transport: Transport
    clock: Callable[[], int]

    def knock(self) -> EnrolAnswer:
        """Ask what notebook this is, before the box key is made; raises UserError where the answer is no."""
        return self._ask(NO_BOX_KEY)

    def ask(self) -> EnrolAnswer:
        """Ask to be taken in, or what became of it; raises UserError where the answer is no."""
        return self._ask(self.device.box_public)

    def _ask(self, box_key: bytes) -> EnrolAnswer:
        device = self.device
        request = EnrolRequest(p=PROTOCOL_VERSION, code=device.code, sign_key=device.sign_public, box_key=box_key)
        try:
            return self._client.ask(ENROLMENT_PATH, request, EnrolAnswer)
        except Refused as refused:
            if refused.answer.error not in _SENTENCES:
                raise
            raise code_error(_SENTENCES[refused.answer.error]) from refused

    def keep(self, keys: Mapping[int, NotebookKey], recovery: WrappedKey | None = None) -> list[WrappedKey]:
        """Leave the keys with the server, closed for this computer; answers those that the server then has."""
        device = self.device
        *older, newest = wraps_of(keys, device.box_public)
        request = KeysRequest(
            p=PROTOCOL_VERSION,
            generation=newest.generation,
            device_wrap=newest.wrap,
            older=older,
            vouch=vouch_for(keys[newest.generation], device.id, device.sign_public, device.box_public),
            recovery=recovery,
        )
        return self._client.ask(KEYS_PATH, request, EnrolAnswer).keys

    def withdraw(self) -> None:
        """Ask for nothing any more."""
        self._client.ask(REVOKE_PATH, RevokeRequest(p=PROTOCOL_VERSION, device=self.device.id), DoneAnswer)

    @property
    def _client(self) -> Client:
        return Client(self.transport, self.device.id, self.device.sign_key, self.clock)


def wraps_of(keys: Mapping[int, NotebookKey], box_key: bytes) -> list[DeviceWrap]:
    """Every generation of the notebook's key, closed for a computer; the newest last."""
    return [DeviceWrap(generation=number, wrap=sealing.wrap(keys[number], box_key)) for number in sorted(keys)]


def code_error(sentence: str) -> UserError:
    """What is wrong with the code."""
    return UserError(sentence, {"code": sentence})


_SENTENCES = {
    "code_unknown": "Le serveur ne connaît pas ce code\u00a0: vérifiez-le ou demandez-en un autre.",
    "code_expired": "Ce code n’est plus valable\u00a0: demandez-en un autre.",
    "code_used": "Ce code a déjà servi pour un autre ordinateur\u00a0: demandez-en un autre.",
    "revoked": "La demande de cet ordinateur a été refusée\u00a0: demandez un autre code.",
}
