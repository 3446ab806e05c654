"""The migrations alone build the schema, and build what the tables say."""

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from server.models import metadata
from tests.live_server import LiveServer


def test_the_migrations_build_what_the_tables_say(server: LiveServer) -> None:
    with server.database.engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []


def test_migrating_again_changes_nothing(server: LiveServer) -> None:
    server.database.migrate()
    with server.database.engine.connect() as connection:
        assert MigrationContext.configure(connection).get_current_revision() == "0002"
