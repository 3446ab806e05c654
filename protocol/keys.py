"""The keys of a notebook between its computers: proofs that need no trust in the server.

`vouch`: whoever holds the notebook's key says that a computer's keys are those of a member; the server cannot make one.
`check`: a word by which a true key, and the recovery code it is closed for, are told from others without showing it.
`proof`: whoever made a generation of the key held the one before; carried inside each wrap, it ties them in a chain.
`short_code`: what two people compare on two screens before one lets the other in; slow to compute on purpose, and made
with a key that the server could not know when it chose the rest, so that no two alike can be searched for.
"""

import hmac
from collections.abc import Iterable
from dataclasses import replace
from itertools import pairwise
from uuid import UUID

from nacl.hashlib import blake2b
from nacl.pwhash import argon2id

from protocol.codes import ALPHABET
from protocol.sealing import PROOF_BYTES, NotebookKey

CHECK_BYTES = 16
SHORT_CODE_BYTES, SHORT_CODE_LENGTH = 5, 8
NO_BOX_KEY = bytes(32)
"""What a computer says before it makes its box key: it may not be let in, and no member is shown its request yet."""
_MEMORY, _PASSES = 19 * 1024 * 1024, 2
"""OWASP's smallest argon2id: about 30 ms a try."""


class UnprovedKeyError(ValueError):
    """A key that no holder of the notebook's key has proved: the server may have made it."""


def check_of(key: NotebookKey, recovery_key: bytes) -> bytes:
    """What tells this key, closed for the recovery code of this public key, from any other."""
    return blake2b(recovery_key, digest_size=CHECK_BYTES, key=key.secret, person=b"passerelle-check").digest()


def is_checked(key: NotebookKey, recovery_key: bytes, check: bytes) -> bool:
    """Whether a check is that of this key and of this recovery code."""
    return hmac.compare_digest(check_of(key, recovery_key), check)


def vouch_for(key: NotebookKey, device: UUID, sign_key: bytes, box_key: bytes) -> bytes:
    """The proof that a holder of the notebook's key knows these public keys as a member's."""
    said = device.bytes + sign_key + box_key
    return blake2b(said, digest_size=32, key=key.secret, person=b"passerelle-vouch").digest()


def is_vouched(key: NotebookKey, device: UUID, sign_key: bytes, box_key: bytes, vouch: bytes) -> bool:
    """Whether a holder of the notebook's key vouched for these public keys."""
    return hmac.compare_digest(vouch_for(key, device, sign_key, box_key), vouch)


def turned(before: NotebookKey) -> NotebookKey:
    """The next generation of a key, with the proof that its maker held the one before."""
    key = NotebookKey.make(before.generation + 1)
    return replace(key, proof=_proof(before, key))


def follows(before: NotebookKey, key: NotebookKey) -> bool:
    """Whether a key was made by a holder of the generation before it."""
    return key.generation == before.generation + 1 and hmac.compare_digest(_proof(before, key), key.proof)


def chain(anchor: NotebookKey, found: Iterable[NotebookKey]) -> dict[int, NotebookKey]:
    """The generations tied to one that is known to be true, older and newer, itself among them.

    Raises UnprovedKeyError when one of them is not: nothing of what was found is to be used then.
    """
    known = {**{key.generation: key for key in found}, anchor.generation: anchor}
    if not all(follows(before, key) for before, key in pairwise(known[number] for number in sorted(known))):
        raise UnprovedKeyError("a key that its generation before does not prove")
    return known


def short_code(notebook: UUID, check: bytes, device: UUID, sign_key: bytes, box_key: bytes) -> str:
    """Eight signs in two groups, the same on both screens when nobody stands between the two computers."""
    said = check + device.bytes + sign_key + box_key
    digest = argon2id.kdf(SHORT_CODE_BYTES + 11, said, notebook.bytes, opslimit=_PASSES, memlimit=_MEMORY)
    number = int.from_bytes(digest[:SHORT_CODE_BYTES])
    signs = "".join(ALPHABET[number >> 5 * place & 31] for place in range(SHORT_CODE_LENGTH))
    return f"{signs[:4]}-{signs[4:]}"


def _proof(before: NotebookKey, key: NotebookKey) -> bytes:
    said = bytes((key.generation,)) + key.secret
    return blake2b(said, digest_size=PROOF_BYTES, key=before.secret, person=b"passerelle-proof").digest()
