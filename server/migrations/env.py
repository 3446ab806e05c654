"""Runs the migrations on the connection that `server.database.migrate` gives, inside its transaction."""

from alembic import context

from server.models import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata, transactional_ddl=True)
context.run_migrations()
