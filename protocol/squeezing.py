"""What people type, compressed a sentence at a time: zstd with a dictionary of such sentences that both sides hold.

The dictionary is made of sentences written for it (`build/train_dictionaries.py`): it says nothing of anyone.
"""

import io
import threading
from functools import cache, cached_property
from pathlib import Path

import zstandard

DICTIONARY = Path(__file__).parent / "dictionaries" / "typed.zdict"
LEVEL = 19


def squeeze(content: bytes) -> bytes:
    """Compress a few words, without a header: both sides know what it is."""
    return _mine.compressor.compress(content)


def unsqueeze(squeezed: bytes, limit: int) -> bytes:
    """Read them again; raises ValueError beyond `limit` bytes, or when they are not such words."""
    decompressor = zstandard.ZstdDecompressor(dict_data=_dictionary(), format=zstandard.FORMAT_ZSTD1_MAGICLESS)
    try:
        with decompressor.stream_reader(io.BytesIO(squeezed)) as frame:
            read = frame.read(limit + 1)
    except zstandard.ZstdError as error:
        raise ValueError("not compressed words") from error
    if len(read) > limit:
        raise ValueError("more words than are allowed")
    return read


@cache
def _dictionary() -> zstandard.ZstdCompressionDict:
    return zstandard.ZstdCompressionDict(DICTIONARY.read_bytes())


class _Mine(threading.local):
    """The compressor of one thread, which may not share it: making one costs twenty times a short compression."""

    @cached_property
    def compressor(self) -> zstandard.ZstdCompressor:
        options = zstandard.ZstdCompressionParameters.from_level(
            LEVEL,
            format=zstandard.FORMAT_ZSTD1_MAGICLESS,
            write_content_size=False,
            write_checksum=False,
            write_dict_id=False,
        )
        return zstandard.ZstdCompressor(compression_params=options, dict_data=_dictionary())


_mine = _Mine()
