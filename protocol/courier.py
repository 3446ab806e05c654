"""The courier file: what waits on a computer without network, carried on a stick, and the receipt that comes back.

The file is closed for the server alone; the receipt is closed by the server for the one computer: whoever carries them
can neither read nor make either.
"""

from typing import Annotated

from nacl.exceptions import CryptoError
from nacl.public import Box, PrivateKey, PublicKey, SealedBox
from pydantic import Field

from protocol.bodies import pack, unpack
from protocol.messages import ErrorAnswer, Message, SyncAnswer, WireBytes, WireId
from protocol.sealing import CannotOpenError

COURIER_TYPE = "application/vnd.passerelle.courier"
COURIER_MAGIC, RECEIPT_MAGIC = b"passerelle-courrier-1\n", b"passerelle-recu-1\n"
MAX_COURIER_BYTES = 8 * 1024 * 1024


class Carried(Message):
    """One request as it would have travelled: its signature, for the courier's own path, and its exact body."""

    signature: str
    body: WireBytes


class Courier(Message):
    """The requests of one computer, in order, each beginning where the one before ends."""

    requests: Annotated[list[Carried], Field(min_length=1, max_length=256)]


class Receipt(Message):
    """What the server answered to each, all of one epoch; `refusal` is the `fork` or the `gap` that ended it early."""

    epoch: WireId
    answers: list[SyncAnswer]
    refusal: ErrorAnswer | None = None


def seal_courier(courier: Courier, server_key: bytes) -> bytes:
    """The bytes of a courier file, which only the server of this X25519 public key opens."""
    return COURIER_MAGIC + SealedBox(PublicKey(server_key)).encrypt(pack(courier))


def open_courier(sealed: bytes, private: bytes) -> Courier:
    """Read a courier file with the server's private key; raises CannotOpenError for any other, or anything else."""
    try:
        return unpack(Courier, SealedBox(PrivateKey(private)).decrypt(_after(COURIER_MAGIC, sealed)))
    except (CryptoError, ValueError) as error:
        raise CannotOpenError("for another server, altered, or not a courier") from error


def seal_receipt(receipt: Receipt, private: bytes, box_key: bytes) -> bytes:
    """The bytes of a receipt, from the server to the computer of this X25519 public key."""
    return RECEIPT_MAGIC + Box(PrivateKey(private), PublicKey(box_key)).encrypt(pack(receipt))


def open_receipt(sealed: bytes, box_private: bytes, server_key: bytes) -> Receipt:
    """Read a receipt that this server made for this computer; raises CannotOpenError for any other."""
    try:
        content = Box(PrivateKey(box_private), PublicKey(server_key)).decrypt(_after(RECEIPT_MAGIC, sealed))
        return unpack(Receipt, content)
    except (CryptoError, ValueError) as error:
        raise CannotOpenError("for another computer, altered, or not a receipt") from error


def _after(magic: bytes, content: bytes) -> bytes:
    if not content.startswith(magic):
        raise ValueError("another kind of file")
    return content.removeprefix(magic)
