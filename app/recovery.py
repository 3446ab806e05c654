"""The recovery code printed at set-up: it opens the notebook when nothing else can.

The code is never kept: only its public half is, so that a new key can be closed for it without asking for the sheet.
"""

from dataclasses import dataclass

from protocol import codes

CODE_LENGTH = 28
"""27 random characters (135 bits) and one that catches a slip of the finger."""


@dataclass(frozen=True, slots=True)
class RecoveryKey:
    """The key pair (X25519) that a recovery code stands for."""

    private: bytes
    public: bytes


def new_code() -> str:
    """A new recovery code, in seven groups of four."""
    return codes.make(CODE_LENGTH)


def key_of(typed: str) -> RecoveryKey | None:
    """The key pair of a code as typed, None when it has a mistake."""
    from nacl.hashlib import blake2b
    from nacl.public import PrivateKey

    code = codes.normalise(typed, CODE_LENGTH)
    if code is None:
        return None
    private = PrivateKey(blake2b(code.encode(), digest_size=32, person=b"passerelle-recov").digest())
    return RecoveryKey(bytes(private), bytes(private.public_key))
