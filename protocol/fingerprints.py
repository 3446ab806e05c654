"""Fingerprints of what a notebook holds: a few bytes by which a device and the server see that they hold the same.

For each kind of record: how many there are, and the sum of a fingerprint of each one's identifier and version. Sums
are exclusive: the order does not matter. Compared once a week; where they differ, the device asks for all again.
"""

from collections.abc import Iterable
from hashlib import blake2b
from uuid import UUID

from protocol.messages import Digest

BYTES = 8


def digest(records: Iterable[tuple[UUID, int]]) -> Digest:
    """The count and the sum of the fingerprints of records, each named by its id and its version."""
    count, total = 0, 0
    for id_, version in records:
        count += 1
        total ^= int.from_bytes(blake2b(id_.bytes + version.to_bytes(8), digest_size=BYTES).digest())
    return count, f"{total:016x}"
