"""What the server cannot read: the notebook's keys, their wraps, and the sealed pieces of the operations."""

import hashlib
import json
import zlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise
from uuid import UUID

import zstandard
from nacl.bindings import (
    crypto_aead_xchacha20poly1305_ietf_decrypt,
    crypto_aead_xchacha20poly1305_ietf_encrypt,
)
from nacl.public import PrivateKey, PublicKey, SealedBox

from tests.second_client.operations import Key
from tests.second_client.wire import DICTIONARIES, Message, data

MOST_OPENED = 1 << 20
ZLIB, ZSTD = 1, 2
_SEALED = zstandard.ZstdCompressionDict((DICTIONARIES / "typed.zdict").read_bytes())
_WRITER = zstandard.ZstdCompressor(
    dict_data=_SEALED,
    compression_params=zstandard.ZstdCompressionParameters(
        compression_level=19,
        format=zstandard.FORMAT_ZSTD1_MAGICLESS,
        write_content_size=False,
        write_checksum=False,
        write_dict_id=False,
    ),
)
_READER = zstandard.ZstdDecompressor(dict_data=_SEALED, format=zstandard.FORMAT_ZSTD1_MAGICLESS)


def blake2b(content: bytes, size: int, person: bytes = b"", key: bytes = b"") -> bytes:
    """BLAKE2b for one purpose."""
    return hashlib.blake2b(content, digest_size=size, person=person, key=key).digest()


def check(key: bytes, recovery: bytes) -> bytes:
    """What tells whether a key, closed for the recovery code of this public key, is the notebook's."""
    return blake2b(recovery, 16, b"passerelle-check", key[:32])


def are_proved(keys: dict[int, bytes]) -> bool:
    """Whether the maker of each key held the one before."""
    pairs = [(keys[before], after, keys[after]) for before, after in pairwise(sorted(keys))]
    proofs = [blake2b(bytes([after]) + key[:32], 32, b"passerelle-proof", known[:32]) for known, after, key in pairs]
    return proofs == [key[32:] for _, _, key in pairs]


def recovery_key(code: str) -> PrivateKey:
    """The private key of a recovery code, from its 28 normalised characters."""
    return PrivateKey(blake2b(code.encode(), 32, b"passerelle-recov"))


def wrap(generation: int, key: bytes, whose: PublicKey) -> bytes:
    """A key of the notebook, with its proof, that one device or the recovery code can open."""
    return SealedBox(whose).encrypt(bytes([generation]) + key)


def unwrap(wrapped: bytes, private: PrivateKey) -> tuple[int, bytes]:
    """The generation and the key."""
    opened = SealedBox(private).decrypt(wrapped)
    return opened[0], opened[1:]


@dataclass
class Keyring:
    """The keys of a notebook, by generation; the later ones are followed by the proof of the one before."""

    notebook: UUID
    box: PrivateKey
    """That of the device, for which the keys are wrapped."""
    keys: dict[int, bytes] = field(default_factory=dict)

    @property
    def newest(self) -> int:
        """The generation that seals."""
        return max(self.keys, default=0)

    def learn(self, told: list[Message]) -> None:
        """Take the keys that those at hand prove."""
        found = dict(unwrap(data(one["wrap"]), self.box) for one in told) | self.keys
        if not are_proved(found):
            raise ValueError("a key that the one before does not prove")
        self.keys = found

    def seal(self, u: UUID, record: Key, changes: Message, form: int = ZSTD) -> bytes:
        """The piece of an operation."""
        head = bytes([form, self.newest])
        plain = json.dumps(changes, ensure_ascii=False, separators=(",", ":")).encode()
        compressed = _WRITER.compress(plain) if form == ZSTD else zlib.compress(plain)
        about = self._about(head, record, changes)
        sealed = crypto_aead_xchacha20poly1305_ietf_encrypt(
            compressed, about, _nonce(head, u), self.keys[self.newest][:32]
        )
        return head + sealed

    def open(self, u: UUID, record: Key, names: list[str], piece: bytes) -> Message:
        """The changes of a piece; KeyError when its key has not come."""
        about = self._about(piece[:2], record, names)
        compressed = crypto_aead_xchacha20poly1305_ietf_decrypt(
            piece[2:], about, _nonce(piece[:2], u), self.keys[piece[1]][:32]
        )
        opened: Message = json.loads(_plain(piece[0], compressed))
        return opened

    def _about(self, head: bytes, record: Key, names: Iterable[str]) -> bytes:
        return head + self.notebook.bytes + record[1].bytes + "\0".join([record[0], *sorted(names)]).encode()


def _nonce(head: bytes, u: UUID) -> bytes:
    return blake2b(u.bytes if head[0] == ZLIB else head + u.bytes, 24, b"passerelle-nonce")


def _plain(form: int, compressed: bytes) -> bytes:
    if form == ZSTD:
        return _READER.decompress(compressed, max_output_size=MOST_OPENED)
    return zlib.decompressobj().decompress(compressed, MOST_OPENED)
