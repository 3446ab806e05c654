"""The central server of the histories: its real application, called in this process, on a PostgreSQL of its own."""

import asyncio
import json
from collections.abc import Mapping, MutableMapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import psycopg
from sqlalchemy.exc import IntegrityError

from app.sync.client import Reply
from protocol.messages import CONTENT_TYPE
from protocol.vocabulary import RecordKind
from server.app import create_app
from server.database import Database
from server.models import metadata
from server.postgres import embedded_url
from server.settings import Settings

QUICK = ("fsync", "synchronous_commit", "full_page_writes")
"""What a database that nobody will miss can do without."""
Key = tuple[RecordKind, UUID]


@dataclass
class Time:
    """The true time of a history, in milliseconds; only the history makes it pass."""

    now: int = 1_790_000_000_000

    def __call__(self) -> int:
        return self.now


@dataclass(frozen=True, slots=True)
class KeptOperation:
    """An operation as the server kept it: what became of it and the clock that it counts with."""

    op: UUID
    outcome: str
    stamp: tuple[int, int, str]
    has_content: bool
    key: Key | None


class Central:
    """The server, its backups, and the bytes that reach it."""

    def __init__(self, folder: Path, time: Time) -> None:
        url = embedded_url(folder)
        with psycopg.connect(url, autocommit=True) as connection:
            for name in QUICK:
                connection.execute(f"ALTER SYSTEM SET {name} = off")  # type: ignore[arg-type, unused-ignore]
            connection.execute("SELECT pg_reload_conf()")
        self._settings = Settings(database_url=url, data_dir=folder, pool_size=2)
        self._app = create_app(self._settings, time)
        self.database: Database = self._app.state.database
        self.database.migrate()
        self._loop = asyncio.new_event_loop()
        self._sql = psycopg.connect(url, autocommit=True)
        self._tables = [table.name for table in metadata.sorted_tables]
        self._last_backup = "blank"

    def post(self, path: str, body: bytes, headers: Mapping[str, str]) -> Reply:
        """What the application answers to a request."""
        sent: list[MutableMapping[str, Any]] = []

        async def receive() -> dict[str, Any]:
            return {"type": "http.request", "body": body}

        async def send(message: MutableMapping[str, Any]) -> None:
            sent.append(message)

        try:
            self._loop.run_until_complete(self._app(_scope(path, headers), receive, send))
        except IntegrityError as error:
            raise AssertionError("the server kept something twice") from error
        said = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
        return Reply(sent[0]["status"], said.get("content-type", ""), b"".join(one.get("body", b"") for one in sent))

    def keep_blank(self) -> None:
        """Remember the database as it is: each history begins with it."""
        for copy in ("blank", "backup"):
            self._run(f"CREATE SCHEMA {copy}", *(f"CREATE TABLE {copy}.{one} (LIKE {one})" for one in self._tables))
        self._copy("public", "blank")

    def begin(self) -> None:
        """Be as new, with a backup of that."""
        self._copy("blank", "public")
        self._last_backup = "blank"
        self._settings.journal.unlink(missing_ok=True)

    def back_up(self) -> None:
        """Make a backup of everything, and having verified it, promise to devices what it holds."""
        self._copy("public", "backup")
        self._last_backup = "backup"
        self._run("UPDATE device_epoch SET durable_seq = last_seq")

    def restore(self) -> None:
        """Put the last backup back, as an administrator does: a new incarnation, and what was erased erased again."""
        self._copy(self._last_backup, "public")
        self._sql.execute("UPDATE installation SET incarnation = %s", [uuid4()])
        with self.database.transaction() as connection:
            self._app.state.journal.replay(connection)

    def state(self) -> tuple[UUID, int]:
        """The incarnation, and the version of the notebook."""
        incarnation, version = self._rows("SELECT incarnation, version FROM installation, notebook")[0]
        return incarnation, version

    def known(self) -> set[UUID]:
        """The operations that the server knows."""
        return {op for (op,) in self._rows("SELECT op FROM operation")}

    def operations(self) -> list[KeptOperation]:
        """Every operation, as kept."""
        return [
            KeptOperation(
                op, outcome, (ms or 0, counter or 0, op.hex), content, (RecordKind(kind), id_) if id_ else None
            )
            for op, outcome, ms, counter, content, kind, id_ in self._rows(_OPERATIONS)
        ]

    def records(self) -> dict[Key, dict[str, Any] | None]:
        """The open fields of each record, None for what was erased."""
        return {
            (RecordKind(kind), id_): None if is_erased else {**fields, "deleted": deleted}
            for kind, id_, is_erased, fields, deleted in self._rows(_RECORDS)
        }

    def erased(self) -> set[Key]:
        """The records erased for good."""
        return {key for key, fields in self.records().items() if fields is None}

    def remains(self) -> list[str]:
        """What is still kept of erased records, which should be nothing."""
        return [json.dumps(fields) for (fields,) in self._rows(_REMAINS)]

    def close(self) -> None:
        """Hang up."""
        self._sql.close()
        self._loop.close()
        self.database.close()

    def _rows(self, query: str) -> list[tuple[Any, ...]]:
        return self._sql.execute(query).fetchall()  # type: ignore[arg-type, unused-ignore]

    def _copy(self, source: str, target: str) -> None:
        emptied = [f"DELETE FROM {target}.{one}" for one in reversed(self._tables)]
        self._run(*emptied, *(f"INSERT INTO {target}.{one} SELECT * FROM {source}.{one}" for one in self._tables))

    def _run(self, *statements: str) -> None:
        """Several statements in one round trip and one transaction."""
        self._sql.execute(";".join(("BEGIN", *statements, "COMMIT")))  # type: ignore[arg-type, unused-ignore]


def _scope(path: str, headers: Mapping[str, str]) -> dict[str, Any]:
    said = {"content-type": CONTENT_TYPE} | {name.lower(): value for name, value in headers.items()}
    return {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "scheme": "http",
        "method": "POST",
        "path": path,
        "raw_path": path.encode(),
        "root_path": "",
        "query_string": b"",
        "headers": [(name.encode(), value.encode()) for name, value in said.items()],
        "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", 80),
    }


_OPERATIONS = """
SELECT op, outcome, clock_ms, clock_counter, coalesce(fields, '{}') <> '{}' OR piece IS NOT NULL, kind, record
FROM operation WHERE outcome <> 'known' AND kind IS DISTINCT FROM 'computer'
"""
_RECORDS = "SELECT kind, id, erased_at IS NOT NULL, fields, deleted FROM record"
_REMAINS = """
SELECT fields FROM record WHERE erased_at IS NOT NULL AND (fields <> '{}' OR clocks <> '{}' OR pieces <> '{}')
UNION ALL
SELECT to_jsonb(operation) FROM operation JOIN record ON record.id = operation.record
WHERE erased_at IS NOT NULL AND (operation.fields IS NOT NULL OR piece IS NOT NULL OR names IS NOT NULL)
"""
