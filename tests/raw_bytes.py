"""Words in raw bytes: all the ways in which one may be spelt, looked for in files and in the memory of processes."""

import json
import re
from base64 import b64encode, urlsafe_b64encode
from collections.abc import Callable, Iterable, Iterator
from io import FileIO
from pathlib import Path
from urllib.parse import quote

CHUNK_BYTES, OVERLAP_BYTES = 4 * 1024 * 1024, 256


def spellings(word: str) -> set[bytes]:
    """A word as text, small or capital, escaped in JSON or an address, in base 64 whatever precedes it, in digits."""
    found: set[bytes] = set()
    for text in (word, word.lower(), word.upper()):
        raw = text.encode()
        found |= {raw, text.encode("utf-16-le").rstrip(b"\0"), text.encode("utf-16-be").lstrip(b"\0")}
        found |= {json.dumps(text)[1:-1].encode(), quote(text).encode(), text.encode("unicode_escape")}
        found |= {raw.hex().encode(), raw.hex().upper().encode()}
        for code in (b64encode, urlsafe_b64encode):
            found |= {_inside(code, raw, before) for before in range(3)}
    return found


def spoken(phone: str) -> set[bytes]:
    """A French number (« 0612345678 ») in its usual groups, with and without its country."""
    national = " ".join(phone[place : place + 2] for place in range(0, 10, 2))
    ways = {phone, national, national.replace(" ", "."), national.replace(" ", "-"), phone[1:]}
    ways |= {f"+33{phone[1:]}", f"+33 {national[1:]}", f"0033{phone[1:]}"}
    return {spelling for way in ways for spelling in spellings(way)}


class Hunt:
    """Looks for all of these at once."""

    def __init__(self, wanted: Iterable[bytes]) -> None:
        self._any = re.compile(b"|".join(map(re.escape, sorted(wanted, key=len, reverse=True))))

    def within(self, content: bytes) -> set[bytes]:
        """Those that are in some bytes."""
        return set(self._any.findall(content))

    def in_files(self, folder: Path) -> dict[str, set[bytes]]:
        """Those that are in each file of a folder; a file that goes away meanwhile is none."""
        found = {}
        for path in (one for one in folder.rglob("*") if one.is_file()):
            if seen := self.within(path.read_bytes() if path.exists() else b""):
                found[str(path.relative_to(folder))] = seen
        return found

    def in_memory(self, processes: Iterable[int]) -> dict[int, set[bytes]]:
        """Those that are in what each process has written in its memory; memory that they share is read once."""
        shared: set[str] = set()
        seen = {one: {word for part in memory_of(one, shared) for word in self.within(part)} for one in processes}
        return {process: words for process, words in seen.items() if words}


def memory_of(process: int, shared: set[str] | None = None) -> Iterator[bytes]:
    """The writable memory of a process, in pieces that overlap; without that of `shared`, to which its own is added."""
    with open(f"/proc/{process}/maps", encoding="ascii") as maps, open(f"/proc/{process}/mem", "rb", 0) as memory:
        for line in maps:
            span, rights, offset, device, inode, *name = line.split()
            if "w" not in rights or name[:1] == ["[vvar]"]:
                continue
            if "s" in rights and shared is not None:
                if (place := f"{device} {inode} {offset}") in shared:
                    continue
                shared.add(place)
            start, end = (int(one, 16) for one in span.split("-"))
            yield from _pieces(memory, start, end)


def _pieces(memory: FileIO, start: int, end: int) -> Iterator[bytes]:
    for place in range(start, end, CHUNK_BYTES):
        memory.seek(place)
        try:
            piece = memory.read(min(CHUNK_BYTES + OVERLAP_BYTES, end - place))
        except OSError:  # a page that the kernel keeps to itself
            continue
        if piece.strip(b"\0"):
            yield piece


def _inside(code: Callable[[bytes], bytes], raw: bytes, before: int) -> bytes:
    """What is always the same of a word in base 64, when so many bytes more than a multiple of three come before it."""
    whole = code(bytes(before) + raw)
    first, last = -(-8 * before // 6), (before + len(raw)) * 8 // 6
    return whole[first:last]
