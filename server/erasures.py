"""The journal of erasures: what was erased stays erased, even when a backup of before is restored.

One line of JSON for each erased record, in a file of its own that no backup of the database brings back; and one for
each computer taken out of its notebook, which no backup lets in again.
"""

import json
import os
import threading
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

from sqlalchemy import Connection, text

from server.devices.service import revoke

Key = tuple[str, UUID]
DEVICE = "device"
"""The kind of a computer taken out: it is no kind of record."""

_STILL_THERE = text("""
SELECT DISTINCT CAST(one ->> 0 AS uuid) AS notebook, one ->> 1 AS kind, CAST(one ->> 2 AS uuid) AS id
FROM jsonb_array_elements(CAST(:noted AS jsonb)) AS noted(one)
WHERE CASE one ->> 1
  WHEN 'device' THEN EXISTS (SELECT FROM device WHERE id = CAST(one ->> 2 AS uuid) AND revoked_at IS NULL)
  ELSE NOT EXISTS (SELECT FROM record WHERE notebook = CAST(one ->> 0 AS uuid) AND kind = one ->> 1
                   AND id = CAST(one ->> 2 AS uuid) AND erased_at IS NOT NULL)
  END
""")

_ERASE = text("""
WITH raised AS (
  UPDATE notebook SET version = version + 1 WHERE id = :notebook RETURNING version
), forgotten AS (
  UPDATE operation SET fields = NULL, names = NULL, piece = NULL
  WHERE notebook = :notebook AND kind = :kind AND record = :id
)
INSERT INTO record (notebook, kind, id, version, fields, clocks, pieces, clock_ms, clock_counter, deleted, erased_at)
SELECT :notebook, :kind, :id, version, '{}', '{}', '{}', 0, 0, false, now() FROM raised
ON CONFLICT (notebook, kind, id) DO UPDATE SET
  version = excluded.version, fields = '{}', clocks = '{}', changed = '{}', authors = '{}', lost = '{}', pieces = '{}',
  deleted = false, erased_at = excluded.erased_at
""")


@dataclass(slots=True)
class Journal:
    """All that this server was asked to erase or to keep out, whatever became of its database since."""

    path: Path
    _door: threading.Lock = field(default_factory=threading.Lock)

    def note(self, notebook: UUID, gone: Iterable[Key]) -> None:
        """Remember these on the disk; called before the transaction that erases them is committed."""
        lines = ["\n" + json.dumps([str(notebook), kind, str(id_)]) for kind, id_ in gone]
        if not lines:
            return
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with self._door, self.path.open("a", encoding="ascii") as file:
            file.writelines(lines)
            file.flush()
            os.fsync(file.fileno())

    def replay(self, connection: Connection) -> None:
        """Erase again what a restored database still holds; what is erased already is left alone."""
        noted = f"[{','.join(self._lines())}]"
        for notebook, kind, id_ in connection.execute(_STILL_THERE, {"noted": noted}).all():
            if kind == DEVICE:
                revoke(connection, id_)
            else:
                connection.execute(_ERASE, {"notebook": notebook, "kind": kind, "id": id_})

    def _lines(self) -> list[str]:
        if not self.path.exists():
            return []
        lines = self.path.read_text(encoding="ascii").splitlines()
        return [line for line in lines if line.endswith("]")]  # one cut by a crash was never followed by its commit
