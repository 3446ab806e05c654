"""Identifiers made on the computer: UUID version 7 (RFC 9562, section 6.2, method 2), in order within one process.

Their random part is drawn once, when the program starts, and then counted up: identifiers of one sitting are told to
the server in a few bytes, and two computers, even one the copy of the other's disk, never make the same.
"""

import json
import secrets
import threading
import time
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from sqlalchemy import BindParameter, Select, bindparam, func, select

RANDOM_BITS = 62
_lock = threading.Lock()
_last = 0
_counted = secrets.randbits(RANDOM_BITS)


def new_id() -> UUID:
    """A new identifier, later than every one made before by this process."""
    global _last, _counted
    with _lock:
        _last = max(_last + 1, (time.time_ns() // 1_000_000) << 12)
        _counted = (_counted + 1) % (1 << RANDOM_BITS)
        return UUID(int=(_last >> 12) << 80 | 0x7 << 76 | (_last & 0xFFF) << 64 | 0b10 << 62 | _counted)


def listed(ids: Iterable[UUID]) -> str:
    """Identifiers, as the parameter `ids` of a statement with `those_listed`: however many, they are one parameter."""
    return json.dumps([id_.hex for id_ in ids])


def those_listed(ids: Iterable[UUID] | None = None) -> Select[Any]:
    """These identifiers, or those that the statement is given as `ids`."""
    given: BindParameter[Any] = bindparam("ids") if ids is None else bindparam("listed", listed(ids), unique=True)
    each = func.json_each(given).table_valued("value")
    return select(func.unhex(each.c.value))
