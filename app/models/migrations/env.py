"""Runs the migrations on the connection and in the transaction it is given."""

from alembic import context

from app.models import RECORDS
from app.models.base import metadata

assert RECORDS
context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    transactional_ddl=True,
    transaction_per_migration=False,
)
context.run_migrations()
