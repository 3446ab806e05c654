"""Sealing: the notebook's key closes what names a person, and is itself wrapped for each device.

One operation's sealed changes become one piece: format byte, key generation byte, then compressed JSON under
XChaCha20-Poly1305 (libsodium, IETF construction). The nonce is derived from the header and the operation's UUID: safe,
because an operation is sealed once, before it leaves for the first time, and a folded one gets a new UUID.
"""

import json
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from nacl.bindings import (
    crypto_aead_xchacha20poly1305_ietf_decrypt,
    crypto_aead_xchacha20poly1305_ietf_encrypt,
)
from nacl.exceptions import CryptoError
from nacl.hashlib import blake2b
from nacl.public import PrivateKey, PublicKey, SealedBox
from nacl.utils import random

from protocol.squeezing import squeeze, unsqueeze

FORMAT_ZLIB, FORMAT_ZSTD = 1, 2
"""What is written today is the second; the first, of protocol 1, is still read."""
MAX_OPENED_BYTES = 1024 * 1024
HEADER_BYTES, TAG_BYTES, NONCE_BYTES, KEY_BYTES, PROOF_BYTES = 2, 16, 24, 32, 32


class CannotOpenError(ValueError):
    """A piece or a wrapped key that this key does not open: damaged, moved elsewhere, or another key's."""


@dataclass(frozen=True, slots=True)
class NotebookKey:
    """The secret shared by a notebook's devices; its generation rises when it is turned.

    `proof` ties it to the generation before (`protocol/keys.py`); the first has none.
    """

    secret: bytes = field(repr=False)
    generation: int = 1
    proof: bytes = field(default=b"", repr=False)

    @classmethod
    def make(cls, generation: int = 1) -> "NotebookKey":
        """A new random key."""
        return cls(random(KEY_BYTES), generation)

    @classmethod
    def unpack(cls, packed: bytes, generation: int) -> "NotebookKey":
        """A key from its bytes; raises CannotOpenError when they are not those of one."""
        if len(packed) not in (KEY_BYTES, KEY_BYTES + PROOF_BYTES):
            raise CannotOpenError("not a key")
        return cls(packed[:KEY_BYTES], generation, packed[KEY_BYTES:])

    @property
    def packed(self) -> bytes:
        """The secret, and the proof that goes everywhere with it."""
        return self.secret + self.proof


@dataclass(frozen=True, slots=True)
class Subject:
    """What a piece is about: it opens only in the place it was sealed for."""

    notebook: UUID
    kind: str
    record: UUID

    def bound_to(self, header: bytes, names: Iterable[str]) -> bytes:
        """The associated data of a piece: header, notebook, kind, record, sorted names of its fields."""
        words = "\0".join((self.kind, *sorted(names))).encode()
        return header + self.notebook.bytes + self.record.bytes + words


def seal(key: NotebookKey, subject: Subject, operation: UUID, changes: dict[str, Any]) -> bytes:
    """Close the sealed changes of one operation as one piece."""
    header = bytes((FORMAT_ZSTD, key.generation))
    content = squeeze(json.dumps(changes, ensure_ascii=False, separators=(",", ":")).encode("utf-8"))
    bound = subject.bound_to(header, changes)
    return header + crypto_aead_xchacha20poly1305_ietf_encrypt(content, bound, _nonce(header, operation), key.secret)


def open_piece(
    keys: Mapping[int, NotebookKey], subject: Subject, operation: UUID, names: Iterable[str], piece: bytes
) -> dict[str, Any]:
    """Read a piece again with the key of its generation; raises CannotOpenError when anything about it was changed."""
    header, sealed = piece[:HEADER_BYTES], piece[HEADER_BYTES:]
    if len(header) != HEADER_BYTES or header[0] not in (FORMAT_ZLIB, FORMAT_ZSTD) or header[1] not in keys:
        raise CannotOpenError("unknown format or another key")
    bound = subject.bound_to(header, names)
    try:
        secret = keys[header[1]].secret
        content = crypto_aead_xchacha20poly1305_ietf_decrypt(sealed, bound, _nonce(header, operation), secret)
    except CryptoError as error:
        raise CannotOpenError("damaged, moved or sealed with another key") from error
    return _unpacked(content, header[0])


def wrap(key: NotebookKey, recipient: bytes) -> bytes:
    """Close the notebook's key for the X25519 public key of a device or of the recovery code."""
    return SealedBox(PublicKey(recipient)).encrypt(bytes((key.generation,)) + key.packed)


def unwrap(wrapped: bytes, private: bytes) -> NotebookKey:
    """Read a wrapped notebook key with an X25519 private key; raises CannotOpenError with any other."""
    try:
        opened = SealedBox(PrivateKey(private)).decrypt(wrapped)
    except CryptoError as error:
        raise CannotOpenError("wrapped for another key") from error
    return NotebookKey.unpack(opened[1:], opened[0] if opened else 0)


def public_half(private: bytes) -> bytes:
    """The X25519 public key of a private one."""
    return bytes(PrivateKey(private).public_key)


def _nonce(header: bytes, operation: UUID) -> bytes:
    """Two formats never share one: a copy of a disk may seal again, by a newer program, what the other sealed."""
    of = operation.bytes if header[0] == FORMAT_ZLIB else header + operation.bytes
    return blake2b(of, digest_size=NONCE_BYTES, person=b"passerelle-nonce").digest()


def _unpacked(content: bytes, format_: int) -> dict[str, Any]:
    try:
        raw = unsqueeze(content, MAX_OPENED_BYTES) if format_ == FORMAT_ZSTD else _inflated(content)
        changes = json.loads(raw)
    except (ValueError, RecursionError) as error:
        raise CannotOpenError("too large, or not what was sealed") from error
    if not isinstance(changes, dict):
        raise CannotOpenError("not a set of changes")
    return changes


def _inflated(content: bytes) -> bytes:
    stream = zlib.decompressobj()
    try:
        raw = stream.decompress(content, MAX_OPENED_BYTES)
    except zlib.error as error:
        raise ValueError("not deflated") from error
    if stream.unconsumed_tail:
        raise ValueError("too large")
    return raw
