"""The chain of a journal: each entry names the digests of the latest ones known when it was written.

Two computers may write at once, each without knowing of the other: the entries then part and join again. A digest is
the SHA-256 of canonical JSON: names in order, no spaces, UTF-8.
"""

import hashlib
import json
from collections.abc import Iterable, Sequence
from typing import Any

from app.models import Mandate, MandateEntry, Record
from protocol.vocabulary import MandateAct

_NOT_HASHED = {"digest", "deleted"}
_CONTENT = (
    "duration", "starts_on", "expires_on", "families", "acts", "made_at", "signing", "person_signature",
    "advisor_signature",
)  # fmt: skip
"""What the digest of the signature holds of the mandate.

Not whose it is, which follows a person whose two files are made one, nor what was taken back, told by entries.
"""


def digest_of(entry: MandateEntry, mandate: Mandate) -> str:
    """What an entry's digest must be; that of the signature holds the mandate itself."""
    told = {"id": str(entry.id), **_said(entry, entry.wire().keys() - _NOT_HASHED)}
    if entry.act == MandateAct.SIGNED:
        told["content"] = _said(mandate, _CONTENT)
    text = json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def heads(entries: Iterable[MandateEntry]) -> list[str]:
    """The digests that no entry names, in order: what the next entry names."""
    entries = tuple(entries)
    named = {digest for entry in entries for digest in entry.previous or ()}
    return sorted({entry.digest or "" for entry in entries} - named)


def in_order(entries: Sequence[MandateEntry]) -> tuple[MandateEntry, ...]:
    """The entries, each after those it follows; otherwise the oldest first. One that follows nothing known is last."""
    left = sorted(entries, key=lambda entry: (entry.created_at or 0, entry.at or 0, entry.id))
    ordered: list[MandateEntry] = []
    seen: set[str] = set()
    while left:
        free = next((one for one in left if seen.issuperset(one.previous or ())), left[0])
        left.remove(free)
        ordered.append(free)
        seen.add(free.digest or "")
    return tuple(ordered)


def ancestors(entries: Sequence[MandateEntry], entry: MandateEntry) -> list[MandateEntry]:
    """Every entry that was known when this one was written."""
    by_digest = {one.digest: one for one in entries}
    found: dict[str, MandateEntry] = {}
    waiting = list(entry.previous or ())
    while waiting:
        digest = waiting.pop()
        if digest in by_digest and digest not in found:
            found[digest] = by_digest[digest]
            waiting += found[digest].previous or ()
    return list(found.values())


def _said(record: Record, names: Iterable[str]) -> dict[str, Any]:
    """The fields that say something: an empty list is not told from nothing once it has travelled."""
    values = record.wire()
    return {name: values[name] for name in names if values[name] not in (None, [])}
