"""Signing: each request proves with the device's Ed25519 key that it is its own; no bearer secret travels.

One header: `Passerelle-Signature: <device>.<time>.<nonce>.<signature>`; device, nonce and signature in unpadded
URL-safe base64, time in milliseconds since 1970.
"""

import base64
import hashlib
from dataclasses import dataclass
from uuid import UUID

from nacl.exceptions import BadSignatureError as NaClBadSignature
from nacl.signing import SigningKey, VerifyKey
from nacl.utils import random

HEADER = "Passerelle-Signature"
NONCE_BYTES = 12
WINDOW_MS = 15 * 60 * 1000
"""How far a request's time may be from the server's; a device corrects its time by the server's answers."""


class BadSignatureError(ValueError):
    """A header that cannot be read, or that this key did not sign."""


@dataclass(frozen=True, slots=True)
class Signature:
    """Who asks, when, and the proof; the nonce comes back in the answer."""

    device: UUID
    time_ms: int
    nonce: bytes
    proof: bytes = b""

    def header(self) -> str:
        """The signature as it travels."""
        return ".".join((_encode(self.device.bytes), str(self.time_ms), _encode(self.nonce), _encode(self.proof)))

    def check(self, public: bytes, method: str, path: str, body: bytes) -> None:
        """Raise BadSignatureError unless the key of this public half signed exactly this request."""
        try:
            VerifyKey(public).verify(_signed_words(self, method, path, body), self.proof)
        except (NaClBadSignature, ValueError) as error:
            raise BadSignatureError("not signed by this device") from error


def sign(private: bytes, device: UUID, method: str, path: str, body: bytes, time_ms: int) -> Signature:
    """Sign a request with the seed of an Ed25519 key, under a fresh nonce."""
    blank = Signature(device, time_ms, random(NONCE_BYTES))
    proof = SigningKey(private).sign(_signed_words(blank, method, path, body)).signature
    return Signature(device, time_ms, blank.nonce, proof)


def parse(header: str) -> Signature:
    """Read the header of a request; raises BadSignatureError when it is not one."""
    try:
        device, time_ms, nonce, proof = header.split(".")
        return Signature(UUID(bytes=_decode(device)), int(time_ms), _decode(nonce), _decode(proof))
    except ValueError as error:
        raise BadSignatureError("unreadable signature") from error


def public_half(private: bytes) -> bytes:
    """The Ed25519 public key of a seed."""
    return bytes(SigningKey(private).verify_key)


def _signed_words(signature: Signature, method: str, path: str, body: bytes) -> bytes:
    device, nonce = _encode(signature.device.bytes), _encode(signature.nonce)
    digest = hashlib.sha256(body).hexdigest()
    return "\n".join(("passerelle-1", method, path, digest, device, str(signature.time_ms), nonce)).encode()


def _encode(value: bytes) -> str:
    return base64.urlsafe_b64encode(value).rstrip(b"=").decode()


def _decode(value: str) -> bytes:
    return base64.b64decode(value + "=" * (-len(value) % 4), altchars=b"-_", validate=True)
