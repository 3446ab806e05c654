"""Letting this computer into a notebook with one code, and getting the notebook's key without showing it to anyone."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID, uuid4

from nacl.utils import random

from app.database import Database, now_ms
from app.errors import UserError
from app.recovery import RecoveryKey
from app.sync.client import Client, Refused, Transport
from app.sync.identity import as_text, from_text, remember_key, remember_server
from app.work import Work
from protocol import codes, sealing, signing
from protocol.messages import (
    ENROLMENT_PATH,
    KEYS_PATH,
    PROTOCOL_VERSION,
    EnrolAnswer,
    EnrolRequest,
    KeysRequest,
    WrappedKey,
)
from protocol.sealing import CannotOpenError, NotebookKey

_MADE_KEY = "sync.made_key"


class RecoveryCodeNeeded(UserError):  # noqa: N818 - a question to ask, not a fault
    """The notebook already exists: its recovery code is needed to read the names in it."""

    def __init__(self) -> None:
        sentence = (
            "Ce carnet existe déjà sur un autre ordinateur\u00a0: "
            "tapez le code de secours imprimé lors de sa mise en service."
        )
        super().__init__(sentence, {"recovery": sentence})


@dataclass(frozen=True, slots=True)
class _NewDevice:
    """The keys of this computer, made once and kept before the server hears of them."""

    id: UUID
    sign_key: bytes
    box_key: bytes
    key: NotebookKey
    """The notebook's key, should this be its first computer."""
    wrapped: WrappedKey
    """That key, closed for the recovery code."""


def enrol(
    database: Database,
    transport: Transport,
    server: str,
    code: str,
    recovery_public: bytes,
    recovery: RecoveryKey | None = None,
    clock: Callable[[], int] = now_ms,
) -> None:
    """Enrol this computer; may be called again with the same code after a cut.

    `recovery_public` closes the key of a new notebook; `recovery` opens that of an existing one. Raises
    RecoveryCodeNeeded when the notebook exists and `recovery` is not given, UserError for a wrong code,
    Offline or NotOurServer when the server cannot be reached.
    """
    if codes.normalise(code) is None:
        raise _code_error("Ce code contient une faute de frappe\u00a0: il compte trois groupes de quatre signes.")
    with database.receive() as work:
        device = _device(work, recovery_public)
    client = Client(transport, device.id, device.sign_key, clock)
    request = EnrolRequest(
        p=PROTOCOL_VERSION,
        code=code,
        sign_key=signing.public_half(device.sign_key),
        box_key=sealing.public_half(device.box_key),
    )
    try:
        answer = client.ask(ENROLMENT_PATH, request, EnrolAnswer)
    except Refused as refused:
        raise _explained(refused) from refused
    key = _notebook_key(client, device, answer, recovery)
    with database.receive() as work:
        work.set_state("sync.server", server)
        work.set_state("sync.notebook", str(answer.notebook))
        remember_server(work, answer.server_key)
        work.set_state(_MADE_KEY, None)
        remember_key(work, key)


def _notebook_key(client: Client, device: _NewDevice, answer: EnrolAnswer, recovery: RecoveryKey | None) -> NotebookKey:
    """The notebook's key: made here when this is its first computer, else opened with the recovery code."""
    keys = answer.keys or _keep(client, device, device.key, device.wrapped)
    if device.wrapped in keys:  # kept by this request, or by one whose answer was lost
        return device.key
    key = _opened(keys[-1], recovery)  # another computer's, perhaps of a moment earlier
    _keep(client, device, key, None)
    return key


def _keep(client: Client, device: _NewDevice, key: NotebookKey, recovery: WrappedKey | None) -> list[WrappedKey]:
    request = KeysRequest(
        p=PROTOCOL_VERSION,
        generation=key.generation,
        device_wrap=sealing.wrap(key, sealing.public_half(device.box_key)),
        recovery=recovery,
    )
    return client.ask(KEYS_PATH, request, EnrolAnswer).keys


def _opened(wrapped: WrappedKey, recovery: RecoveryKey | None) -> NotebookKey:
    if recovery is None:
        raise RecoveryCodeNeeded
    try:
        return sealing.unwrap(wrapped.recovery_wrap, recovery.private)
    except CannotOpenError as error:
        sentence = "Ce code de secours est celui d’un autre carnet\u00a0: cherchez la bonne feuille."
        raise UserError(sentence, {"recovery": sentence}) from error


def _device(work: Work, recovery_public: bytes) -> _NewDevice:
    if work.get_state("sync.device") is None:
        work.set_state("sync.device", str(uuid4()))
        work.set_state("sync.sign_key", as_text(random(32)))
        work.set_state("sync.box_key", as_text(random(32)))
    key, wrapped = _made_key(work, recovery_public)
    return _NewDevice(
        UUID(work.get_state("sync.device")),
        from_text(work.get_state("sync.sign_key")),
        from_text(work.get_state("sync.box_key")),
        key,
        wrapped,
    )


def _made_key(work: Work, recovery_public: bytes) -> tuple[NotebookKey, WrappedKey]:
    """A key for a new notebook: the same after a cut, since the server may already have it."""
    made = work.get_state(_MADE_KEY)
    if made is None or from_text(made["recovery_key"]) != recovery_public:
        key = NotebookKey.make()
        wrap = sealing.wrap(key, recovery_public)
        made = {"generation": key.generation, "secret": key.secret, "recovery_key": recovery_public, "wrap": wrap}
        made = {name: as_text(value) if isinstance(value, bytes) else value for name, value in made.items()}
        work.set_state(_MADE_KEY, made)
    return (
        NotebookKey(from_text(made["secret"]), made["generation"]),
        WrappedKey(generation=made["generation"], recovery_key=recovery_public, recovery_wrap=from_text(made["wrap"])),
    )


def _explained(refused: Refused) -> Exception:
    sentence = _SENTENCES.get(refused.answer.error)
    return _code_error(sentence) if sentence else refused


def _code_error(sentence: str) -> UserError:
    return UserError(sentence, {"code": sentence})


_SENTENCES = {
    "code_unknown": "Le serveur ne connaît pas ce code\u00a0: vérifiez-le ou demandez-en un autre.",
    "code_expired": "Ce code n’est plus valable\u00a0: demandez-en un autre à votre coordinateur.",
    "code_used": "Ce code a déjà servi pour un autre ordinateur\u00a0: demandez-en un autre à votre coordinateur.",
}
