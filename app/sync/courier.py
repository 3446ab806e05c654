"""No network at all: what waits leaves in a file on a stick, and the receipt that comes back acknowledges it.

The file is the very requests that the network would have carried. Handing it in twice, late, or after the network did
loses and doubles nothing, since the server knows each operation by its number and its UUID.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from app.database import Database, now_ms
from app.errors import KnownError, UserError
from app.sync import exchanges, outbox
from app.sync.client import NotOurServer, Refused, Transport, certain
from app.sync.exchanges import Exchange
from app.sync.identity import Identity, identity_in, server_key_in
from app.sync.outbox import Batch
from app.sync.stick import read_file, write_file
from app.work import Work
from protocol import signing
from protocol.bodies import pack
from protocol.columns import to_columns
from protocol.courier import (
    COURIER_MAGIC,
    COURIER_TYPE,
    RECEIPT_MAGIC,
    Carried,
    Courier,
    Receipt,
    open_receipt,
    seal_courier,
)
from protocol.fields import SCHEMA_VERSION
from protocol.messages import COURIER_PATH, PROTOCOL_VERSION, ErrorAnswer, SyncAnswer, SyncRequest
from protocol.sealing import CannotOpenError

COURIER_SUFFIX, RECEIPT_SUFFIX = ".pcourrier", ".precu"
BATCH_BYTES, MOST_BATCHES = 128 * 1024, 32
"""What one file carries at most; the rest goes in the next one, once the receipt of the first is back."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What a receipt said: how many operations it acknowledged, and whether another courier must be prepared."""

    arrived: int
    is_to_renew: bool = False


def write(database: Database, folder: Path, clock: Callable[[], int] = now_ms) -> Path:
    """Write what waits as a courier file; raises UserError where nothing waits or this computer is not enrolled."""
    with database.receive() as work:
        identity, server_key = _enrolled(work)
        batches = _batches(work, identity)
        sent = sum(len(one.operations) for one in batches)
        if not sent:
            raise UserError("Rien n’attend\u00a0: tout ce que vous avez enregistré est déjà arrivé au serveur.")
        exchanges.note(work, Exchange(clock(), exchanges.COURIER, sent))
    courier = Courier(requests=[_carried(identity, one, clock()) for one in batches])
    name = f"passerelle-courrier-{datetime.fromtimestamp(clock() / 1000):%Y-%m-%d-%H%M}"
    return write_file(folder, name, COURIER_SUFFIX, seal_courier(courier, server_key))


def hand_in(path: Path, transport: Transport) -> Path:
    """Give a courier file to the server, whosever it is; the receipt is written beside it."""
    courier = read_file(path, COURIER_MAGIC, "Ce fichier n’est pas un courrier de Passerelle.")
    reply = transport.post(COURIER_PATH, courier, {"Content-Type": COURIER_TYPE})
    if reply.status != 200:
        raise _refused(certain(reply, b"", ErrorAnswer))
    if reply.content_type != COURIER_TYPE or not reply.body.startswith(RECEIPT_MAGIC):
        raise NotOurServer
    return write_file(path.parent, path.stem, RECEIPT_SUFFIX, reply.body)


def take_receipt(database: Database, path: Path, clock: Callable[[], int] = now_ms) -> Taken:
    """Acknowledge what a receipt says arrived; an old one changes nothing, another computer's raises UserError."""
    sealed = read_file(path, RECEIPT_MAGIC, "Ce fichier n’est pas un reçu de Passerelle.")
    with database.receive() as work:
        receipt = _opened(work, sealed)
        if receipt.epoch != outbox.epoch_of(work):
            return Taken(0)
        before = outbox.left(work)
        is_mine = all(_settle(work, answer) for answer in receipt.answers)
        if not is_mine:  # this computer is a copy of another, or restored
            outbox.start_epoch(work)
        elif receipt.refusal is not None:
            outbox.recover(work, receipt.refusal)
        arrived = max(0, before - outbox.left(work))
        if arrived:
            exchanges.note(work, Exchange(clock(), exchanges.RECEIPT, arrived))
    return Taken(arrived, is_to_renew=receipt.refusal is not None or not is_mine)


def _batches(work: Work, identity: Identity) -> list[Batch]:
    """What waits, in requests that each begin where the one before ends, as if that one were acknowledged."""
    batches = [outbox.take(work, identity, BATCH_BYTES)]
    while not batches[-1].is_whole and len(batches) < MOST_BATCHES:
        last = batches[-1].operations[-1]
        batches.append(outbox.take(work, identity, BATCH_BYTES, after=(last.s, last.u)))
    return batches


def _carried(identity: Identity, batch: Batch, now: int) -> Carried:
    request = SyncRequest(
        p=PROTOCOL_VERSION,
        schema=SCHEMA_VERSION,
        epoch=batch.epoch,
        prev=batch.prev,
        cols=to_columns(batch.operations),
        want=0,
    )
    body = pack(request)
    signature = signing.sign(identity.sign_key, identity.device, "POST", COURIER_PATH, body, now)
    return Carried(signature=signature.header(), body=body)


def _settle(work: Work, answer: SyncAnswer) -> bool:
    """What the engine does with an answer, for what is not acknowledged yet; false when it is not my operation."""
    mark = outbox.acknowledged(work)
    before = mark[0] if mark else 0
    if answer.ack is None or answer.ack[0] <= before:
        return True
    results = [one for one in answer.res if one[0] > before]
    if not outbox.settle(work, answer.ack, results, answer.t):
        return False
    outbox.note_versions(work, before + 1, answer)
    return True


def _opened(work: Work, sealed: bytes) -> Receipt:
    identity, server_key = _enrolled(work)
    try:
        return open_receipt(sealed, identity.box_key, server_key)
    except CannotOpenError as error:
        raise UserError(
            "Ce reçu est celui d’un autre ordinateur, ou il est abîmé\u00a0: vos saisies attendent toujours ici."
        ) from error


def _enrolled(work: Work) -> tuple[Identity, bytes]:
    identity, server_key = identity_in(work.connection), server_key_in(work.connection)
    if identity is None or server_key is None:
        raise UserError("Il faut d’abord que cet ordinateur ait parlé au serveur, une seule fois, avec le réseau.")
    return identity, server_key


def _refused(answer: ErrorAnswer) -> KnownError:
    sentence = _SENTENCES.get(answer.error)
    return KnownError(sentence) if sentence else Refused(answer)


_NOT_ALLOWED = (
    "Le serveur n’accepte plus l’ordinateur d’où vient ce courrier\u00a0: "
    "que son utilisateur en parle à son coordinateur."
)
_SENTENCES = {
    "not_a_courier": "Ce courrier est pour un autre serveur, ou il est abîmé\u00a0: demandez-en un autre.",
    "revoked": _NOT_ALLOWED,
    "unknown_device": _NOT_ALLOWED,
    "bad_signature": _NOT_ALLOWED,
    "pending": "L’ordinateur d’où vient ce courrier n’est pas encore admis dans son carnet.",
}
