"""How a message becomes the body of a request or of an answer: JSON, compressed with zstd and a shared dictionary.

The dictionary was trained on synthetic messages only (`build/train_dictionaries.py`): it carries nothing of anyone.
A device that speaks protocol 1 sends gzip, and is answered in gzip.
"""

import gzip
import io
import threading
import zlib
from functools import cache
from pathlib import Path
from typing import TypeVar

import zstandard

from protocol.messages import MAX_RAW_BYTES, Message

GZIP_MAGIC, ZSTD_MAGIC = b"\x1f\x8b", b"\x28\xb5\x2f\xfd"
LEVEL, ANSWER_LEVEL = 19, 6
"""A device has time and a poor link; the server has many devices."""
DICTIONARIES = Path(__file__).parent / "dictionaries"
MessageT = TypeVar("MessageT", bound=Message)


class TooLargeError(ValueError):
    """A body that would unpack to more than is allowed."""


def pack(message: Message, level: int = LEVEL) -> bytes:
    """The bytes of a message as they travel; the same message always gives the same bytes."""
    return _mine.at(level).compress(_json(message))


def pack_as(message: Message, asked: bytes) -> bytes:
    """An answer, compressed the way the request was."""
    if asked.startswith(GZIP_MAGIC):
        return gzip.compress(_json(message), 9, mtime=0)
    return pack(message, ANSWER_LEVEL)


def unpack(kind: type[MessageT], body: bytes, limit: int = MAX_RAW_BYTES) -> MessageT:
    """Read a message, compressed or not; raises TooLargeError beyond `limit` bytes, ValueError if it is not one."""
    return kind.model_validate_json(_opened(body, limit))


@cache
def dictionary() -> zstandard.ZstdCompressionDict:
    """What messages have in common, known to both sides."""
    return zstandard.ZstdCompressionDict((DICTIONARIES / "wire.zdict").read_bytes())


def _json(message: Message) -> bytes:
    return message.model_dump_json(exclude_defaults=True, by_alias=True).encode()


def _opened(body: bytes, limit: int) -> bytes:
    try:
        if body.startswith(GZIP_MAGIC):
            with gzip.GzipFile(fileobj=io.BytesIO(body)) as stream:
                raw = stream.read(limit + 1)
        elif body.startswith(ZSTD_MAGIC):
            decompressor = zstandard.ZstdDecompressor(dict_data=dictionary())
            with decompressor.stream_reader(io.BytesIO(body)) as frames:
                raw = frames.read(limit + 1)
        else:
            raw = body
    except (OSError, EOFError, zlib.error, zstandard.ZstdError) as error:
        raise ValueError("not a compressed body") from error
    if len(raw) > limit:
        raise TooLargeError
    return raw


class _Compressors(threading.local):
    """The compressors of one thread, which may not share them: making one costs twenty times a short compression."""

    def __init__(self) -> None:
        self._made: dict[int, zstandard.ZstdCompressor] = {}

    def at(self, level: int) -> zstandard.ZstdCompressor:
        """The one of a level."""
        if level not in self._made:
            options = zstandard.ZstdCompressionParameters.from_level(level, write_checksum=False)
            self._made[level] = zstandard.ZstdCompressor(compression_params=options, dict_data=dictionary())
        return self._made[level]


_mine = _Compressors()
