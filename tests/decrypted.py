"""Every page of an encrypted notebook in clear, its journal's too: what somebody who has the key could dig out of it.

SQLCipher 4: pages of 4,096 bytes end with their initialisation vector (16) and their seal (64); the first begins with
the salt (16). A journal (WAL) has a head of 32 bytes, and one of 24 before each page
(SQLite, « Write-Ahead Log format »).
"""

from pathlib import Path
from zipfile import ZipFile

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from app.services import backup_files
from tests.notebook import KEY

PAGE, RESERVED, VECTOR, SALT = 4096, 80, 16, 16
_WAL_HEAD, _FRAME_HEAD = 32, 24


def in_clear(path: Path, key: bytes = KEY) -> bytes:
    """All the pages of a file of the data folder, decrypted where they are; anything else as it is."""
    if path.suffix == backup_files.EXTENSION:
        with ZipFile(path) as archive:
            return _pages(archive.read(backup_files.DATABASE), key)
    content = path.read_bytes()
    if path.name.endswith(".db"):
        return _pages(content, key)
    if path.name.endswith(backup_files.JOURNAL):
        return _frames(content, key)
    return content


def _pages(content: bytes, key: bytes) -> bytes:
    return b"".join(
        _page(content[start : start + PAGE], key, SALT if start == 0 else 0) for start in range(0, len(content), PAGE)
    )


def _frames(content: bytes, key: bytes) -> bytes:
    pages = []
    for start in range(_WAL_HEAD, len(content), _FRAME_HEAD + PAGE):
        number = int.from_bytes(content[start : start + 4], "big")
        page = content[start + _FRAME_HEAD : start + _FRAME_HEAD + PAGE]
        pages.append(_page(page, key, SALT if number == 1 else 0))
    return b"".join(pages)


def _page(page: bytes, key: bytes, before: int) -> bytes:
    vector = page[PAGE - RESERVED : PAGE - RESERVED + VECTOR]
    if len(vector) < VECTOR:
        return page
    opened = Cipher(algorithms.AES(key), modes.CBC(vector)).decryptor()
    return opened.update(page[before : PAGE - RESERVED]) + opened.finalize()
