"""The encrypted notebook of this computer: open it, read it, work in it.

Readers see one moment of the file (`BEGIN`), writers wait for their turn (`BEGIN IMMEDIATE`); WAL with
`synchronous=FULL`, so that what was shown as saved survives a power cut. Measured reasons: shared/architecture.md.
"""

import ctypes
import sys
import threading
import time
from collections.abc import Callable, Generator
from contextlib import closing, contextmanager
from json import JSONEncoder
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import Connection, Engine, QueuePool, create_engine, event
from sqlalchemy.exc import DatabaseError

from app import erasures
from app.errors import DamagedError, KnownError
from app.migrate import bring_up_to_date
from app.work import Work

Changes = frozenset[str]
"""The kinds of record that a transaction changed."""


class Database:
    """An open notebook; every thread may use it, each call on a connection of its own."""

    def __init__(
        self, path: Path, key: bytearray, backups: Path | None = None, updating: Callable[[], object] = lambda: None
    ) -> None:
        """Open the file, made or brought up to date if need be; raises KnownError if it cannot be used.

        `updating` is called, in this thread, before an older file is brought up to date: that may take long.
        """
        self.path = path
        self.now_ms: Callable[[], int] = now_ms
        self._key = key
        self._is_closed = False
        self._engine = _engine(path, key)
        self._listeners: list[Callable[[Changes], None]] = []
        self._length = threading.Lock()
        try:
            with explained():
                bring_up_to_date(self._engine, path, backups or path.parent / "sauvegardes", updating)
        except BaseException:
            self._engine.dispose()
            raise

    def on_commit(self, listener: Callable[[Changes], None]) -> None:
        """Tell `listener` after each commit which kinds of record changed, in the thread that committed."""
        self._listeners.append(listener)

    @contextmanager
    def read(self) -> Generator[Connection]:
        """One moment of the notebook."""
        with explained(), self._connection() as connection, connection.begin():
            yield connection

    @contextmanager
    def read_whole(self) -> Generator[Connection]:
        """The same for who reads much of it several times: its pages are kept decrypted meanwhile, then let go."""
        with self.read() as connection:
            connection.exec_driver_sql(f"PRAGMA cache_size = -{_LARGE_CACHE_KB}")
            try:
                yield connection
            finally:
                connection.exec_driver_sql(f"PRAGMA cache_size = -{_CACHE_KB}")

    @contextmanager
    def work(self) -> Generator[Work]:
        """One transaction of this computer's user: everything saved in it is kept and queued, or nothing is.

        Raises KnownError at once while a long one goes on, rather than let a screen stand still.
        """
        if self._length.locked():
            raise KnownError(_AT_LENGTH)
        yield from self._write(here=True)

    @contextmanager
    def long_work(self) -> Generator[Work]:
        """The same where it may last longer than a save can wait: an import."""
        with self._length:
            yield from self._write(here=True)

    def wait_for_long_work(self) -> None:
        """Wait until no long transaction goes on: what is typed is about to be kept for the last time."""
        with self._length:
            pass

    @contextmanager
    def receive(self) -> Generator[Work]:
        """One transaction of what the server sent: nothing of it is queued."""
        yield from self._write(here=False)

    def lend_key(self, use: Callable[[bytearray], None]) -> None:
        """Give a copy of the key for the time of a call; raises KnownError if the notebook is closed."""
        key = bytearray(self._key)
        try:
            self._must_be_open()  # closing says so before it wipes the key: what was copied is whole
            use(key)
        finally:
            key[:] = bytes(len(key))

    def scrub(self) -> bool:
        """Write the file anew, so that no page nor its journal still shows what was erased.

        False where somebody was reading, which keeps a part of the journal until the next time.
        """
        self._must_be_open()
        with explained(), closing(self._engine.raw_connection()) as pooled:
            pooled.execute("VACUUM")
            return not pooled.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]

    def close(self) -> None:
        """Close every connection and wipe the key."""
        self._is_closed = True
        self._engine.dispose()
        self._key[:] = bytes(len(self._key))

    def _connection(self) -> Connection:
        self._must_be_open()
        return self._engine.connect()

    def _must_be_open(self) -> None:
        if self._is_closed:  # a thread may still work on it when the program locks
            raise KnownError("Le carnet est verrouillé\u00a0: ouvrez-le, puis recommencez.")

    def _write(self, here: bool) -> Generator[Work]:
        with explained(), self._connection() as connection:
            connection = connection.execution_options(writes=True)
            with connection.begin():
                work = Work(connection, here, self.now_ms)
                yield work
                work.finish()
                erasures.note(self.path.parent, work.erased_people)
        if work.changes:
            for listener in list(self._listeners):
                listener(work.changes)


def now_ms() -> int:
    """This computer's clock, in milliseconds since 1970."""
    return time.time_ns() // 1_000_000


_COMPACT = JSONEncoder(ensure_ascii=False, separators=(",", ":"))
"""How what is kept as JSON is written: nothing between the words, letters as they are."""


def _engine(path: Path, key: bytearray) -> Engine:
    engine = create_engine(
        "sqlite://",
        module=sqlcipher,
        creator=lambda: _connect(path, key),
        poolclass=QueuePool,
        pool_size=4,
        max_overflow=8,
        pool_use_lifo=True,
        hide_parameters=True,
        json_serializer=_COMPACT.encode,
    )
    event.listen(engine, "begin", _begin)
    return engine


_CACHE_KB = 32_000
"""Pages kept decrypted by each connection: enough for the list's index at 100,000 activities (3 to 6 times quicker)."""
_LARGE_CACHE_KB = 128_000
"""Enough for all that the figures read of 100,000 activities, which costs more to decrypt again than to count."""


PRAGMAS = (
    "foreign_keys = ON",
    "journal_mode = WAL",
    "synchronous = FULL",
    "busy_timeout = 10000",
    "temp_store = MEMORY",
    "secure_delete = ON",
    f"cache_size = -{_CACHE_KB}",
)
"""How every connection of the program is set, once it has the key."""


def unlocked(path: Path, key: bytearray) -> Any:
    """A bare connection of the driver to an encrypted file, made if there is none, with nothing but its key."""
    connection = sqlcipher.connect(str(path), isolation_level=None, check_same_thread=False, timeout=10)
    _unlock(connection, key)
    return connection


def _connect(path: Path, key: bytearray) -> Any:
    connection = unlocked(path, key)
    try:
        for pragma in PRAGMAS:
            connection.execute(f"PRAGMA {pragma}").fetchall()
    except sqlcipher.Error:
        connection.close()  # a damaged file is about to be renamed
        raise
    return connection


def _unlock(connection: Any, key: bytearray) -> None:
    """Give the key, which SQLCipher takes as text only; no copy of that text is left in memory.

    Not by `cipher_memory_security`, which cannot be turned off again and makes every later statement wipe and lock its
    memory: writing took six times as long. A sentence of the same length and shape takes the same places instead.
    """
    digits = key.hex()
    said = f"PRAGMA key = \"x'{digits}'\""
    try:
        connection.executescript(said)  # which no cache of statements keeps
        for _ in range(_OVER):
            connection.executescript(f"PRAGMA yek = \"x'{'0' * len(digits)}'\"")
    finally:
        for text in (digits, said):
            ctypes.memset(id(text) + sys.getsizeof("") - 1, 0, len(text))


_OVER = 8
"""How many such sentences: more than the places that the key's own goes through (decision 0017)."""


_AS_IT_IS: dict[type, Callable[[Any], Any]] = {type(None): {}.get, bytes: bytes, bool: int}
"""What makes the same value of one of these types; where the driver knows none, it looks for one in vain, value after
value, six times as long as it takes to write it.
"""
for _type, _same in _AS_IT_IS.items():
    sqlcipher.register_adapter(_type, _same)


def _begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


_AT_LENGTH = (
    "Un import est en cours dans le carnet\u00a0: ce que vous avez saisi reste à l’écran, "
    "enregistrez-le dès qu’il est terminé."
)
_SENTENCES = {
    "disk is full": "Le disque est plein\u00a0: libérez de la place puis recommencez, rien n’est perdu.",
    "database is locked": "Le carnet est occupé par une autre opération\u00a0: réessayez dans un instant.",
    "readonly": "Le carnet est en lecture seule\u00a0: vérifiez les droits du dossier de données.",
    "disk i/o error": "Le disque ne répond pas bien\u00a0: ce que vous avez saisi reste à l’écran, réessayez.",
    "unable to open": "Le carnet ne peut pas être ouvert\u00a0: vérifiez que le dossier de données existe encore.",
}
_DAMAGE = ("not a database", "malformed", "vtable constructor failed")
_DAMAGED = "Le carnet de cet ordinateur est abîmé. Rien n’a été effacé\u00a0: le fichier reste où il est."


@contextmanager
def explained() -> Generator[None]:
    """Turn what the file system and SQLite say of the world into a sentence."""
    try:
        yield
    except (DatabaseError, sqlcipher.DatabaseError) as error:
        said = str(getattr(error, "orig", error)).lower()
        if any(words in said for words in _DAMAGE):
            raise DamagedError(_DAMAGED) from error
        for words, sentence in _SENTENCES.items():
            if words in said:
                raise KnownError(sentence) from error
        raise
