"""How a message travels: compressed, signed, and answered by the server and nobody else."""

import base64
import hashlib
import json
import secrets
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

import requests
import zstandard
from nacl.signing import SigningKey

PROTOCOL = 2
CONTENT_TYPE = "application/vnd.passerelle.sync+json"
DICTIONARIES = Path(__file__).parents[2] / "protocol" / "dictionaries"
MOST_UNPACKED = 16 << 20
_WIRE = zstandard.ZstdCompressionDict((DICTIONARIES / "wire.zdict").read_bytes())

Message = dict[str, Any]


class AwayError(Exception):
    """Nothing that the server signed with our nonce came back."""


class RefusedError(Exception):
    """The server's answer is an error."""

    def __init__(self, answer: Message) -> None:
        super().__init__(answer["error"])
        self.answer = answer


def text(data: bytes) -> str:
    """Bytes as URL-safe base64 without padding."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def data(value: str) -> bytes:
    """The bytes of URL-safe base64 without padding."""
    return base64.urlsafe_b64decode(value + "=" * (-len(value) % 4))


def now() -> int:
    """Milliseconds since 1970, UTC."""
    return time.time_ns() // 1_000_000


def packed(message: Message) -> bytes:
    """A body in zstd, with the dictionary of the wire."""
    plain = json.dumps(message, ensure_ascii=False, separators=(",", ":")).encode()
    return zstandard.ZstdCompressor(level=9, dict_data=_WIRE).compress(plain)


def unpacked(body: bytes) -> Message:
    """A message from a body of zstd or of plain JSON, told by its first bytes."""
    if body.startswith(zstandard.FRAME_HEADER):
        body = zstandard.ZstdDecompressor(dict_data=_WIRE).decompress(body, max_output_size=MOST_UNPACKED)
    message = json.loads(body)
    if not isinstance(message, dict):
        raise ValueError("not a message")
    return message


@dataclass
class Link:
    """The way of one device to the server; `offset` is how far the server's time is from ours."""

    url: str
    device: UUID
    sign_seed: bytes
    offset: int = 0

    def ask(self, path: str, message: Message) -> Message:
        """The server's answer; signs again with the server's time when ours is off."""
        body = packed({"p": PROTOCOL, **message})
        answer = self._post(path, body)
        if answer.get("error") == "clock":
            answer = self._post(path, body)
        if "error" in answer:
            raise RefusedError(answer)
        return answer

    def _post(self, path: str, body: bytes) -> Message:
        nonce, asked = text(secrets.token_bytes(12)), now()
        headers = {"Content-Type": CONTENT_TYPE, "Passerelle-Signature": self._signature(path, body, nonce)}
        try:
            reply = requests.post(self.url + path, body, headers=headers, timeout=30, allow_redirects=False)
            answer = unpacked(reply.content) if reply.headers.get("Content-Type") == CONTENT_TYPE else {}
        except (requests.RequestException, zstandard.ZstdError, ValueError) as broken:
            raise AwayError from broken
        if answer.get("n") != nonce:
            raise AwayError
        offset = answer["t"] - (asked + now()) // 2
        if abs(offset - self.offset) > 1000:
            self.offset = offset
        return answer

    def _signature(self, path: str, body: bytes, nonce: str) -> str:
        device, at = text(self.device.bytes), str(now() + self.offset)
        lines = ["passerelle-1", "POST", path, hashlib.sha256(body).hexdigest(), device, at, nonce]
        signed = SigningKey(self.sign_seed).sign("\n".join(lines).encode()).signature
        return ".".join([device, at, nonce, text(signed)])
