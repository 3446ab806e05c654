"""The journal of erasures: what was erased stays erased, even when a backup of before is restored.

One line of JSON for each erased record, in a file of its own that no backup of the database brings back.
"""

import json
import os
import threading
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

from sqlalchemy import Connection, text

Key = tuple[str, UUID]

_ERASE = text("""
WITH raised AS (
  UPDATE notebook SET version = version + 1 WHERE id = :notebook
    AND NOT EXISTS (SELECT FROM record WHERE notebook = :notebook AND kind = :kind AND id = :id
                    AND erased_at IS NOT NULL)
  RETURNING version
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
    """Every erasure this server was asked for, whatever became of its database since."""

    path: Path
    _door: threading.Lock = field(default_factory=threading.Lock)

    def note(self, notebook: UUID, erased: Iterable[Key]) -> None:
        """Remember these on the disk; called before the transaction that erases them is committed."""
        lines = ["\n" + json.dumps([str(notebook), kind, str(id_)]) for kind, id_ in erased]
        if not lines:
            return
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with self._door, self.path.open("a", encoding="ascii") as file:
            file.writelines(lines)
            file.flush()
            os.fsync(file.fileno())

    def replay(self, connection: Connection) -> None:
        """Erase again what a restored database still holds; what is erased already is left alone."""
        for notebook, kind, id_ in self._entries():
            connection.execute(_ERASE, {"notebook": notebook, "kind": kind, "id": id_})

    def _entries(self) -> Iterator[tuple[UUID, str, UUID]]:
        if not self.path.exists():
            return
        for line in self.path.read_text(encoding="ascii").splitlines():
            if line.endswith("]"):  # a line cut by a crash speaks of a transaction that was never committed
                notebook, kind, id_ = json.loads(line)
                yield UUID(notebook), kind, UUID(id_)
