"""What people type, compressed a sentence at a time: by PPMd (variant H), which first reads a page of such sentences.

That page (`dictionaries/typed.txt`) was written for this: it says nothing of anyone. PPMd learns while it reads, so a
note of a line takes two thirds of what zstd makes of it with a dictionary. A longer page would save a little more of
it, and cost more time on every piece.
"""

from functools import cache
from pathlib import Path

import pyppmd

PAGE = Path(__file__).parent / "dictionaries" / "typed.txt"
ORDER, MEMORY = 4, 1 << 20
CERTAIN_BYTES = 3
"""The last bytes that the range coder writes may be any: they are left out, and read as the largest."""
MOST_READ = 3 * (ORDER + 2)
"""Bytes that the decoder can ask for at most to tell one byte: given always, for it must never run out."""


def squeeze(content: bytes) -> bytes:
    """Compress a few words: their length, seven bits a byte, the lowest first, then what PPMd writes of them."""
    encoder = pyppmd.Ppmd7Encoder(ORDER, MEMORY)
    encoder.encode(_page())
    written = encoder.encode(content) + encoder.flush()
    return _length(len(content)) + bytes(written[:-CERTAIN_BYTES])


def unsqueeze(squeezed: bytes, limit: int) -> bytes:
    """Read them again; raises ValueError beyond `limit` bytes, or when they are not such words."""
    length, written = _measured(squeezed)
    if length > limit:
        raise ValueError("more words than are allowed")
    page = _page()
    whole = len(page) + length
    endless = b"\xff" * (CERTAIN_BYTES + MOST_READ * length)
    read = pyppmd.Ppmd7Decoder(ORDER, MEMORY).decode(_written_of_page() + written + endless, whole)
    if len(read) != whole:
        raise ValueError("not compressed words")
    return bytes(read[len(page) :])


@cache
def _page() -> bytes:
    return PAGE.read_bytes()


@cache
def _written_of_page() -> bytes:
    """What the encoder has written once it has read the page, always the same."""
    written: bytes = pyppmd.Ppmd7Encoder(ORDER, MEMORY).encode(_page())
    return written


def _length(number: int) -> bytes:
    low, high = number & 0x7F, number >> 7
    return bytes((low | 0x80,)) + _length(high) if high else bytes((low,))


def _measured(squeezed: bytes) -> tuple[int, bytes]:
    """A length, and what follows it."""
    length = 0
    for place, byte in enumerate(squeezed[:4]):
        length |= (byte & 0x7F) << 7 * place
        if byte < 0x80:
            return length, squeezed[place + 1 :]
    raise ValueError("not a length")
