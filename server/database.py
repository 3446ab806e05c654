"""The server's PostgreSQL: an administrator's (`DATABASE_URL`) or one of our own, its schema built by migrations."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import URL, Connection, Engine, create_engine, make_url, text

from server.postgres import embedded_url
from server.settings import Settings

MIGRATIONS = Path(__file__).parent / "migrations"
MIGRATION_LOCK = 7_177_358
"""Advisory lock held while migrating: two servers started together migrate once."""


class Database:
    """The pool of connections; every request is one transaction of it."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        """One transaction: committed at the end, rolled back by any exception."""
        with self.engine.begin() as connection:
            yield connection

    def migrate(self) -> None:
        """Bring the schema to the newest version, all at once or not at all."""
        with self.engine.begin() as connection:
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": MIGRATION_LOCK})
            command.upgrade(alembic_config(connection), "head")

    def close(self) -> None:
        """Give every connection back."""
        self.engine.dispose()


def open_database(settings: Settings) -> Database:
    """Connect, starting our own PostgreSQL first when no other is named."""
    return connect(address_of(settings), settings.pool_size)


def address_of(settings: Settings) -> URL:
    """Where the database is; starts our own PostgreSQL when no other is named."""
    url = settings.database_url or embedded_url(settings.data_dir / "postgres")
    return make_url(url).set(drivername="postgresql+psycopg")


def connect(url: URL, pool_size: int = 1) -> Database:
    """A pool of connections to one database."""
    return Database(create_engine(url, pool_size=pool_size, max_overflow=0, hide_parameters=True))


def alembic_config(connection: Connection) -> Config:
    """How Alembic finds our migrations and the open connection."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    return config
