"""The keys of a notebook between its computers: proofs that need no trust in the server.

`vouch`: whoever holds the notebook's key says that a computer's keys are those of a member; the server cannot make one.
`check`: a word by which a true key is told from another without showing it.
`short_code`: what two people compare on two screens before one lets the other in; slow to compute on purpose, so that
no pair of keys with the same short code can be searched for.
"""

from uuid import UUID

from nacl.hashlib import blake2b
from nacl.pwhash import argon2id

from protocol.codes import ALPHABET
from protocol.sealing import NotebookKey

CHECK_BYTES = 16
SHORT_CODE_BYTES, SHORT_CODE_LENGTH = 5, 8
_MEMORY, _PASSES = 19 * 1024 * 1024, 2
"""OWASP's smallest argon2id: about 30 ms a try."""


def check_of(key: NotebookKey) -> bytes:
    """What tells this key from any other."""
    return blake2b(key.secret, digest_size=CHECK_BYTES, person=b"passerelle-check").digest()


def vouch_for(key: NotebookKey, device: UUID, sign_key: bytes, box_key: bytes) -> bytes:
    """The proof that a holder of the notebook's key knows these public keys as a member's."""
    said = device.bytes + sign_key + box_key
    return blake2b(said, digest_size=32, key=key.secret, person=b"passerelle-vouch").digest()


def short_code(notebook: UUID, check: bytes, device: UUID, sign_key: bytes, box_key: bytes) -> str:
    """Eight signs in two groups, the same on both screens when nobody stands between the two computers."""
    said = check + device.bytes + sign_key + box_key
    digest = argon2id.kdf(SHORT_CODE_BYTES + 11, said, notebook.bytes, opslimit=_PASSES, memlimit=_MEMORY)
    number = int.from_bytes(digest[:SHORT_CODE_BYTES])
    signs = "".join(ALPHABET[number >> 5 * place & 31] for place in range(SHORT_CODE_LENGTH))
    return f"{signs[:4]}-{signs[4:]}"
