"""What a notebook keeps, as it stands: each record's open fields, merged one by one."""

from sqlalchemy import BigInteger, Boolean, Column, DateTime, ForeignKey, Index, String, Table, Uuid
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

from server.models.base import metadata

record = Table(
    "record",
    metadata,
    Column("notebook", Uuid, ForeignKey("notebook.id"), primary_key=True),
    Column("kind", String(32), primary_key=True),
    Column("id", Uuid, primary_key=True),
    Column("version", BigInteger, nullable=False),
    Column("fields", JSONB, nullable=False, comment="open fields only"),
    Column("clocks", JSONB, nullable=False, comment="when each field, or each element of a set, last changed"),
    Column(
        "changed", JSONB, nullable=False, server_default="{}", comment="version and author of each field's last change"
    ),
    Column("authors", ARRAY(Uuid), nullable=False, server_default="{}", comment="the devices that `changed` numbers"),
    Column("lost", JSONB, nullable=False, server_default="{}", comment="operations whose value of a field lost"),
    Column("pieces", ARRAY(Uuid), nullable=False, comment="operations whose sealed piece is still needed"),
    Column("clock_ms", BigInteger, nullable=False),
    Column("clock_counter", BigInteger, nullable=False),
    Column("deleted", Boolean, nullable=False, comment="deleted, and not edited later"),
    Column("erased_at", DateTime(timezone=True)),
)

Index("ix_record_notebook_version", record.c.notebook, record.c.version)
